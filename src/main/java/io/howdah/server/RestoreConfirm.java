package io.howdah.server;

import io.howdah.engine.Engine;
import io.howdah.engine.ServerKey;
import io.howdah.operation.Outcome;
import io.howdah.operation.Workflow;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;

/** Removes the files that a server had before a restore in place: from here on there is no way back to them. */
@Dependent
final class RestoreConfirm implements Workflow<RestoreConfirm.Step, RestoreConfirm.Request> {

    static final String KIND = "server-restore-confirm";

    enum Step {
        DISCARD
    }

    /** @param restoration the operation that restored */
    record Request(UUID restoration) {}

    private final Engine engine;

    @Inject
    RestoreConfirm(Engine engine) {
        this.engine = engine;
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
        return switch (step) {
            case DISCARD ->
                Steps.follow(
                        RestoreSteps.backups(engine)
                                .discard(
                                        new ServerKey(context.subjectId()),
                                        context.data().restoration()),
                        Outcome::done);
        };
    }
}
