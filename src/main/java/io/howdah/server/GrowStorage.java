package io.howdah.server;

import io.howdah.engine.Engine;
import io.howdah.engine.ServerKey;
import io.howdah.operation.OperationOutputs;
import io.howdah.operation.Outcome;
import io.howdah.operation.Workflow;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Gives a server more storage while it runs. */
@Dependent
final class GrowStorage implements Workflow<GrowStorage.Step, GrowStorage.Request> {

    static final String KIND = "server-grow";

    enum Step {
        GROW,
        RECORD,
        UNDO
    }

    /** @param beforeGib what it was to have when this was asked for */
    record Request(int beforeGib, int storageGib) {}

    private final Engine engine;
    private final ServerRecords records;
    private final OperationOutputs outputs;

    @Inject
    GrowStorage(Engine engine, ServerRecords records, OperationOutputs outputs) {
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
        return List.of(Step.GROW, Step.RECORD);
    }

    @Override
    public Optional<Step> undo(Step failed, Request data) {
        return failed == Step.GROW ? Optional.of(Step.UNDO) : Optional.empty();
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
            case GROW -> grow(key, context.operationId(), context.data());
            case RECORD -> record(key, context.operationId(), context.data());
            case UNDO -> asBefore(key, context.operationId());
        };
    }

    private Outcome<Step> grow(ServerKey key, UUID operation, Request wanted) {
        if (!records.created(key.id())) {
            return Steps.neverCreated();
        }
        records.askStorage(key.id(), operation, wanted.storageGib());
        return Steps.<Step>follow(engine.grow(key, wanted.storageGib()), () -> Outcome.next(Step.RECORD));
    }

    private Outcome<Step> record(ServerKey key, UUID operation, Request wanted) {
        outputs.keep(operation, StorageReceipt.of(wanted.beforeGib(), wanted.storageGib(), null));
        records.settleStorage(key.id(), operation, wanted.storageGib());
        return Steps.settle(engine, records, key.id());
    }

    /** What it has been given is not taken away again. */
    private Outcome<Step> asBefore(ServerKey key, UUID operation) {
        records.withdraw(key.id(), operation);
        return records.created(key.id()) ? Steps.settle(engine, records, key.id()) : Outcome.done();
    }
}
