package io.howdah.server;

import io.howdah.engine.Engine;
import io.howdah.engine.RestoreTarget;
import io.howdah.engine.ServerKey;
import io.howdah.operation.Hold;
import io.howdah.operation.Outcome;
import io.howdah.operation.Workflow;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Takes a copy that is looked at on to a later instant, with the files it has. There is no way back: what has been replayed
 * stays replayed, so from there on it goes only forward.
 */
@Dependent
final class MoveLook implements Workflow<MoveLook.Step, MoveLook.Request> {

    static final String KIND = "look-move";

    enum Step {
        ARCHIVE,
        REPLAY
    }

    /** @param archive whether the instant lies later than what is certain to be in the repository */
    record Request(UUID copy, Instant at, int timeline, boolean archive) {}

    private final Engine engine;

    @Inject
    MoveLook(Engine engine) {
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
        return List.of(Step.ARCHIVE, Step.REPLAY);
    }

    @Override
    public Duration deadline() {
        return RestoreSteps.DEADLINE;
    }

    @Override
    public Hold hold() {
        return Hold.SHARED;
    }

    @Override
    public boolean onlyForward(Step step) {
        return step == Step.REPLAY;
    }

    @Override
    public Outcome<Step> run(Step step, Context<Request> context) {
        Request wanted = context.data();
        return switch (step) {
            case ARCHIVE ->
                RestoreSteps.archive(
                        engine,
                        new ServerKey(context.subjectId()),
                        context.operationId(),
                        wanted.archive(),
                        () -> Outcome.next(Step.REPLAY));
            case REPLAY ->
                Steps.follow(
                        RestoreSteps.backups(engine)
                                .look(
                                        new ServerKey(wanted.copy()),
                                        new RestoreTarget.At(wanted.at(), wanted.timeline())),
                        Outcome::done);
        };
    }
}
