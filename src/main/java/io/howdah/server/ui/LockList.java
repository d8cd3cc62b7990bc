package io.howdah.server.ui;

import static io.howdah.shared.Retold.told;
import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.Component;
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
import io.howdah.access.Scope;
import io.howdah.server.LockKind;
import io.howdah.server.LockView;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Confirm;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.RelativeTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The locks that hold at a team, a project or a server, also those it inherits, and a form to add one of its own. */
class LockList extends Div {

    private final String none;
    private final String consequence;
    private final BiConsumer<LockKind, String> put;
    private final Consumer<UUID> take;
    private final Div list = new Div();
    private final RadioButtonGroup<LockKind> kind = new RadioButtonGroup<>(t("server.locks.kind"));
    private final TextField note = new TextField(t("server.locks.note"));
    private final ActionButton add = new ActionButton(t("server.locks.add"), Glyph.LOCK, this::add).primary();
    private final Div problems = new Div();
    private List<LockView> shown;
    private Optional<String> refused;

    /**
     * @param none what it means that there are none
     * @param consequence of removing one
     * @param put adds a lock of that kind with that note
     */
    LockList(String none, String consequence, BiConsumer<LockKind, String> put, Consumer<UUID> take) {
        this.none = none;
        this.consequence = consequence;
        this.put = put;
        this.take = take;
        addClassName("lock-list");
        kind.setItems(LockKind.values());
        kind.setItemLabelGenerator(
                one -> t(one == LockKind.READ_ONLY ? "server.locks.readOnly" : "server.locks.canNotDelete"));
        kind.setValue(LockKind.CAN_NOT_DELETE);
        note.setHelperText(t("server.locks.noteHelp"));
        note.setManualValidation(true);
        note.setWidthFull();
        Section form = new Section(new H3(t("server.locks.new")), kind, note, problems, add);
        form.addClassNames("card", "lock-form");
        add(list, form);
    }

    /**
     * @param here what sits elsewhere is inherited, and removed there
     * @param refusal why the person may not add and remove locks here
     */
    void show(List<LockView> locks, Scope here, Optional<String> refusal) {
        add.refuse(refusal);
        kind.setEnabled(refusal.isEmpty());
        note.setEnabled(refusal.isEmpty());
        if (locks.equals(shown) && refusal.equals(refused)) {
            return;
        }
        shown = locks;
        refused = refusal;
        list.removeAll();
        if (locks.isEmpty()) {
            list.add(new EmptyState(Glyph.LOCK_OPEN, t("server.locks.none.title"), none, null));
            return;
        }
        UnorderedList rows = new UnorderedList();
        rows.addClassNames("card", "lock-rows");
        locks.forEach(lock -> rows.add(row(lock, lock.scope().equals(here), refusal)));
        list.add(rows);
    }

    private ListItem row(LockView lock, boolean own, Optional<String> refusal) {
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
        ListItem row = new ListItem(Glyph.LOCK.icon(), texts, own ? remove(lock, refusal) : origin(lock));
        row.addClassName("lock-row");
        return row;
    }

    private Component remove(LockView lock, Optional<String> refusal) {
        ActionButton remove = new ActionButton(t("server.locks.remove"), null, () -> askRemove(lock));
        remove.addThemeVariants(ButtonVariant.SMALL);
        remove.setAriaLabel(t("server.locks.removeOf", lock.kind().azureName()));
        remove.refuse(refusal);
        return remove;
    }

    private static Component origin(LockView lock) {
        return ServerAddress.link(ServerAddress.place(lock.scope()), t("server.locks.inheritedFrom", lock.place()));
    }

    private void add() {
        problems.removeAll();
        note.setInvalid(false);
        try {
            put.accept(kind.getValue(), note.getValue().strip());
            note.clear();
        } catch (ProblemException raised) {
            Problem problem = raised.problem();
            if ("note".equals(problem.field())) {
                note.setErrorMessage(told(problem).inWords());
                note.setInvalid(true);
            } else {
                problems.add(new ProblemNotice(problem));
            }
        }
    }

    private void askRemove(LockView lock) {
        Confirm.ask(
                t("server.locks.remove.title", lock.kind().azureName()),
                new Paragraph(consequence),
                t("server.locks.remove"),
                () -> take.accept(lock.id()));
    }
}
