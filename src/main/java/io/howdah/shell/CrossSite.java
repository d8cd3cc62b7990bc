package io.howdah.shell;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Refuses what a page of another site asks of the portal's pages: what their client sends, and the channel on which they
 * hear of changes. Such a page has neither their key nor, in today's browsers, the session's cookie; this is the third
 * reason why it gets nowhere. A browser says by itself where a request comes from, and no page can make it say otherwise.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class CrossSite extends HttpFilter {

    private static final long serialVersionUID = 1;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String from = request.getHeader("Sec-Fetch-Site");
        if (from != null && from.endsWith("-site") && isOfAPage(request)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        chain.doFilter(request, response);
    }

    private static boolean isOfAPage(HttpServletRequest request) {
        String query = request.getQueryString();
        return query != null && query.contains("v-r=")
                || request.getRequestURI().startsWith("/VAADIN/push");
    }
}
