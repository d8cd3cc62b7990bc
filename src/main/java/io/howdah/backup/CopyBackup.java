package io.howdah.backup;

import io.howdah.engine.BackupCatalogue;
import io.howdah.engine.BackupEngine;
import io.howdah.engine.BackupKind;
import io.howdah.engine.BackupTask;
import io.howdah.engine.Engine;
import io.howdah.engine.ServerKey;
import io.howdah.operation.Hold;
import io.howdah.operation.OperationOutputs;
import io.howdah.operation.Outcome;
import io.howdah.operation.Workflow;
import io.howdah.server.Units;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes the backup that a server has just been given into its second repository too. An operation of its own, so that
 * neither repository's trouble is the other's.
 */
@Dependent
final class CopyBackup implements Workflow<CopyBackup.Step, CopyBackup.Request> {

    static final String KIND = "backup-copy";

    enum Step {
        BACK_UP,
        SHIP,
        EXPIRE,
        RECORD,
        UNDO
    }

    /**
     * @param of the operation that took the backup into the first repository
     * @param notes what stands beside it
     */
    record Request(UUID of, BackupKind kind, Map<String, String> notes) {}

    private final Engine engine;
    private final BackupRecords records;
    private final OperationOutputs outputs;

    @Inject
    CopyBackup(Engine engine, BackupRecords records, OperationOutputs outputs) {
        this.engine = engine;
        this.records = records;
        this.outputs = outputs;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Class<Step> steps() {
        return Step.class;
    }

    @Override
    public Class<Request> data() {
        return Request.class;
    }

    @Override
    public List<Step> path() {
        return List.of(Step.BACK_UP, Step.SHIP, Step.EXPIRE, Step.RECORD);
    }

    /** Measured progress puts it off. */
    @Override
    public Duration deadline() {
        return Duration.ofHours(12);
    }

    /** It is taken again later. */
    @Override
    public boolean givesWay(Request data) {
        return true;
    }

    @Override
    public Hold hold() {
        return Hold.SHARED;
    }

    /** By then the copy is there. */
    @Override
    public boolean onlyForward(Step step) {
        return step == Step.EXPIRE || step == Step.RECORD;
    }

    @Override
    public Optional<Step> undo(Step failed, Request data) {
        return failed == Step.BACK_UP ? Optional.of(Step.UNDO) : Optional.empty();
    }

    @Override
    public Outcome<Step> run(Step step, Context<Request> context) {
        ServerKey key = new ServerKey(context.subjectId());
        Request wanted = context.data();
        return switch (step) {
            case BACK_UP ->
                Units.follow(
                        backups()
                                .backUpRemote(
                                        key,
                                        context.operationId(),
                                        wanted.of(),
                                        new BackupTask(wanted.kind(), wanted.notes())),
                        context.stepSince(),
                        () -> Outcome.next(Step.SHIP));
            case SHIP -> Units.follow(backups().ship(key), context.stepSince(), () -> Outcome.next(Step.EXPIRE));
            case EXPIRE -> {
                Retention retention = records.retention(key.id());
                yield Units.<Step>follow(
                        backups().expireRemote(key, retention.window(), retention.kept()),
                        context.stepSince(),
                        () -> Outcome.next(Step.RECORD));
            }
            case RECORD -> {
                BackupCatalogue there = backups().remoteCatalogue(key);
                records.foundCopies(key.id(), there);
                yield Units.keep(engine, outputs, key, context.operationId());
            }
            case UNDO -> Units.end(engine, outputs, key, context.operationId(), context.stepSince());
        };
    }

    private BackupEngine backups() {
        return engine.backups()
                .orElseThrow(() -> Problem.of(ProblemCode.BackupsNotAvailable).raise());
    }
}
