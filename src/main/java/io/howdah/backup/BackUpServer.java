package io.howdah.backup;

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

/** Takes a backup of a running server, beside whatever else goes on, and removes what is no longer to be kept. */
@Dependent
final class BackUpServer implements Workflow<BackUpServer.Step, BackUpServer.Request> {

    static final String KIND = "backup";

    enum Step {
        ENABLE,
        BACK_UP,
        EXPIRE,
        RECORD,
        UNDO
    }

    /** @param notes what stands beside the backup in the repository */
    record Request(BackupKind kind, Map<String, String> notes) {}

    private final Engine engine;
    private final BackupRecords records;
    private final OperationOutputs outputs;

    @Inject
    BackUpServer(Engine engine, BackupRecords records, OperationOutputs outputs) {
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
        return List.of(Step.ENABLE, Step.BACK_UP, Step.EXPIRE, Step.RECORD);
    }

    /** Measured progress puts it off. */
    @Override
    public Duration deadline() {
        return Duration.ofHours(6);
    }

    /** One that nobody asked for is taken again later. */
    @Override
    public boolean givesWay(Request data) {
        return Origin.of(data.notes().get(BackupEntry.ORIGIN)) != Origin.ON_DEMAND;
    }

    @Override
    public Hold hold() {
        return Hold.SHARED;
    }

    /** By then the backup is there. */
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
            case ENABLE -> Units.follow(backups().enable(key), context.stepSince(), () -> Outcome.next(Step.BACK_UP));
            case BACK_UP ->
                Units.follow(
                        backups().backUp(key, context.operationId(), new BackupTask(wanted.kind(), wanted.notes())),
                        context.stepSince(),
                        () -> Outcome.next(Step.EXPIRE));
            case EXPIRE -> expire(key, context);
            case RECORD -> {
                records.found(key.id(), backups().catalogue(key));
                yield Units.keep(engine, outputs, key, context.operationId());
            }
            case UNDO -> Units.end(engine, outputs, key, context.operationId(), context.stepSince());
        };
    }

    private Outcome<Step> expire(ServerKey key, Context<Request> context) {
        // What has just been taken counts too: its own keep-until may be the reason to keep what it builds on.
        records.found(key.id(), backups().catalogue(key));
        Retention retention = records.retention(key.id());
        return Units.<Step>follow(
                backups().expire(key, retention.window(), retention.kept()),
                context.stepSince(),
                () -> Outcome.next(Step.RECORD));
    }

    private BackupEngine backups() {
        return engine.backups()
                .orElseThrow(() -> Problem.of(ProblemCode.BackupsNotAvailable).raise());
    }
}
