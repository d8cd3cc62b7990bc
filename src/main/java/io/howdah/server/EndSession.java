package io.howdah.server;

import io.howdah.engine.Engine;
import io.howdah.engine.OpenTransaction;
import io.howdah.engine.ServerKey;
import io.howdah.operation.Hold;
import io.howdah.operation.Outcome;
import io.howdah.operation.Workflow;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;

/** Ends one session, because somebody who may has said so. Another one with its process id is left alone. */
@Dependent
final class EndSession implements Workflow<EndSession.Step, EndSession.Request> {

    enum Step {
        END
    }

    record Request(OpenTransaction session) {}

    private final Engine engine;

    @Inject
    EndSession(Engine engine) {
        this.engine = engine;
    }

    @Override
    public String kind() {
        return "session-end";
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
        return List.of(Step.END);
    }

    @Override
    public Hold hold() {
        return Hold.SHARED;
    }

    /** What was rolled back does not come back. */
    @Override
    public boolean onlyForward(Step step) {
        return true;
    }

    @Override
    public Outcome<Step> run(Step step, Context<Request> context) {
        return switch (step) {
            case END ->
                Steps.follow(
                        engine.endSession(
                                new ServerKey(context.subjectId()),
                                context.data().session()),
                        Outcome::done);
        };
    }
}
