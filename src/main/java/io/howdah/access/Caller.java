package io.howdah.access;

import java.util.UUID;

/**
 * Who asks, from where, in which request.
 *
 * @param personId the signed-in person
 * @param name the person's sign-in name
 * @param address the client's network address
 * @param correlationId ties the request's log lines, audit records and operations together
 */
public record Caller(UUID personId, String name, String address, String correlationId) {}
