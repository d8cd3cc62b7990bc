package io.howdah.backup;

import static io.howdah.container.Container.await;
import static io.howdah.container.Container.refused;
import static io.howdah.container.SharedServer.ask;
import static io.howdah.container.SharedServer.ended;
import static io.howdah.container.SharedServer.owner;
import static io.howdah.container.SharedServer.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.container.Container;
import io.howdah.container.Metadata;
import io.howdah.container.People;
import io.howdah.container.SharedServer;
import io.howdah.container.Wanted;
import io.howdah.engine.Archiving;
import io.howdah.engine.BackupKind;
import io.howdah.engine.DatabaseInfo;
import io.howdah.engine.Engine;
import io.howdah.engine.Observation;
import io.howdah.engine.Progress;
import io.howdah.engine.ServerKey;
import io.howdah.maintenance.MaintenanceService;
import io.howdah.maintenance.MaintenanceWindow;
import io.howdah.operation.OperationOutputs;
import io.howdah.operation.OperationStatus;
import io.howdah.schedule.ScheduledAction;
import io.howdah.server.ServerFilter;
import io.howdah.server.ServerOrder;
import io.howdah.server.ServerService;
import io.howdah.server.ServerView;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.StandingJob;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Backups and restores of a real server, from the services' side. */
@ExtendWith(ArquillianExtension.class)
class BackupsIT {

    private static final int MINUTES = 120;

    @Inject
    private BackupService backups;

    @Inject
    private RestoreService restores;

    @Inject
    private LookService looks;

    @Inject
    private RehearsalService rehearsals;

    @Inject
    private MaintenanceService windows;

    @Inject
    private ServerService servers;

    @Inject
    private OperationOutputs outputs;

    @Inject
    private Upkeep upkeep;

    @Inject
    private Copies copies;

    @Inject
    private DownloadService downloads;

    @Inject
    private Engine engine;

    @Inject
    @Any
    private Instance<StandingJob> jobs;

    @Inject
    @Any
    private Instance<ScheduledAction> actions;

    /** The shared server, as soon as its first backup is there and no other is under way. */
    private UUID backedUp() throws Exception {
        UUID id = SharedServer.id();
        calm(id);
        return id;
    }

    private void calm(UUID id) {
        await(MINUTES)
                .until(() -> Metadata.count("backup where server_id = ? and label is not null", id) > 0
                        && Metadata.count("backup where server_id = ? and label is null", id) == 0
                        && Metadata.count("operation where subject_id = ? and ended_at is null", id) == 0);
    }

    private ServerBackups seen(UUID id) {
        return Callers.as(owner(), () -> backups.ofServer(id));
    }

    private static OnDemand wanted(String name) {
        return new OnDemand(name, "by a test", Instant.now().plus(Duration.ofDays(3)));
    }

    private UUID backUp(UUID id, String name) {
        UUID operation = ask(() -> backups.backUp(id, wanted(name)));
        succeeded(operation);
        return operation;
    }

    private String job(String name) {
        return jobs.stream()
                .filter(job -> job.name().equals(name))
                .findFirst()
                .orElseThrow()
                .run();
    }

    private static void sql(UUID id, String statement) throws SQLException {
        try (Connection connection = SharedServer.connect(
                        SharedServer.view(id).endpoints().directPort(), "shop", SharedServer.password());
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    private static List<Integer> numbers(int port) throws SQLException {
        List<Integer> numbers = new ArrayList<>();
        try (Connection connection = SharedServer.connect(port, "shop", SharedServer.password());
                Statement query = connection.createStatement();
                ResultSet rows = query.executeQuery("SELECT n FROM journal ORDER BY n")) {
            while (rows.next()) {
                numbers.add(rows.getInt(1));
            }
        }
        return numbers;
    }

    private ServerView named(String name) {
        return Callers.as(owner(), () -> servers.list(ServerFilter.LIVE, ServerOrder.NAME, true, 0, 100).stream()
                .filter(view -> view.name().equals(name))
                .findFirst()
                .orElseThrow());
    }

    @Test
    void aNewServerGetsAPolicyAndItsFirstFullBackupByItself() throws Exception {
        UUID id = backedUp();
        ServerBackups there = seen(id);
        assertThat(there.policy()).isNotNull();
        assertThat(there.nextBackupAt()).isAfter(Instant.now());
        assertThat(there.backups().getLast().origin()).isEqualTo(Origin.FIRST);
        assertThat(there.backups().getLast().kind()).isEqualTo(BackupKind.FULL);
        assertThat(there.spans()).isNotEmpty();
        assertThat(there.health().sound()).isTrue();
        assertThat(there.health().repositoryBytes()).isPositive();
    }

    @Test
    void anOnDemandBackupKeepsItsNameAndItsDayAndCanBeDeleted() throws Exception {
        UUID id = backedUp();
        UUID operation = backUp(id, "before migration");
        BackupView backup = seen(id).backups().stream()
                .filter(one -> one.id().equals(operation))
                .findFirst()
                .orElseThrow();
        assertThat(backup.name()).isEqualTo("before migration");
        assertThat(backup.note()).isEqualTo("by a test");
        assertThat(backup.keepUntil()).isAfter(Instant.now().plus(Duration.ofDays(2)));
        assertThat(backup.requestedBy()).isEqualTo(owner().name());
        assertThat(backup.databaseBytes()).isGreaterThan(1 << 20);
        assertThat(outputs.find(operation).orElseThrow().text()).isNotBlank();
        assertThat(Metadata.count(
                        "audit_record where action = 'backups/take' and result = 'SUCCEEDED' and target_id = ?", id))
                .isPositive();

        succeeded(ask(() -> backups.delete(id, operation)));
        assertThat(seen(id).backups()).noneMatch(one -> one.id().equals(operation));
        assertThat(refused(owner(), () -> backups.delete(id, operation)).code()).isEqualTo(ProblemCode.BackupGone);
    }

    @Test
    void theOnlyBackupOfAServerCanNotBeDeleted() throws Exception {
        UUID id = backedUp();
        List<BackupView> fulls = seen(id).backups().stream()
                .filter(one -> one.kind() == BackupKind.FULL)
                .toList();
        for (BackupView one : fulls.subList(1, fulls.size())) {
            succeeded(ask(() -> backups.delete(id, one.id())));
        }
        assertThat(refused(owner(), () -> backups.delete(id, fulls.getFirst().id()))
                        .code())
                .isEqualTo(ProblemCode.BackupLastOne);
    }

    @Test
    void twoBackupsOfOneServerAreNeverTakenAtOnce() throws Exception {
        UUID id = backedUp();
        UUID first = ask(() -> backups.backUp(id, wanted("one")));
        assertThat(Container.problem(() -> ask(() -> backups.backUp(id, wanted("two"))))
                        .map(problem -> problem.code()))
                .contains(ProblemCode.BackupUnderWay);
        succeeded(first);
        backUp(id, "three");
    }

    @Test
    void aPolicyIsChangedOnlineAndOnRecord() throws Exception {
        UUID id = backedUp();
        Policy policy = new Policy(21, 4, 45, DayOfWeek.WEDNESDAY, BackupKind.DIFFERENTIAL);
        Callers.as(People.again(owner()), () -> backups.setPolicy(id, policy));
        assertThat(seen(id).policy()).isEqualTo(policy);
        assertThat((String) Metadata.value(
                        "select details from audit_record where action = 'backups/policy' and target_id = ? order by number desc limit 1",
                        id))
                .contains("WEDNESDAY");
        Policy tooLong = new Policy(36, 4, 45, DayOfWeek.WEDNESDAY, BackupKind.FULL);
        assertThat(refused(owner(), () -> backups.setPolicy(id, tooLong)).code())
                .isEqualTo(ProblemCode.BackupPolicyInvalid);
    }

    @Test
    void aBackupThatWasMissedIsMadeUpForOnce() throws Exception {
        UUID id = backedUp();
        Metadata.change("update recovery_state set full_wanted_since = null where server_id = ?", id);
        Metadata.change("update backup_policy set changed_at = now() - interval '30 days' where server_id = ?", id);
        Metadata.change(
                "update backup set started_at = now() - interval '2 days' where server_id = ? and label is not null",
                id);
        long before = Metadata.count("operation where subject_id = ? and kind = 'backup'", id);
        job("back-up-servers");
        job("back-up-servers");
        assertThat(Metadata.count("operation where subject_id = ? and kind = 'backup'", id))
                .isEqualTo(before + 1);
        calm(id);
        job("back-up-servers");
        assertThat(Metadata.count("operation where subject_id = ? and kind = 'backup'", id))
                .isEqualTo(before + 1);
        assertThat(seen(id).backups().getFirst().origin()).isEqualTo(Origin.SCHEDULED);
    }

    @Test
    void peopleAreToldWhenArchivingFailsAndOnlyOnce() throws Exception {
        UUID id = backedUp();
        Instant old = Instant.now().minus(Duration.ofMinutes(9));
        Metadata.change(
                "update recovery_state set archived_at = ?, failing_since = null where server_id = ?",
                Timestamp.from(old),
                id);
        Metadata.change("update recovery_state set created_at = ? where server_id = ?", Timestamp.from(old), id);
        Archiving failing = new Archiving("000000010000000000000001", old, old.plusSeconds(30), 2);
        long failed = Metadata.count("notice where kind = 'BACKUP_FAILED' and server_id = ?", id);
        long behind = Metadata.count("notice where kind = 'RECOVERY_POINT_OLD' and server_id = ?", id);
        upkeep.saw(id, failing);
        upkeep.saw(id, failing);
        assertThat(Metadata.count("notice where kind = 'BACKUP_FAILED' and server_id = ?", id))
                .isEqualTo(failed + 1);
        assertThat(Metadata.count("notice where kind = 'RECOVERY_POINT_OLD' and server_id = ?", id))
                .isEqualTo(behind + 1);
        assertThat(Callers.as(owner(), () -> backups.fleet()).getFirst().standing())
                .isEqualTo(FleetRow.Standing.FAILING);
        upkeep.saw(id, new Archiving("000000010000000000000002", Instant.now(), null, 0));
        assertThat(seen(id).health().sound()).isTrue();
        Metadata.change(
                "update recovery_state set created_at = (select created_at from server where id = server_id) where server_id = ?",
                id);
    }

    private void check(UUID id, SqlCheck... checks) {
        Callers.as(People.again(owner()), () -> rehearsals.setChecks(id, List.of(checks)));
    }

    private ServerRehearsals rehearsed(UUID id) {
        return Callers.as(owner(), () -> rehearsals.ofServer(id));
    }

    @Test
    void aRehearsalProvesARestoreOrSaysWhatIsWrong() throws Exception {
        UUID id = backedUp();
        check(id, new SqlCheck("there", "shop", "SELECT 'a secret' IS NOT NULL"));
        UUID operation = ask(() -> rehearsals.rehearse(id));
        assertThat(Container.problem(() -> ask(() -> rehearsals.rehearse(id))).map(problem -> problem.code()))
                .contains(ProblemCode.RehearsalUnderWay);
        succeeded(operation);
        RehearsalView passed = rehearsed(id).newest().orElseThrow();
        assertThat(passed.id()).isEqualTo(operation);
        assertThat(passed.state()).isEqualTo(RehearsalView.State.PASSED);
        assertThat(passed.recoverySeconds()).isPositive();
        assertThat(passed.recoveryPointSeconds()).isNotNegative();
        assertThat(passed.checks()).containsExactly(new CheckResult("there", null));
        assertThat(seen(id).spans()).anyMatch(span -> span.holds(passed.instant()));
        assertThat((String) Metadata.value(
                        "select details from audit_record where action = 'sql/run' and target_id = ? order by number desc limit 1",
                        id))
                .contains("there in shop")
                .doesNotContain("secret");
        assertThat(Metadata.count(
                        "audit_record where action = 'backups/rehearse' and result = 'SUCCEEDED' and target_id = ?",
                        id))
                .isPositive();
        assertThat(engine.servers()).doesNotContain(RehearseBackup.copy(operation));
        assertThat(engine.backups().orElseThrow().repositories()).doesNotContain(RehearseBackup.copy(operation));

        check(id, new SqlCheck("more", "shop", "SELECT false"));
        long told = Metadata.count("notice where kind = 'REHEARSAL_FAILED' and server_id = ?", id);
        UUID failing = ask(() -> rehearsals.rehearse(id));
        assertThat(ended(failing).problem().code()).isEqualTo(ProblemCode.RehearsalChecksFailed);
        RehearsalView failed = rehearsed(id).newest().orElseThrow();
        assertThat(failed.state()).isEqualTo(RehearsalView.State.FAILED);
        assertThat(failed.problem()).contains("more");
        assertThat(failed.checks().getFirst().said()).contains("false");
        assertThat(Metadata.count("notice where kind = 'REHEARSAL_FAILED' and server_id = ?", id))
                .isEqualTo(told + 1);
        assertThat(Callers.as(owner(), () -> backups.fleet()).stream()
                        .filter(row -> row.serverId().equals(id))
                        .findFirst()
                        .orElseThrow()
                        .standing())
                .isEqualTo(FleetRow.Standing.REHEARSAL_FAILED);
        check(id);
        assertThat(refused(
                                owner(),
                                () -> rehearsals.setChecks(
                                        id, List.of(new SqlCheck("x", "shop", "DROP TABLE journal"))))
                        .code())
                .isEqualTo(ProblemCode.RehearsalChecksInvalid);
    }

    @Test
    void aMissedRehearsalIsMadeUpForOnceAndKeepsNobodyWaiting() throws Exception {
        UUID id = backedUp();
        Metadata.change("delete from rehearsal where server_id = ?", id);
        Metadata.change(
                "update recovery_state set created_at = now() - interval '30 days', rehearsal_cancelled_at = null where server_id = ?",
                id);
        Callers.as(People.again(owner()), () -> rehearsals.setDay(id, RehearsalDay.NEVER));
        job("rehearse-backups");
        assertThat(rehearsed(id).history()).isEmpty();
        assertThat(rehearsed(id).nextAt()).isNull();
        Callers.as(People.again(owner()), () -> rehearsals.setDay(id, RehearsalDay.WINDOW));
        MaintenanceWindow window = Callers.as(owner(), () -> windows.window(id));
        assertThat(rehearsed(id).nextAt().atZone(window.zone()))
                .matches(at ->
                        at.getDayOfWeek() == window.day() && at.toLocalTime().equals(window.start()));
        Callers.as(People.again(owner()), () -> rehearsals.setDay(id, RehearsalDay.MONDAY));
        Metadata.change("update backup_policy set rehearsal_changed_at = null where server_id = ?", id);
        assertThat(rehearsed(id).plan().day()).isEqualTo(DayOfWeek.MONDAY);
        job("rehearse-backups");
        job("rehearse-backups");
        assertThat(rehearsed(id).history()).hasSize(1).allMatch(RehearsalView::byItself);
        UUID rehearsal = rehearsed(id).history().getFirst().id();
        await(MINUTES).until(() -> Metadata.count("operation where id = ? and status = 'RUNNING'", rehearsal) == 1);
        succeeded(ask(() -> servers.restart(id)));
        assertThat(ended(rehearsal).status()).isEqualTo(OperationStatus.CANCELLED);
        assertThat(engine.servers()).doesNotContain(RehearseBackup.copy(rehearsal));
        // It is begun again, but not in the same breath.
        job("rehearse-backups");
        assertThat(rehearsed(id).history()).isEmpty();
        Metadata.change(
                "update recovery_state set created_at = (select created_at from server where id = server_id) where server_id = ?",
                id);
    }

    /** Here is no second place, which is as good as one that never answers. */
    @Test
    void peopleAreToldOnceThatASecondPlaceIsBehind() throws Exception {
        UUID id = backedUp();
        Archiving behind = new Archiving("000000010000000000000001", Instant.now(), null, 3);
        long told = Metadata.count("notice where kind = 'BACKUP_FAILED' and server_id = ?", id);
        assertThat(copies.due()).contains(id);
        assertThat(copies.begin(id)).isTrue();
        assertThat(copies.begin(id)).isFalse();
        await(MINUTES)
                .until(() -> Metadata.count(
                                "operation where subject_id = ? and kind = 'backup-copy' and status = 'FAILED'", id)
                        > 0);
        copies.notShipped(id, behind, Problem.of(ProblemCode.RemoteAway, "store.example.org:443"));
        assertThat(Metadata.count("notice where kind = 'BACKUP_FAILED' and server_id = ?", id))
                .isEqualTo(told + 1);
        assertThat((String) Metadata.value("select remote_trouble from recovery_state where server_id = ?", id))
                .contains("store.example.org");
        assertThat(copies.begin(id)).as("a pause after a failure").isFalse();
        copies.shipped(id, new Archiving("000000010000000000000004", Instant.now(), null, 0));
        assertThat(Metadata.count("recovery_state where remote_failing_since is null and server_id = ?", id))
                .isOne();
    }

    @Test
    void peopleAreToldOnceWhenBackupsOutgrowTheStorage() throws Exception {
        UUID id = backedUp();
        long told = Metadata.count("notice where kind = 'BACKUP_FAILED' and server_id = ?", id);
        Metadata.change(
                "update recovery_state set repository_bytes = repository_bytes + 100 * (1::bigint << 30) where server_id = ?",
                id);
        upkeep.judgeRoom(id);
        upkeep.judgeRoom(id);
        assertThat(Metadata.count("notice where kind = 'BACKUP_FAILED' and server_id = ?", id))
                .isEqualTo(told + 1);
        assertThat(seen(id).health().overRoom()).isTrue();
        Metadata.change("delete from rehearsal where server_id = ?", id);
        assertThat(Callers.as(owner(), () -> backups.fleet()))
                .filteredOn(row -> row.serverId().equals(id))
                .extracting(FleetRow::standing)
                .containsExactly(FleetRow.Standing.OVER_ROOM);
        Metadata.change(
                "update recovery_state set repository_bytes = repository_bytes - 100 * (1::bigint << 30) where server_id = ?",
                id);
        upkeep.judgeRoom(id);
        assertThat(seen(id).health().overRoom()).isFalse();
    }

    @Test
    void aDumpIsHandedOutAndItsEndIsOnRecord() throws Exception {
        UUID id = backedUp();
        Download download = Callers.as(People.again(owner()), () -> downloads.dump(id, "shop"));
        assertThat(download.fileName()).isEqualTo(SharedServer.name() + "-shop.dump");
        try (InputStream dump = Callers.as(owner(), () -> downloads.open(download))) {
            assertThat(new String(dump.readNBytes(5), StandardCharsets.US_ASCII))
                    .isEqualTo("PGDMP");
        }
        Callers.as(People.again(owner()), () -> downloads.ended(download, 5, Download.End.CANCELLED));
        assertThat((String) Metadata.value(
                        "select details from audit_record where action = 'backups/download' and target_id = ? order by number desc limit 1",
                        id))
                .contains("cancelled", "shop");
        assertThat(refused(owner(), () -> downloads.backup(id, UUID.randomUUID()))
                        .code())
                .isEqualTo(ProblemCode.BackupGone);
    }

    @Test
    void whatCanNotBeRestoredIsSaidBeforeAnythingStarts() throws Exception {
        UUID id = backedUp();
        Instant early = seen(id).earliest().minusSeconds(3600);
        assertThat(Callers.as(owner(), () -> restores.preview(id, TargetChoice.at(early)))
                        .refusal()
                        .code())
                .isEqualTo(ProblemCode.RestorePointTooEarly);
        Instant future = Instant.now().plusSeconds(3600);
        RestoreDraft draft = new RestoreDraft(People.unique("never"), "H0.25", storage(id), false, false, false);
        long operations = Metadata.count("operation where kind = 'server-restore'");
        assertThat(refused(owner(), () -> restores.intoNewServer(id, TargetChoice.at(future), draft))
                        .code())
                .isEqualTo(ProblemCode.RestorePointInFuture);
        assertThat(refused(owner(), () -> restores.inPlace(id, TargetChoice.latest(), "another"))
                        .code())
                .isEqualTo(ProblemCode.NameNotConfirmed);
        assertThat(refused(owner(), () -> restores.goBack(id)).code()).isEqualTo(ProblemCode.RestoreNothingToGoBackTo);
        assertThat(Callers.as(
                                owner(),
                                () -> restores.check(
                                        id,
                                        new RestoreDraft(
                                                SharedServer.name(), "H0.25", storage(id), false, false, false)))
                        .map(problem -> problem.code()))
                .contains(ProblemCode.ServerNameTaken);
        assertThat(Metadata.count("operation where kind = 'server-restore'")).isEqualTo(operations);
        assertThat(Metadata.count("server where name = ?", draft.name())).isZero();
    }

    /** The whole of it: into a new server as it was then, in place, and back. */
    @Test
    void aServerIsRestoredToAnInstantElsewhereAndInPlaceAndBack() throws Exception {
        UUID id = backedUp();
        sql(id, "DROP TABLE IF EXISTS journal");
        sql(id, "CREATE TABLE journal (n int)");
        sql(id, "INSERT INTO journal VALUES (1)");
        Instant then = Instant.now();
        // Commits are told apart by their microseconds.
        await(5).until(() -> Instant.now().isAfter(then.plusMillis(20)));
        sql(id, "INSERT INTO journal VALUES (2)");

        String name = People.unique("copy");
        succeeded(ask(() -> restores.intoNewServer(
                id, TargetChoice.at(then), new RestoreDraft(name, "H0.25", storage(id), true, true, false))));
        ServerView copy = named(name);
        assertThat(numbers(copy.endpoints().directPort())).containsExactly(1);
        assertThat(copy.tags()).isEqualTo(SharedServer.view(id).tags());
        assertThat(copy.allowedNetworks()).isEqualTo(SharedServer.view(id).allowedNetworks());
        assertThat(copy.administratorLogin()).isEqualTo(Wanted.LOGIN);
        assertThat(copy.firstDatabase()).isEqualTo("shop");
        calm(copy.id());
        assertThat(seen(copy.id()).backups()).extracting(BackupView::origin).containsExactly(Origin.FIRST);
        assertThat(Callers.as(owner(), () -> restores.preview(id, TargetChoice.latest()))
                        .estimate()
                        .own())
                .isTrue();

        succeeded(ask(() -> restores.inPlace(id, TargetChoice.at(then), SharedServer.name())));
        assertThat(numbers(SharedServer.view(id).endpoints().directPort())).containsExactly(1);
        ServerBackups.Former former = seen(id).former();
        assertThat(former.keptUntil()).isAfter(Instant.now());
        calm(id);
        assertThat(seen(id).backups().getFirst().origin()).isEqualTo(Origin.AFTER_RESTORE);

        succeeded(ask(() -> restores.goBack(id)));
        assertThat(numbers(SharedServer.view(id).endpoints().directPort())).containsExactly(1, 2);
        assertThat(seen(id).former()).isNull();
        calm(id);

        // A server that is gone lives on in its backups.
        String gone = copy.name();
        succeeded(ask(() -> servers.delete(copy.id(), gone)));
        succeeded(ask(() -> servers.purge(copy.id(), gone)));
        job("back-up-servers");
        assertThat(seen(copy.id()).gone()).isTrue();
        job("observe-backups");
        String again = People.unique("again");
        succeeded(ask(() -> restores.intoNewServer(
                copy.id(),
                TargetChoice.latest(),
                new RestoreDraft(again, "H0.25", copy.storageGib(), false, false, false))));
        assertThat(numbers(named(again).endpoints().directPort())).containsExactly(1);
        UUID last = named(again).id();
        calm(last);

        // One whose files are lost comes back as itself.
        loseFiles(last);
        succeeded(ask(() -> restores.inPlace(last, TargetChoice.latest(), again)));
        assertThat(named(again).id()).isEqualTo(last);
        assertThat(numbers(named(again).endpoints().directPort())).containsExactly(1);
        assertThat(seen(last).former()).isNull();
        calm(last);
        succeeded(ask(() -> servers.delete(last, again)));
    }

    /** In GiB: other tests have let it grow. */
    private static int storage(UUID id) {
        return SharedServer.view(id).storageGib();
    }

    private void loseFiles(UUID id) {
        ServerKey key = new ServerKey(id);
        await(MINUTES).until(() -> engine.remove(key) instanceof Progress.Done);
        assertThat(engine.observe(key).state()).isEqualTo(Observation.State.ABSENT);
    }

    @Test
    void aRestoreInPlaceIsConfirmedWhenItsTimeHasRunOut() throws Exception {
        UUID id = backedUp();
        UUID operation = ask(() -> restores.inPlace(id, TargetChoice.latest(), SharedServer.name()));
        succeeded(operation);
        calm(id);
        Metadata.change("update restoration set kept_until = now() - interval '1 second' where id = ?", operation);
        job("back-up-servers");
        await(MINUTES).until(() -> Metadata.count("restoration where id = ? and state = 'CONFIRMED'", operation) == 1);
        assertThat(refused(owner(), () -> restores.goBack(id)).code()).isEqualTo(ProblemCode.RestoreNothingToGoBackTo);
    }

    @Test
    void aBackupThatNobodyAskedForKeepsNobodyWaiting() throws Exception {
        UUID id = backedUp();
        String cancelled =
                "operation where subject_id = ? and kind = 'backup' and status = 'CANCELLED' and cancel_asked_by = 'howdah'";
        long cancelledBefore = Metadata.count(cancelled, id);
        Metadata.change("update recovery_state set full_wanted_since = now() where server_id = ?", id);
        job("back-up-servers");
        await(MINUTES)
                .until(() ->
                        Metadata.count("operation where subject_id = ? and kind = 'backup' and status = 'RUNNING'", id)
                                == 1);
        succeeded(ask(() -> servers.restart(id)));
        assertThat(Metadata.count(cancelled, id)).isEqualTo(cancelledBefore + 1);
        // It is made up for.
        long before = Metadata.count("backup where server_id = ? and label is not null", id);
        job("back-up-servers");
        calm(id);
        assertThat(Metadata.count("backup where server_id = ? and label is not null", id))
                .isGreaterThan(before);
    }

    @Test
    void aTimetableTakesBackupsInThePersonsName() throws Exception {
        UUID id = backedUp();
        Caller operator = People.member("Operator", SharedServer.team());
        ScheduledAction action = actions.stream()
                .filter(one -> one.code().equals("backup"))
                .findFirst()
                .orElseThrow();
        Map<String, String> arguments = Map.of("backupName", "month end", "keepDays", "90");
        assertThat(Callers.as(operator, () -> action.check(id, arguments))).isEmpty();
        assertThat(Callers.as(operator, () -> action.check(id, Map.of("backupName", "x", "keepDays", "soon")))
                        .map(problem -> problem.field()))
                .contains("keepDays");
        UUID[] begun = new UUID[1];
        Container.committedAfter(
                () -> begun[0] = action.begin(id, arguments, People.again(operator), UUID.randomUUID()), () -> {});
        assertThat(ended(begun[0]).requestedBy()).isEqualTo(operator.name());
        BackupView taken = seen(id).backups().stream()
                .filter(one -> one.id().equals(begun[0]))
                .findFirst()
                .orElseThrow();
        assertThat(taken.name()).isEqualTo("month end");
        assertThat(taken.keepUntil()).isAfter(Instant.now().plus(Duration.ofDays(89)));
    }

    private LookView look(UUID id) {
        return Callers.as(owner(), () -> looks.ofServer(id)).orElse(null);
    }

    @Test
    void aServerIsLookedAtOnceAtATimeAndClosedWhenItsTimeIsOver() throws Exception {
        UUID id = backedUp();
        Instant then = Instant.now();
        succeeded(ask(() -> looks.open(id, then)));
        assertThat(look(id).standing()).isEqualTo(LookView.Standing.OPEN);
        assertThat(refused(owner(), () -> looks.open(id, then)).code()).isEqualTo(ProblemCode.LookOpenAlready);
        assertThat(refused(owner(), () -> looks.open(id, Instant.now().plusSeconds(600)))
                        .code())
                .isIn(ProblemCode.LookOpenAlready, ProblemCode.RestorePointInFuture);
        assertThat(Callers.as(owner(), () -> looks.databases(id)))
                .extracting(DatabaseInfo::name)
                .contains("shop");
        assertThat(Callers.as(People.again(owner()), () -> looks.query(id, "shop", "select 40 + 2"))
                        .rows())
                .containsExactly(List.of("42"));
        assertThat(Metadata.count(
                        "audit_record where action = 'backups/look' and details like '%sha256%' and target_id = ?", id))
                .isPositive();
        assertThat(Callers.as(owner(), () -> looks.tables(id, "shop"))).allMatch(table -> table.rows() >= 0);
        assertThat(Metadata.count("server where id = ?", look(id).id())).isZero();

        Instant later = Instant.now();
        succeeded(ask(() -> looks.move(id, later)));
        assertThat(look(id).at()).isCloseTo(later, within(1, ChronoUnit.MILLIS));
        long before = Metadata.count("operation where kind = 'look-close'");
        job("close-looks");
        assertThat(Metadata.count("operation where kind = 'look-close'")).isEqualTo(before);
        Metadata.change("update look set open_until = now() - interval '1 second' where server_id = ?", id);
        job("close-looks");
        await(MINUTES).until(() -> look(id) == null);
        assertThat(refused(owner(), () -> looks.query(id, "shop", "select 1")).code())
                .isEqualTo(ProblemCode.LookNotOpen);
    }
}
