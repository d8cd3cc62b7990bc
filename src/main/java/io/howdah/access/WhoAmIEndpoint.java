package io.howdah.access;

import io.howdah.shared.JsonAnswer;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code GET /api/whoami}: an {@link TokenIdentity} in JSON. */
@WebServlet("/api/whoami")
public class WhoAmIEndpoint extends ApiServlet {

    private static final long serialVersionUID = 1;

    @Inject
    private transient TokenIdentities identities;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonAnswer.send(response, HttpServletResponse.SC_OK, identities.mine());
    }
}
