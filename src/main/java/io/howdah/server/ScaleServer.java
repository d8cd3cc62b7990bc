package io.howdah.server;

import io.howdah.engine.Compute;
import io.howdah.engine.Engine;
import io.howdah.engine.Progress;
import io.howdah.engine.Resized;
import io.howdah.engine.ServerKey;
import io.howdah.operation.OperationOutputs;
import io.howdah.operation.Outcome;
import io.howdah.operation.Workflow;
import io.howdah.server.Server.Wish;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Gives a server another size. It runs on meanwhile; what its clients noticed is kept as a receipt. A change that fails
 * leaves the size there was.
 */
@Dependent
final class ScaleServer implements Workflow<ScaleServer.Step, ScaleServer.Request> {

    static final String KIND = "server-scale";

    enum Step {
        RESIZE,
        RECORD,
        UNDO
    }

    /**
     * @param size its code; what it meant when it was asked for is {@code compute}
     * @param restart when PostgreSQL is restarted, if that is needed; null as {@link Restart#BEHIND_PAUSE}
     * @param why it was asked for, in words; null when a person simply did
     */
    record Request(String size, Compute compute, Restart restart, String why) {

        Request(String size, Compute compute) {
            this(size, compute, Restart.BEHIND_PAUSE, null);
        }
    }

    private final Engine engine;
    private final ServerRecords records;
    private final OperationOutputs outputs;

    @Inject
    ScaleServer(Engine engine, ServerRecords records, OperationOutputs outputs) {
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
        return List.of(Step.RESIZE, Step.RECORD);
    }

    @Override
    public Optional<Step> undo(Step failed, Request data) {
        return failed == Step.UNDO ? Optional.empty() : Optional.of(Step.UNDO);
    }

    /** By then it has been done. */
    @Override
    public boolean onlyForward(Step step) {
        return step == Step.RECORD;
    }

    @Override
    public void withdraw(Context<Request> context) {
        records.withdraw(context.subjectId(), context.operationId());
    }

    @Override
    public Outcome<Step> run(Step step, Context<Request> context) {
        ServerKey key = new ServerKey(context.subjectId());
        return switch (step) {
            case RESIZE -> resize(key, context.operationId(), context.data());
            case RECORD -> record(key, context.operationId(), context.data());
            case UNDO -> asBefore(key, context.operationId());
        };
    }

    private Outcome<Step> resize(ServerKey key, UUID operation, Request wanted) {
        if (!records.created(key.id())) {
            return Steps.neverCreated();
        }
        records.askSize(key.id(), operation, wanted.size());
        records.state(key.id(), ServerState.UPDATING, null);
        Progress progress = wanted.restart() == Restart.LATER
                ? engine.resizeWithoutRestart(key, operation, wanted.compute())
                : engine.resize(key, operation, wanted.compute());
        return Steps.<Step>follow(progress, () -> Outcome.next(Step.RECORD));
    }

    private Outcome<Step> record(ServerKey key, UUID operation, Request wanted) {
        Runnable reached = () -> {
            Resized how = engine.resized(key, operation);
            if (how != null) {
                outputs.keep(operation, SizeReceipt.of(how, wanted.restart(), wanted.why()));
            }
            records.settleSize(key.id(), operation, wanted.size(), how, wanted.why());
        };
        if (records.settled(key.id()) == Wish.RUNNING) {
            return Steps.settleRunning(engine, records, key.id(), reached);
        }
        reached.run();
        return Steps.settle(engine, records, key.id());
    }

    private Outcome<Step> asBefore(ServerKey key, UUID operation) {
        records.withdraw(key.id(), operation);
        if (!records.created(key.id())) {
            return Outcome.done();
        }
        Resized begun = engine.resized(key, operation);
        if (begun == null) {
            return Steps.settle(engine, records, key.id());
        }
        return Steps.<Step>follow(
                engine.resize(key, operation, begun.before()), () -> Steps.settle(engine, records, key.id()));
    }
}
