package io.howdah.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * The token endpoint where Azure's clients look for it: {@code /<tenant>/oauth2/v2.0/token}. An installation is one tenant,
 * so any name does. A filter, because a servlet's path can't begin with any word.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class TenantTokenEndpoint extends HttpFilter {

    private static final long serialVersionUID = 1;
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9.-]{1,100}/oauth2/(v2\\.0/)?token");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (PATH.matcher(path).matches()) {
            request.getRequestDispatcher(TokenEndpoint.PATH).forward(request, response);
        } else {
            chain.doFilter(request, response);
        }
    }
}
