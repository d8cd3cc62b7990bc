package io.howdah.access;

import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import java.util.UUID;

/**
 * What ties a browser's session to the provider's, while both last.
 *
 * @param session its id in {@link ProviderSessions}
 * @param idToken what the provider wants to see when somebody signs out
 */
public record ProviderTie(UUID session, UUID providerId, String idToken) {

    /** Under which the browser's session holds it. */
    public static final String ATTRIBUTE = ProviderTie.class.getName();

    public static Optional<ProviderTie> of(HttpSession session) {
        return Optional.ofNullable(session == null ? null : (ProviderTie) session.getAttribute(ATTRIBUTE));
    }

    @Override
    public String toString() {
        return session.toString();
    }
}
