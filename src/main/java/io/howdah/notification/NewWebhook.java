package io.howdah.notification;

import java.util.UUID;

/**
 * A webhook whose secret has just been made.
 *
 * @param secret to check signatures with; it is not shown again
 */
public record NewWebhook(UUID id, String host, String secret) {

    @Override
    public String toString() {
        return "NewWebhook[" + id + ", " + host + "]";
    }
}
