package io.howdah.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.engine.BackupInfo;
import io.howdah.engine.BackupKind;
import io.howdah.engine.Compute;
import io.howdah.engine.FakeEngine;
import io.howdah.engine.FakeEngine.Call;
import io.howdah.engine.Progress;
import io.howdah.engine.ServerKey;
import io.howdah.engine.Specification;
import io.howdah.operation.Workflow;
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
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each step of taking and of deleting a backup leads to, when it works and when it fails for good. */
class BackupWorkflowsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Progress.Failed BROKEN =
            new Progress.Failed(Problem.of(ProblemCode.EngineDiskFull, "/backups"), "log", false);

    private static final class SetClock extends Clock {
        private Instant now = NOW;

        @Override
        public Instant instant() {
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

    private final SetClock clock = new SetClock();
    private final FakeEngine engine = new FakeEngine(clock);
    private final BackupRecordsInMemory records = new BackupRecordsInMemory();
    private final RecordsInMemory outputs = new RecordsInMemory();
    private final UUID id = UUID.randomUUID();
    private final ServerKey key = new ServerKey(id);

    @BeforeEach
    void aRunningServer() {
        engine.provision(key, new Specification("orders", 17, new Compute(1, 1024, 50), 4, List.of()));
        engine.start(key);
    }

    private Run backUp(BackupKind kind) {
        Workflow<BackUpServer.Step, BackUpServer.Request> workflow = new BackUpServer(engine, records, outputs);
        return WorkflowDriver.run(workflow, id, new BackUpServer.Request(kind, Map.of("howdah-origin", "on-demand")));
    }

    private List<String> labels() {
        return records.found.get(id).backups().stream().map(BackupInfo::label).toList();
    }

    @Test
    void aBackupIsTakenAndWrittenDown() {
        engine.slow(Call.BACK_UP, 3);
        Run run = backUp(BackupKind.FULL);
        assertThat(run.problem()).isNull();
        assertThat(run.steps()).containsExactly("ENABLE", "BACK_UP", "EXPIRE", "RECORD");
        assertThat(labels()).containsExactly("b1");
        assertThat(records.found.get(id).backups().getFirst().notes()).containsEntry("howdah-origin", "on-demand");
        assertThat(outputs.find(records.found.get(id).backups().getFirst().unit())
                        .orElseThrow()
                        .text())
                .contains("completed");
    }

    @ParameterizedTest
    @CsvSource({"ENABLE, ENABLE", "BACK_UP, UNDO", "EXPIRE, EXPIRE"})
    void aBackupThatFailsSaysSoAndStopsThere(Call call, String last) {
        engine.fail(call, 1, BROKEN);
        Run run = backUp(BackupKind.FULL);
        assertThat(run.problem().code()).isEqualTo(ProblemCode.EngineDiskFull);
        assertThat(run.steps()).endsWith(last);
    }

    @Test
    void aBackupThatCouldNotBeExpiredAfterIsKnownAllTheSame() {
        engine.fail(Call.EXPIRE, 1, BROKEN);
        backUp(BackupKind.FULL);
        assertThat(labels()).containsExactly("b1");
    }

    @Test
    void whatIsOlderThanTheWindowGoesAndWhatIsKeptStays() {
        backUp(BackupKind.FULL);
        backUp(BackupKind.FULL);
        clock.now = NOW.plus(Duration.ofDays(8));
        backUp(BackupKind.FULL);
        clock.now = NOW.plus(Duration.ofDays(16));
        records.retention = new Retention(clock.now.minus(Duration.ofDays(7)), Set.of("b2"));
        backUp(BackupKind.FULL);
        assertThat(labels()).containsExactly("b2", "b3", "b4");
    }

    private Run copy() {
        return WorkflowDriver.run(
                new CopyBackup(engine, records, outputs),
                id,
                new CopyBackup.Request(UUID.randomUUID(), BackupKind.FULL, Map.of("howdah-origin", "scheduled")));
    }

    @Test
    void aBackupIsCopiedToTheSecondPlaceAndItsChangesWithIt() {
        backUp(BackupKind.FULL);
        engine.slow(Call.SHIP, 2);
        Run run = copy();
        assertThat(run.problem()).isNull();
        assertThat(run.steps()).containsExactly("BACK_UP", "SHIP", "EXPIRE", "RECORD");
        assertThat(records.copies.get(id).backups()).hasSize(1);
        assertThat(labels()).containsExactly("b1");
    }

    @ParameterizedTest
    @CsvSource({"BACK_UP_REMOTE, UNDO", "SHIP, SHIP", "EXPIRE_REMOTE, EXPIRE"})
    void aCopyThatFailsSaysSoAndLeavesTheBackupAlone(Call call, String last) {
        backUp(BackupKind.FULL);
        engine.fail(call, 1, BROKEN);
        Run run = copy();
        assertThat(run.problem().code()).isEqualTo(ProblemCode.EngineDiskFull);
        assertThat(run.steps()).endsWith(last);
        assertThat(labels()).containsExactly("b1");
    }

    @Test
    void aDeletedBackupTakesWithItWhatBuildsOnIt() {
        backUp(BackupKind.FULL);
        clock.now = NOW.plusSeconds(60);
        backUp(BackupKind.FULL);
        backUp(BackupKind.INCREMENTAL);
        Run run = WorkflowDriver.run(new DeleteBackup(engine, records), id, new DeleteBackup.Request("b2"));
        assertThat(run.problem()).isNull();
        assertThat(run.steps()).containsExactly("DELETE", "RECORD");
        assertThat(labels()).containsExactly("b1");
    }

    @Test
    void aBackupOfAServerThatIsGoneCanBeDeleted() {
        backUp(BackupKind.FULL);
        engine.remove(key);
        Run run = WorkflowDriver.run(new DeleteBackup(engine, records), id, new DeleteBackup.Request("b1"));
        assertThat(run.problem()).isNull();
        assertThat(labels()).isEmpty();
    }

    @Test
    void aBackupIsCancelledUntilItIsThere() {
        BackUpServer workflow = new BackUpServer(engine, records, outputs);
        BackUpServer.Request request = new BackUpServer.Request(BackupKind.FULL, Map.of());
        assertThat(workflow.onlyForward(BackUpServer.Step.BACK_UP)).isFalse();
        assertThat(workflow.undo(BackUpServer.Step.BACK_UP, request)).contains(BackUpServer.Step.UNDO);
        assertThat(workflow.onlyForward(BackUpServer.Step.EXPIRE)).isTrue();
    }

    @Test
    void whatStandsBesideABackupTellsAllThatPeopleSaidOfIt() {
        BackupEntry entry = new BackupEntry();
        entry.id = UUID.randomUUID();
        entry.serverId = id;
        entry.origin = Origin.ON_DEMAND;
        entry.name = "before migration";
        entry.note = "of March";
        entry.keepUntil = NOW;
        entry.requestedBy = "anna";
        BackupInfo info = new BackupInfo(
                "b1", BackupKind.FULL, null, entry.id, entry.notes("orders"), NOW, NOW.plusSeconds(5), 1, 10, 5, false);
        BackupEntry again = BackupEntry.found(id, entry.id, info);
        again.see(info);
        entry.askedAt = NOW;
        entry.see(info);
        assertThat(again.view()).isEqualTo(entry.view());
    }
}
