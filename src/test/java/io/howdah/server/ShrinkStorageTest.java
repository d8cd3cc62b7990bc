package io.howdah.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.engine.Compute;
import io.howdah.engine.FakeEngine;
import io.howdah.engine.FakeEngine.Call;
import io.howdah.engine.OpenTransaction;
import io.howdah.engine.ServerKey;
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

/** What each step of a change to less storage leads to, and what is left when it comes to nothing. */
class ShrinkStorageTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final ShrinkStorage.Request WANTED = new ShrinkStorage.Request(8, 3);
    private static final OpenTransaction OPEN = new OpenTransaction(4711, NOW, "dbadmin", "shop", "till", NOW);

    private final FakeEngine engine = new FakeEngine(Clock.fixed(NOW, ZoneOffset.UTC));
    private final RecordsInMemory records = new RecordsInMemory();
    private final UUID id = UUID.randomUUID();
    private final ServerKey key = new ServerKey(id);
    private final Row row = records.add(id);
    private final ShrinkStorage shrink = new ShrinkStorage(engine, records, records);

    @BeforeEach
    void aRunningServer() {
        Specification specification = new Specification("orders", 17, new Compute(0.5, 512, 50), 8, List.of());
        assertThat(WorkflowDriver.run(
                                new CreateServer(engine, records),
                                id,
                                new CreateServer.Request(specification, "dbadmin", "SCRAM-SHA-256$x", null))
                        .problem())
                .isNull();
    }

    private long capacityGib() {
        return engine.storage(key).capacityBytes() >> 30;
    }

    private Outcome<ShrinkStorage.Step> step(ShrinkStorage.Step step) {
        return shrink.run(step, new Workflow.Context<>(UUID.randomUUID(), id, WANTED, 1, NOW));
    }

    @Test
    void itHasLessStorageAndTheReceiptSaysHowLongClientsWaited() {
        engine.slow(Call.COPY_STORAGE, 2);
        engine.slow(Call.SWITCH_STORAGE, 2);
        WorkflowDriver.Run run = WorkflowDriver.run(shrink, id, WANTED);
        assertThat(run.problem()).isNull();
        assertThat(run.steps()).containsExactly("COPY", "GIVE_WAY", "SWITCH", "RECORD");
        assertThat(capacityGib()).isEqualTo(3);
        assertThat(row.storageGib).isEqualTo(3);
        assertThat(row.wishedStorageGib).isNull();
        assertThat(row.state).isEqualTo(ServerState.READY);
        assertThat(records.kept).hasSize(1);
        assertThat(records.outputs.values())
                .singleElement()
                .asString()
                .startsWith("storage               8 GiB → 3 GiB\n")
                .contains("800 ms", "90", "kept");
    }

    @Test
    void whatIsUsedMustFitWithItsMarginAndNothingIsCopiedOtherwise() {
        engine.fill(key, 3L << 30);
        WorkflowDriver.Run run = WorkflowDriver.run(shrink, id, WANTED);
        assertThat(run.problem().code()).isEqualTo(ProblemCode.StorageTooSmall);
        assertThat(run.problem().message()).contains("3072 MiB");
        assertThat(run.problem().hint()).contains("4 GiB");
        assertThat(run.steps()).containsExactly("COPY", "DISCARD");
        assertAsBefore();
    }

    @Test
    void anExchangeThatFailsLeavesTheDiskThereWasAndNoCopy() {
        engine.fail(Call.SWITCH_STORAGE, 1, FakeEngine.failure(ProblemCode.EngineStartFailed, false));
        WorkflowDriver.Run run = WorkflowDriver.run(shrink, id, WANTED);
        assertThat(run.problem().code()).isEqualTo(ProblemCode.EngineStartFailed);
        assertThat(run.steps()).containsExactly("COPY", "GIVE_WAY", "SWITCH", "DISCARD");
        assertAsBefore();
    }

    private void assertAsBefore() {
        assertThat(capacityGib()).isEqualTo(8);
        assertThat(row.wishedStorageGib).isNull();
        assertThat(row.state).isEqualTo(ServerState.READY);
        assertThat(engine.beside(key)).isZero();
        assertThat(records.kept).isEmpty();
        assertThat(records.outputs).isEmpty();
    }

    @Test
    void aTransactionIsWaitedForWithTheCopyReadyAndNobodyHeldBack() {
        engine.standInTheWay(key, OPEN);
        assertThat(step(ShrinkStorage.Step.GIVE_WAY))
                .isInstanceOfSatisfying(
                        Outcome.Wait.class, wait -> assertThat(wait.doing()).contains("4711", "dbadmin", "shop"));
        assertThat(shrink.onlyForward(ShrinkStorage.Step.GIVE_WAY)).isFalse();
        engine.standInTheWay(key, null);
        assertThat(step(ShrinkStorage.Step.GIVE_WAY)).isEqualTo(Outcome.next(ShrinkStorage.Step.SWITCH));
    }

    @Test
    void oneThatCameInTheWayJustThenIsWaitedForAgain() {
        engine.fail(
                Call.SWITCH_STORAGE,
                1,
                FakeEngine.failure(
                        ProblemCode.EngineTransactionInTheWay, false, "1", "dbadmin", "shop", "till", NOW, "3"));
        assertThat(WorkflowDriver.run(shrink, id, WANTED).steps())
                .containsExactly("COPY", "GIVE_WAY", "SWITCH", "GIVE_WAY", "SWITCH", "RECORD");
        assertThat(capacityGib()).isEqualTo(3);
    }

    @Test
    void theDiskBeforeIsKeptUntilItIsConfirmed() {
        WorkflowDriver.run(shrink, id, WANTED);
        UUID change = records.kept.iterator().next();
        assertThat(engine.beside(key)).isEqualTo(1);
        WorkflowDriver.Run run =
                WorkflowDriver.run(new ConfirmStorage(engine, records), id, new ConfirmStorage.Request(change));
        assertThat(run.problem()).isNull();
        assertThat(engine.beside(key)).isZero();
        assertThat(records.kept).isEmpty();
        assertThat(capacityGib()).isEqualTo(3);
    }

    @Test
    void goingBackIsToWhatThereWasAtThatMoment() {
        WorkflowDriver.run(shrink, id, WANTED);
        UUID change = records.kept.iterator().next();
        engine.createDatabase(key, "later", "dbadmin");
        WorkflowDriver.Run run =
                WorkflowDriver.run(new ReturnStorage(engine, records), id, new ReturnStorage.Request(change, 8));
        assertThat(run.problem()).isNull();
        assertThat(capacityGib()).isEqualTo(8);
        assertThat(row.storageGib).isEqualTo(8);
        assertThat(row.state).isEqualTo(ServerState.READY);
        assertThat(engine.beside(key)).isZero();
        assertThat(engine.databases(key)).noneMatch(database -> database.name().equals("later"));
    }

    @Test
    void goingBackThatFailsLeavesTheDiskInUse() {
        WorkflowDriver.run(shrink, id, WANTED);
        UUID change = records.kept.iterator().next();
        engine.fail(Call.RETURN_STORAGE, 1, FakeEngine.failure(ProblemCode.Internal, false));
        WorkflowDriver.Run run =
                WorkflowDriver.run(new ReturnStorage(engine, records), id, new ReturnStorage.Request(change, 8));
        assertThat(run.steps()).containsExactly("STOP", "EXCHANGE_BACK", "START_AGAIN");
        assertThat(capacityGib()).isEqualTo(3);
        assertThat(row.storageGib).isEqualTo(3);
        assertThat(row.state).isEqualTo(ServerState.READY);
        assertThat(records.kept).containsExactly(change);
    }

    @Test
    void whatWasNeverCreatedHasNoStorage() {
        row.settled = null;
        assertThat(WorkflowDriver.run(shrink, id, WANTED).problem().code()).isEqualTo(ProblemCode.ServerNeverCreated);
        assertThat(engine.beside(key)).isZero();
    }
}
