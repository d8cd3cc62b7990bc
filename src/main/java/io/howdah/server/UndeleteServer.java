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

/** Brings a deleted server back as it was: same name, endpoints and data; running if it ran. */
@Dependent
final class UndeleteServer implements Workflow<UndeleteServer.Step, UndeleteServer.Request> {

    enum Step {
        RESTORE,
        VERIFY,
        UNDO
    }

    /** What to go back to when it can't be brought back. */
    record Request(Instant deletedAt, Instant keptUntil) {}

    private final Engine engine;
    private final ServerRecords records;

    @Inject
    UndeleteServer(Engine engine, ServerRecords records) {
        this.engine = engine;
        this.records = records;
    }

    @Override
    public String kind() {
        return "server-undelete";
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
        return List.of(Step.RESTORE, Step.VERIFY);
    }

    @Override
    public Optional<Step> undo(Step failed, Request data) {
        return failed == Step.UNDO ? Optional.empty() : Optional.of(Step.UNDO);
    }

    @Override
    public Outcome<Step> run(Step step, Context<Request> context) {
        ServerKey key = new ServerKey(context.subjectId());
        return switch (step) {
            case RESTORE -> restore(key);
            case VERIFY -> verify(key);
            case UNDO -> deletedAgain(key, context.data());
        };
    }

    private Outcome<Step> restore(ServerKey key) {
        records.deletion(key.id(), null, null);
        if (records.wish(key.id()) == Wish.STOPPED) {
            return Outcome.next(Step.VERIFY);
        }
        records.state(key.id(), ServerState.STARTING, null);
        return Steps.<Step>follow(engine.start(key), () -> Outcome.next(Step.VERIFY));
    }

    private Outcome<Step> verify(ServerKey key) {
        return records.wish(key.id()) == Wish.STOPPED
                ? Steps.settle(engine, records, key.id())
                : Steps.settleRunning(engine, records, key.id());
    }

    private Outcome<Step> deletedAgain(ServerKey key, Request before) {
        return Steps.<Step>follow(engine.stop(key), () -> {
            records.deletion(key.id(), before.deletedAt(), before.keptUntil());
            records.state(key.id(), ServerState.DISABLED, null);
            return Outcome.done();
        });
    }
}
