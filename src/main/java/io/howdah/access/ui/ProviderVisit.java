package io.howdah.access.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.VaadinServletRequest;
import io.howdah.access.PendingSignIn;
import io.howdah.access.ProviderCredential;
import io.howdah.shared.Problem;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.util.Optional;

/** What a browser's session knows of a visit at a provider: that it is away there, and what came of it. */
final class ProviderVisit {

    private static final String PENDING = PendingSignIn.class.getName();
    private static final String REFUSAL = ProviderVisit.class.getName() + ".refusal";
    private static final String WAITING = ProviderCredential.class.getName();

    /** How long a code of the second factor may take. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final HttpSession session;

    private record Waiting(ProviderCredential credential, long untilNanos) {}

    /** @param session null when the browser has none */
    ProviderVisit(HttpSession session) {
        this.session = session;
    }

    /** Of the request in hand. */
    static ProviderVisit ofBrowser() {
        return new ProviderVisit(
                VaadinServletRequest.getCurrent().getHttpServletRequest().getSession());
    }

    /** Sends the browser away. */
    void leave(PendingSignIn pending) {
        session.setAttribute(PENDING, pending);
        UI.getCurrent().getPage().setLocation(pending.request().address());
    }

    /** Null when it was not away. It counts once. */
    PendingSignIn takePending() {
        return (PendingSignIn) take(PENDING);
    }

    void refuse(Problem why) {
        session.setAttribute(REFUSAL, why);
    }

    Optional<Problem> takeRefusal() {
        return Optional.ofNullable((Problem) take(REFUSAL));
    }

    /** The provider knows them, and a code is asked for too. Until it is given, they are nobody. */
    void await(ProviderCredential credential) {
        session.setAttribute(WAITING, new Waiting(credential, System.nanoTime() + PATIENCE.toNanos()));
    }

    Optional<ProviderCredential> waiting() {
        return session.getAttribute(WAITING) instanceof Waiting waiting && waiting.untilNanos() > System.nanoTime()
                ? Optional.of(waiting.credential())
                : Optional.empty();
    }

    void forget() {
        session.removeAttribute(WAITING);
        session.removeAttribute(PENDING);
    }

    private Object take(String name) {
        Object value = session == null ? null : session.getAttribute(name);
        if (value != null) {
            session.removeAttribute(name);
        }
        return value;
    }
}
