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

/** Shuts a server down in good order; its data, endpoints and settings stay. */
@Dependent
final class StopServer implements Workflow<StopServer.Step, StopServer.Request> {

    enum Step {
        STOP,
        UNDO
    }

    /** @param wishBefore what to go back to when it can't be stopped */
    record Request(Wish wishBefore) {}

    private final Engine engine;
    private final ServerRecords records;

    @Inject
    StopServer(Engine engine, ServerRecords records) {
        this.engine = engine;
        this.records = records;
    }

    @Override
    public String kind() {
        return "server-stop";
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
    public Outcome<Step> run(Step step, Context<Request> context) {
        ServerKey key = new ServerKey(context.subjectId());
        return switch (step) {
            case STOP -> stop(key);
            case UNDO -> asBefore(key, context.data());
        };
    }

    private Outcome<Step> stop(ServerKey key) {
        records.wish(key.id(), Wish.STOPPED);
        records.state(key.id(), ServerState.STOPPING, null);
        return Steps.<Step>follow(engine.stop(key), () -> Steps.settle(engine, records, key.id()));
    }

    private Outcome<Step> asBefore(ServerKey key, Request request) {
        records.wish(key.id(), request.wishBefore());
        if (request.wishBefore() == Wish.RUNNING) {
            return Steps.<Step>follow(engine.start(key), () -> Steps.settle(engine, records, key.id()));
        }
        return Steps.settle(engine, records, key.id());
    }
}
