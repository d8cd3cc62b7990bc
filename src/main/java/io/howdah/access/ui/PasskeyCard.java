package io.howdah.access.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import io.howdah.access.PasskeyCeremony;
import io.howdah.access.PasskeyService;
import io.howdah.access.PasskeyView;
import io.howdah.shared.ProblemException;
import io.howdah.shell.ActionMenu;
import io.howdah.shell.Confirm;
import io.howdah.shell.Glyph;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.RelativeTime;
import io.howdah.shell.Texts;
import java.util.List;

/** One's own passkeys: adding, naming and removing them. */
class PasskeyCard extends Div {

    private final PasskeyService service;

    PasskeyCard(PasskeyService service) {
        this.service = service;
        addClassNames("card", "form-card");
        refresh();
    }

    private void refresh() {
        removeAll();
        add(new H2(Texts.t("ui.passkeys")), new Paragraph(Texts.t("ui.passkeys.what")));
        List<PasskeyView> keys = service.mine();
        if (!keys.isEmpty()) {
            UnorderedList list = new UnorderedList();
            list.addClassName("plain-list");
            keys.forEach(key -> list.add(row(key)));
            add(list);
        }
        add(new Button(Texts.t("ui.passkeys.add"), event -> add()));
    }

    private ListItem row(PasskeyView key) {
        Span name = new Span(key.name());
        name.addClassName("row-title");
        Span used = new Span(
                key.lastUsedAt() == null
                        ? new Span(Texts.t("ui.passkeys.unused"))
                        : new Span(new Span(Texts.t("ui.passkeys.used")), new Span(" "), when(key)));
        used.addClassName("quiet");
        Div texts = new Div(name, used);
        texts.addClassName("two-lines");
        ActionMenu menu = new ActionMenu(Glyph.ELLIPSIS.icon(), Texts.t("ui.access.actionsFor", key.name()));
        menu.addAction(Glyph.PENCIL, Texts.t("ui.passkeys.rename"), () -> rename(key));
        menu.addAction(Glyph.TRASH_2, Texts.t("ui.passkeys.remove"), () -> remove(key));
        ListItem row = new ListItem(texts, menu);
        row.addClassName("row-with-menu");
        return row;
    }

    private static Component when(PasskeyView key) {
        return new RelativeTime(key.lastUsedAt());
    }

    private void add() {
        TextField name = new TextField(Texts.t("ui.passkeys.name"));
        name.setHelperText(Texts.t("ui.passkeys.name.help"));
        PasswordField password = new PasswordField(Texts.t("ui.profile.current"));
        password.setAutocomplete(Autocomplete.CURRENT_PASSWORD);
        new FormDialog(
                        Texts.t("ui.passkeys.add"),
                        Texts.t("ui.passkeys.next"),
                        () -> ask(name.getValue(), service.begin(password.getValue(), PasskeyPrompt.site())),
                        name,
                        password)
                .open();
        name.focus();
    }

    private void ask(String name, PasskeyCeremony ceremony) {
        PasskeyPrompt.make(
                this,
                ceremony,
                answer -> {
                    try {
                        service.add(ceremony, name, answer);
                    } catch (ProblemException refused) {
                        ProblemNotice.show(refused.problem());
                    }
                    refresh();
                },
                ProblemNotice::show);
    }

    private void rename(PasskeyView key) {
        TextField name = new TextField(Texts.t("ui.passkeys.name"));
        name.setValue(key.name());
        new FormDialog(
                        Texts.t("ui.passkeys.rename"),
                        Texts.t("ui.passkeys.rename"),
                        () -> {
                            service.rename(key.id(), name.getValue());
                            refresh();
                        },
                        name)
                .open();
        name.focus();
    }

    private void remove(PasskeyView key) {
        Confirm.ask(
                Texts.t("ui.passkeys.remove.title", key.name()),
                new Paragraph(Texts.t("ui.passkeys.remove.what")),
                Texts.t("ui.passkeys.remove"),
                () -> {
                    service.remove(key.id());
                    refresh();
                });
    }
}
