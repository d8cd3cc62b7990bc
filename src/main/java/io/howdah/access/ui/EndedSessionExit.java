package io.howdah.access.ui;

import io.howdah.access.ProviderSessions;
import io.howdah.access.ProviderTie;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;

/**
 * The way from a page whose session a provider has ended to the sign-in page: the browser's session goes before that page is
 * made, so that nobody types into a page that is about to be gone. Ends no session that lasts: anybody may link here.
 */
@WebServlet("/" + EndedSessionExit.PATH)
public class EndedSessionExit extends HttpServlet {

    static final String PATH = "oidc/ended";

    @Inject
    private transient ProviderSessions sessions;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = request.getSession(false);
        if (ProviderTie.of(session)
                .filter(tie -> !sessions.lasts(tie.session()))
                .isPresent()) {
            session.invalidate();
        }
        response.setHeader("Cache-Control", "no-store");
        response.sendRedirect("/sign-in");
    }
}
