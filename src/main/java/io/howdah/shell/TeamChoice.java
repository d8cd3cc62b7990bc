package io.howdah.shell;

import com.vaadin.flow.server.VaadinSession;
import java.util.Optional;
import java.util.UUID;

/**
 * The team whose servers a person has chosen to look at; none means all of theirs. Kept for the session, and in the
 * address as {@code team=<name>}, so that a shared address shows the same.
 */
public record TeamChoice(UUID id, String name) {

    /** The address's parameter. */
    public static final String PARAMETER = "team";

    /** The choice in this session, e.g. for {@code ServerFilter.teamId}. */
    public static Optional<TeamChoice> current() {
        return Optional.ofNullable(VaadinSession.getCurrent().getAttribute(TeamChoice.class));
    }

    /** The chosen team's id, or null for all teams. */
    public static UUID currentId() {
        return current().map(TeamChoice::id).orElse(null);
    }

    static void choose(TeamChoice choice) {
        VaadinSession.getCurrent().setAttribute(TeamChoice.class, choice);
    }
}
