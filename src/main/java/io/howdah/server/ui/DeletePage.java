package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.Route;
import io.howdah.approval.ui.SecondPerson;
import io.howdah.server.ServerService;
import io.howdah.server.ServerView;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Glyph;
import io.howdah.shell.ProblemNotice;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Deletes a server: says what ends, what is kept and until when, and wants the name typed. */
@CdiComponent
@PermitAll
@Route(value = "servers/:name/delete", layout = ServerLayout.class)
public class DeletePage extends ServerPage {

    private final ServerService servers;
    private final Lifecycle lifecycle;
    private final Div text = new Div();
    private final TextField typed = new TextField();
    private final Div problems = new Div();
    private final ActionButton delete = new ActionButton(ServerAction.DELETE.title(), Glyph.TRASH_2, this::delete)
            .primary()
            .grave();
    private ServerView server;
    private UUID textOf;

    @Inject
    public DeletePage(ServerService servers, Lifecycle lifecycle) {
        super("server.page.delete", true);
        this.servers = servers;
        this.lifecycle = lifecycle;
        typed.setAutocomplete(Autocomplete.OFF);
        typed.getElement().setAttribute("spellcheck", "false");
        typed.setValueChangeMode(ValueChangeMode.EAGER);
        typed.setManualValidation(true);
        typed.setWidthFull();
        typed.addValueChangeListener(event -> showButton());
        typed.addKeyPressListener(Key.ENTER, event -> {
            if (delete.isEnabled()) {
                delete();
            }
        });
        delete.setDisableOnClick(true);
        ActionButton keep = new ActionButton(
                t("server.delete.keep"), null, () -> ServerAddress.open(ServerAddress.of(server.name())));
        Div actions = new Div(delete, keep);
        actions.addClassName("row-actions");
        Section card = new Section(text, typed, problems, actions);
        card.addClassNames("card", "decision");
        add(card);
    }

    @Override
    protected void show(ServerView now) {
        server = now;
        if (!now.id().equals(textOf)) {
            textOf = now.id();
            typed.clear();
            showText();
        }
        showButton();
    }

    private void showText() {
        int days = servers.catalogue().graceDays();
        String until = Amounts.time(Instant.now().plus(Duration.ofDays(days)));
        text.removeAll();
        text.add(
                new Paragraph(t("server.delete.intro", server.name())),
                new UnorderedList(
                        new ListItem(t("server.delete.ends")),
                        new ListItem(t("server.delete.kept", days, until)),
                        new ListItem(t("server.delete.undo", server.name())),
                        new ListItem(t("server.delete.after"))));
        text.addClassName("decision-text");
        typed.setLabel(t("server.delete.type", server.name()));
    }

    private void showButton() {
        Optional<String> refusal = lifecycle.refusal(ServerAction.DELETE, server);
        typed.setEnabled(refusal.isEmpty());
        boolean same = typed.getValue().equals(server.name());
        delete.refuse(refusal.isPresent() || same ? refusal : Optional.of(t("server.delete.notTyped")));
        refusal.ifPresentOrElse(typed::setHelperText, () -> typed.setHelperText(null));
    }

    private void delete() {
        problems.removeAll();
        try {
            String name = typed.getValue();
            SecondPerson.act(() -> servers.delete(server.id(), name), operation -> {
                watch(operation);
                ServerAddress.open(ServerAddress.of(server.name()));
            });
            showButton();
        } catch (ProblemException refused) {
            problems.add(new ProblemNotice(refused.problem()));
            showButton();
        }
    }
}
