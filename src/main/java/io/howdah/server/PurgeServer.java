package io.howdah.server;

import io.howdah.engine.Engine;
import io.howdah.engine.ServerKey;
import io.howdah.operation.Outcome;
import io.howdah.operation.Workflow;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;

/** Removes a deleted server for good: its data, its ports, its name. From here only forward. */
@Dependent
final class PurgeServer implements Workflow<PurgeServer.Step, PurgeServer.Request> {

    enum Step {
        REMOVE,
        FORGET
    }

    /** @param neverCreated whether it may go although nobody deleted it, because its creation failed */
    record Request(boolean neverCreated) {}

    private final Engine engine;
    private final ServerRecords records;

    @Inject
    PurgeServer(Engine engine, ServerRecords records) {
        this.engine = engine;
        this.records = records;
    }

    @Override
    public String kind() {
        return "server-purge";
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
        return List.of(Step.REMOVE, Step.FORGET);
    }

    @Override
    public boolean onlyForward(Step step) {
        return true;
    }

    @Override
    public Outcome<Step> run(Step step, Context<Request> context) {
        ServerKey key = new ServerKey(context.subjectId());
        return switch (step) {
            case REMOVE -> remove(key, context.data());
            case FORGET -> forget(key);
        };
    }

    private Outcome<Step> remove(ServerKey key, Request request) {
        // Whoever stood before it in line may have brought the server back.
        if (!request.neverCreated() && records.exists(key.id()) && !records.deleted(key.id())) {
            return Outcome.done();
        }
        records.state(key.id(), ServerState.DROPPING, null);
        return Steps.<Step>follow(engine.remove(key), () -> Outcome.next(Step.FORGET));
    }

    private Outcome<Step> forget(ServerKey key) {
        records.forget(key.id());
        return Outcome.done();
    }
}
