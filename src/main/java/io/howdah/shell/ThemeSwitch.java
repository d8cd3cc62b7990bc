package io.howdah.shell;

import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import java.util.EnumMap;
import java.util.Map;

/** Light, dark, or as the system says; remembered by the browser, which alone knows what its system says. */
class ThemeSwitch extends MenuBar {

    private enum Choice {
        LIGHT(Glyph.SUN),
        DARK(Glyph.MOON),
        SYSTEM(Glyph.MONITOR);

        private final Glyph glyph;

        Choice(Glyph glyph) {
            this.glyph = glyph;
        }

        private String inBrowser() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final Map<Choice, MenuItem> items = new EnumMap<>(Choice.class);

    ThemeSwitch() {
        addThemeVariants(MenuBarVariant.TERTIARY);
        addClassName("top-menu");
        MenuItem root = addItem(Glyph.SUN_MOON.icon());
        root.setAriaLabel(Texts.t("ui.theme"));
        for (Choice choice : Choice.values()) {
            MenuItem item = root.getSubMenu().addItem(choice.glyph.icon());
            item.add(Texts.t("ui.theme." + choice.inBrowser()));
            item.setCheckable(true);
            item.addClickListener(event -> choose(choice));
            items.put(choice, item);
        }
        addAttachListener(event -> event.getUI()
                .getPage()
                .executeJs("return window.howdahTheme()")
                .then(String.class, remembered -> mark(Choice.valueOf(remembered.toUpperCase(java.util.Locale.ROOT)))));
    }

    private void choose(Choice choice) {
        getUI().ifPresent(ui -> ui.getPage().executeJs("window.howdahTheme($0)", choice.inBrowser()));
        mark(choice);
    }

    private void mark(Choice chosen) {
        items.forEach((choice, item) -> item.setChecked(choice == chosen));
    }
}
