package io.howdah.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.engine.BackupKind;
import io.howdah.engine.BackupTask;
import io.howdah.engine.Compute;
import io.howdah.engine.FakeEngine;
import io.howdah.engine.FakeEngine.Call;
import io.howdah.engine.Observation;
import io.howdah.engine.Progress;
import io.howdah.engine.RestoreTarget;
import io.howdah.engine.ServerKey;
import io.howdah.engine.Specification;
import io.howdah.operation.Workflow;
import io.howdah.server.RecordsInMemory.Row;
import io.howdah.server.Server.Wish;
import io.howdah.server.WorkflowDriver.Run;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One table per workflow that restores: what each step leads to, and what is left when it fails for good. */
class RestoreWorkflowsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Specification SPECIFICATION =
            new Specification("orders", 17, new Compute(1, 1024, 50), 4, List.of());
    private static final Progress.Failed BROKEN =
            new Progress.Failed(Problem.of(ProblemCode.EngineStartFailed), "log", false);

    /** Each engine's clock stands still at another minute, so that what happened before can be told from what came after. */
    private final FakeEngine.Host host = new FakeEngine.Host();

    private final FakeEngine before = new FakeEngine(host, Clock.fixed(NOW, ZoneOffset.UTC));
    private final FakeEngine engine = new FakeEngine(host, Clock.fixed(NOW.plusSeconds(60), ZoneOffset.UTC));
    private final RecordsInMemory records = new RecordsInMemory();
    private final UUID id = UUID.randomUUID();
    private final UUID copy = UUID.randomUUID();
    private final ServerKey key = new ServerKey(id);
    private final Row row = records.add(id);
    private final Row copyRow = records.add(copy);

    private static final RestorePoint THEN = RestorePoint.of(new RestoreTarget.At(NOW, 1));
    private static final RestorePoint LATEST = RestorePoint.of(new RestoreTarget.Latest(1));

    /** A server that had one database, was backed up, and got another one a minute later. */
    @BeforeEach
    void aServerWithABackupAndAnotherDatabaseSince() {
        done(
                new CreateServer(before, records),
                id,
                new CreateServer.Request(SPECIFICATION, "dbadmin", "SCRAM-SHA-256$x", "early"));
        before.backups().orElseThrow().enable(key);
        before.backups().orElseThrow().backUp(key, UUID.randomUUID(), new BackupTask(BackupKind.FULL, Map.of()));
        engine.createDatabase(key, "late", "dbadmin");
    }

    private <S extends Enum<S>, D extends Record> Run done(Workflow<S, D> workflow, UUID subject, D data) {
        Run run = WorkflowDriver.run(workflow, subject, data);
        assertThat(run.problem()).isNull();
        return run;
    }

    private List<String> databases(UUID server) {
        return engine.databases(new ServerKey(server)).stream()
                .map(database -> database.name())
                .toList();
    }

    private RestoreServer.Request intoCopy(RestorePoint point, boolean archive) {
        return new RestoreServer.Request(SPECIFICATION, id, point, archive);
    }

    private Observation.State seen() {
        return engine.observe(key).state();
    }

    @Test
    void aNewServerIsAsItsSourceWasThen() {
        Run run = done(new RestoreServer(engine, records), copy, intoCopy(THEN, false));
        assertThat(run.steps()).containsExactly("ARCHIVE", "RESTORE", "RECOVER", "FLUSH", "VERIFY");
        assertThat(databases(copy)).containsExactly("early", "postgres");
        assertThat(databases(id)).as("the source").contains("late");
        assertThat(copyRow.state).isEqualTo(ServerState.READY);
        assertThat(copyRow.settled).isEqualTo(Wish.RUNNING);
    }

    @Test
    void theLatestStateIsArchivedFirst() {
        done(new RestoreServer(engine, records), copy, intoCopy(LATEST, true));
        assertThat(databases(copy)).containsExactly("early", "late", "postgres");
    }

    @Test
    void whatNeedsNothingNewAsksNothingOfTheSource() {
        done(new RestoreServer(engine, records), copy, intoCopy(THEN, false));
        assertThat(engine.calls()).noneMatch(call -> call.startsWith("ARCHIVE"));
    }

    @Test
    void aSourceThatIsGoneIsRestoredFromItsRepository() {
        engine.remove(key);
        done(new RestoreServer(engine, records), copy, intoCopy(LATEST, true));
        assertThat(databases(copy)).containsExactly("early", "postgres");
    }

    @Test
    void aNamedBackupNeedsNoReplay() {
        done(
                new RestoreServer(engine, records),
                copy,
                intoCopy(RestorePoint.of(new RestoreTarget.Backup("b1")), false));
        assertThat(databases(copy)).containsExactly("early", "postgres");
    }

    @ParameterizedTest
    @CsvSource({"ARCHIVE", "RESTORE", "RECOVER", "FLUSH"})
    void aRestoreIntoANewServerThatFailsLeavesNothing(Call call) {
        engine.fail(call, 1, BROKEN);
        Run run = WorkflowDriver.run(new RestoreServer(engine, records), copy, intoCopy(LATEST, true));
        assertThat(run.problem().code()).isEqualTo(ProblemCode.EngineStartFailed);
        assertThat(run.steps()).endsWith("UNDO");
        assertThat(engine.servers()).containsExactly(key);
        assertThat(copyRow.state).isEqualTo(ServerState.DISABLED);
        assertThat(copyRow.note).isEqualTo(Messages.text("server.note.restore-failed"));
    }

    private Run inPlace() {
        return WorkflowDriver.run(new RestoreInPlace(engine, records), id, new RestoreInPlace.Request(THEN, false));
    }

    @Test
    void aServerIsTakenBackInPlaceAndItsFormerStateIsKept() {
        Run run = done(new RestoreInPlace(engine, records), id, new RestoreInPlace.Request(THEN, false));
        assertThat(run.steps()).containsExactly("ARCHIVE", "RESTORE_BESIDE", "STOP", "EXCHANGE", "RECOVER", "VERIFY");
        assertThat(databases(id)).containsExactly("early", "postgres");
        assertThat(engine.beside(key)).isEqualTo(1);
        assertThat(row.state).isEqualTo(ServerState.READY);
    }

    @Test
    void aStoppedServerRunsAfterARestoreInPlace() {
        done(new StopServer(engine, records), id, new StopServer.Request());
        assertThat(inPlace().problem()).isNull();
        assertThat(seen()).isEqualTo(Observation.State.RUNNING);
        assertThat(row.settled).isEqualTo(Wish.RUNNING);
    }

    @ParameterizedTest
    @CsvSource({"RESTORE_BESIDE, DISCARD", "STOP, START_AGAIN", "EXCHANGE, STOP_AGAIN", "RECOVER, STOP_AGAIN"})
    void aRestoreInPlaceThatFailsLeavesTheServerAsItWas(Call call, String undoneFrom) {
        engine.fail(call, 1, BROKEN);
        Run run = inPlace();
        assertThat(run.problem().code()).isEqualTo(ProblemCode.EngineStartFailed);
        assertThat(run.steps()).contains(undoneFrom).endsWith("DISCARD");
        assertThat(databases(id)).containsExactly("early", "late", "postgres");
        assertThat(engine.beside(key)).isZero();
        assertThat(row.state).isEqualTo(ServerState.READY);
        assertThat(row.wish).isEqualTo(Wish.RUNNING);
    }

    @ParameterizedTest
    @CsvSource({"RESTORE_BESIDE", "EXCHANGE", "RECOVER"})
    void aStoppedServerStaysStoppedWhenItsRestoreFails(Call call) {
        done(new StopServer(engine, records), id, new StopServer.Request());
        engine.fail(call, 1, BROKEN);
        inPlace();
        assertThat(row.wish).isEqualTo(Wish.STOPPED);
        assertThat(row.state).isEqualTo(ServerState.STOPPED);
        assertThat(seen()).isEqualTo(Observation.State.STOPPED);
    }

    @Test
    void aServerIsStoppedOnlyWhenTheRestoredFilesAreThere() {
        engine.fail(Call.RESTORE_BESIDE, 1, BROKEN);
        inPlace();
        assertThat(engine.calls()).noneMatch(call -> call.startsWith("STOP"));
    }

    /** The unit is the restoring operation's id, so that one goes back to what that very restore replaced. */
    private UUID restored() {
        UUID unit = UUID.randomUUID();
        var backups = engine.backups().orElseThrow();
        backups.restoreBeside(key, unit, THEN.target());
        engine.stop(key);
        backups.exchange(key, unit);
        backups.recover(key);
        assertThat(databases(id)).containsExactly("early", "postgres");
        return unit;
    }

    @Test
    void oneGoesBackToTheStateBefore() {
        Run run = done(new RestoreUndo(engine, records), id, new RestoreUndo.Request(restored()));
        assertThat(run.steps()).containsExactly("STOP", "EXCHANGE_BACK", "START", "VERIFY");
        assertThat(databases(id)).containsExactly("early", "late", "postgres");
        assertThat(engine.beside(key)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"STOP", "EXCHANGE_BACK"})
    void goingBackThatFailsLeavesTheServerRunning(Call call) {
        UUID unit = restored();
        engine.fail(call, 1, BROKEN);
        Run run = WorkflowDriver.run(new RestoreUndo(engine, records), id, new RestoreUndo.Request(unit));
        assertThat(run.steps()).endsWith("START_AGAIN");
        assertThat(databases(id)).containsExactly("early", "postgres");
        assertThat(engine.beside(key)).isEqualTo(1);
        assertThat(row.state).isEqualTo(ServerState.READY);
    }

    @Test
    void confirmingRemovesTheStateBeforeAndNothingElse() {
        UUID unit = restored();
        done(new RestoreConfirm(engine), id, new RestoreConfirm.Request(unit));
        assertThat(engine.beside(key)).isZero();
        assertThat(databases(id)).containsExactly("early", "postgres");
        assertThat(seen()).isEqualTo(Observation.State.RUNNING);
    }

    @Test
    void whatWaitedForACreationThatCameToNothingFailsAndTouchesNothing() {
        Run restore =
                WorkflowDriver.run(new RestoreInPlace(engine, records), copy, new RestoreInPlace.Request(THEN, false));
        assertThat(restore.problem().code()).isEqualTo(ProblemCode.ServerNeverCreated);
        assertThat(engine.servers()).containsExactly(key);
    }
}
