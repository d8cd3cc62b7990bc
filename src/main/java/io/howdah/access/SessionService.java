package io.howdah.access;

import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Where oneself is signed in, and signing out there. */
@Stateless
public class SessionService {

    @Inject
    private Access access;

    @Inject
    private Sessions sessions;

    /** The caller's own, the one used last first. */
    public List<SessionView> mine() {
        Caller caller = access.permit(Permission.PROFILE_WRITE, Scope.INSTALLATION, null);
        return sessions.of(caller.personId());
    }

    /** @throws io.howdah.shared.ProblemException NotFound, also for somebody else's */
    public void end(UUID sessionId) {
        SessionView session = mine().stream()
                .filter(one -> one.id().equals(sessionId))
                .findFirst()
                .orElseThrow(() -> {
                    access.attempted(
                            Permission.PROFILE_WRITE,
                            Scope.INSTALLATION,
                            new Target("session", sessionId, String.valueOf(sessionId)));
                    return Problem.of(ProblemCode.NotFound, "session", String.valueOf(sessionId))
                            .raise();
                });
        change(Map.of("session", "ended", "browser", session.browser(), "address", String.valueOf(session.address())));
        sessions.end(sessionId);
    }

    /** @param kept the one that goes on, usually that of the request in hand */
    public void endOthers(UUID kept) {
        Caller caller = change(Map.of("sessions", "all others ended"));
        sessions.endAll(caller.personId(), kept);
    }

    private Caller change(Map<String, String> details) {
        Caller caller = Callers.current();
        return access.change(
                Permission.PROFILE_WRITE,
                Scope.INSTALLATION,
                new Target("person", caller.personId(), caller.name()),
                details);
    }
}
