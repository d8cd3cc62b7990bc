package io.howdah.installation;

import io.howdah.shared.Language;
import io.howdah.shared.Messages;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * What stands in place of the container's own pages for errors: the same few words for everybody, and nothing of what was
 * asked or of what the portal is made of. The log says more.
 */
@WebServlet(urlPatterns = "/failed", asyncSupported = true)
public class ErrorPage extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status = request.getDispatcherType() == DispatcherType.ERROR
                        && request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? code
                : HttpServletResponse.SC_NOT_FOUND;
        response.setStatus(status);
        String key = "installation.error." + words(status);
        Language language = Language.among(request.getLocales());
        BarePage.write(
                response,
                language,
                "",
                Messages.text(language, "installation.error"),
                Messages.text(language, key),
                Messages.text(language, key + ".hint"));
    }

    private static String words(int status) {
        if (status == HttpServletResponse.SC_NOT_FOUND) {
            return "missing";
        }
        return status < HttpServletResponse.SC_INTERNAL_SERVER_ERROR ? "refused" : "broken";
    }
}
