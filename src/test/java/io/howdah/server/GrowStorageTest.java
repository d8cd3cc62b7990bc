package io.howdah.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.engine.Compute;
import io.howdah.engine.FakeEngine;
import io.howdah.engine.FakeEngine.Call;
import io.howdah.engine.ServerKey;
import io.howdah.engine.Specification;
import io.howdah.server.RecordsInMemory.Row;
import io.howdah.shared.ProblemCode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each step of a growth leads to, and what is left when it comes to nothing. */
class GrowStorageTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final GrowStorage.Request WANTED = new GrowStorage.Request(4, 8);

    private final FakeEngine engine = new FakeEngine(Clock.fixed(NOW, ZoneOffset.UTC));
    private final RecordsInMemory records = new RecordsInMemory();
    private final UUID id = UUID.randomUUID();
    private final ServerKey key = new ServerKey(id);
    private final Row row = records.add(id);
    private final GrowStorage grow = new GrowStorage(engine, records, records);

    @BeforeEach
    void aRunningServer() {
        Specification specification = new Specification("orders", 17, new Compute(0.5, 512, 50), 4, List.of());
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

    @Test
    void itHasMoreStorageAndTheReceiptSaysSo() {
        engine.slow(Call.GROW, 2);
        WorkflowDriver.Run run = WorkflowDriver.run(grow, id, WANTED);
        assertThat(run.problem()).isNull();
        assertThat(run.steps()).containsExactly("GROW", "RECORD");
        assertThat(capacityGib()).isEqualTo(8);
        assertThat(row.storageGib).isEqualTo(8);
        assertThat(row.wishedStorageGib).isNull();
        assertThat(row.state).isEqualTo(ServerState.READY);
        assertThat(records.outputs.values()).singleElement().asString().isEqualTo("""
                storage               4 GiB → 8 GiB

                PostgreSQL was not restarted, and no client waited.
                """);
    }

    @Test
    void oneThatWasFullCanBeWrittenToAgain() {
        engine.fill(key, (4L << 30) - (100L << 20));
        assertThat(engine.storage(key).readOnly()).isTrue();
        WorkflowDriver.run(grow, id, WANTED);
        assertThat(engine.storage(key).readOnly()).isFalse();
    }

    @Test
    void whatDoesNotFitOnTheHostLeavesWhatThereWas() {
        engine.fail(Call.GROW, 1, FakeEngine.failure(ProblemCode.EngineDiskFull, false, "the servers"));
        WorkflowDriver.Run run = WorkflowDriver.run(grow, id, WANTED);
        assertThat(run.problem().code()).isEqualTo(ProblemCode.EngineDiskFull);
        assertThat(run.steps()).containsExactly("GROW", "UNDO");
        assertThat(capacityGib()).isEqualTo(4);
        assertThat(row.storageGib).isNull();
        assertThat(row.wishedStorageGib).isNull();
        assertThat(row.state).isEqualTo(ServerState.READY);
        assertThat(records.outputs).isEmpty();
    }

    @Test
    void aStoppedServerGrowsAndStaysStopped() {
        WorkflowDriver.run(new StopServer(engine, records), id, new StopServer.Request());
        assertThat(WorkflowDriver.run(grow, id, WANTED).problem()).isNull();
        assertThat(capacityGib()).isEqualTo(8);
        assertThat(row.state).isEqualTo(ServerState.STOPPED);
    }

    @Test
    void whatWasNeverCreatedHasNoStorage() {
        row.settled = null;
        assertThat(WorkflowDriver.run(grow, id, WANTED).problem().code()).isEqualTo(ProblemCode.ServerNeverCreated);
        assertThat(capacityGib()).isEqualTo(4);
    }
}
