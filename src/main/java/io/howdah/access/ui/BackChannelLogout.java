package io.howdah.access.ui;

import io.howdah.access.ProviderDoor;
import io.howdah.shared.ProblemException;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Where providers tell that somebody has signed out there: OpenID Connect Back-Channel Logout 1.0. */
@WebServlet(ProviderDoor.BACK_CHANNEL)
public class BackChannelLogout extends HttpServlet {

    private static final Logger LOG = Logger.getLogger(BackChannelLogout.class.getName());
    private static final int LONGEST_TOKEN = 16_384;

    @Inject
    private transient ProviderDoor door;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        String token = request.getParameter("logout_token");
        if (token == null || token.length() > LONGEST_TOKEN) {
            refuse(response);
            return;
        }
        try {
            door.signedOutThere(token, request.getRemoteAddr());
            response.setStatus(HttpServletResponse.SC_OK);
        } catch (ProblemException refused) {
            LOG.log(Level.INFO, "A logout token was refused", refused);
            refuse(response);
        }
    }

    private static void refuse(HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        response.setContentType("application/json");
        response.getWriter().print("{\"error\":\"invalid_request\"}");
    }
}
