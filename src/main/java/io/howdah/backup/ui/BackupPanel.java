package io.howdah.backup.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.UnorderedList;
import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.backup.BackupChains;
import io.howdah.backup.BackupService;
import io.howdah.backup.BackupView;
import io.howdah.backup.DownloadService;
import io.howdah.backup.LookService;
import io.howdah.backup.RehearsalService;
import io.howdah.backup.RestoreService;
import io.howdah.backup.ServerBackups;
import io.howdah.backup.ServerRehearsals;
import io.howdah.server.ServerService;
import io.howdah.server.ui.ActionButton;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Confirm;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.Zones;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** All about one server's backups, whether it is there or gone: how well it is kept, what can be restored, what there is. */
final class BackupPanel extends Div {

    /** What the parts of the panel call. */
    record Services(
            BackupService backups,
            RestoreService restores,
            LookService looks,
            RehearsalService rehearsals,
            DownloadService downloads,
            ServerService servers,
            Access access) {}

    private final Services services;
    private final Consumer<UUID> begun;
    private final ActionButton now = new ActionButton(t("backup.now"), Glyph.PLUS, this::backUpNow).primary();
    private final Div head = new Div(now);
    private final Div problems = new Div();
    private final FormerNotice former;
    private final HealthCard health = new HealthCard();
    private final PolicyCard policy;
    private final RehearsalCard rehearsal;
    private final RestoreCard restore;
    private final Section list = new Section();
    private final BackupList backups;
    private final Div empty = new Div();
    private final Div columns = new Div();
    private UUID serverId;
    private ServerBackups shown;
    private ServerRehearsals rehearsed;

    /** @param begun shows the progress of an operation that was begun here */
    BackupPanel(Services services, Consumer<UUID> begun) {
        this.services = services;
        this.begun = begun;
        ZoneId zone = Zones.mine();
        former = new FormerNotice(services.restores(), zone, this::begun);
        policy = new PolicyCard(services.backups(), services.rehearsals());
        rehearsal = new RehearsalCard(services.rehearsals(), zone, this::begun);
        restore = new RestoreCard(services, zone, this::begun);
        backups = new BackupList(restore::choose, this::askDelete, this::download);
        addClassName("backup-panel");
        head.addClassName("row-actions");
        list.addClassName("card");
        list.add(new H3(t("backup.list.title")), backups);
        columns.add(health, policy);
        columns.addClassName("backup-columns");
        add(problems, head, former, empty, restore, rehearsal, list, columns);
        showNothing();
    }

    /** Shows the instant as the one to be restored. */
    void preset(Instant instant) {
        if (shown != null && shown.restorable()) {
            restore.choose(instant);
            UI.getCurrent().getPage().executeJs("$0.scrollIntoView()", restore.getElement());
        }
    }

    private void begun(UUID operation) {
        begun.accept(operation);
        refresh();
    }

    void show(UUID server) {
        serverId = server;
        refresh();
    }

    private void refresh() {
        try {
            ServerBackups there = services.backups().ofServer(serverId);
            ServerRehearsals proof = services.rehearsals().ofServer(serverId);
            problems.removeAll();
            if (!there.equals(shown) || !proof.equals(rehearsed)) {
                shown = there;
                rehearsed = proof;
                showAll();
            }
        } catch (ProblemException refused) {
            showNothing();
            problems.removeAll();
            problems.add(new ProblemNotice(refused.problem()));
        }
    }

    /** Until it is known what there is, and for whom it is not to be known, there is nothing to press. */
    private void showNothing() {
        shown = null;
        Stream.of(head, empty, restore, rehearsal, list, columns).forEach(part -> part.setVisible(false));
    }

    private void showAll() {
        empty.setVisible(true);
        columns.setVisible(true);
        boolean available = services.backups().available();
        if (!available) {
            problems.add(new ProblemNotice(Problem.of(ProblemCode.BackupsNotAvailable)));
        }
        Optional<String> take = refusal(Permission.BACKUPS_TAKE);
        if (take.isEmpty() && !shown.running()) {
            take = Optional.of(t("backup.now.notRunning"));
        }
        boolean underWay = shown.backups().stream().anyMatch(BackupView::underWay);
        if (take.isEmpty() && underWay) {
            take = Optional.of(t("backup.now.underWay"));
        }
        head.setVisible(available && !shown.gone());
        now.refuse(take);
        Optional<String> mayRestore = refusal(Permission.BACKUPS_RESTORE);
        former.show(shown, mayRestore);
        health.show(shown);
        policy.show(shown, rehearsed.plan(), refusal(Permission.BACKUPS_POLICY));
        rehearsal.setVisible(available && !shown.deleted() && shown.policy() != null);
        rehearsal.show(serverId, rehearsed, mayRehearse(), refusal(Permission.SQL_RUN));
        backups.show(
                shown.backups(), mayRestore, refusal(Permission.BACKUPS_DELETE), refusal(Permission.BACKUPS_DOWNLOAD));
        list.setVisible(!shown.backups().isEmpty());
        restore.setVisible(shown.restorable());
        empty.removeAll();
        if (shown.restorable()) {
            restore.show(shown, mayRestore);
        } else {
            empty.add(new EmptyState(
                    Glyph.HARD_DRIVE,
                    t(underWay ? "backup.none.underWay" : "backup.none"),
                    t("backup.none.text"),
                    null));
        }
    }

    private Optional<String> mayRehearse() {
        return refusal(Permission.BACKUPS_REHEARSE)
                .or(() -> shown.restorable() ? Optional.empty() : Optional.of(t("backup.rehearsal.noBackup")));
    }

    private Optional<String> refusal(Permission permission) {
        return services.access().may(permission, Scope.server(shown.teamId(), shown.serverId()))
                ? Optional.empty()
                : Optional.of(t("ui.notPermitted", permission.action()));
    }

    private void backUpNow() {
        BackUpNow.open(services.backups(), serverId, this::begun);
    }

    private void download(BackupView backup) {
        try {
            DownloadDialog.open(
                    services.downloads(), services.downloads().backup(serverId, backup.id()), backup.databaseBytes());
        } catch (ProblemException refused) {
            problems.removeAll();
            problems.add(new ProblemNotice(refused.problem()));
        }
    }

    private void askDelete(BackupView backup) {
        List<BackupView> going = BackupChains.goingWith(backup, shown.backups());
        Div text = new Div(new Paragraph(t("backup.delete.text")));
        if (!going.isEmpty()) {
            UnorderedList others = new UnorderedList();
            going.forEach(each -> others.add(new ListItem(each.label())));
            text.add(new Paragraph(t("backup.delete.others")), others);
        }
        Confirm.ask(
                t("backup.delete.title", BackupWords.title(backup)),
                text,
                t("backup.delete"),
                () -> begun(services.backups().delete(serverId, backup.id())));
    }
}
