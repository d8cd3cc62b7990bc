package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.Route;
import io.howdah.server.LockKind;
import io.howdah.server.LockView;
import io.howdah.server.ServerService;
import io.howdah.server.ServerView;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Confirm;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.RelativeTime;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** The locks of a server, which keep it from being deleted or changed by mistake. */
@CdiComponent
@PermitAll
@Route(value = "servers/:name/locks", layout = ServerLayout.class)
public class LocksPage extends ServerPage {

    private final ServerService servers;
    private final Lifecycle lifecycle;
    private final Div list = new Div();
    private final RadioButtonGroup<LockKind> kind = new RadioButtonGroup<>(t("server.locks.kind"));
    private final TextField note = new TextField(t("server.locks.note"));
    private final ActionButton add = new ActionButton(t("server.locks.add"), Glyph.LOCK, this::add).primary();
    private final Div problems = new Div();
    private ServerView server;
    private List<LockView> shown;

    @Inject
    public LocksPage(ServerService servers, Lifecycle lifecycle) {
        super("server.page.locks", true);
        this.servers = servers;
        this.lifecycle = lifecycle;
        Paragraph intro = new Paragraph(t("server.locks.text"));
        intro.addClassName("quiet");
        kind.setItems(LockKind.values());
        kind.setItemLabelGenerator(
                one -> t(one == LockKind.READ_ONLY ? "server.locks.readOnly" : "server.locks.canNotDelete"));
        kind.setValue(LockKind.CAN_NOT_DELETE);
        note.setHelperText(t("server.locks.noteHelp"));
        note.setManualValidation(true);
        note.setWidthFull();
        Section form = new Section(new H3(t("server.locks.new")), kind, note, problems, add);
        form.addClassNames("card", "lock-form");
        add(intro, list, form);
    }

    @Override
    protected void show(ServerView now) {
        server = now;
        Optional<String> refusal = lifecycle.refusal(ServerAction.LOCK, now);
        add.refuse(refusal);
        kind.setEnabled(refusal.isEmpty());
        note.setEnabled(refusal.isEmpty());
        if (!now.locks().equals(shown)) {
            shown = now.locks();
            showLocks(refusal);
        }
    }

    private void showLocks(Optional<String> refusal) {
        list.removeAll();
        if (shown.isEmpty()) {
            list.add(new EmptyState(Glyph.LOCK_OPEN, t("server.locks.none.title"), t("server.locks.none.text"), null));
            return;
        }
        UnorderedList rows = new UnorderedList();
        rows.addClassNames("card", "lock-rows");
        for (LockView lock : shown) {
            Span name = new Span(lock.kind().azureName());
            name.addClassName("strong");
            Div second = new Div(new Span(t("server.locks.setBy", lock.setBy())), new RelativeTime(lock.setAt()));
            second.addClassNames("quiet", "words");
            Div texts = new Div(name);
            texts.addClassName("two-lines");
            if (lock.note() != null && !lock.note().isBlank()) {
                texts.add(new Span(lock.note()));
            }
            texts.add(second);
            ActionButton remove = new ActionButton(t("server.locks.remove"), null, () -> askRemove(lock));
            remove.addThemeVariants(ButtonVariant.SMALL);
            remove.setAriaLabel(t("server.locks.removeOf", lock.kind().azureName()));
            remove.refuse(refusal);
            ListItem row = new ListItem(Glyph.LOCK.icon(), texts, remove);
            row.addClassName("lock-row");
            rows.add(row);
        }
        list.add(rows);
    }

    private void add() {
        problems.removeAll();
        note.setInvalid(false);
        try {
            servers.addLock(server.id(), kind.getValue(), note.getValue().strip());
            note.clear();
            reload();
        } catch (ProblemException refused) {
            Problem problem = refused.problem();
            if ("note".equals(problem.field())) {
                note.setErrorMessage(problem.message() + " " + problem.hint());
                note.setInvalid(true);
            } else {
                problems.add(new ProblemNotice(problem));
            }
        }
    }

    private void askRemove(LockView lock) {
        Confirm.ask(
                t("server.locks.remove.title", lock.kind().azureName()),
                new Paragraph(t("server.locks.remove.text", server.name())),
                t("server.locks.remove"),
                () -> {
                    servers.removeLock(server.id(), lock.id());
                    reload();
                });
    }

    private void reload() {
        showServer(servers.byName(server.name()));
    }
}
