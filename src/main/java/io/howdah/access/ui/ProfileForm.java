package io.howdah.access.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.server.VaadinRequest;
import io.howdah.access.Profile;
import io.howdah.access.ProfileService;
import io.howdah.shared.Language;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Languages;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.ProfileChanged;
import io.howdah.shell.Texts;
import io.howdah.shell.ThemeChoice;
import io.howdah.shell.Zones;
import java.time.Instant;
import java.time.ZoneId;

/** One's own name, language, time zone and theme. */
final class ProfileForm extends Div {

    private final ProfileService profiles;
    private final TextField name = new TextField(Texts.t("ui.welcome.displayName"));
    private final ComboBox<ZoneId> zone = new ComboBox<>(Texts.t("ui.profile.zone"));
    private final Select<Language> language = new Select<>();
    private final Div result = new Div();

    ProfileForm(ProfileService profiles) {
        this.profiles = profiles;
        addClassNames("card", "form-card");
        Profile mine = profiles.mine();
        name.setAutocomplete(Autocomplete.NAME);
        name.setHelperText(Texts.t("ui.profile.displayName.help"));
        name.setValue(mine.displayName() == null ? "" : mine.displayName());
        name.setWidthFull();
        Zones.offer(zone, Zones.mine());
        zone.setItemLabelGenerator(each -> Zones.inWords(each, Instant.now()));
        zone.setPlaceholder(Texts.t("ui.profile.zone.browser", Zones.inWords(Zones.ofBrowser(), Instant.now())));
        zone.setHelperText(Texts.t("ui.profile.zone.help"));
        zone.setClearButtonVisible(true);
        zone.setValue(
                mine.timeZone() == null ? null : Zones.parse(mine.timeZone()).orElse(null));
        zone.setWidthFull();
        language.setLabel(Texts.t("ui.profile.language"));
        language.setItems(Language.values());
        language.setEmptySelectionAllowed(true);
        language.setEmptySelectionCaption(browsers());
        language.setPlaceholder(browsers());
        language.setItemLabelGenerator(each -> each == null ? browsers() : each.ownName());
        language.setHelperText(Texts.t("ui.profile.language.help"));
        language.setValue(mine.language());
        language.setWidthFull();
        Button save = new Button(Texts.t("ui.profile.save"), event -> save());
        save.addThemeVariants(ButtonVariant.PRIMARY);
        add(new H2(Texts.t("ui.profile.settings")), name, language, zone, result, save, new ThemeChoice(profiles));
    }

    private static String browsers() {
        return Texts.t(
                "ui.profile.language.browser",
                Languages.asked(VaadinRequest.getCurrent()).ownName());
    }

    private void save() {
        result.removeAll();
        try {
            String chosen = zone.getValue() == null ? null : zone.getValue().getId();
            Profile before = profiles.mine();
            profiles.change(new Profile(name.getValue(), before.theme(), chosen, language.getValue()));
            Profile now = profiles.mine();
            if (now.language() != before.language()) {
                // Every text of the page changes.
                UI.getCurrent().getPage().reload();
                return;
            }
            name.setValue(now.displayName());
            Zones.changed(chosen);
            ProfileChanged.tell(now);
            Paragraph saved = new Paragraph(Texts.t("ui.profile.saved"));
            saved.getElement().setAttribute("role", "status");
            result.add(saved);
        } catch (ProblemException refused) {
            result.add(new ProblemNotice(refused.problem()));
        }
    }
}
