package io.howdah.shell;

import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.communication.IndexHtmlResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Element;

/** What holds for every request and every session of the portal: who asks, what failures look like, the first HTML. */
@ApplicationScoped
public class PortalService {

    /** Runs before anything is painted, so that the wrong theme never flashes. */
    private static final String THEME_SCRIPT = """
            (() => {
              const scheme = { light: 'light', dark: 'dark' };
              window.howdahTheme = (choice) => {
                if (choice) { try { localStorage.setItem('howdah-theme', choice); } catch { /* private browsing */ } }
                else { try { choice = localStorage.getItem('howdah-theme'); } catch { /* private browsing */ } }
                document.documentElement.style.colorScheme = scheme[choice] ?? 'light dark';
                return scheme[choice] ?? 'system';
              };
              window.howdahTheme();
            })();
            """;

    void begin(@Observes ServiceInitEvent event) {
        event.addVaadinRequestInterceptor(new CallerBinding());
        event.addIndexHtmlRequestListener(PortalService::prepare);
        event.getSource().addSessionInitListener(init -> init.getSession().setErrorHandler(new Failure.Handler()));
    }

    private static void prepare(IndexHtmlResponse response) {
        response.getDocument().selectFirst("html").attr("lang", "en");
        Element head = response.getDocument().head();
        head.prependElement("script").appendChild(new DataNode(THEME_SCRIPT));
        head.prependElement("meta").attr("name", "color-scheme").attr("content", "light dark");
        Object nonce = response.getVaadinRequest().getAttribute(SecurityHeaders.NONCE);
        if (nonce != null) {
            response.getDocument().select("script").forEach(script -> script.attr("nonce", nonce.toString()));
        }
    }
}
