package io.howdah.backup.ui;

import static io.howdah.shared.Retold.told;
import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.backup.ObjectsDraft;
import io.howdah.backup.ObjectsService;
import io.howdah.backup.TargetChoice;
import io.howdah.engine.DatabaseInfo;
import io.howdah.server.DatabaseService;
import io.howdah.server.ServerState;
import io.howdah.server.ServerView;
import io.howdah.server.ui.ActionButton;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Glyph;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.Zones;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Which objects of which time, and where to. The names offered say when they are from. */
final class ObjectsForm extends Section {

    private enum What {
        DATABASE,
        TABLES
    }

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd_HHmm").withZone(ZoneOffset.UTC);
    private static final int LONGEST_STEM = 45;

    private final ObjectsService objects;
    private final DatabaseService databases;
    private final Access access;
    private final Consumer<UUID> begun;
    private final ZoneId zone = Zones.mine();
    private final DateTimePicker time = BackupWords.timeField(zone);
    private final RadioButtonGroup<What> what = new RadioButtonGroup<>(t("objects.what"));
    private final ComboBox<String> database = new ComboBox<>(t("objects.database"));
    private final TextArea tables = new TextArea(t("objects.tables"));
    private final TextField fresh = new TextField(t("objects.into.fresh"));
    private final ComboBox<String> into = new ComboBox<>(t("objects.into"));
    private final SchemaChoice schema;
    private final Div problems = new Div();
    private final ActionButton begin = new ActionButton(t("objects.begin"), Glyph.UNDO_2, this::begin).primary();
    private final Map<String, HasValidation> fields;
    private ServerView server;
    private String presetDatabase;
    private boolean nameIsOurs = true;

    ObjectsForm(ObjectsService objects, DatabaseService databases, Access access, Consumer<UUID> begun) {
        this.objects = objects;
        this.databases = databases;
        this.access = access;
        this.begun = begun;
        this.fields = Map.of("instant", time, "database", database, "tables", tables);
        this.schema = new SchemaChoice(name -> objects.schemas(server.id(), name), this::check);
        addClassName("card");
        what.setItems(What.values());
        what.setItemLabelGenerator(each -> t("objects.what." + each.name().toLowerCase(Locale.ROOT)));
        what.setValue(What.DATABASE);
        what.addValueChangeListener(event -> arrange());
        database.setAllowCustomValue(true);
        database.addCustomValueSetListener(event -> database.setValue(event.getDetail()));
        database.setHelperText(t("objects.database.help"));
        database.addValueChangeListener(event -> {
            if (event.getValue() != null) {
                offerNames();
                check();
            }
        });
        tables.setHelperText(t("objects.tables.help"));
        tables.getElement().setAttribute("spellcheck", "false");
        tables.setWidthFull();
        fresh.setHelperText(t("objects.into.fresh.help"));
        fresh.setManualValidation(true);
        fresh.setMaxLength(63);
        fresh.setValueChangeMode(ValueChangeMode.LAZY);
        fresh.addValueChangeListener(event -> {
            nameIsOurs = nameIsOurs && !event.isFromClient();
            check();
        });
        tables.setManualValidation(true);
        tables.setValueChangeMode(ValueChangeMode.LAZY);
        tables.addValueChangeListener(event -> check());
        into.addValueChangeListener(event -> check());
        time.setManualValidation(true);
        time.addValueChangeListener(event -> {
            offerNames();
            check();
        });
        Div grid = new Div(database, fresh, into);
        grid.addClassName("field-grid");
        Div actions = new Div(begin);
        actions.addClassName("row-actions");
        add(LookPanel.quiet(t("objects.text")), time, what, grid, tables, schema, problems, actions);
    }

    void preset(Instant at, String wantedDatabase, String wantedTables) {
        presetDatabase = wantedDatabase;
        time.setValue(LocalDateTime.ofInstant(at, zone).withNano(0));
        if (wantedTables != null) {
            what.setValue(What.TABLES);
            tables.setValue(wantedTables);
        }
    }

    void show(ServerView now) {
        boolean first = server == null;
        server = now;
        if (first || into.getValue() == null) {
            offerDatabases();
        }
        begin.refuse(
                access.may(Permission.BACKUPS_RESTORE, Scope.server(now.teamId(), now.id()))
                        ? now.state() == ServerState.READY ? Optional.empty() : Optional.of(t("backup.now.notRunning"))
                        : Optional.of(t("ui.notPermitted", Permission.BACKUPS_RESTORE.action())));
        arrange();
    }

    private void offerDatabases() {
        List<String> there = List.of();
        try {
            if (server.state() == ServerState.READY) {
                there = databases.databases(server.id()).stream()
                        .map(DatabaseInfo::name)
                        .toList();
            }
        } catch (ProblemException unknown) {
            // Their names can be typed, and are checked when it begins.
        }
        database.setItems(there);
        into.setItems(there);
        String usual = presetDatabase != null
                ? presetDatabase
                : server.firstDatabase() == null ? "postgres" : server.firstDatabase();
        database.setValue(usual);
        if (there.contains(usual)) {
            into.setValue(usual);
        } else if (!there.isEmpty()) {
            into.setValue(there.getFirst());
        }
    }

    /** As long as nobody has chosen others. */
    private void offerNames() {
        if (time.getValue() == null) {
            return;
        }
        String stamp = STAMP.format(time.getValue().atZone(zone));
        String stem = database.getValue() == null ? "database" : database.getValue();
        if (nameIsOurs) {
            fresh.setValue(stem.substring(0, Math.min(LONGEST_STEM, stem.length())) + "_" + stamp);
        }
        schema.offer("restored_" + stamp);
    }

    private void arrange() {
        boolean some = what.getValue() == What.TABLES;
        tables.setVisible(some);
        into.setVisible(some);
        schema.setVisible(some);
        fresh.setVisible(!some);
        check();
    }

    private TargetChoice choice() {
        return TargetChoice.at(
                time.getValue() == null ? null : time.getValue().atZone(zone).toInstant());
    }

    private ObjectsDraft draft() {
        return what.getValue() == What.DATABASE
                ? new ObjectsDraft(database.getValue(), null, fresh.getValue(), null, false)
                : new ObjectsDraft(
                        database.getValue(), tables.getValue(), into.getValue(), schema.name(), schema.existing());
    }

    /** Says at its field what is wrong; emptied tables are not wrong yet, only unfinished. */
    private void check() {
        calm();
        schema.show(into.getValue(), tables.getValue());
        boolean unfinished = what.getValue() == What.TABLES && tables.getValue().isBlank();
        if (server != null && database.getValue() != null && !unfinished) {
            objects.check(server.id(), choice(), draft()).ifPresent(this::show);
        }
    }

    private void calm() {
        fields.values().forEach(field -> field.setInvalid(false));
        fresh.setInvalid(false);
        into.setInvalid(false);
        schema.calm();
        problems.removeAll();
    }

    private void show(Problem problem) {
        String text = told(problem).inWords();
        if ("schema".equals(problem.field())) {
            schema.refuse(text);
            return;
        }
        HasValidation field = "into".equals(problem.field())
                ? what.getValue() == What.DATABASE ? fresh : into
                : fields.get(String.valueOf(problem.field()));
        if (field == null) {
            problems.add(new ProblemNotice(problem));
            return;
        }
        field.setErrorMessage(text);
        field.setInvalid(true);
    }

    private void begin() {
        calm();
        try {
            begun.accept(objects.restore(server.id(), choice(), draft()));
        } catch (ProblemException refused) {
            show(refused.problem());
        }
    }
}
