package io.howdah.server;

import io.howdah.engine.Engine;
import io.howdah.engine.ServerKey;
import io.howdah.engine.Storage;
import io.howdah.operation.Outcome;
import io.howdah.operation.Workflow;
import io.howdah.server.Server.Wish;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Goes back to the storage a server had before it was given less, as it was at that moment: what was written since goes
 * with the smaller disk, but stays in the repository.
 */
@Dependent
final class ReturnStorage implements Workflow<ReturnStorage.Step, ReturnStorage.Request> {

    static final String KIND = "server-shrink-undo";

    private static final long GIB = 1L << 30;

    enum Step {
        STOP,
        EXCHANGE_BACK,
        START,
        VERIFY,
        START_AGAIN
    }

    /**
     * @param change the operation that has exchanged the storage
     * @param storageGib what it had before
     */
    record Request(UUID change, int storageGib) {}

    private final Engine engine;
    private final ServerRecords records;

    @Inject
    ReturnStorage(Engine engine, ServerRecords records) {
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

    /** Whichever disk is in use when the exchange did not work: the server comes up on it. */
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
        Request wanted = context.data();
        return switch (step) {
            case STOP -> stop(key, operation);
            case EXCHANGE_BACK ->
                Steps.follow(engine.returnStorage(key, wanted.change()), () -> Outcome.next(Step.START));
            case START -> Steps.follow(engine.start(key), () -> Outcome.next(Step.VERIFY));
            case VERIFY ->
                Steps.settleRunning(engine, records, key.id(), () -> {
                    reached(key.id(), operation, wanted);
                    records.settle(key.id(), operation, Wish.RUNNING);
                });
            case START_AGAIN -> startAgain(key, operation, wanted);
        };
    }

    private Outcome<Step> stop(ServerKey key, UUID operation) {
        if (!records.created(key.id())) {
            return Steps.neverCreated();
        }
        records.ask(key.id(), operation, Wish.RUNNING);
        records.state(key.id(), ServerState.UPDATING, null);
        return Steps.<Step>follow(engine.stop(key), () -> Outcome.next(Step.EXCHANGE_BACK));
    }

    private void reached(UUID server, UUID operation, Request wanted) {
        records.storageLetGo(wanted.change());
        records.settleStorage(server, operation, wanted.storageGib());
    }

    private Outcome<Step> startAgain(ServerKey key, UUID operation, Request wanted) {
        records.withdraw(key.id(), operation);
        if (!records.created(key.id())) {
            return Outcome.done();
        }
        if (records.settled(key.id()) == Wish.RUNNING) {
            return Steps.<Step>follow(engine.start(key), () -> {
                Storage now = engine.storage(key);
                // Whatever was reported, it may have been exchanged.
                if (now != null && Math.round((double) now.capacityBytes() / GIB) >= wanted.storageGib()) {
                    reached(key.id(), operation, wanted);
                }
                return Steps.settle(engine, records, key.id());
            });
        }
        return Steps.settle(engine, records, key.id());
    }
}
