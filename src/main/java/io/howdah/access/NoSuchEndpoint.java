package io.howdah.access;

import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** What nothing else answers under {@code /api}: a program gets an error it can read, and not the portal's page. */
@WebServlet("/api/*")
public class NoSuchEndpoint extends ApiServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        throw Problem.of(ProblemCode.NotFound, "resource", request.getPathInfo())
                .raise();
    }
}
