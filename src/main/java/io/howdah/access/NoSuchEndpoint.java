package io.howdah.access;

import io.howdah.shared.JsonAnswer;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What nothing else answers under {@code /api}: a program gets an error it can read, and not the portal's page. */
@WebServlet("/api/*")
public class NoSuchEndpoint extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonAnswer.problem(response, Problem.of(ProblemCode.NotFound, "resource", request.getPathInfo()));
    }
}
