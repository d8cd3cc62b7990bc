package io.howdah.server;

import io.howdah.engine.Engine;
import io.howdah.engine.OpenTransaction;
import io.howdah.engine.Progress;
import io.howdah.engine.ServerKey;
import io.howdah.engine.StorageSwitch;
import io.howdah.operation.OperationOutputs;
import io.howdah.operation.Outcome;
import io.howdah.operation.Workflow;
import io.howdah.server.Server.Wish;
import io.howdah.shared.Messages;
import io.howdah.shared.ProblemCode;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Gives a server less storage. A copy of it on a smaller disk follows it while it works; both are exchanged in a moment in
 * which no transaction is open. Until then it can be called off, and leaves nothing behind; the disk before is kept for a
 * while.
 */
@Dependent
final class ShrinkStorage implements Workflow<ShrinkStorage.Step, ShrinkStorage.Request> {

    static final String KIND = "server-shrink";

    /** A transaction that was in the way is looked at again after this. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    enum Step {
        COPY,
        GIVE_WAY,
        SWITCH,
        RECORD,
        DISCARD
    }

    /** @param beforeGib what it was to have when this was asked for */
    record Request(int beforeGib, int storageGib) {}

    private final Engine engine;
    private final ServerRecords records;
    private final OperationOutputs outputs;

    @Inject
    ShrinkStorage(Engine engine, ServerRecords records, OperationOutputs outputs) {
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
        return List.of(Step.COPY, Step.GIVE_WAY, Step.SWITCH, Step.RECORD);
    }

    @Override
    public Duration deadline() {
        return RestoreSteps.DEADLINE;
    }

    @Override
    public Optional<Step> undo(Step failed, Request data) {
        return failed == Step.RECORD || failed == Step.DISCARD ? Optional.empty() : Optional.of(Step.DISCARD);
    }

    /** Whoever is let go on has the smaller storage by then. */
    @Override
    public boolean onlyForward(Step step) {
        return step == Step.SWITCH || step == Step.RECORD;
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
            case COPY -> copy(key, operation, context.data());
            case GIVE_WAY -> giveWay(key);
            case SWITCH -> change(key, operation, context.data());
            case RECORD -> record(key, operation, context.data());
            case DISCARD -> discard(key, operation, context.data());
        };
    }

    private Outcome<Step> copy(ServerKey key, UUID operation, Request wanted) {
        if (!records.created(key.id())) {
            return Steps.neverCreated();
        }
        records.askStorage(key.id(), operation, wanted.storageGib());
        return Steps.<Step>follow(
                engine.copyStorage(key, operation, wanted.storageGib()), () -> Outcome.next(Step.GIVE_WAY));
    }

    private Outcome<Step> giveWay(ServerKey key) {
        if (records.settled(key.id()) != Wish.RUNNING) {
            return Outcome.next(Step.SWITCH);
        }
        OpenTransaction open = engine.inTheWay(key);
        return open == null
                ? Outcome.next(Step.SWITCH)
                : new Outcome.Wait<>(
                        LOOK_AGAIN,
                        Messages.text(
                                "server.shrink.waits",
                                Integer.toString(open.pid()),
                                open.role(),
                                open.database(),
                                open.since().truncatedTo(ChronoUnit.SECONDS).toString()));
    }

    private Outcome<Step> change(ServerKey key, UUID operation, Request wanted) {
        records.state(key.id(), ServerState.UPDATING, null);
        Progress progress = engine.switchStorage(key, operation, wanted.storageGib());
        if (progress instanceof Progress.Failed failed
                && failed.problem().code() == ProblemCode.EngineTransactionInTheWay) {
            return Outcome.next(Step.GIVE_WAY);
        }
        return Steps.<Step>follow(progress, () -> Outcome.next(Step.RECORD));
    }

    private Outcome<Step> record(ServerKey key, UUID operation, Request wanted) {
        Runnable reached = () -> reached(key.id(), operation, wanted, engine.storageSwitched(key, operation));
        if (records.settled(key.id()) == Wish.RUNNING) {
            return Steps.settleRunning(engine, records, key.id(), reached);
        }
        reached.run();
        return Steps.settle(engine, records, key.id());
    }

    private void reached(UUID server, UUID operation, Request wanted, StorageSwitch how) {
        outputs.keep(operation, StorageReceipt.of(wanted.beforeGib(), wanted.storageGib(), how));
        records.settleShrink(server, operation, wanted.storageGib(), how);
    }

    private Outcome<Step> discard(ServerKey key, UUID operation, Request wanted) {
        records.withdraw(key.id(), operation);
        if (!records.created(key.id())) {
            return Outcome.done();
        }
        StorageSwitch how = engine.storageSwitched(key, operation);
        if (how != null) {
            // Clients have written to it: whatever was reported, it stays.
            reached(key.id(), operation, wanted, how);
            return Steps.settle(engine, records, key.id());
        }
        return Steps.<Step>follow(engine.dropStorage(key, operation), () -> Steps.settle(engine, records, key.id()));
    }
}
