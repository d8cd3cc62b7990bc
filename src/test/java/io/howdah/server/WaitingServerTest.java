package io.howdah.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.engine.Compute;
import io.howdah.engine.FakeEngine;
import io.howdah.engine.Observation;
import io.howdah.engine.ServerKey;
import io.howdah.engine.Specification;
import io.howdah.server.RecordsInMemory.Row;
import io.howdah.server.WorkflowDriver.CancelledRun;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A creation that waits for room: nothing of it exists until its turn comes, and nothing remains if it never does. */
class WaitingServerTest {

    private static final Problem FULL = Problem.of(ProblemCode.NoRoomForMemory, "H1", 1024, 4096, 4096, 1024, "Ada");
    private static final CreateServer.Request WANTED = new CreateServer.Request(
            new Specification("orders", 17, new Compute(0.5, 512, 50), 4, List.of()),
            "dbadmin",
            "SCRAM-SHA-256$x",
            null,
            WaitingServer.LONGEST);

    private final FakeEngine engine =
            new FakeEngine(Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC));
    private final RecordsInMemory records = new RecordsInMemory();
    private final UUID id = UUID.randomUUID();
    private final Row row = records.add(id);
    private final CreateServer create = new CreateServer(engine, records);

    private Observation.State seen() {
        return engine.observe(new ServerKey(id)).state();
    }

    @Test
    void itIsMadeWhenItsTurnComes() {
        records.turns.addAll(List.of(new Turn(FULL, false), new Turn(FULL, false)));
        assertThat(WorkflowDriver.run(create, id, WANTED).problem()).isNull();
        assertThat(seen()).isEqualTo(Observation.State.RUNNING);
        assertThat(records.turns).isEmpty();
    }

    @Test
    void oneWhoseTurnDoesNotComeInTimeEndsWithTheFigures() {
        records.turns.addAll(List.of(new Turn(FULL, false), new Turn(FULL, true)));
        WorkflowDriver.Run run = WorkflowDriver.run(create, id, WANTED);
        assertThat(run.problem().message()).contains("1024 MiB are missing");
        assertThat(run.steps()).containsExactly("PROVISION", "UNDO");
        assertThat(seen()).isEqualTo(Observation.State.ABSENT);
        assertThat(row.state).isEqualTo(ServerState.DISABLED);
    }

    @Test
    void oneThatIsCancelledLeavesTheLine() {
        records.turns.addAll(List.of(new Turn(FULL, false), new Turn(FULL, false), new Turn(FULL, false)));
        CancelledRun run = WorkflowDriver.cancel(create, id, WANTED, 1);
        assertThat(run.cancelled()).isTrue();
        assertThat(seen()).isEqualTo(Observation.State.ABSENT);
        assertThat(records.turns).isEmpty();
    }

    @Test
    void theTimeItWaitsIsNotCountedAgainstTheTimeItTakes() {
        assertThat(create.deadline(WANTED)).isEqualTo(create.deadline().plus(Duration.ofDays(7)));
    }
}
