package io.howdah.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.VaadinServletRequest;
import com.vaadin.flow.server.VaadinServletResponse;
import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.server.WrappedSession;
import io.howdah.access.ProviderDoor;
import io.howdah.access.ProviderTie;
import io.howdah.access.Sessions;
import io.howdah.access.SignIn;
import io.howdah.access.Site;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;

/** Ends the person's session here and in the browser, and at the provider if they came in by one. */
@ApplicationScoped
public class SignOut {

    @Inject
    private SignIn signIn;

    @Inject
    private Sessions sessions;

    @Inject
    private OpenPages pages;

    @Inject
    private ProviderDoor providers;

    /** Ends the session of the request in hand; the browser goes to the sign-in page. */
    public void now() {
        VaadinServletRequest request = VaadinServletRequest.getCurrent();
        signIn.leave();
        pages.leave(UI.getCurrent());
        OpenPages.session(request.getWrappedSession()).ifPresent(sessions::end);
        UI.getCurrent().getPage().setLocation(next(request.getHttpServletRequest()));
        try {
            request.logout();
        } catch (ServletException cause) {
            throw new IllegalStateException("The container could not sign the person out", cause);
        }
        // The container's own single-sign-on cookie would bring the person back in.
        Cookie cookie = new Cookie("LtpaToken2", "");
        cookie.setMaxAge(0);
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        VaadinServletResponse.getCurrent().addCookie(cookie);
        // Signing out may have ended it already; Vaadin has then let go of it.
        WrappedSession session = VaadinSession.getCurrent().getSession();
        if (session != null) {
            session.invalidate();
        }
    }

    private String next(HttpServletRequest request) {
        return ProviderTie.of(request.getSession(false))
                .flatMap(tie -> providers.signOut(tie, Site.of(request)))
                .map(URI::toString)
                .orElse("sign-in");
    }
}
