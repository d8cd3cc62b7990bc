package io.howdah.installation;

import jakarta.servlet.FilterChain;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Hides the container's own addresses for signing in and out by a form: people sign in at the portal's page, where guesses
 * are counted, and no link of somebody else's may sign them out.
 */
@WebFilter(urlPatterns = {"/j_security_check", "/ibm_security_logout"})
public class NoContainerForms extends HttpFilter {

    private static final long serialVersionUID = 1;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
}
