package io.howdah.openid;

import java.net.URI;
import java.time.Instant;

/**
 * What a browser has been sent to the provider with. It stays with the browser's session until the answer comes, and
 * holds for one answer.
 *
 * @param address where the browser goes
 * @param redirect where the provider sends it back to
 * @param state ties the answer to the session
 * @param nonce ties the id token to the request
 * @param verifier the secret of PKCE
 */
public record AuthorizationRequest(
        URI address, URI redirect, String state, String nonce, String verifier, Instant begunAt) {

    @Override
    public String toString() {
        return "authorization request of " + begunAt;
    }
}
