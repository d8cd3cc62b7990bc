package io.howdah.server;

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

/** Shuts a server down in good order; its data, endpoints and settings stay. */
@Dependent
final class StopServer implements Workflow<StopServer.Step, StopServer.Request> {

    static final String KIND = "server-stop";

    enum Step {
        STOP,
        UNDO
    }

    record Request() {}

    private final Engine engine;
    private final ServerRecords records;

    @Inject
    StopServer(Engine engine, ServerRecords records) {
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
        return List.of(Step.STOP);
    }

    @Override
    public Optional<Step> undo(Step failed, Request data) {
        return failed == Step.UNDO ? Optional.empty() : Optional.of(Step.UNDO);
    }

    @Override
    public void withdraw(Context<Request> context) {
        records.withdraw(context.subjectId(), context.operationId());
    }

    @Override
    public Outcome<Step> run(Step step, Context<Request> context) {
        ServerKey key = new ServerKey(context.subjectId());
        return switch (step) {
            case STOP -> stop(key, context.operationId());
            case UNDO -> asBefore(key, context.operationId());
        };
    }

    private Outcome<Step> stop(ServerKey key, UUID operation) {
        if (!records.begin(key.id(), ServerState.STOPPING)) {
            return Steps.neverCreated();
        }
        records.ask(key.id(), operation, Wish.STOPPED);
        return Steps.<Step>follow(engine.stop(key), () -> {
            records.settle(key.id(), operation, Wish.STOPPED);
            return Steps.settle(engine, records, key.id());
        });
    }

    private Outcome<Step> asBefore(ServerKey key, UUID operation) {
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
