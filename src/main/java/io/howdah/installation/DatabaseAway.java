package io.howdah.installation;

import io.howdah.shared.Language;
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
        Language language = Language.among(request.getLocales());
        Problem problem = Messages.in(language, () -> Problem.of(ProblemCode.MetadataAway));
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setHeader("Retry-After", Integer.toString(SECONDS));
        BarePage.write(
                response,
                language,
                "<meta http-equiv=\"refresh\" content=\"" + SECONDS + "\">",
                Messages.text(language, "installation.away"),
                problem.message(),
                problem.hint());
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
