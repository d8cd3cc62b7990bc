package io.howdah.shell;

import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import java.util.Locale;

/** Light, dark, or as the system says; remembered by the browser, which alone knows what its system says. */
class ThemeSwitch extends ActionMenu {

    private enum Choice {
        LIGHT,
        DARK,
        SYSTEM;

        private String inBrowser() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    ThemeSwitch() {
        super(Glyph.SUN_MOON.icon(), Texts.t("ui.theme"));
        RadioButtonGroup<Choice> choices = new RadioButtonGroup<>(Texts.t("ui.theme"));
        choices.getElement().getThemeList().add("vertical");
        choices.setItems(Choice.values());
        choices.setItemLabelGenerator(choice -> Texts.t("ui.theme." + choice.inBrowser()));
        choices.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                event.getSource()
                        .getElement()
                        .executeJs("window.howdahTheme($0)", event.getValue().inBrowser());
            }
        });
        addContent(choices);
        addAttachListener(event -> event.getUI()
                .getPage()
                .executeJs("return window.howdahTheme()")
                .then(String.class, kept -> choices.setValue(Choice.valueOf(kept.toUpperCase(Locale.ROOT)))));
    }
}
