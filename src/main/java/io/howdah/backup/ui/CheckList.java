package io.howdah.backup.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H4;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.howdah.access.ui.FormDialog;
import io.howdah.backup.RehearsalService;
import io.howdah.backup.SqlCheck;
import io.howdah.server.ui.ActionButton;
import io.howdah.shell.Confirm;
import io.howdah.shell.Glyph;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a restored server has to answer with true, and editing it. */
final class CheckList extends Div {

    private static final int MAX_NAME = 63;
    private static final int MAX_QUERY = 2_000;

    private final RehearsalService service;
    private final Div entries = new Div();
    private final ActionButton add = new ActionButton(t("backup.rehearsal.check.add"), Glyph.PLUS, () -> open(-1));
    private UUID serverId;
    private List<SqlCheck> checks = List.of();

    CheckList(RehearsalService service) {
        this.service = service;
        addClassName("check-list");
        Div actions = new Div(add.quiet());
        actions.addClassName("row-actions");
        add(new H4(t("backup.rehearsal.checks")), entries, actions);
    }

    void show(UUID server, List<SqlCheck> shown, Optional<String> refusal) {
        serverId = server;
        checks = shown;
        add.refuse(refusal);
        entries.removeAll();
        if (shown.isEmpty()) {
            Paragraph none = new Paragraph(t("backup.rehearsal.check.none"));
            none.addClassName("quiet");
            entries.add(none);
        }
        for (int i = 0; i < shown.size(); i++) {
            entries.add(entry(i, refusal));
        }
    }

    private Div entry(int index, Optional<String> refusal) {
        SqlCheck check = checks.get(index);
        Span database = new Span(check.database());
        database.addClassName("quiet");
        Div words = new Div(new Span(check.name()), database, new Code(check.query()));
        words.addClassName("check-words");
        ActionButton change = new ActionButton("", Glyph.PENCIL, () -> open(index)).quiet();
        change.setAriaLabel(t("backup.rehearsal.check.change", check.name()));
        change.refuse(refusal);
        ActionButton remove = new ActionButton("", Glyph.TRASH_2, () -> askRemove(index)).quiet();
        remove.setAriaLabel(t("backup.rehearsal.check.remove", check.name()));
        remove.refuse(refusal);
        Div entry = new Div(words, change, remove);
        entry.addClassName("check-entry");
        return entry;
    }

    /** @param index of the one to change, or -1 for another one */
    private void open(int index) {
        SqlCheck before = index < 0 ? new SqlCheck("", "postgres", "") : checks.get(index);
        TextField name = new TextField(t("backup.rehearsal.check.name"), before.name(), "");
        name.setMaxLength(MAX_NAME);
        TextField database = new TextField(t("backup.rehearsal.check.database"), before.database(), "");
        database.setMaxLength(MAX_NAME);
        TextArea query = new TextArea(t("backup.rehearsal.check.query"), before.query(), "");
        query.setMaxLength(MAX_QUERY);
        query.setHelperText(t("backup.rehearsal.check.query.help"));
        String title = index < 0 ? t("backup.rehearsal.check.add") : t("backup.rehearsal.check.change", before.name());
        new FormDialog(
                        title,
                        t("backup.rehearsal.check.save"),
                        () -> save(index, new SqlCheck(name.getValue(), database.getValue(), query.getValue())),
                        name,
                        database,
                        query)
                .open();
        name.focus();
    }

    private void save(int index, SqlCheck check) {
        List<SqlCheck> wanted = new ArrayList<>(checks);
        if (index < 0) {
            wanted.add(check);
        } else {
            wanted.set(index, check);
        }
        service.setChecks(serverId, wanted);
    }

    private void askRemove(int index) {
        List<SqlCheck> wanted = new ArrayList<>(checks);
        SqlCheck gone = wanted.remove(index);
        Confirm.ask(
                t("backup.rehearsal.check.remove", gone.name()),
                new Paragraph(t("backup.rehearsal.check.remove.text")),
                t("backup.rehearsal.check.remove.verb"),
                () -> service.setChecks(serverId, wanted));
    }
}
