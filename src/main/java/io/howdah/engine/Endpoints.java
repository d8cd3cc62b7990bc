package io.howdah.engine;

/**
 * Where clients connect.
 *
 * @param host name or address, one that the server's certificate names
 * @param pooledPort PgBouncer in transaction mode, the endpoint that stays the same for life
 * @param directPort PostgreSQL itself
 */
public record Endpoints(String host, int pooledPort, int directPort) {}
