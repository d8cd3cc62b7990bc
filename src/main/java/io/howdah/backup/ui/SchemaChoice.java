package io.howdah.backup.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.howdah.engine.SchemaInfo;
import io.howdah.shared.ProblemException;
import io.howdah.shell.ProblemNotice;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Where tables go within a database: a schema that is made for them, or one that is there. */
final class SchemaChoice extends Div {

    private enum Kind {
        FRESH,
        EXISTING
    }

    private static final String USUAL = "public";

    private final Function<String, List<SchemaInfo>> schemas;
    private final Runnable changed;
    private final RadioButtonGroup<Kind> kind = new RadioButtonGroup<>(t("objects.schema.kind"));
    private final TextField fresh = new TextField(t("objects.schema"));
    private final ComboBox<String> there = new ComboBox<>(t("objects.schema.there"));
    private final Div problems = new Div();
    private String database;
    private String wanted = USUAL;
    private boolean nameIsOurs = true;

    /**
     * @param schemas those of a database as it is now
     * @param changed hears of every other choice
     */
    SchemaChoice(Function<String, List<SchemaInfo>> schemas, Runnable changed) {
        this.schemas = schemas;
        this.changed = changed;
        addClassName("field-grid");
        kind.setItems(Kind.values());
        kind.setItemLabelGenerator(
                each -> t("objects.schema.kind." + each.name().toLowerCase(Locale.ROOT)));
        kind.setValue(Kind.FRESH);
        kind.addValueChangeListener(event -> {
            arrange();
            changed.run();
        });
        fresh.setHelperText(t("objects.schema.help"));
        fresh.setManualValidation(true);
        fresh.setMaxLength(63);
        fresh.setValueChangeMode(ValueChangeMode.LAZY);
        fresh.addValueChangeListener(event -> {
            nameIsOurs = nameIsOurs && !event.isFromClient();
            changed.run();
        });
        there.setHelperText(t("objects.schema.there.help"));
        there.setManualValidation(true);
        // Where the list can't be read, the name can be typed, and is checked when it begins.
        there.setAllowCustomValue(true);
        there.addCustomValueSetListener(event -> there.setValue(event.getDetail()));
        there.addValueChangeListener(event -> changed.run());
        add(kind, fresh, there, problems);
        arrange();
    }

    /** As long as nobody has chosen another. */
    void offer(String name) {
        if (nameIsOurs) {
            fresh.setValue(name);
        }
    }

    /**
     * @param into the database whose schemas are offered
     * @param tables what goes there, as it was typed: it is offered the schema it comes from
     */
    void show(String into, String tables) {
        int dot = tables.indexOf('.');
        wanted = dot < 1 ? USUAL : tables.substring(0, dot).strip();
        if (into != null && !into.equals(database)) {
            database = into;
            there.clear();
            arrange();
        }
    }

    boolean existing() {
        return kind.getValue() == Kind.EXISTING;
    }

    String name() {
        return existing() ? there.getValue() : fresh.getValue();
    }

    void calm() {
        fresh.setInvalid(false);
        there.setInvalid(false);
    }

    void refuse(String text) {
        if (existing()) {
            there.setErrorMessage(text);
            there.setInvalid(true);
        } else {
            fresh.setErrorMessage(text);
            fresh.setInvalid(true);
        }
    }

    private void arrange() {
        fresh.setVisible(!existing());
        there.setVisible(existing());
        problems.removeAll();
        problems.setVisible(false);
        if (existing() && database != null) {
            read();
        }
    }

    private void read() {
        try {
            List<String> names =
                    schemas.apply(database).stream().map(SchemaInfo::name).toList();
            String chosen = there.getValue();
            there.setItems(names);
            there.setValue(
                    chosen != null ? chosen : names.contains(wanted) ? wanted : names.contains(USUAL) ? USUAL : null);
        } catch (ProblemException refused) {
            problems.add(new ProblemNotice(refused.problem()));
            problems.setVisible(true);
        }
    }
}
