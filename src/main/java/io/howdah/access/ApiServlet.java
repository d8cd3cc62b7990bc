package io.howdah.access;

import io.howdah.shared.JsonAnswer;
import io.howdah.shared.ProblemException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers programs behind the {@link BearerFilter}; a problem is an answer too, and no error of the server's. */
public abstract class ApiServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        try {
            super.service(request, response);
        } catch (ProblemException refused) {
            // Not further up: the container would log it with all that the request says.
            JsonAnswer.problem(response, refused.problem());
        }
    }
}
