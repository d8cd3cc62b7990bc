package io.howdah.server;

import io.howdah.engine.Engine;
import io.howdah.engine.ServerKey;
import io.howdah.operation.Outcome;
import io.howdah.operation.Workflow;
import io.howdah.server.Server.Wish;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Takes a server out of use. Its data, ports and name are kept for the grace time, so that it can be brought back. */
@Dependent
final class DeleteServer implements Workflow<DeleteServer.Step, DeleteServer.Request> {

    static final String KIND = "server-delete";

    enum Step {
        STOP,
        KEEP,
        /** There is nothing to keep of a server whose creation came to nothing. */
        FORGET,
        UNDO
    }

    record Request(Instant deletedAt, Instant keptUntil) {}

    private final Engine engine;
    private final ServerRecords records;

    @Inject
    DeleteServer(Engine engine, ServerRecords records) {
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
        return List.of(Step.STOP, Step.KEEP);
    }

    @Override
    public Optional<Step> undo(Step failed, Request data) {
        return failed == Step.UNDO ? Optional.empty() : Optional.of(Step.UNDO);
    }

    @Override
    public boolean onlyForward(Step step) {
        return step == Step.FORGET;
    }

    @Override
    public void withdraw(Context<Request> context) {
        records.withdraw(context.subjectId(), context.operationId());
    }

    @Override
    public Outcome<Step> run(Step step, Context<Request> context) {
        ServerKey key = new ServerKey(context.subjectId());
        return switch (step) {
            case STOP -> stop(key);
            case KEEP -> keep(key, context.operationId(), context.data());
            case FORGET -> forget(key);
            case UNDO -> asBefore(key, context.operationId());
        };
    }

    private Outcome<Step> stop(ServerKey key) {
        if (!records.created(key.id())) {
            return Outcome.next(Step.FORGET);
        }
        records.state(key.id(), ServerState.DROPPING, null);
        return Steps.<Step>follow(engine.stop(key), () -> Outcome.next(Step.KEEP));
    }

    private Outcome<Step> keep(ServerKey key, UUID operation, Request request) {
        records.settleDeletion(key.id(), operation, request.deletedAt(), request.keptUntil());
        records.state(key.id(), ServerState.DISABLED, null);
        return Outcome.done();
    }

    private Outcome<Step> forget(ServerKey key) {
        return Steps.<Step>follow(engine.remove(key), () -> {
            records.forget(key.id());
            return Outcome.done();
        });
    }

    private Outcome<Step> asBefore(ServerKey key, UUID operation) {
        records.settleDeletion(key.id(), operation, null, null);
        if (records.settled(key.id()) == Wish.RUNNING) {
            return Steps.<Step>follow(engine.start(key), () -> Steps.settle(engine, records, key.id()));
        }
        return Steps.settle(engine, records, key.id());
    }
}
