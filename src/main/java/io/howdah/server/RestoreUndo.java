package io.howdah.server;

import io.howdah.engine.BackupEngine;
import io.howdah.engine.Engine;
import io.howdah.engine.ServerKey;
import io.howdah.operation.Outcome;
import io.howdah.operation.Workflow;
import io.howdah.server.Server.Wish;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Goes back to the files a server had before a restore in place. What was written since that restore goes with the files
 * it was written to, but stays in the repository.
 */
@Dependent
final class RestoreUndo implements Workflow<RestoreUndo.Step, RestoreUndo.Request> {

    static final String KIND = "server-restore-undo";

    enum Step {
        STOP,
        EXCHANGE_BACK,
        START,
        VERIFY,
        START_AGAIN
    }

    /** @param restoration the operation that restored */
    record Request(UUID restoration) {}

    private final Engine engine;
    private final ServerRecords records;

    @Inject
    RestoreUndo(Engine engine, ServerRecords records) {
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
        return List.of(Step.STOP, Step.EXCHANGE_BACK, Step.START, Step.VERIFY);
    }

    @Override
    public boolean onlyForward(Step step) {
        return step == Step.EXCHANGE_BACK || step == Step.START || step == Step.VERIFY;
    }

    /** Whichever files are in use when the exchange did not work: the server comes up on them. */
    @Override
    public Optional<Step> undo(Step failed, Request data) {
        return failed == Step.STOP || failed == Step.EXCHANGE_BACK ? Optional.of(Step.START_AGAIN) : Optional.empty();
    }

    @Override
    public void withdraw(Context<Request> context) {
        records.withdraw(context.subjectId(), context.operationId());
    }

    @Override
    public Outcome<Step> run(Step step, Context<Request> context) {
        ServerKey key = new ServerKey(context.subjectId());
        UUID operation = context.operationId();
        return switch (step) {
            case STOP -> stop(key, operation);
            case EXCHANGE_BACK ->
                Steps.follow(backups().exchangeBack(key, context.data().restoration()), () -> Outcome.next(Step.START));
            case START -> Steps.follow(engine.start(key), () -> Outcome.next(Step.VERIFY));
            case VERIFY ->
                Steps.settleRunning(engine, records, key.id(), () -> records.settle(key.id(), operation, Wish.RUNNING));
            case START_AGAIN -> startAgain(key, operation);
        };
    }

    private BackupEngine backups() {
        return RestoreSteps.backups(engine);
    }

    private Outcome<Step> stop(ServerKey key, UUID operation) {
        if (!records.created(key.id())) {
            return Steps.neverCreated();
        }
        records.ask(key.id(), operation, Wish.RUNNING);
        records.state(key.id(), ServerState.UPDATING, null);
        return Steps.<Step>follow(engine.stop(key), () -> Outcome.next(Step.EXCHANGE_BACK));
    }

    private Outcome<Step> startAgain(ServerKey key, UUID operation) {
        records.withdraw(key.id(), operation);
        if (!records.created(key.id())) {
            return Outcome.done();
        }
        if (records.settled(key.id()) == Wish.RUNNING) {
            return Steps.<Step>follow(engine.start(key), () -> Steps.settle(engine, records, key.id()));
        }
        return Steps.settle(engine, records, key.id());
    }
}
