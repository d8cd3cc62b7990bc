package io.howdah.server;

import io.howdah.engine.Administrator;
import io.howdah.engine.Engine;
import io.howdah.engine.ServerKey;
import io.howdah.engine.Specification;
import io.howdah.operation.Outcome;
import io.howdah.operation.Workflow;
import io.howdah.server.Server.Wish;
import io.howdah.shared.Messages;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes a server from nothing. A creation that fails leaves nothing on the host; it may be retried or deleted. */
@Dependent
final class CreateServer implements Workflow<CreateServer.Step, CreateServer.Request> {

    static final String KIND = "server-create";

    enum Step {
        PROVISION,
        START,
        ADMINISTRATOR,
        DATABASE,
        FLUSH,
        VERIFY,
        UNDO
    }

    /**
     * @param verifier the administrator's SCRAM verifier
     * @param database the first database, or blank for none
     * @param waits how long it may wait for room; null when it has it
     */
    record Request(Specification specification, String login, String verifier, String database, Duration waits) {

        Request(Specification specification, String login, String verifier, String database) {
            this(specification, login, verifier, database, null);
        }
    }

    private final Engine engine;
    private final ServerRecords records;

    @Inject
    CreateServer(Engine engine, ServerRecords records) {
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
        return List.of(Step.PROVISION, Step.START, Step.ADMINISTRATOR, Step.DATABASE, Step.FLUSH, Step.VERIFY);
    }

    @Override
    public Duration deadline(Request data) {
        return data.waits() == null ? deadline() : deadline().plus(data.waits());
    }

    @Override
    public Optional<Step> undo(Step failed, Request data) {
        return failed == Step.UNDO ? Optional.empty() : Optional.of(Step.UNDO);
    }

    @Override
    public void withdraw(Context<Request> context) {
        undone(context.subjectId());
    }

    @Override
    public Outcome<Step> run(Step step, Context<Request> context) {
        ServerKey key = new ServerKey(context.subjectId());
        Request wanted = context.data();
        return switch (step) {
            case PROVISION -> provision(key, wanted);
            case START -> Steps.follow(engine.start(key), () -> Outcome.next(Step.ADMINISTRATOR));
            case ADMINISTRATOR -> administrator(key, wanted);
            case DATABASE -> database(key, wanted);
            // Only now is it promised to survive a power cut: initdb itself ran without waiting for the disk.
            case FLUSH -> Steps.follow(engine.flush(key), () -> Outcome.next(Step.VERIFY));
            case VERIFY ->
                Steps.settleRunning(
                        engine, records, key.id(), () -> records.settle(key.id(), context.operationId(), Wish.RUNNING));
            case UNDO -> RestoreSteps.neverWas(engine, key, () -> undone(key.id()));
        };
    }

    private Outcome<Step> provision(ServerKey key, Request wanted) {
        return Steps.<Step>whenThereIsRoom(records, key.id(), () -> {
            records.state(key.id(), ServerState.PROVISIONING, null);
            return Steps.follow(engine.provision(key, wanted.specification()), () -> Outcome.next(Step.START));
        });
    }

    private Outcome<Step> administrator(ServerKey key, Request wanted) {
        return Steps.<Step>follow(
                engine.setAdministrator(key, new Administrator(wanted.login(), wanted.verifier())),
                () -> Outcome.next(Step.DATABASE));
    }

    private Outcome<Step> database(ServerKey key, Request wanted) {
        if (wanted.database() == null || wanted.database().isBlank()) {
            return Outcome.next(Step.FLUSH);
        }
        return Steps.<Step>follow(
                engine.createDatabase(key, wanted.database(), wanted.login()), () -> Outcome.next(Step.FLUSH));
    }

    private void undone(UUID id) {
        records.leaveLine(id);
        records.state(id, ServerState.DISABLED, Messages.text("server.note.creation-failed"));
    }
}
