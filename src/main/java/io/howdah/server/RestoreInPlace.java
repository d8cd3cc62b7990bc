package io.howdah.server;

import io.howdah.engine.BackupEngine;
import io.howdah.engine.Engine;
import io.howdah.engine.ServerKey;
import io.howdah.operation.Outcome;
import io.howdah.operation.Workflow;
import io.howdah.server.Server.Wish;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes a server back to how it was at some time. The files of that time are made beside those in use, while the server
 * runs; then it is down for as long as it takes to exchange them. The files before are kept, under the operation's id, so
 * that one can go back. A restore that fails at any step leaves the server as it was.
 */
@Dependent
final class RestoreInPlace implements Workflow<RestoreInPlace.Step, RestoreInPlace.Request> {

    static final String KIND = "server-restore-in-place";

    enum Step {
        ARCHIVE,
        RESTORE_BESIDE,
        STOP,
        EXCHANGE,
        RECOVER,
        VERIFY,
        /** Undoing begins here when files may have been exchanged, … */
        STOP_AGAIN,
        EXCHANGE_BACK,
        /** … here when the server may have been stopped, … */
        START_AGAIN,
        /** … and here when it never was. */
        DISCARD
    }

    /** @param archive whether the point lies later than what is certain to be in the repository */
    record Request(RestorePoint point, boolean archive) {}

    private final Engine engine;
    private final ServerRecords records;

    @Inject
    RestoreInPlace(Engine engine, ServerRecords records) {
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
        return List.of(Step.ARCHIVE, Step.RESTORE_BESIDE, Step.STOP, Step.EXCHANGE, Step.RECOVER, Step.VERIFY);
    }

    @Override
    public Duration deadline() {
        return RestoreSteps.DEADLINE;
    }

    @Override
    public Optional<Step> undo(Step failed, Request data) {
        return switch (failed) {
            case ARCHIVE, RESTORE_BESIDE -> Optional.of(Step.DISCARD);
            case STOP -> Optional.of(Step.START_AGAIN);
            case EXCHANGE, RECOVER, VERIFY -> Optional.of(Step.STOP_AGAIN);
            case STOP_AGAIN, EXCHANGE_BACK, START_AGAIN, DISCARD -> Optional.empty();
        };
    }

    @Override
    public void withdraw(Context<Request> context) {
        records.withdraw(context.subjectId(), context.operationId());
    }

    @Override
    public Outcome<Step> run(Step step, Context<Request> context) {
        ServerKey key = new ServerKey(context.subjectId());
        UUID unit = context.operationId();
        return switch (step) {
            case ARCHIVE -> archive(key, unit, context.data());
            case RESTORE_BESIDE -> restore(key, unit, context.data());
            case STOP -> stop(key, unit);
            case EXCHANGE -> Steps.follow(backups().exchange(key, unit), () -> Outcome.next(Step.RECOVER));
            case RECOVER -> Steps.follow(backups().recover(key), () -> Outcome.next(Step.VERIFY));
            case VERIFY ->
                Steps.settleRunning(engine, records, key.id(), () -> records.settle(key.id(), unit, Wish.RUNNING));
            case STOP_AGAIN -> Steps.follow(engine.stop(key), () -> Outcome.next(Step.EXCHANGE_BACK));
            case EXCHANGE_BACK -> Steps.follow(backups().exchangeBack(key, unit), () -> Outcome.next(Step.START_AGAIN));
            case START_AGAIN -> startAgain(key);
            case DISCARD -> discard(key, unit);
        };
    }

    private BackupEngine backups() {
        return RestoreSteps.backups(engine);
    }

    private Outcome<Step> archive(ServerKey key, UUID unit, Request wanted) {
        return records.created(key.id())
                ? RestoreSteps.archive(engine, key, unit, wanted.archive(), () -> Outcome.next(Step.RESTORE_BESIDE))
                : Steps.neverCreated();
    }

    private Outcome<Step> restore(ServerKey key, UUID unit, Request wanted) {
        return Steps.<Step>follow(
                backups().restoreBeside(key, unit, wanted.point().target()), () -> Outcome.next(Step.STOP));
    }

    private Outcome<Step> stop(ServerKey key, UUID unit) {
        records.ask(key.id(), unit, Wish.RUNNING);
        records.state(key.id(), ServerState.UPDATING, null);
        return Steps.<Step>follow(engine.stop(key), () -> Outcome.next(Step.EXCHANGE));
    }

    private Outcome<Step> startAgain(ServerKey key) {
        return records.settled(key.id()) == Wish.RUNNING
                ? Steps.follow(engine.start(key), () -> Outcome.next(Step.DISCARD))
                : Outcome.next(Step.DISCARD);
    }

    private Outcome<Step> discard(ServerKey key, UUID unit) {
        records.withdraw(key.id(), unit);
        if (!records.created(key.id())) {
            return Outcome.done();
        }
        return Steps.<Step>follow(backups().discard(key, unit), () -> Steps.settle(engine, records, key.id()));
    }
}
