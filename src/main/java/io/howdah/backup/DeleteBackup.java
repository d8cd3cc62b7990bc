package io.howdah.backup;

import io.howdah.engine.BackupEngine;
import io.howdah.engine.Engine;
import io.howdah.engine.ServerKey;
import io.howdah.operation.Outcome;
import io.howdah.operation.Workflow;
import io.howdah.server.Units;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;

/** Removes a backup, and those that build on it, before its time. */
@Dependent
final class DeleteBackup implements Workflow<DeleteBackup.Step, DeleteBackup.Request> {

    static final String KIND = "backup-delete";

    enum Step {
        DELETE,
        RECORD
    }

    record Request(String label) {}

    private final Engine engine;
    private final BackupRecords records;

    @Inject
    DeleteBackup(Engine engine, BackupRecords records) {
        this.engine = engine;
        this.records = records;
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
        return List.of(Step.DELETE, Step.RECORD);
    }

    /** Half a backup is none. */
    @Override
    public boolean onlyForward(Step step) {
        return true;
    }

    @Override
    public Outcome<Step> run(Step step, Context<Request> context) {
        ServerKey key = new ServerKey(context.subjectId());
        return switch (step) {
            case DELETE ->
                Units.follow(
                        backups().delete(key, context.data().label()),
                        context.stepSince(),
                        () -> Outcome.next(Step.RECORD));
            case RECORD -> {
                records.found(key.id(), backups().catalogue(key));
                yield Outcome.done();
            }
        };
    }

    private BackupEngine backups() {
        return engine.backups()
                .orElseThrow(() -> Problem.of(ProblemCode.BackupsNotAvailable).raise());
    }
}
