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

/** Starts a stopped server, or one that should run and does not. */
@Dependent
final class StartServer implements Workflow<StartServer.Step, StartServer.Request> {

    enum Step {
        START,
        VERIFY,
        UNDO
    }

    /** @param wishBefore what to go back to when it can't be started */
    record Request(Wish wishBefore) {}

    private final Engine engine;
    private final ServerRecords records;

    @Inject
    StartServer(Engine engine, ServerRecords records) {
        this.engine = engine;
        this.records = records;
    }

    @Override
    public String kind() {
        return "server-start";
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
        return List.of(Step.START, Step.VERIFY);
    }

    @Override
    public Optional<Step> undo(Step failed, Request data) {
        return failed == Step.UNDO ? Optional.empty() : Optional.of(Step.UNDO);
    }

    @Override
    public Outcome<Step> run(Step step, Context<Request> context) {
        ServerKey key = new ServerKey(context.subjectId());
        return switch (step) {
            case START -> start(key);
            case VERIFY -> Steps.settleRunning(engine, records, key.id());
            case UNDO -> asBefore(key, context.data());
        };
    }

    private Outcome<Step> start(ServerKey key) {
        records.wish(key.id(), Wish.RUNNING);
        records.state(key.id(), ServerState.STARTING, null);
        return Steps.<Step>follow(engine.start(key), () -> Outcome.next(Step.VERIFY));
    }

    private Outcome<Step> asBefore(ServerKey key, Request request) {
        records.wish(key.id(), request.wishBefore());
        if (request.wishBefore() == Wish.STOPPED) {
            return Steps.<Step>follow(engine.stop(key), () -> Steps.settle(engine, records, key.id()));
        }
        return Steps.settle(engine, records, key.id());
    }
}
