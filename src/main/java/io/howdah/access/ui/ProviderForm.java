package io.howdah.access.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import io.howdah.access.AccessService;
import io.howdah.access.GroupService;
import io.howdah.access.PlaceView;
import io.howdah.access.ProviderDraft;
import io.howdah.access.ProviderKind;
import io.howdah.access.ProviderView;
import io.howdah.access.RoleView;
import io.howdah.shell.Texts;
import java.util.Arrays;
import java.util.List;

/** The fields of a provider, in three cards: how it is spoken to, who may come in, and what its groups come to. */
class ProviderForm {

    private final Select<ProviderKind> kind = new Select<>();
    private final TextField tenant = text("ui.provider.tenant");
    private final TextField name = text("ui.provider.name");
    private final TextField issuer = text("ui.provider.issuer");
    private final TextField clientId = text("ui.provider.clientId");
    private final PasswordField secret = new PasswordField(Texts.t("ui.provider.secret"));
    private final TextField scopes = text("ui.provider.scopes");
    private final TextField domains = text("ui.provider.domains");
    private final Checkbox makes = new Checkbox(Texts.t("ui.provider.makes"));
    private final ComboBox<String> role = new ComboBox<>(Texts.t("ui.provider.defaultRole"));
    private final ComboBox<PlaceView> place = new ComboBox<>(Texts.t("ui.access.where"));
    private final Checkbox byEmail = new Checkbox(Texts.t("ui.provider.byEmail"));
    private final Checkbox factor = new Checkbox(Texts.t("ui.provider.factor"));
    private final TextField acr = text("ui.provider.acr");
    private final TextField claim = text("ui.provider.claim");
    private final MappingLines mappings;

    /** @param shown the provider to change, or null for a new one */
    ProviderForm(AccessService access, GroupService groups, ProviderView shown) {
        List<PlaceView> places = access.placesToGive();
        mappings = new MappingLines(groups, access, places);
        kind.setLabel(Texts.t("ui.provider.kind"));
        kind.setItems(ProviderKind.values());
        kind.setItemLabelGenerator(each -> Texts.t("ui.provider.kind." + each));
        tenant.setHelperText(Texts.t("ui.provider.tenant.help"));
        tenant.addValueChangeListener(event -> {
            if (!event.getValue().isBlank()) {
                issuer.setValue(ProviderKind.ofTenant(event.getValue()));
            }
        });
        secret.setAutocomplete(Autocomplete.OFF);
        secret.setWidthFull();
        secret.setHelperText(
                Texts.t(shown != null && shown.hasSecret() ? "ui.provider.secret.kept" : "ui.provider.secret.help"));
        scopes.setHelperText(Texts.t("ui.provider.scopes.help"));
        domains.setHelperText(Texts.t("ui.provider.domains.help"));
        byEmail.setHelperText(Texts.t("ui.provider.byEmail.help"));
        acr.setHelperText(Texts.t("ui.provider.acr.help"));
        claim.setHelperText(Texts.t("ui.provider.claim.help"));
        role.setItems(access.roles().stream().map(RoleView::name).toList());
        role.setPlaceholder(Texts.t("ui.provider.defaultRole.none"));
        role.setClearButtonVisible(true);
        role.setWidthFull();
        role.addValueChangeListener(event -> showDefaults());
        place.setItems(places);
        place.setItemLabelGenerator(RoleWords::place);
        place.setWidthFull();
        makes.addValueChangeListener(event -> showDefaults());
        kind.addValueChangeListener(event -> usual(event.getValue(), event.isFromClient()));
        if (shown == null) {
            kind.setValue(ProviderKind.KEYCLOAK);
            fill(ProviderKind.KEYCLOAK);
        } else {
            show(shown.draft(), places);
        }
        showDefaults();
    }

    Component[] cards(Component... belowConnection) {
        Div connection = card("ui.provider.connection", kind, tenant, name, issuer, clientId, secret, scopes);
        connection.add(belowConnection);
        return new Component[] {
            connection,
            card("ui.provider.who", domains, makes, role, place, byEmail, factor, acr),
            card("ui.provider.groups", claim, new Paragraph(Texts.t("ui.provider.mappings.what")), mappings)
        };
    }

    ProviderDraft draft() {
        return new ProviderDraft(
                kind.getValue(),
                name.getValue(),
                issuer.getValue(),
                clientId.getValue(),
                words(scopes),
                claim.getValue(),
                words(domains),
                makes.getValue(),
                role.getValue(),
                place.getValue() == null ? null : place.getValue().scope(),
                byEmail.getValue(),
                factor.getValue(),
                words(acr),
                mappings.get());
    }

    /** What was typed as the client's secret; empty to leave it as it is. */
    String secret() {
        return secret.getValue();
    }

    private void show(ProviderDraft draft, List<PlaceView> places) {
        kind.setValue(draft.kind());
        name.setValue(draft.name());
        issuer.setValue(draft.issuer());
        clientId.setValue(draft.clientId());
        scopes.setValue(String.join(" ", draft.scopes()));
        claim.setValue(draft.groupsClaim() == null ? "" : draft.groupsClaim());
        domains.setValue(String.join(" ", draft.emailDomains()));
        makes.setValue(draft.makesPeople());
        role.setValue(draft.defaultRole());
        places.stream()
                .filter(each -> each.scope().equals(draft.defaultScope()))
                .findFirst()
                .ifPresent(place::setValue);
        byEmail.setValue(draft.linksByEmail());
        factor.setValue(draft.trustsSecondFactor());
        acr.setValue(String.join(" ", draft.acrValues()));
        mappings.set(draft.mappings());
    }

    private void usual(ProviderKind chosen, boolean byPerson) {
        tenant.setVisible(chosen == ProviderKind.ENTRA_ID);
        issuer.setHelperText(Texts.t("ui.provider.issuer.help", chosen.exampleIssuer()));
        if (byPerson) {
            fill(chosen);
        }
    }

    private void fill(ProviderKind chosen) {
        scopes.setValue(chosen.usualScopes());
        claim.setValue(chosen.usualGroupsClaim() == null ? "" : chosen.usualGroupsClaim());
        if (chosen == ProviderKind.GOOGLE) {
            issuer.setValue(chosen.exampleIssuer());
        }
    }

    private void showDefaults() {
        role.setVisible(makes.getValue());
        place.setVisible(makes.getValue() && role.getValue() != null);
    }

    private static List<String> words(TextField field) {
        return Arrays.asList(field.getValue().strip().split("[\\s,]+"));
    }

    private static TextField text(String label) {
        TextField field = new TextField(Texts.t(label));
        field.setWidthFull();
        field.setAutocomplete(Autocomplete.OFF);
        return field;
    }

    private static Div card(String title, Component... content) {
        Div card = new Div(new H2(Texts.t(title)));
        card.add(content);
        card.addClassNames("card", "form-card");
        return card;
    }
}
