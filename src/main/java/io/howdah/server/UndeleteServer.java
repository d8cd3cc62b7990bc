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

/** Brings a deleted server back as it was: same name, endpoints and data; running if it ran. */
@Dependent
final class UndeleteServer implements Workflow<UndeleteServer.Step, UndeleteServer.Request> {

    static final String KIND = "server-undelete";

    enum Step {
        RESTORE,
        VERIFY,
        UNDO
    }

    record Request() {}

    private final Engine engine;
    private final ServerRecords records;

    @Inject
    UndeleteServer(Engine engine, ServerRecords records) {
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
        return List.of(Step.RESTORE, Step.VERIFY);
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
            case RESTORE -> restore(key);
            case VERIFY -> verify(key, context.operationId());
            case UNDO -> deletedAgain(key, context.operationId());
        };
    }

    private Outcome<Step> restore(ServerKey key) {
        if (!records.created(key.id())) {
            return Steps.neverCreated();
        }
        if (records.settled(key.id()) == Wish.STOPPED) {
            return Outcome.next(Step.VERIFY);
        }
        records.state(key.id(), ServerState.STARTING, null);
        return Steps.<Step>follow(engine.start(key), () -> Outcome.next(Step.VERIFY));
    }

    private Outcome<Step> verify(ServerKey key, UUID operation) {
        if (records.settled(key.id()) == Wish.STOPPED) {
            records.settleDeletion(key.id(), operation, null, null);
            return Steps.settle(engine, records, key.id());
        }
        return Steps.settleRunning(
                engine, records, key.id(), () -> records.settleDeletion(key.id(), operation, null, null));
    }

    private Outcome<Step> deletedAgain(ServerKey key, UUID operation) {
        records.withdraw(key.id(), operation);
        // What stood before it in the line may have left the server undeleted after all.
        if (!records.deleted(key.id())) {
            return records.created(key.id()) ? Steps.settle(engine, records, key.id()) : Outcome.done();
        }
        return Steps.<Step>follow(engine.stop(key), () -> {
            records.state(key.id(), ServerState.DISABLED, null);
            return Outcome.done();
        });
    }
}
