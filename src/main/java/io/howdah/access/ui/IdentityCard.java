package io.howdah.access.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.PasswordField;
import io.howdah.access.IdentityService;
import io.howdah.access.IdentityView;
import io.howdah.access.ProviderChoice;
import io.howdah.access.ProviderDoor;
import io.howdah.shell.Confirm;
import io.howdah.shell.Glyph;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.RelativeTime;
import io.howdah.shell.Texts;
import java.util.List;

/** One's own accounts at providers: linking one and letting it go. */
class IdentityCard extends Div {

    private final IdentityService service;
    private final List<ProviderChoice> choices;
    private final List<IdentityView> linked;

    IdentityCard(IdentityService service, ProviderDoor door) {
        this.service = service;
        choices = door.choices();
        linked = service.mine();
        addClassNames("card", "form-card");
        add(new H2(Texts.t("ui.identities")), new Paragraph(Texts.t("ui.identities.what")));
        ProviderVisit.ofBrowser().takeRefusal().ifPresent(why -> add(new ProblemNotice(why)));
        linked.forEach(identity -> add(row(identity)));
        choices.stream()
                .filter(provider -> linked.stream()
                        .noneMatch(identity -> identity.provider().equals(provider.name())))
                .forEach(provider -> add(new Button(
                        Texts.t("ui.identities.link", provider.name()), Glyph.LINK.icon(), click -> link(provider))));
    }

    /** Whether there is neither an account nor a provider to link one of. */
    boolean isEmpty() {
        return choices.isEmpty() && linked.isEmpty();
    }

    private Component row(IdentityView identity) {
        Span provider = new Span(identity.provider());
        provider.addClassName("row-title");
        Div when = new Div(
                new Span(identity.email() == null ? Texts.t("ui.identities.linked") : identity.email()),
                new RelativeTime(identity.lastUsedAt() == null ? identity.linkedAt() : identity.lastUsedAt()));
        when.addClassNames("quiet", "small", "words");
        Div texts = new Div(provider, when);
        texts.addClassName("two-lines");
        Button unlink = new Button(Glyph.TRASH_2.icon(), click -> unlink(identity));
        unlink.setAriaLabel(Texts.t("ui.identities.unlink", identity.provider()));
        Div row = new Div(texts, unlink);
        row.addClassName("row-with-menu");
        return row;
    }

    private void link(ProviderChoice provider) {
        PasswordField current = new PasswordField(Texts.t("ui.profile.current"));
        current.setAutocomplete(Autocomplete.CURRENT_PASSWORD);
        current.setWidthFull();
        current.setVisible(service.asksPassword());
        new FormDialog(
                        Texts.t("ui.identities.link.title", provider.name()),
                        Texts.t("ui.identities.link.do"),
                        () -> ProviderVisit.ofBrowser()
                                .leave(service.begin(provider.id(), current.getValue(), PasskeyPrompt.site())),
                        new Paragraph(Texts.t("ui.identities.link.what", provider.name())),
                        current)
                .open();
    }

    private void unlink(IdentityView identity) {
        Confirm.ask(
                Texts.t("ui.identities.unlink.title", identity.provider()),
                new Paragraph(Texts.t("ui.identities.unlink.what")),
                Texts.t("ui.identities.unlink.do"),
                () -> {
                    service.unlink(identity.id());
                    getUI().ifPresent(ui -> ui.refreshCurrentRoute(false));
                });
    }
}
