package io.howdah.shell;

import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinRequestInterceptor;
import com.vaadin.flow.server.VaadinResponse;
import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.server.WrappedSession;
import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.access.ProviderSessions;
import io.howdah.access.ProviderTie;
import io.howdah.access.Sessions;
import io.howdah.access.SignIn;
import jakarta.enterprise.inject.spi.CDI;
import java.security.Principal;
import java.util.UUID;

/**
 * Tells the services who asks: binds the person whom the container has authenticated to the thread for the length of
 * each request, with the client's address and a correlation id of the request's own. Requests that push opens pass
 * here too.
 */
class CallerBinding implements VaadinRequestInterceptor {

    private static final String ADDRESS = CallerBinding.class.getName() + ".address";
    private static final String UNKNOWN = "0.0.0.0";

    @Override
    public void requestStart(VaadinRequest request, VaadinResponse response) {
        Principal principal = request.getUserPrincipal();
        UUID session = OpenPages.session(request.getWrappedSession(false)).orElse(null);
        Callers.bind(
                principal == null || session == null || hasEnded(request)
                        ? null
                        : caller(session, principal.getName(), address(request)));
    }

    /** Where the push connection's requests come from the container does not know: from where the last other one came. */
    private static String address(VaadinRequest request) {
        String address = request.getRemoteAddr();
        WrappedSession session = request.getWrappedSession(false);
        if (session == null) {
            return address;
        }
        if (UNKNOWN.equals(address)) {
            return session.getAttribute(ADDRESS) instanceof String known ? known : address;
        }
        session.setAttribute(ADDRESS, address);
        return address;
    }

    /** Whether the provider that the session began by has ended it; the browser's own session may not know yet. */
    private static boolean hasEnded(VaadinRequest request) {
        WrappedSession session = request.getWrappedSession(false);
        return session != null
                && session.getAttribute(ProviderTie.ATTRIBUTE) instanceof ProviderTie tie
                && !CDI.current().select(ProviderSessions.class).get().lasts(tie.session());
    }

    /**
     * Null for somebody who may no longer sign in or whose session was ended: the principal outlives both, the access must
     * not.
     */
    private static Caller caller(UUID session, String name, String address) {
        return CDI.current().select(Sessions.class).get().use(session, name, address)
                ? CDI.current()
                        .select(SignIn.class)
                        .get()
                        .callerOf(name, address)
                        .orElse(null)
                : null;
    }

    @Override
    public void handleException(
            VaadinRequest request, VaadinResponse response, VaadinSession session, Exception exception) {
        // The session's error handler and the error pages say it to the person.
    }

    @Override
    public void requestEnd(VaadinRequest request, VaadinResponse response, VaadinSession session) {
        Callers.bind(null);
    }
}
