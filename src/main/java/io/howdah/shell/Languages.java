package io.howdah.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.VaadinRequest;
import io.howdah.access.Callers;
import io.howdah.access.Profile;
import io.howdah.access.ProfileService;
import io.howdah.shared.Language;
import jakarta.enterprise.inject.spi.CDI;
import java.util.Optional;

/** The language the portal speaks to whoever reads: the one they have chosen, else the first their browser asks for. */
public final class Languages {

    private Languages() {}

    /** That of the page in hand; English where there is none. */
    public static Language mine() {
        return Optional.ofNullable(UI.getCurrent())
                .map(UI::getLocale)
                .flatMap(Language::of)
                .orElse(Language.ENGLISH);
    }

    /** For a page that is about to be made. */
    static Language of(VaadinRequest request) {
        return chosen().orElseGet(() -> asked(request));
    }

    /** What the browser asks for. */
    public static Language asked(VaadinRequest request) {
        return Language.among(request.getLocales());
    }

    private static Optional<Language> chosen() {
        return Callers.find()
                .map(person -> CDI.current().select(ProfileService.class).get().mine())
                .map(Profile::language);
    }
}
