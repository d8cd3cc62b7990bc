package io.howdah.access;

import java.util.UUID;

/**
 * Who asks, from where, in which request.
 *
 * @param personId the signed-in person, or the service account
 * @param name the person's sign-in name, or the service account's name
 * @param address the client's network address
 * @param correlationId ties the request's log lines, audit records and operations together
 * @param token by which they came; null for a session, and for what is done later in somebody's name
 */
public record Caller(UUID personId, String name, String address, String correlationId, TokenUse token) {

    public Caller(UUID personId, String name, String address, String correlationId) {
        this(personId, name, address, correlationId, null);
    }
}
