package io.howdah.server;

import io.howdah.engine.Engine;
import io.howdah.engine.ServerKey;
import io.howdah.operation.Outcome;
import io.howdah.operation.Workflow;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;

/** Restarts PostgreSQL and its pooler. */
@Dependent
final class RestartServer implements Workflow<RestartServer.Step, RestartServer.Request> {

    enum Step {
        RESTART,
        VERIFY
    }

    /** @param asked a PostgreSQL started at or after this instant has been restarted already */
    record Request(Instant asked) {}

    private final Engine engine;
    private final ServerRecords records;

    @Inject
    RestartServer(Engine engine, ServerRecords records) {
        this.engine = engine;
        this.records = records;
    }

    @Override
    public String kind() {
        return "server-restart";
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
        return List.of(Step.RESTART, Step.VERIFY);
    }

    /** Half a restart is a server that is down. */
    @Override
    public boolean onlyForward(Step step) {
        return true;
    }

    @Override
    public Outcome<Step> run(Step step, Context<Request> context) {
        ServerKey key = new ServerKey(context.subjectId());
        return switch (step) {
            case RESTART -> restart(key, context.data().asked());
            case VERIFY -> Steps.settleRunning(engine, records, key.id(), () -> {});
        };
    }

    private Outcome<Step> restart(ServerKey key, Instant asked) {
        if (!records.begin(key.id(), ServerState.RESTARTING)) {
            return Steps.neverCreated();
        }
        return Steps.<Step>follow(engine.restart(key, asked), () -> Outcome.next(Step.VERIFY));
    }
}
