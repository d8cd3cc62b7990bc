package io.howdah.backup.ui;

import static io.howdah.shared.Retold.told;
import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.approval.ui.SecondPerson;
import io.howdah.backup.RestoreDraft;
import io.howdah.backup.ServerBackups;
import io.howdah.backup.TargetChoice;
import io.howdah.server.Catalogue;
import io.howdah.server.Size;
import io.howdah.server.ui.ActionButton;
import io.howdah.server.ui.Amounts;
import io.howdah.shared.Ids;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Confirm;
import io.howdah.shell.Glyph;
import io.howdah.shell.ProblemNotice;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Where a restore goes: into a new server, with what comes along, or in place. */
final class RestoreWhere extends Div {

    private enum Place {
        NEW,
        IN_PLACE
    }

    private enum Along {
        NETWORKS,
        TAGS,
        SCHEDULES
    }

    private final BackupPanel.Services services;
    private final Consumer<UUID> begun;
    private final Supplier<TargetChoice> target;
    private final RadioButtonGroup<Place> place = new RadioButtonGroup<>(t("backup.restore.where"));
    private final TextField name = new TextField(t("backup.restore.name"));
    private final Select<Size> size = new Select<>();
    private final IntegerField storage = new IntegerField(t("server.create.storage"));
    private final CheckboxGroup<Along> along = new CheckboxGroup<>(t("backup.restore.along"));
    private final Checkbox wait = new Checkbox(t("server.waiting.choice"));
    private final Div fields = new Div(name, size, storage, wait);
    private final UnorderedList consequences = new UnorderedList(
            new ListItem(t("backup.restore.inPlace.down")),
            new ListItem(t("backup.restore.inPlace.lost")),
            new ListItem(t("backup.restore.inPlace.kept")));
    private final Div problems = new Div();
    private final ActionButton begin = new ActionButton(t("backup.restore.begin"), Glyph.UNDO_2, this::begin).primary();
    private ServerBackups shown;
    private Optional<String> refusal = Optional.empty();
    private Instant at;
    private final ActionButton look = new ActionButton(t("backup.look.first"), Glyph.EYE, this::look);
    private final ActionButton objects = new ActionButton(t("backup.objects.open"), Glyph.DATABASE, this::objects);

    RestoreWhere(BackupPanel.Services services, Consumer<UUID> begun, Supplier<TargetChoice> target) {
        this.services = services;
        this.begun = begun;
        this.target = target;
        addClassName("restore-where");
        place.setItems(Place.values());
        place.setItemLabelGenerator(
                each -> t("backup.restore.where." + each.name().toLowerCase(Locale.ROOT)));
        place.setValue(Place.NEW);
        place.addValueChangeListener(event -> arrange());
        name.setRequiredIndicatorVisible(true);
        name.setManualValidation(true);
        name.setMaxLength(63);
        name.setValueChangeMode(ValueChangeMode.LAZY);
        name.addValueChangeListener(event -> check());
        size.setLabel(t("server.column.size"));
        size.setItemLabelGenerator(each -> each == null
                ? ""
                : t(
                        "backup.restore.sizeOf",
                        each.code(),
                        Amounts.vCores(each.vCores()),
                        Amounts.memory(each.memoryMib())));
        size.addValueChangeListener(event -> check());
        storage.setManualValidation(true);
        storage.setStepButtonsVisible(true);
        storage.setSuffixComponent(new com.vaadin.flow.component.html.Span(t("server.create.gib")));
        storage.addValueChangeListener(event -> check());
        along.setItems(Along.values());
        along.setItemLabelGenerator(
                each -> t("backup.restore.along." + each.name().toLowerCase(Locale.ROOT)));
        along.setValue(Set.of(Along.NETWORKS, Along.TAGS));
        wait.setVisible(false);
        fields.addClassName("field-grid");
        Div actions = new Div(begin, look, objects);
        actions.addClassName("row-actions");
        add(place, fields, along, consequences, problems, actions);
    }

    void show(ServerBackups backups, Optional<String> refused) {
        boolean first = shown == null;
        shown = backups;
        refusal = refused;
        if (first) {
            Catalogue catalogue = services.servers().catalogue();
            List<Size> sizes = catalogue.sizes();
            size.setItems(sizes);
            size.setValue(sizes.stream()
                    .filter(each -> each.code().equals(backups.sizeCode()))
                    .findFirst()
                    .orElse(sizes.isEmpty() ? null : sizes.getFirst()));
            storage.setMin(backups.storageGib());
            storage.setValue(backups.storageGib());
            storage.setHelperText(t("backup.restore.storage.help", backups.storageGib()));
        }
        arrange();
    }

    /** @param instant what is chosen; null when it can't be restored at all */
    void possible(Instant instant) {
        at = instant;
        arrange();
    }

    private void arrange() {
        if (shown == null) {
            return;
        }
        place.setVisible(!shown.deleted());
        boolean fresh = fresh();
        fields.setVisible(fresh);
        along.setVisible(fresh && !shown.gone());
        consequences.setVisible(!fresh);
        boolean mayCreate =
                services.access().may(Permission.SERVERS_CREATE, Scope.server(shown.teamId(), shown.serverId()));
        Optional<String> why = refusal;
        if (why.isEmpty() && fresh && !mayCreate) {
            why = Optional.of(t("ui.notPermitted", Permission.SERVERS_CREATE.action()));
        }
        begin.refuse(why.or(this::impossible));
        look.setVisible(!shown.gone());
        look.refuse(refusal(Permission.BACKUPS_LOOK).or(this::impossible));
        objects.setVisible(!shown.deleted());
        objects.refuse(refusal.or(() -> shown.running() ? impossible() : Optional.of(t("backup.now.notRunning"))));
    }

    private Optional<String> impossible() {
        return at == null ? Optional.of(t("backup.restore.notPossible")) : Optional.empty();
    }

    private Optional<String> refusal(Permission permission) {
        return services.access().may(permission, Scope.server(shown.teamId(), shown.serverId()))
                ? Optional.empty()
                : Optional.of(t("ui.notPermitted", permission.action()));
    }

    private void look() {
        problems.removeAll();
        try {
            if (services.looks().ofServer(shown.serverId()).isEmpty()) {
                services.looks().open(shown.serverId(), at);
            }
            com.vaadin.flow.component.UI.getCurrent().navigate("servers/" + shown.name() + "/backups/look");
        } catch (ProblemException refused) {
            show(refused.problem());
        }
    }

    private void objects() {
        ObjectsPage.open(shown.name(), at, null, null);
    }

    private boolean fresh() {
        return shown.deleted() || place.getValue() == Place.NEW;
    }

    private RestoreDraft draft() {
        return new RestoreDraft(
                name.getValue().strip(),
                size.getValue() == null ? null : size.getValue().code(),
                storage.getValue() == null ? 0 : storage.getValue(),
                along.getValue().contains(Along.NETWORKS) && !shown.gone(),
                along.getValue().contains(Along.TAGS) && !shown.gone(),
                along.getValue().contains(Along.SCHEDULES) && !shown.gone());
    }

    /** Says at its field what is wrong; an emptied name is not wrong yet, only unfinished. */
    private void check() {
        name.setInvalid(false);
        storage.setInvalid(false);
        size.setInvalid(false);
        if (shown != null && !name.getValue().isBlank()) {
            Optional<Problem> problem = services.restores().check(shown.serverId(), draft());
            wait.setVisible(problem.filter(Problem::lacksRoom).isPresent());
            problem.ifPresent(this::show);
        }
    }

    private void show(Problem problem) {
        String text = told(problem).inWords();
        switch (String.valueOf(problem.field())) {
            case "name" -> {
                name.setErrorMessage(text);
                name.setInvalid(true);
            }
            case "storageGib" -> {
                storage.setErrorMessage(text);
                storage.setInvalid(true);
            }
            case "sizeCode" -> {
                size.setErrorMessage(text);
                size.setInvalid(true);
            }
            default -> problems.add(new ProblemNotice(problem));
        }
    }

    private void begin() {
        problems.removeAll();
        if (!fresh()) {
            UnorderedList text = new UnorderedList(
                    new ListItem(t("backup.restore.inPlace.down")),
                    new ListItem(t("backup.restore.inPlace.lost")),
                    new ListItem(t("backup.restore.inPlace.kept")));
            Confirm.byName(
                    t("backup.restore.inPlace.title", shown.name()),
                    text,
                    shown.name(),
                    t("backup.restore.begin"),
                    typed -> {
                        TargetChoice wanted = target.get();
                        SecondPerson.act(() -> services.restores().inPlace(shown.serverId(), wanted, typed), begun);
                    });
            return;
        }
        try {
            UUID source = shown.serverId();
            TargetChoice wanted = target.get();
            RestoreDraft draft = draft();
            boolean waits = wait.isVisible() && wait.getValue();
            if (services.restores().opensToWorld(source, draft)) {
                UUID wish = Ids.random();
                SecondPerson.act(
                        () -> services.restores().intoOpenServer(wish, source, wanted, draft, waits),
                        RestoreWhere::follow);
            } else if (waits) {
                follow(services.restores().intoNewServerInLine(source, wanted, draft));
            } else {
                follow(services.restores().intoNewServer(source, wanted, draft));
            }
        } catch (ProblemException refused) {
            show(refused.problem());
        }
    }

    private static void follow(UUID operation) {
        UI.getCurrent().navigate("operations/" + operation);
    }
}
