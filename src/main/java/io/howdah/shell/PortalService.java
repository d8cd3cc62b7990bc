package io.howdah.shell;

import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.communication.IndexHtmlResponse;
import io.howdah.access.Callers;
import io.howdah.access.Profile;
import io.howdah.access.ProfileService;
import io.howdah.shared.Language;
import io.howdah.shared.Messages;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.CDI;
import java.util.Locale;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Element;

/** What holds for every request and every session of the portal: who asks, what failures look like, the first HTML. */
@ApplicationScoped
public class PortalService {

    /** Runs before anything is painted, so that the wrong theme never flashes. */
    private static final String SCRIPT = """
            (() => {
              const scheme = { light: 'light', dark: 'dark' };
              window.howdahTheme = (choice) => {
                if (choice) { try { localStorage.setItem('howdah-theme', choice); } catch { /* private browsing */ } }
                else { try { choice = localStorage.getItem('howdah-theme'); } catch { /* private browsing */ } }
                document.documentElement.style.colorScheme = scheme[choice] ?? 'light dark';
                return scheme[choice] ?? 'system';
              };
              window.howdahZone = (zone) => {
                // A browser may know fewer zones than we do; without one it tells its own time.
                try { zone = zone && new Intl.DateTimeFormat('en', { timeZone: zone }) && zone; } catch { zone = null; }
                if (zone) { document.documentElement.dataset.zone = zone; }
                else { delete document.documentElement.dataset.zone; }
              };
              const own = document.querySelector('meta[name="howdah-profile"]');
              window.howdahTheme(own?.dataset.theme);
              window.howdahZone(own?.dataset.zone);
            })();
            """;

    void begin(@Observes ServiceInitEvent event) {
        Messages.readBy(Languages::mine);
        event.addVaadinRequestInterceptor(new CallerBinding());
        event.addIndexHtmlRequestListener(PortalService::prepare);
        event.getSource().addUIInitListener(init -> init.getUI()
                .setLocale(Languages.of(VaadinRequest.getCurrent()).region()));
        event.getSource().addSessionInitListener(init -> init.getSession().setErrorHandler(new Failure.Handler()));
    }

    /** What the signed-in person has chosen, for the script. */
    private static Element own() {
        Profile profile = CDI.current().select(ProfileService.class).get().mine();
        Element own = new Element("meta").attr("name", "howdah-profile");
        if (profile.theme() != null) {
            own.attr("data-theme", profile.theme().name().toLowerCase(Locale.ROOT));
        }
        if (profile.timeZone() != null) {
            own.attr("data-zone", profile.timeZone());
        }
        return own;
    }

    private static void prepare(IndexHtmlResponse response) {
        Language language = Languages.of(response.getVaadinRequest());
        response.getDocument()
                .selectFirst("html")
                .attr("lang", language.tag())
                .attr("data-locale", language.region().toLanguageTag())
                .attr("data-soon", Messages.text(language, "ui.time.soon"))
                .attr("data-now", Messages.text(language, "ui.time.now"))
                .attr("data-seconds", Messages.text(language, "ui.time.seconds", "{0}"));
        Element head = response.getDocument().head();
        head.prependElement("script").appendChild(new DataNode(SCRIPT));
        Callers.find().ifPresent(person -> head.prependChild(own()));
        head.prependElement("meta").attr("name", "color-scheme").attr("content", "light dark");
        Object nonce = response.getVaadinRequest().getAttribute(SecurityHeaders.NONCE);
        if (nonce != null) {
            response.getDocument().select("script").forEach(script -> script.attr("nonce", nonce.toString()));
        }
    }
}
