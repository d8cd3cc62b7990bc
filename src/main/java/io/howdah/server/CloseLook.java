package io.howdah.server;

import io.howdah.engine.Engine;
import io.howdah.engine.ServerKey;
import io.howdah.operation.Hold;
import io.howdah.operation.Outcome;
import io.howdah.operation.Workflow;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;

/** Removes a copy that was looked at, with all that it has taken of the host. */
@Dependent
final class CloseLook implements Workflow<CloseLook.Step, CloseLook.Request> {

    static final String KIND = "look-close";

    enum Step {
        REMOVE
    }

    record Request(UUID copy) {}

    private final Engine engine;

    @Inject
    CloseLook(Engine engine) {
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
        return List.of(Step.REMOVE);
    }

    @Override
    public Hold hold() {
        return Hold.SHARED;
    }

    @Override
    public boolean onlyForward(Step step) {
        return true;
    }

    @Override
    public Outcome<Step> run(Step step, Context<Request> context) {
        return switch (step) {
            case REMOVE ->
                RestoreSteps.neverWas(engine, new ServerKey(context.data().copy()), () -> {});
        };
    }
}
