package io.howdah.server;

import io.howdah.engine.Engine;
import io.howdah.engine.ServerKey;
import io.howdah.operation.Outcome;
import io.howdah.operation.Workflow;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;

/** Adds a database, owned by the server's administrator. */
@Dependent
final class CreateDatabase implements Workflow<CreateDatabase.Step, CreateDatabase.Request> {

    enum Step {
        CREATE
    }

    record Request(String database, String owner) {}

    private final Engine engine;

    @Inject
    CreateDatabase(Engine engine) {
        this.engine = engine;
    }

    @Override
    public String kind() {
        return "database-create";
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
        return List.of(Step.CREATE);
    }

    /** Dropping what it has made might take what somebody else made under the same name. */
    @Override
    public boolean onlyForward(Step step) {
        return true;
    }

    @Override
    public Outcome<Step> run(Step step, Context<Request> context) {
        Request wanted = context.data();
        return switch (step) {
            case CREATE ->
                Steps.follow(
                        engine.createDatabase(new ServerKey(context.subjectId()), wanted.database(), wanted.owner()),
                        Outcome::done);
        };
    }
}
