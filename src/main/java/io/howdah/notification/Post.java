package io.howdah.notification;

import java.net.URI;
import java.util.UUID;

/** A message to a webhook as it goes out. */
record Post(UUID deliveryId, String kind, URI address, String secret, String body) {

    /** Neither secret nor address, which may hold one. */
    @Override
    public String toString() {
        return "Post[" + deliveryId + "]";
    }
}
