package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.howdah.shared.Problem;
import io.howdah.shell.Glyph;
import io.howdah.shell.ProblemNotice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tags to be written: a row for each, with a name and a value. */
final class TagsEditor extends Div {

    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_VALUE = 256;

    private final Div rows = new Div();
    private final Div problems = new Div();
    private final List<Row> entries = new ArrayList<>();
    private final ActionButton add = new ActionButton(
            t("server.tags.add"), Glyph.PLUS, () -> addRow("", "").name.focus());
    private final Runnable changed;
    private Optional<String> refusal = Optional.empty();

    TagsEditor(Runnable changed) {
        this.changed = changed;
        addClassName("tags-editor");
        rows.addClassName("tag-rows");
        add(rows, problems, add);
    }

    void setTags(Map<String, String> tags) {
        entries.clear();
        rows.removeAll();
        problems.removeAll();
        tags.forEach(this::addRow);
    }

    /** Shows them to be read alone, with the reason why; or to be changed, when there is none. */
    void refuse(Optional<String> why) {
        refusal = why;
        add.refuse(why);
        entries.forEach(Row::refuse);
    }

    /** The tags as they stand; rows without a name are passed over. */
    Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        for (Row row : entries) {
            String name = row.name.getValue().strip();
            if (!name.isEmpty()) {
                tags.put(name, row.value.getValue().strip());
            }
        }
        return tags;
    }

    /** Checks and shows what is wrong. */
    boolean passes() {
        problems.removeAll();
        boolean good = true;
        List<String> names = new ArrayList<>();
        for (Row row : entries) {
            String name = row.name.getValue().strip();
            String error = null;
            if (name.isEmpty() && !row.value.isEmpty()) {
                error = t("server.tags.nameMissing");
            } else if (!name.isEmpty() && names.contains(name)) {
                error = t("server.tags.twice", name);
            }
            names.add(name);
            row.name.setErrorMessage(error);
            row.name.setInvalid(error != null);
            good &= error == null;
        }
        return good;
    }

    void show(Problem problem) {
        problems.removeAll();
        problems.add(new ProblemNotice(problem));
    }

    void focus() {
        entries.stream().findFirst().ifPresentOrElse(row -> row.name.focus(), add::focus);
    }

    private Row addRow(String name, String value) {
        Row row = new Row(name, value);
        row.refuse();
        entries.add(row);
        rows.add(row);
        return row;
    }

    private final class Row extends Div {

        private final TextField name = new TextField(t("server.tags.name"));
        private final TextField value = new TextField(t("server.tags.value"));
        private final ActionButton remove = new ActionButton("", Glyph.X, this::remove).quiet();

        Row(String initialName, String initialValue) {
            addClassName("tag-row");
            name.setManualValidation(true);
            name.setMaxLength(LONGEST_NAME);
            value.setMaxLength(LONGEST_VALUE);
            name.setValueChangeMode(ValueChangeMode.LAZY);
            value.setValueChangeMode(ValueChangeMode.LAZY);
            name.setValue(initialName);
            value.setValue(initialValue);
            name.addValueChangeListener(event -> {
                passes();
                changed.run();
            });
            value.addValueChangeListener(event -> {
                passes();
                changed.run();
            });
            remove.setAriaLabel(t("server.tags.remove", initialName));
            name.addValueChangeListener(event -> remove.setAriaLabel(t("server.tags.remove", event.getValue())));
            add(name, value, remove);
        }

        private void remove() {
            entries.remove(this);
            rows.remove(this);
            passes();
            changed.run();
            add.focus();
        }

        void refuse() {
            name.setReadOnly(refusal.isPresent());
            value.setReadOnly(refusal.isPresent());
            remove.refuse(refusal);
        }
    }
}
