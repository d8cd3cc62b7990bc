package io.howdah.installation;

import io.howdah.shared.Language;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A page that needs nothing else of the portal, for when there is nothing else to show. */
final class BarePage {

    private BarePage() {}

    /** Writes it; all of its texts are the product's own, since nothing is escaped. */
    static void write(
            HttpServletResponse response, Language language, String head, String title, String said, String hint)
            throws IOException {
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("text/html; charset=UTF-8");
        response.getWriter().write("""
                        <!DOCTYPE html>
                        <html lang="%s">
                        <head>
                          <meta charset="utf-8">
                          <meta name="viewport" content="width=device-width, initial-scale=1">
                          %s
                          <title>%s</title>
                          <style>
                            :root { color-scheme: light dark; }
                            body { font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto; padding: 0 1.5rem; }
                            h1 { font-size: 1.5rem; }
                          </style>
                        </head>
                        <body><main><h1>%s</h1><p role="status">%s</p></main></body>
                        </html>
                        """.formatted(language.tag(), head, title, said, hint));
    }
}
