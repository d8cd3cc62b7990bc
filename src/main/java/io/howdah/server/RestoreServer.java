package io.howdah.server;

import io.howdah.engine.BackupEngine;
import io.howdah.engine.Engine;
import io.howdah.engine.RestoreSource;
import io.howdah.engine.ServerKey;
import io.howdah.engine.Specification;
import io.howdah.operation.Outcome;
import io.howdah.operation.Workflow;
import io.howdah.server.Server.Wish;
import io.howdah.shared.Messages;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes a server from another's repository, as that one was at some time. The other goes on undisturbed, and may be gone.
 * A restore that fails leaves nothing on the host; it may be retried or deleted.
 */
@Dependent
final class RestoreServer implements Workflow<RestoreServer.Step, RestoreServer.Request> {

    static final String KIND = "server-restore";

    enum Step {
        /** What was committed a moment ago is not in the repository yet. */
        ARCHIVE,
        RESTORE,
        RECOVER,
        FLUSH,
        VERIFY,
        UNDO
    }

    /**
     * @param archive whether the point lies later than what is certain to be in the repository
     * @param waits how long it may wait for room; null when it has it
     */
    record Request(Specification specification, UUID source, RestorePoint point, boolean archive, Duration waits) {

        Request(Specification specification, UUID source, RestorePoint point, boolean archive) {
            this(specification, source, point, archive, null);
        }
    }

    private final Engine engine;
    private final ServerRecords records;

    @Inject
    RestoreServer(Engine engine, ServerRecords records) {
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
        return List.of(Step.ARCHIVE, Step.RESTORE, Step.RECOVER, Step.FLUSH, Step.VERIFY);
    }

    @Override
    public Duration deadline() {
        return RestoreSteps.DEADLINE;
    }

    @Override
    public Duration deadline(Request data) {
        return data.waits() == null ? deadline() : deadline().plus(data.waits());
    }

    @Override
    public Optional<Step> undo(Step failed, Request data) {
        return failed == Step.UNDO ? Optional.empty() : Optional.of(Step.UNDO);
    }

    @Override
    public void withdraw(Context<Request> context) {
        undone(context.subjectId());
    }

    @Override
    public Outcome<Step> run(Step step, Context<Request> context) {
        ServerKey key = new ServerKey(context.subjectId());
        Request wanted = context.data();
        return switch (step) {
            case ARCHIVE -> archive(key, context.operationId(), wanted);
            case RESTORE ->
                Steps.follow(
                        backups()
                                .restore(
                                        key,
                                        wanted.specification(),
                                        new RestoreSource(
                                                new ServerKey(wanted.source()),
                                                wanted.point().target())),
                        () -> Outcome.next(Step.RECOVER));
            case RECOVER -> Steps.follow(backups().recover(key), () -> Outcome.next(Step.FLUSH));
            case FLUSH -> Steps.follow(engine.flush(key), () -> Outcome.next(Step.VERIFY));
            case VERIFY ->
                Steps.settleRunning(
                        engine, records, key.id(), () -> records.settle(key.id(), context.operationId(), Wish.RUNNING));
            case UNDO -> RestoreSteps.neverWas(engine, key, () -> undone(key.id()));
        };
    }

    private BackupEngine backups() {
        return RestoreSteps.backups(engine);
    }

    private Outcome<Step> archive(ServerKey key, UUID operation, Request wanted) {
        return Steps.<Step>whenThereIsRoom(records, key.id(), () -> {
            records.state(key.id(), ServerState.PROVISIONING, null);
            return RestoreSteps.archive(
                    engine,
                    new ServerKey(wanted.source()),
                    operation,
                    wanted.archive(),
                    () -> Outcome.next(Step.RESTORE));
        });
    }

    private void undone(UUID id) {
        records.leaveLine(id);
        records.state(id, ServerState.DISABLED, Messages.text("server.note.restore-failed"));
    }
}
