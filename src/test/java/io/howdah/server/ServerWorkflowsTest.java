package io.howdah.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.engine.Compute;
import io.howdah.engine.FakeEngine;
import io.howdah.engine.FakeEngine.Call;
import io.howdah.engine.Maintenance;
import io.howdah.engine.Observation;
import io.howdah.engine.Progress;
import io.howdah.engine.ServerKey;
import io.howdah.engine.Specification;
import io.howdah.operation.Outcome;
import io.howdah.operation.Workflow;
import io.howdah.server.RecordsInMemory.Row;
import io.howdah.server.Server.Wish;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One table per workflow: what each step leads to when it works, when it fails for good, and what is left then. */
class ServerWorkflowsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Specification SPECIFICATION =
            new Specification("orders", 17, new Compute(1, 1024, 50), 4, List.of("10.0.0.0/8"));
    private static final String VERIFIER = "SCRAM-SHA-256$4096:c2FsdA==$c3RvcmVk:c2VydmVy";

    private final FakeEngine engine = new FakeEngine(Clock.fixed(NOW, ZoneOffset.UTC));
    private final RecordsInMemory records = new RecordsInMemory();
    private final UUID id = UUID.randomUUID();
    private final ServerKey key = new ServerKey(id);
    private final Row row = records.add(id);

    private final CreateServer create = new CreateServer(engine, records);
    private final CreateServer.Request wanted = new CreateServer.Request(SPECIFICATION, "dbadmin", VERIFIER, "orders");

    private static final Progress.Failed BROKEN =
            new Progress.Failed(Problem.of(ProblemCode.EngineStartFailed), "log", false);
    private static final Progress.Failed PASSING =
            new Progress.Failed(Problem.of(ProblemCode.EngineNotResponding), null, true);

    private void created() {
        assertThat(WorkflowDriver.run(create, id, wanted).problem()).isNull();
    }

    private Observation.State seen() {
        return engine.observe(key).state();
    }

    @Test
    void aServerIsCreatedStepByStep() {
        WorkflowDriver.Run run = WorkflowDriver.run(create, id, wanted);
        assertThat(run.problem()).isNull();
        assertThat(run.steps()).containsExactly("PROVISION", "START", "ADMINISTRATOR", "DATABASE", "FLUSH", "VERIFY");
        assertThat(row.state).isEqualTo(ServerState.READY);
        assertThat(engine.databases(key)).extracting("name").containsExactlyInAnyOrder("orders", "postgres");
    }

    @Test
    void aServerWithoutAFirstDatabaseHasOnlyPostgres() {
        WorkflowDriver.run(create, id, new CreateServer.Request(SPECIFICATION, "dbadmin", VERIFIER, null));
        assertThat(engine.databases(key)).extracting("name").containsExactly("postgres");
    }

    @ParameterizedTest
    @CsvSource({"PROVISION", "START", "SET_ADMINISTRATOR", "CREATE_DATABASE", "FLUSH"})
    void aCreationThatFailsLeavesNothing(Call call) {
        engine.fail(call, 1, BROKEN);
        WorkflowDriver.Run run = WorkflowDriver.run(create, id, wanted);
        assertThat(run.problem().code()).isEqualTo(ProblemCode.EngineStartFailed);
        assertThat(run.steps()).endsWith("UNDO");
        assertThat(engine.servers()).isEmpty();
        assertThat(engine.backups().orElseThrow().repositories()).isEmpty();
        assertThat(row.state).isEqualTo(ServerState.DISABLED);
        assertThat(row.note).isEqualTo(Messages.text("server.note.creation-failed"));
    }

    @ParameterizedTest
    @CsvSource({"PROVISION", "START", "SET_ADMINISTRATOR", "CREATE_DATABASE", "FLUSH"})
    void whatMayPassIsTriedAgain(Call call) {
        engine.fail(call, 1, PASSING);
        engine.slow(call, 3);
        created();
        assertThat(row.state).isEqualTo(ServerState.READY);
    }

    @Test
    void aFailedCreationIsRetriedFromTheBeginning() {
        assertThat(create.retryFrom(CreateServer.Step.DATABASE, wanted)).isEqualTo(CreateServer.Step.PROVISION);
        // An undo that failed itself goes on where it stopped: there is still something to remove.
        assertThat(create.retryFrom(CreateServer.Step.UNDO, wanted)).isEqualTo(CreateServer.Step.UNDO);
    }

    @Test
    void aServerIsStoppedAndStarted() {
        created();
        assertThat(WorkflowDriver.run(new StopServer(engine, records), id, new StopServer.Request())
                        .problem())
                .isNull();
        assertThat(row.state).isEqualTo(ServerState.STOPPED);
        assertThat(row.wish).isEqualTo(Wish.STOPPED);
        assertThat(seen()).isEqualTo(Observation.State.STOPPED);
        assertThat(WorkflowDriver.run(new StartServer(engine, records), id, new StartServer.Request())
                        .problem())
                .isNull();
        assertThat(row.state).isEqualTo(ServerState.READY);
        assertThat(row.wish).isEqualTo(Wish.RUNNING);
    }

    @Test
    void aStopThatFailsLeavesTheServerRunning() {
        created();
        engine.fail(Call.STOP, 1, BROKEN);
        WorkflowDriver.Run run = WorkflowDriver.run(new StopServer(engine, records), id, new StopServer.Request());
        assertThat(run.problem()).isNotNull();
        assertThat(run.steps()).containsExactly("STOP", "UNDO");
        assertThat(row.wish).isEqualTo(Wish.RUNNING);
        assertThat(row.state).isEqualTo(ServerState.READY);
    }

    @Test
    void aStartThatFailsLeavesTheServerStopped() {
        created();
        WorkflowDriver.run(new StopServer(engine, records), id, new StopServer.Request());
        engine.fail(Call.START, 1, BROKEN);
        WorkflowDriver.Run run = WorkflowDriver.run(new StartServer(engine, records), id, new StartServer.Request());
        assertThat(run.steps()).containsExactly("START", "UNDO");
        assertThat(row.wish).isEqualTo(Wish.STOPPED);
        assertThat(row.state).isEqualTo(ServerState.STOPPED);
    }

    @Test
    void aStartThatNobodyWishedForAndThatFailsLeavesTheWish() {
        created();
        engine.crash(key);
        engine.fail(Call.START, 1, BROKEN);
        WorkflowDriver.run(new StartServer(engine, records), id, new StartServer.Request());
        assertThat(row.wish).isEqualTo(Wish.RUNNING);
        assertThat(row.state).isEqualTo(ServerState.INACCESSIBLE);
    }

    @Test
    void aDeletedServerIsStoppedAndKept() {
        created();
        Instant until = NOW.plusSeconds(5 * 86400);
        WorkflowDriver.Run run =
                WorkflowDriver.run(new DeleteServer(engine, records), id, new DeleteServer.Request(NOW, until));
        assertThat(run.steps()).containsExactly("STOP", "KEEP");
        assertThat(row.state).isEqualTo(ServerState.DISABLED);
        assertThat(row.keptUntil).isEqualTo(until);
        assertThat(seen()).isEqualTo(Observation.State.STOPPED);
    }

    @Test
    void aDeletedServerComesBackRunningIfItRan() {
        aDeletedServerIsStoppedAndKept();
        WorkflowDriver.Run run =
                WorkflowDriver.run(new UndeleteServer(engine, records), id, new UndeleteServer.Request());
        assertThat(run.problem()).isNull();
        assertThat(row.state).isEqualTo(ServerState.READY);
        assertThat(row.deletedAt).isNull();
        assertThat(engine.databases(key)).extracting("name").contains("orders");
    }

    @Test
    void aDeletedServerComesBackStoppedIfItWasStopped() {
        created();
        WorkflowDriver.run(new StopServer(engine, records), id, new StopServer.Request());
        WorkflowDriver.run(new DeleteServer(engine, records), id, new DeleteServer.Request(NOW, NOW));
        WorkflowDriver.run(new UndeleteServer(engine, records), id, new UndeleteServer.Request());
        assertThat(row.state).isEqualTo(ServerState.STOPPED);
        assertThat(seen()).isEqualTo(Observation.State.STOPPED);
    }

    @Test
    void aDeletionThatFailsIsTakenBack() {
        created();
        row.deletedAt = NOW;
        engine.fail(Call.STOP, 1, BROKEN);
        WorkflowDriver.run(new DeleteServer(engine, records), id, new DeleteServer.Request(NOW, NOW));
        assertThat(row.deletedAt).isNull();
        assertThat(row.state).isEqualTo(ServerState.READY);
    }

    @Test
    void aServerThatDoesNotComeBackStaysDeleted() {
        aDeletedServerIsStoppedAndKept();
        engine.fail(Call.START, 1, BROKEN);
        WorkflowDriver.run(new UndeleteServer(engine, records), id, new UndeleteServer.Request());
        assertThat(row.deletedAt).isEqualTo(NOW);
        assertThat(row.keptUntil).isEqualTo(NOW.plusSeconds(5 * 86400));
        assertThat(row.state).isEqualTo(ServerState.DISABLED);
    }

    @Test
    void purgingRemovesEverything() {
        aDeletedServerIsStoppedAndKept();
        WorkflowDriver.run(new PurgeServer(engine, records), id, new PurgeServer.Request(false));
        assertThat(engine.servers()).isEmpty();
        assertThat(records.rows).isEmpty();
    }

    @Test
    void purgingSparesAServerThatWasBroughtBackMeanwhile() {
        created();
        WorkflowDriver.run(new PurgeServer(engine, records), id, new PurgeServer.Request(false));
        assertThat(row.state).isEqualTo(ServerState.READY);
        assertThat(engine.servers()).contains(key);
    }

    @Test
    void aDatabaseIsAddedAndDropped() {
        created();
        WorkflowDriver.run(new CreateDatabase(engine), id, new CreateDatabase.Request("extra", "dbadmin"));
        assertThat(engine.databases(key)).extracting("name").contains("extra");
        WorkflowDriver.run(new DropDatabase(engine), id, new DropDatabase.Request("extra"));
        assertThat(engine.databases(key)).extracting("name").doesNotContain("extra");
    }

    @Test
    void aPasswordIsResetOnlyOnARunningServer() {
        created();
        ResetPassword reset = new ResetPassword(engine);
        assertThat(WorkflowDriver.run(reset, id, new ResetPassword.Request("dbadmin", VERIFIER))
                        .problem())
                .isNull();
        WorkflowDriver.run(new StopServer(engine, records), id, new StopServer.Request());
        assertThat(WorkflowDriver.run(reset, id, new ResetPassword.Request("dbadmin", VERIFIER))
                        .problem())
                .isNotNull();
    }

    private WorkflowDriver.Run runSql(String script) {
        return WorkflowDriver.run(new RunSql(engine, records), id, new RunSql.Request("orders", "dbadmin", script, 60));
    }

    @Test
    void aScriptIsRunAndWhatItSaidIsKept() {
        created();
        engine.slow(Call.RUN_SQL, 3);
        WorkflowDriver.Run run = runSql("SELECT 'told'");
        assertThat(run.problem()).isNull();
        assertThat(run.steps()).containsExactly("RUN", "KEEP");
        assertThat(records.outputs.values()).containsExactly("told\n");
        assertThat(engine.unitOutput(key, records.outputs.keySet().iterator().next()))
                .as("the engine has forgotten it")
                .isNull();
    }

    @Test
    void whatAFailedScriptSaidIsKeptToo() {
        created();
        WorkflowDriver.Run run = runSql("SELECT 'told'; SELEC");
        assertThat(run.problem().code()).isEqualTo(ProblemCode.SqlFailedRolledBack);
        assertThat(run.steps()).containsExactly("RUN", "UNDO");
        assertThat(records.outputs.values()).containsExactly("told\nERROR: syntax error\n");
    }

    @Test
    void aFailedScriptIsRunAfreshWhenItIsRetried() {
        RunSql workflow = new RunSql(engine, records);
        RunSql.Request request = new RunSql.Request("orders", "dbadmin", "SELECT 1", 60);
        assertThat(workflow.retryFrom(RunSql.Step.RUN, request)).isEqualTo(RunSql.Step.RUN);
        assertThat(workflow.retryFrom(RunSql.Step.KEEP, request)).isEqualTo(RunSql.Step.KEEP);
    }

    @Test
    void aScriptThatIsUndoneIsEndedAndNeverRunsOn() {
        created();
        UUID operation = UUID.randomUUID();
        RunSql workflow = new RunSql(engine, records);
        RunSql.Request request = new RunSql.Request("orders", "dbadmin", "SELECT 'begun'; SELECT pg_sleep(60)", 60);
        Workflow.Context<RunSql.Request> context = new Workflow.Context<>(operation, id, request, 1, NOW);
        assertThat(workflow.run(RunSql.Step.RUN, context)).isInstanceOf(Outcome.Wait.class);
        assertThat(workflow.run(RunSql.Step.UNDO, context)).isInstanceOf(Outcome.Done.class);
        assertThat(records.outputs).containsEntry(operation, "begun\n");
        assertThat(workflow.run(RunSql.Step.UNDO, context)).isInstanceOf(Outcome.Done.class);
        assertThat(records.outputs)
                .as("a second time, when the engine has forgotten it")
                .containsEntry(operation, "begun\n");
        assertThat(engine.unitOutput(key, operation)).isNull();
    }

    @Test
    void aScriptDoesNotStandInWhatIsWrittenOfItsRequest() {
        assertThat(new RunSql.Request("orders", "dbadmin", "ALTER ROLE a PASSWORD 'secret'", 60).toString())
                .doesNotContain("secret")
                .contains("30 characters");
    }

    @ParameterizedTest
    @CsvSource({"RUN_SQL", "MAINTAIN"})
    void longWorkThatMayPassIsTriedAgain(Call call) {
        created();
        engine.fail(call, 1, PASSING);
        assertThat(runSql("SELECT 'x'").problem()).isNull();
        assertThat(maintain().problem()).isNull();
    }

    private WorkflowDriver.Run maintain() {
        return WorkflowDriver.run(
                new MaintainDatabases(engine, records),
                id,
                new MaintainDatabases.Request(Maintenance.Kind.VACUUM, List.of(), 60));
    }

    @Test
    void databasesAreMaintained() {
        created();
        WorkflowDriver.Run run = maintain();
        assertThat(run.problem()).isNull();
        assertThat(run.steps()).containsExactly("MAINTAIN", "KEEP");
        assertThat(records.outputs.values()).containsExactly("orders\npostgres");
    }

    @Test
    void maintenanceThatFailsKeepsWhatItSaid() {
        created();
        engine.fail(Call.MAINTAIN, 1, BROKEN);
        WorkflowDriver.Run run = maintain();
        assertThat(run.problem()).isNotNull();
        assertThat(run.steps()).containsExactly("MAINTAIN", "UNDO");
    }

    Stream<Workflow<?, ?>> workflows() {
        return Stream.of(
                create,
                new StartServer(engine, records),
                new StopServer(engine, records),
                new RestartServer(engine, records),
                new ScaleServer(engine, records, records),
                new ResetPassword(engine),
                new DeleteServer(engine, records),
                new UndeleteServer(engine, records),
                new PurgeServer(engine, records),
                new CreateDatabase(engine),
                new DropDatabase(engine),
                new RunSql(engine, records),
                new MaintainDatabases(engine, records));
    }

    @Test
    void everyWorkflowAndStepHasATitle() {
        assertThat(workflows()).allSatisfy(workflow -> {
            assertThat(Messages.has("operation." + workflow.kind())).isTrue();
            for (Enum<?> step : workflow.steps().getEnumConstants()) {
                String key = step.name().toLowerCase(Locale.ROOT).replace('_', '-');
                assertThat(Messages.has("operation." + workflow.kind() + "." + key))
                        .as(workflow.kind() + " " + step)
                        .isTrue();
            }
        });
    }
}
