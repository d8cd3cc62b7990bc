package io.howdah.audit;

import io.howdah.access.ApiServlet;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;

/**
 * {@code GET /api/audit/export}: the audit log as a file, like the page's, for programs. {@code format} is {@code jsonl}
 * (the usual) or {@code csv}; {@code actor}, {@code action}, {@code from} and {@code to} (ISO 8601) filter.
 */
@WebServlet("/api/audit/export")
public class AuditExportEndpoint extends ApiServlet {

    private static final long serialVersionUID = 1;

    @Inject
    private transient AuditService audit;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AuditFilter filter = new AuditFilter(
                null,
                word(request, "actor"),
                word(request, "action"),
                null,
                null,
                null,
                time(request, "from"),
                time(request, "to"));
        AuditExport export = audit.export(filter, format(request.getParameter("format")));
        response.setContentType(export.format().mediaType());
        response.setHeader("Cache-Control", "no-store");
        audit.write(export, response.getOutputStream());
    }

    private static AuditExport.Format format(String wanted) {
        return Arrays.stream(AuditExport.Format.values())
                .filter(format -> format.ending().equals(wanted == null ? "jsonl" : wanted))
                .findFirst()
                .orElseThrow(() -> Problem.of(ProblemCode.ExportQueryInvalid, "format")
                        .at("format")
                        .raise());
    }

    /** The database takes no NUL, and no name on record has any such character. */
    private static String word(HttpServletRequest request, String name) {
        String given = request.getParameter(name);
        if (given != null && given.chars().anyMatch(Character::isISOControl)) {
            throw Problem.of(ProblemCode.ExportQueryInvalid, name).at(name).raise();
        }
        return given;
    }

    private static Instant time(HttpServletRequest request, String name) {
        String given = request.getParameter(name);
        try {
            return given == null ? null : Instant.parse(given);
        } catch (DateTimeParseException notATime) {
            throw Problem.of(ProblemCode.ExportQueryInvalid, name).at(name).raise();
        }
    }
}
