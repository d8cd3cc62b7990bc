package io.howdah.access;

import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import java.util.UUID;

/** How the container's session remembers whose it is. */
public final class PortalSession {

    /** The attribute that holds the id of its row. */
    public static final String ID = PortalSession.class.getName();

    private PortalSession() {}

    /** Empty for a session that nobody has signed in to. */
    static Optional<UUID> id(HttpSession session) {
        return session == null ? Optional.empty() : Optional.ofNullable((UUID) session.getAttribute(ID));
    }
}
