package io.howdah.access;

import io.howdah.shared.JsonAnswer;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The token endpoint of OAuth 2.0 (RFC 6749 section 4.4): a service account's id and secret for a token of an hour. */
@WebServlet(TokenEndpoint.PATH)
public class TokenEndpoint extends HttpServlet {

    static final String PATH = "/oauth2/token";

    private static final long serialVersionUID = 1;
    private static final int TOO_MANY = 429;
    /** In seconds; the sentence says how long it really is. */
    private static final String SHORTEST_WAIT = "15";

    @Inject
    private transient ClientCredentials clients;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Pragma", "no-cache");
        if (!request.getMethod().equals("POST")) {
            response.setHeader("Allow", "POST");
            refuse(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "invalid_request", "Only POST is possible.");
            return;
        }
        try {
            TokenRequest asked = TokenRequest.of(request);
            give(response, clients.token(asked.clientId(), asked.secret(), request.getRemoteAddr()));
        } catch (TokenRequest.Refused refused) {
            refuse(response, status(refused.error(), request, response), refused.error(), refused.getMessage());
        } catch (ProblemException refused) {
            Problem problem = refused.problem();
            if (problem.code() == ProblemCode.TooManyTries) {
                response.setHeader("Retry-After", SHORTEST_WAIT);
                refuse(response, TOO_MANY, "temporarily_unavailable", problem.message());
            } else {
                refuse(response, status("invalid_client", request, response), "invalid_client", problem.message());
            }
        }
    }

    private static void give(HttpServletResponse response, String token) throws IOException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("token_type", "Bearer");
        body.put("expires_in", ClientCredentials.LIFE.toSeconds());
        body.put("access_token", token);
        JsonAnswer.send(response, HttpServletResponse.SC_OK, body);
    }

    /** A client that came with the header is told by which scheme to come. */
    private static int status(String error, HttpServletRequest request, HttpServletResponse response) {
        if (!error.equals("invalid_client")) {
            return HttpServletResponse.SC_BAD_REQUEST;
        }
        if (request.getHeader("Authorization") != null) {
            response.setHeader("WWW-Authenticate", "Basic realm=\"howdah\"");
        }
        return HttpServletResponse.SC_UNAUTHORIZED;
    }

    private static void refuse(HttpServletResponse response, int status, String error, String description)
            throws IOException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", error);
        body.put("error_description", description);
        JsonAnswer.send(response, status, body);
    }
}
