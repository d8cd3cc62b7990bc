package io.howdah.shell;

import io.howdah.access.ProfileService;

/** The choice of the theme in the top bar. */
class ThemeSwitch extends ActionMenu {

    ThemeSwitch(ProfileService profiles) {
        super(Glyph.SUN_MOON.icon(), Texts.t("ui.theme"));
        ThemeChoice choice = new ThemeChoice(profiles);
        choice.getElement().getThemeList().add("vertical");
        addContent(choice);
    }
}
