package io.howdah.shell;

import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import io.howdah.access.Profile;
import io.howdah.access.ProfileService;
import io.howdah.access.Theme;
import java.util.Locale;

/**
 * Light, dark, or as the system says: seen at once, kept with the person, and by the browser for the pages before they are
 * signed in.
 */
public class ThemeChoice extends RadioButtonGroup<Theme> {

    private final ProfileService profiles;

    public ThemeChoice(ProfileService profiles) {
        super(Texts.t("ui.theme"));
        this.profiles = profiles;
        setItems(Theme.values());
        setItemLabelGenerator(theme -> Texts.t("ui.theme." + inBrowser(theme)));
        addValueChangeListener(event -> {
            if (event.isFromClient()) {
                choose(event.getValue());
            }
        });
        ProfileChanged.follow(this, profile -> {
            if (profile.theme() != null) {
                setValue(profile.theme());
            }
        });
        addAttachListener(event -> event.getUI()
                .getPage()
                .executeJs("return window.howdahTheme()")
                .then(String.class, shown -> setValue(Theme.valueOf(shown.toUpperCase(Locale.ROOT)))));
    }

    private void choose(Theme theme) {
        Profile mine = profiles.mine();
        profiles.change(new Profile(mine.displayName(), theme, mine.timeZone(), mine.language()));
        getElement().executeJs("window.howdahTheme($0)", inBrowser(theme));
        ProfileChanged.tell(profiles.mine());
    }

    private static String inBrowser(Theme theme) {
        return theme.name().toLowerCase(Locale.ROOT);
    }
}
