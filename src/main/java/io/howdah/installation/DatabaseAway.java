package io.howdah.installation;

import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.annotation.Resource;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * While the metadata database is away no page can be made: whoever asks for one is told so, and that page asks again by
 * itself until the portal is back.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class DatabaseAway extends HttpFilter {

    private static final long serialVersionUID = 1;
    private static final int SECONDS = 3;
    private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();

    @Resource(lookup = "jdbc/howdah-plain")
    private transient DataSource dataSource;

    private transient volatile long seenAt = System.nanoTime() - FRESH_NANOS;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!asksForPage(request) || isThere()) {
            chain.doFilter(request, response);
            return;
        }
        Problem problem = Problem.of(ProblemCode.MetadataAway);
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setHeader("Retry-After", Integer.toString(SECONDS));
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("text/html; charset=UTF-8");
        response.getWriter()
                .write("""
                        <!DOCTYPE html>
                        <html lang="en">
                        <head>
                          <meta charset="utf-8">
                          <meta name="viewport" content="width=device-width, initial-scale=1">
                          <meta http-equiv="refresh" content="%d">
                          <title>%s</title>
                          <style>
                            :root { color-scheme: light dark; }
                            body { font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto; padding: 0 1.5rem; }
                            h1 { font-size: 1.5rem; }
                          </style>
                        </head>
                        <body><main><h1>%s</h1><p role="status">%s</p></main></body>
                        </html>
                        """.formatted(SECONDS, Messages.text("installation.away"), problem.message(), problem.hint()));
    }

    private static boolean asksForPage(HttpServletRequest request) {
        String accepted = request.getHeader("Accept");
        return request.getMethod().equals("GET") && accepted != null && accepted.contains("text/html");
    }

    /** What was seen a moment ago still counts; that it is away is looked at anew each time. */
    private boolean isThere() {
        if (System.nanoTime() - seenAt < FRESH_NANOS) {
            return true;
        }
        try (Connection connection = dataSource.getConnection()) {
            boolean there = connection.isValid(SECONDS);
            if (there) {
                seenAt = System.nanoTime();
            }
            return there;
        } catch (SQLException away) {
            return false;
        }
    }
}
