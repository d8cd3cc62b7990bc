package io.howdah.server;

import io.howdah.engine.Engine;
import io.howdah.engine.ServerKey;
import io.howdah.operation.Outcome;
import io.howdah.operation.Workflow;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;

/** Drops a database with all it holds, ending the sessions in it. */
@Dependent
final class DropDatabase implements Workflow<DropDatabase.Step, DropDatabase.Request> {

    enum Step {
        DROP
    }

    record Request(String database) {}

    private final Engine engine;

    @Inject
    DropDatabase(Engine engine) {
        this.engine = engine;
    }

    @Override
    public String kind() {
        return "database-drop";
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
        return List.of(Step.DROP);
    }

    /** What is dropped does not come back. */
    @Override
    public boolean onlyForward(Step step) {
        return true;
    }

    @Override
    public Outcome<Step> run(Step step, Context<Request> context) {
        return switch (step) {
            case DROP ->
                Steps.follow(
                        engine.dropDatabase(
                                new ServerKey(context.subjectId()),
                                context.data().database()),
                        Outcome::done);
        };
    }
}
