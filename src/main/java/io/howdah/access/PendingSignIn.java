package io.howdah.access;

import io.howdah.openid.AuthorizationRequest;
import java.util.UUID;

/**
 * A browser that has been sent to a provider. Its session keeps this until the browser comes back, once.
 *
 * @param person who links the provider's account to their own; null when somebody signs in
 * @param wanted the page to go to afterwards, or null
 */
public record PendingSignIn(UUID providerId, AuthorizationRequest request, UUID person, String wanted) {

    public PendingSignIn to(String page) {
        return new PendingSignIn(providerId, request, person, page);
    }
}
