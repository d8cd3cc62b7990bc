package io.howdah.openid;

import java.util.List;

/**
 * How a provider knows this installation.
 *
 * @param name what people call the provider
 * @param issuer the provider's own name for itself, an https address
 * @param clientSecret null for a public client, whom PKCE alone protects
 * @param scopes asked for beside {@code openid}
 * @param acrValues the levels of assurance to ask for; may be empty
 */
public record Registration(
        String name, String issuer, String clientId, String clientSecret, List<String> scopes, List<String> acrValues) {

    /** Without the secret: records end in logs. */
    @Override
    public String toString() {
        return name + " (" + issuer + ", " + clientId + ")";
    }
}
