package io.howdah.access;

import io.howdah.openid.ProvenIdentity;
import jakarta.security.enterprise.credential.Credential;
import java.util.UUID;

/**
 * What a provider has proven of somebody, to sign in with. Only {@link ProviderDoor} makes one, after all checks.
 *
 * @see ProviderTie
 */
public final class ProviderCredential implements Credential {

    private final UUID providerId;
    private final ProvenIdentity identity;
    private final UUID session;
    private final String code;

    ProviderCredential(UUID providerId, ProvenIdentity identity, UUID session, String code) {
        this.providerId = providerId;
        this.identity = identity;
        this.session = session;
        this.code = code;
    }

    /** With a code of the authenticator app, or a recovery code, when one is asked for too. */
    public ProviderCredential with(String code) {
        return new ProviderCredential(providerId, identity, session, code);
    }

    UUID providerId() {
        return providerId;
    }

    ProvenIdentity identity() {
        return identity;
    }

    /** The id that the session will have among those that began by a provider. */
    UUID session() {
        return session;
    }

    String code() {
        return code;
    }

    ProviderTie tie() {
        return new ProviderTie(session, providerId, identity.idToken());
    }
}
