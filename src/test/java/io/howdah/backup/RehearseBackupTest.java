package io.howdah.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.engine.Administrator;
import io.howdah.engine.BackupKind;
import io.howdah.engine.BackupTask;
import io.howdah.engine.Compute;
import io.howdah.engine.Engine;
import io.howdah.engine.FakeEngine;
import io.howdah.engine.FakeEngine.Call;
import io.howdah.engine.Progress;
import io.howdah.engine.ServerKey;
import io.howdah.engine.Specification;
import io.howdah.server.RecordsInMemory;
import io.howdah.server.WorkflowDriver;
import io.howdah.server.WorkflowDriver.Run;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each step of a rehearsal leads to, when it works and when it fails for good. */
class RehearseBackupTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Specification SMALL =
            new Specification("rehearsal", 17, new Compute(0.25, 256, 40), 4, List.of());

    /** It goes on by itself, a second each time it is asked. */
    private static final class Ticking extends Clock {
        private Instant now = NOW;

        @Override
        public Instant instant() {
            now = now.plusSeconds(1);
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private final Ticking clock = new Ticking();
    private final FakeEngine engine = new FakeEngine(clock);
    private final RehearsalRecordsInMemory records = new RehearsalRecordsInMemory();
    private final RecordsInMemory outputs = new RecordsInMemory();
    private final UUID id = UUID.randomUUID();
    private final ServerKey key = new ServerKey(id);
    private Instant between;

    @BeforeEach
    void aServerWithABackup() {
        engine.provision(key, SMALL);
        engine.start(key);
        engine.setAdministrator(key, new Administrator("dba", "SCRAM"));
        engine.backups().orElseThrow().enable(key);
        engine.backups().orElseThrow().backUp(key, UUID.randomUUID(), new BackupTask(BackupKind.FULL, Map.of()));
        engine.backups().orElseThrow().archive(key, UUID.randomUUID());
        between = clock.now;
    }

    private RehearseBackup.Request request(boolean byItself) {
        return new RehearseBackup.Request(SMALL, "dba", 1, between, 1, 1 << 20, byItself);
    }

    private Run rehearse() {
        return WorkflowDriver.run(workflow(engine), id, request(true));
    }

    private RehearseBackup workflow(Engine any) {
        return new RehearseBackup(any, records, outputs, clock);
    }

    @Test
    void aWholeBackupIsProvedAndNothingIsLeft() {
        records.checks = List.of(new SqlCheck("there", "postgres", "SELECT true"));
        records.othersInTheWay = 2;
        engine.slow(Call.RESTORE, 2);
        Run run = rehearse();
        assertThat(run.problem()).isNull();
        assertThat(run.steps())
                .containsExactlyElementsOf(
                        workflow(engine).path().stream().map(Enum::name).toList());
        assertThat(engine.servers()).containsExactly(key);
        assertThat(engine.backups().orElseThrow().repositories()).containsExactly(key);
        assertThat(records.results).containsExactly(new CheckResult("there", null));
        assertThat(records.restored).isNotNull();
        assertThat(records.recovered).isNotNull();
        assertThat(records.recoveryPoint).isBetween(Duration.ZERO, Duration.ofSeconds(60));
        assertThat(outputs.find(outputs(run)).isPresent()).isTrue();
    }

    /** The driver makes the operation's id up; the records know it. */
    private UUID outputs(Run run) {
        return records.marks.keySet().iterator().next();
    }

    @ParameterizedTest
    @CsvSource({
        "VERIFY_REPOSITORY, 1, VERIFY_REPOSITORY",
        "ARCHIVE, 1, MARK",
        "RESTORE, 1, RESTORE_NEWEST",
        "RECOVER, 1, RECOVER_NEWEST",
        "VERIFY, 1, CHECK_NEWEST",
        "VERIFY_FILES, 1, CHECKSUMS_NEWEST",
        "REMOVE, 1, CLEAR",
        "RESTORE, 2, RESTORE_INSTANT",
        "RECOVER, 2, RECOVER_INSTANT",
        "VERIFY, 2, CHECK_INSTANT",
        "VERIFY_FILES, 2, CHECKSUMS_INSTANT",
        "FORGET, 2, REMOVE"
    })
    void whatFailsIsSaidAndNothingIsLeft(Call call, int nth, String step) {
        engine.fail(
                call, nth, new Progress.Failed(Problem.of(ProblemCode.RepositoryDamaged, "a file"), "detail", false));
        Run run = rehearse();
        assertThat(run.problem().code()).isEqualTo(ProblemCode.RepositoryDamaged);
        assertThat(run.steps()).endsWith(step, "UNDO");
        assertThat(engine.servers()).containsExactly(key);
        assertThat(engine.backups().orElseThrow().repositories()).containsExactly(key);
    }

    @Test
    void allChecksAreAskedAndThoseThatFailAreNamed() {
        records.checks = List.of(
                new SqlCheck("orders", "postgres", "SELECT false"), new SqlCheck("there", "postgres", "SELECT true"));
        Run run = rehearse();
        assertThat(run.problem().code()).isEqualTo(ProblemCode.RehearsalChecksFailed);
        assertThat(run.problem().message()).contains("orders").doesNotContain("there");
        assertThat(records.results).extracting(CheckResult::passed).containsExactly(false, true);
        assertThat(engine.servers()).containsExactly(key);
    }

    @Test
    void aStoppedServerIsRehearsedWithoutAMarker() {
        engine.stop(key);
        Run run = rehearse();
        assertThat(run.problem()).isNull();
        assertThat(records.marks).isEmpty();
        assertThat(records.recoveryPoint).isEqualTo(Duration.ZERO);
    }

    @Test
    void aMarkerThatDoesNotComeBackIsMissed() {
        // As if its commit had been told and lost: the archive ends before it.
        engine.failQuietly(Call.ARCHIVE);
        Run run = rehearse();
        assertThat(run.problem().code()).isEqualTo(ProblemCode.RehearsalChangesMissing);
    }

    @Test
    void whatDoesNotEndAtTheInstantIsFound() {
        engine.recoverTooFar();
        Run run = rehearse();
        assertThat(run.problem().code()).isEqualTo(ProblemCode.RehearsalStateDiffers);
    }

    @Test
    void whatNobodyAskedForGivesWayAndCanBeTakenBackUntilAllIsProved() {
        RehearseBackup workflow = workflow(engine);
        assertThat(workflow.givesWay(request(true))).isTrue();
        assertThat(workflow.givesWay(request(false))).isFalse();
        for (RehearseBackup.Step step : workflow.path()) {
            assertThat(workflow.onlyForward(step)).isEqualTo(step == RehearseBackup.Step.KEEP);
            assertThat(workflow.undo(step, request(true))).contains(RehearseBackup.Step.UNDO);
        }
    }

    @Test
    void itIsPutOffWhereItWouldTakeTheRoomThatServersNeed() {
        RehearseBackup.Request huge = new RehearseBackup.Request(SMALL, "dba", 1, between, 1, 2_000L << 30, true);
        Run run = WorkflowDriver.run(workflow(engine), id, huge);
        assertThat(run.problem().code()).isEqualTo(ProblemCode.RehearsalNoRoom);
        assertThat(run.problem().message()).contains("2501 GiB");
        assertThat(engine.calls()).noneMatch(call -> call.startsWith("RESTORE"));
    }
}
