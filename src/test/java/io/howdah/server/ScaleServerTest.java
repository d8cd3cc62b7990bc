package io.howdah.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.engine.ClientInfo;
import io.howdah.engine.Compute;
import io.howdah.engine.FakeEngine;
import io.howdah.engine.FakeEngine.Call;
import io.howdah.engine.Observation;
import io.howdah.engine.OpenTransaction;
import io.howdah.engine.ServerKey;
import io.howdah.engine.SettingChange;
import io.howdah.engine.Specification;
import io.howdah.operation.Outcome;
import io.howdah.operation.Workflow;
import io.howdah.server.RecordsInMemory.Row;
import io.howdah.shared.ProblemCode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each step of a change of size leads to, and what is left when it comes to nothing. */
class ScaleServerTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Compute SMALL = new Compute(0.5, 512, 50);
    private static final Compute LARGE = new Compute(1, 1024, 60);
    private static final ScaleServer.Request WANTED = new ScaleServer.Request("H1", LARGE);

    private final FakeEngine engine = new FakeEngine(Clock.fixed(NOW, ZoneOffset.UTC));
    private final RecordsInMemory records = new RecordsInMemory();
    private final UUID id = UUID.randomUUID();
    private final ServerKey key = new ServerKey(id);
    private final Row row = records.add(id);
    private final ScaleServer scale = new ScaleServer(engine, records, records);

    @BeforeEach
    void aRunningServer() {
        Specification specification = new Specification("orders", 17, SMALL, 4, List.of());
        assertThat(WorkflowDriver.run(
                                new CreateServer(engine, records),
                                id,
                                new CreateServer.Request(specification, "dbadmin", "SCRAM-SHA-256$x", null))
                        .problem())
                .isNull();
    }

    @Test
    void itsSizeIsChangedAndTheReceiptKept() {
        engine.slow(Call.RESIZE, 3);
        WorkflowDriver.Run run = WorkflowDriver.run(scale, id, WANTED);
        assertThat(run.problem()).isNull();
        assertThat(run.steps()).containsExactly("RESIZE", "RECORD");
        assertThat(engine.compute(key)).isEqualTo(LARGE);
        assertThat(row.sizes).containsExactly("H1");
        assertThat(row.state).isEqualTo(ServerState.READY);
        assertThat(row.resized.restarted()).isTrue();
        assertThat(records.outputs.values()).singleElement().asString().isEqualTo("""
                vCores                0.5 → 1
                memory                512 MiB → 1024 MiB
                max_connections       50 → 60
                shared_buffers        128 MB → 256 MB

                PostgreSQL was restarted. Clients of the pooled endpoint waited 300 ms at most.
                Transactions through the pooled endpoint meanwhile: 120. Errors that it told its clients: 0.
                """);
    }

    @Test
    void moreOfTheProcessorAloneMakesNobodyWait() {
        Compute faster = new Compute(2, 512, 50);
        WorkflowDriver.run(scale, id, new ScaleServer.Request("H2", faster));
        assertThat(records.outputs.values()).singleElement().asString().isEqualTo("""
                vCores                0.5 → 2
                memory                512 MiB

                PostgreSQL was not restarted, and no client waited.
                Transactions through the pooled endpoint meanwhile: 120. Errors that it told its clients: 0.
                """);
    }

    @Test
    void whatNeedsARestartMayWaitForTheNext() {
        ScaleServer.Request later = new ScaleServer.Request("H1", LARGE, Restart.LATER, "it was idle");
        Instant started = engine.observe(key).startedAt();
        assertThat(WorkflowDriver.run(scale, id, later).problem()).isNull();
        assertThat(engine.compute(key)).isEqualTo(LARGE);
        assertThat(engine.observe(key).startedAt()).isEqualTo(started);
        assertThat(engine.awaitingRestart(key))
                .extracting(SettingChange::name)
                .containsExactly("max_connections", "shared_buffers");
        assertThat(records.outputs.values())
                .singleElement()
                .asString()
                .contains("What needs a restart takes effect with the next one.\n", "Why: it was idle\n");

        assertThat(WorkflowDriver.run(scale, id, WANTED).problem()).isNull();
        assertThat(engine.awaitingRestart(key)).isEmpty();
        assertThat(row.resized.restarted()).isTrue();
    }

    @Test
    void aSessionInTheWayIsEndedAndThenTheSizeIsChanged() {
        OpenTransaction open = new OpenTransaction(17, NOW, "app", "shop", "till", NOW);
        engine.standInTheWay(key, open);
        assertThat(WorkflowDriver.run(scale, id, WANTED).problem().code())
                .isEqualTo(ProblemCode.EngineTransactionInTheWay);
        assertThat(WorkflowDriver.run(new EndSession(engine), id, new EndSession.Request(open))
                        .problem())
                .isNull();
        assertThat(engine.inTheWay(key)).isNull();
        assertThat(WorkflowDriver.run(scale, id, WANTED).problem()).isNull();
    }

    @Test
    void itSleepsWhileNobodyIsConnectedAndIsStillToRun() {
        SleepServer sleep = new SleepServer(engine, records);
        engine.connect(key, new ClientInfo("127.0.0.1", "till", false));
        assertThat(WorkflowDriver.run(sleep, id, new SleepServer.Request()).problem())
                .isNull();
        assertThat(row.state).isEqualTo(ServerState.READY);
        engine.connect(key);
        WorkflowDriver.run(sleep, id, new SleepServer.Request());
        assertThat(engine.observe(key).state()).isEqualTo(Observation.State.ASLEEP);
        assertThat(row.state).isEqualTo(ServerState.STOPPED);
        assertThat(row.settled).isEqualTo(Server.Wish.RUNNING);
        WorkflowDriver.run(new StartServer(engine, records), id, new StartServer.Request());
        assertThat(row.state).isEqualTo(ServerState.READY);
    }

    @Test
    void itIsUpdatingMeanwhile() {
        engine.slow(Call.RESIZE, 1);
        Workflow.Context<ScaleServer.Request> context = new Workflow.Context<>(UUID.randomUUID(), id, WANTED, 1, NOW);
        assertThat(scale.run(ScaleServer.Step.RESIZE, context)).isInstanceOf(Outcome.Wait.class);
        assertThat(row.state).isEqualTo(ServerState.UPDATING);
        assertThat(row.wishedSize).isEqualTo("H1");
    }

    @Test
    void aStoppedServerIsGivenItAndStaysStopped() {
        WorkflowDriver.run(new StopServer(engine, records), id, new StopServer.Request());
        assertThat(WorkflowDriver.run(scale, id, WANTED).problem()).isNull();
        assertThat(row.state).isEqualTo(ServerState.STOPPED);
        assertThat(engine.compute(key)).isEqualTo(LARGE);
        assertThat(engine.observe(key).state()).isEqualTo(Observation.State.STOPPED);
    }

    @Test
    void whatCannotBeDoneLeavesTheSizeThereWas() {
        engine.fail(
                Call.RESIZE,
                1,
                FakeEngine.failure(
                        ProblemCode.EngineTransactionInTheWay, false, "17", "app", "shop", "till", "12:00", "3"));
        WorkflowDriver.Run run = WorkflowDriver.run(scale, id, WANTED);
        assertThat(run.problem().code()).isEqualTo(ProblemCode.EngineTransactionInTheWay);
        assertThat(run.steps()).containsExactly("RESIZE", "UNDO");
        assertThat(engine.compute(key)).isEqualTo(SMALL);
        assertThat(row.sizes).isEmpty();
        assertThat(row.wishedSize).isNull();
        assertThat(row.state).isEqualTo(ServerState.READY);
        assertThat(records.outputs).isEmpty();
    }

    @Test
    void whatWasDoneAndThenFailsIsTakenBack() {
        UUID operation = UUID.randomUUID();
        Workflow.Context<ScaleServer.Request> context = new Workflow.Context<>(operation, id, WANTED, 1, NOW);
        assertThat(scale.run(ScaleServer.Step.RESIZE, context)).isEqualTo(Outcome.next(ScaleServer.Step.RECORD));
        engine.crash(key);
        assertThat(scale.run(ScaleServer.Step.RECORD, context)).isInstanceOf(Outcome.Failed.class);
        assertThat(row.sizes).isEmpty();
        assertThat(scale.undo(ScaleServer.Step.RECORD, WANTED)).contains(ScaleServer.Step.UNDO);
        assertThat(scale.run(ScaleServer.Step.UNDO, context)).isInstanceOf(Outcome.Done.class);
        assertThat(engine.compute(key)).isEqualTo(SMALL);
        // Once more, after a crash: it is not moved there and back again.
        assertThat(scale.run(ScaleServer.Step.UNDO, context)).isInstanceOf(Outcome.Done.class);
        assertThat(engine.compute(key)).isEqualTo(SMALL);
    }

    @Test
    void whatMayPassIsTriedAgainAndARetryBeginsAtTheBeginning() {
        engine.fail(Call.RESIZE, 1, FakeEngine.failure(ProblemCode.EnginePoolerNotHeld, true, "3"));
        assertThat(WorkflowDriver.run(scale, id, WANTED).problem()).isNull();
        assertThat(scale.retryFrom(ScaleServer.Step.RESIZE, WANTED)).isEqualTo(ScaleServer.Step.RESIZE);
        assertThat(scale.retryFrom(ScaleServer.Step.RECORD, WANTED)).isEqualTo(ScaleServer.Step.RESIZE);
        assertThat(scale.retryFrom(ScaleServer.Step.UNDO, WANTED)).isEqualTo(ScaleServer.Step.UNDO);
    }

    @Test
    void whatWasNeverCreatedHasNoSize() {
        row.settled = null;
        WorkflowDriver.Run run = WorkflowDriver.run(scale, id, WANTED);
        assertThat(run.problem().code()).isEqualTo(ProblemCode.ServerNeverCreated);
        assertThat(engine.compute(key)).isEqualTo(SMALL);
    }
}
