package io.howdah.access;

import io.howdah.shared.JsonAnswer;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Binds the caller of a request that a program makes: it shows a token each time (RFC 6750), in the header and nowhere
 * else. Cookies count for nothing here, so that no other site's page can make a browser ask.
 */
@WebFilter(urlPatterns = "/api/*")
public class BearerFilter extends HttpFilter {

    private static final long serialVersionUID = 1;
    private static final String SCHEME = "Bearer ";
    private static final String CHALLENGE = "Bearer realm=\"howdah\"";

    @Inject
    private transient Bearers bearers;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<String> token = shown(request);
        if (token.isEmpty()) {
            refuse(response, CHALLENGE, Problem.of(ProblemCode.TokenNotValid));
            return;
        }
        Caller caller;
        try {
            caller = bearers.callerOf(token.get(), request.getRemoteAddr());
        } catch (ProblemException refused) {
            refuse(response, CHALLENGE + ", error=\"invalid_token\"", refused.problem());
            return;
        }
        response.setHeader("X-Correlation-Id", caller.correlationId());
        Callers.bind(caller);
        try {
            chain.doFilter(request, response);
        } finally {
            Callers.bind(null);
        }
    }

    private static Optional<String> shown(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        return header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.empty()
                : Optional.of(header.substring(SCHEME.length()).strip());
    }

    private static void refuse(HttpServletResponse response, String challenge, Problem problem) throws IOException {
        response.setHeader("WWW-Authenticate", challenge);
        JsonAnswer.problem(response, problem);
    }
}
