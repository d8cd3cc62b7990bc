package io.howdah.server;

import io.howdah.engine.Engine;
import io.howdah.engine.ServerKey;
import io.howdah.operation.Outcome;
import io.howdah.operation.Workflow;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;

/** Removes the storage that a server had before it was given less: from here on there is no way back to it. */
@Dependent
final class ConfirmStorage implements Workflow<ConfirmStorage.Step, ConfirmStorage.Request> {

    static final String KIND = "server-shrink-confirm";

    enum Step {
        DISCARD
    }

    /** @param change the operation that has exchanged the storage */
    record Request(UUID change) {}

    private final Engine engine;
    private final ServerRecords records;

    @Inject
    ConfirmStorage(Engine engine, ServerRecords records) {
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
        return List.of(Step.DISCARD);
    }

    @Override
    public boolean onlyForward(Step step) {
        return true;
    }

    @Override
    public Outcome<Step> run(Step step, Context<Request> context) {
        UUID change = context.data().change();
        return switch (step) {
            case DISCARD ->
                Steps.<Step>follow(engine.dropStorage(new ServerKey(context.subjectId()), change), () -> {
                    records.storageLetGo(change);
                    return Outcome.done();
                });
        };
    }
}
