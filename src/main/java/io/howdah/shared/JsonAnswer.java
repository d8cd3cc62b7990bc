package io.howdah.shared;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Answers to programs: JSON that nobody on the way keeps. */
public final class JsonAnswer {

    private JsonAnswer() {}

    public static void send(HttpServletResponse response, int status, Object body) throws IOException {
        byte[] json = Json.write(body).getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }

    /** The problem's code, sentence and hint, with the status that goes with it. */
    public static void problem(HttpServletResponse response, Problem problem) throws IOException {
        Map<String, Object> body = new TreeMap<>();
        body.put("code", problem.code().name());
        body.put("message", problem.message());
        body.put("hint", problem.hint());
        problem.atField().ifPresent(field -> body.put("field", field));
        send(response, status(problem.code()), body);
    }

    private static int status(ProblemCode code) {
        return switch (code) {
            case TokenNotValid, SignInFailed -> HttpServletResponse.SC_UNAUTHORIZED;
            case AccessDenied -> HttpServletResponse.SC_FORBIDDEN;
            case NotFound -> HttpServletResponse.SC_NOT_FOUND;
            case TooManyTries -> 429;
            default -> HttpServletResponse.SC_BAD_REQUEST;
        };
    }
}
