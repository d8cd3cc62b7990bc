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

/**
 * Puts a server to sleep that nobody uses: it is still to run, and who connects wakes it. If somebody has connected
 * meanwhile, it stays awake.
 */
@Dependent
final class SleepServer implements Workflow<SleepServer.Step, SleepServer.Request> {

    enum Step {
        SLEEP,
        UNDO
    }

    record Request() {}

    private final Engine engine;
    private final ServerRecords records;

    @Inject
    SleepServer(Engine engine, ServerRecords records) {
        this.engine = engine;
        this.records = records;
    }

    @Override
    public String kind() {
        return "server-sleep";
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
        return List.of(Step.SLEEP);
    }

    @Override
    public Optional<Step> undo(Step failed, Request data) {
        return failed == Step.UNDO ? Optional.empty() : Optional.of(Step.UNDO);
    }

    @Override
    public Outcome<Step> run(Step step, Context<Request> context) {
        ServerKey key = new ServerKey(context.subjectId());
        return switch (step) {
            case SLEEP -> sleep(key);
            case UNDO -> awake(key);
        };
    }

    private Outcome<Step> sleep(ServerKey key) {
        // It may have been stopped by what stood before this in the line.
        if (!records.created(key.id()) || records.settled(key.id()) != Wish.RUNNING) {
            return Outcome.done();
        }
        return Steps.<Step>follow(engine.sleep(key), () -> Steps.settle(engine, records, key.id()));
    }

    private Outcome<Step> awake(ServerKey key) {
        if (!records.created(key.id()) || records.settled(key.id()) != Wish.RUNNING) {
            return Outcome.done();
        }
        return Steps.<Step>follow(engine.start(key), () -> Steps.settle(engine, records, key.id()));
    }
}
