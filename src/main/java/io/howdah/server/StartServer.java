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

/** Starts a stopped server, or one that should run and does not. */
@Dependent
final class StartServer implements Workflow<StartServer.Step, StartServer.Request> {

    static final String KIND = "server-start";

    enum Step {
        START,
        VERIFY,
        UNDO
    }

    record Request() {}

    private final Engine engine;
    private final ServerRecords records;

    @Inject
    StartServer(Engine engine, ServerRecords records) {
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
        return List.of(Step.START, Step.VERIFY);
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
            case START -> start(key, context.operationId());
            case VERIFY ->
                Steps.settleRunning(
                        engine, records, key.id(), () -> records.settle(key.id(), context.operationId(), Wish.RUNNING));
            case UNDO -> asBefore(key, context.operationId());
        };
    }

    private Outcome<Step> start(ServerKey key, UUID operation) {
        if (!records.begin(key.id(), ServerState.STARTING)) {
            return Steps.neverCreated();
        }
        records.ask(key.id(), operation, Wish.RUNNING);
        return Steps.<Step>follow(engine.start(key), () -> Outcome.next(Step.VERIFY));
    }

    private Outcome<Step> asBefore(ServerKey key, UUID operation) {
        records.withdraw(key.id(), operation);
        if (!records.created(key.id())) {
            return Outcome.done();
        }
        if (records.settled(key.id()) == Wish.STOPPED) {
            return Steps.<Step>follow(engine.stop(key), () -> Steps.settle(engine, records, key.id()));
        }
        return Steps.settle(engine, records, key.id());
    }
}
