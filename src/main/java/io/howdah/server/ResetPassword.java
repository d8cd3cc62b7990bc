package io.howdah.server;

import io.howdah.engine.Administrator;
import io.howdah.engine.Engine;
import io.howdah.engine.ServerKey;
import io.howdah.operation.Outcome;
import io.howdah.operation.Workflow;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;

/** Gives the administrator another password; sessions that are open stay open. */
@Dependent
final class ResetPassword implements Workflow<ResetPassword.Step, ResetPassword.Request> {

    enum Step {
        SET_PASSWORD
    }

    /** @param verifier the new password's SCRAM verifier */
    record Request(String login, String verifier) {}

    private final Engine engine;

    @Inject
    ResetPassword(Engine engine) {
        this.engine = engine;
    }

    @Override
    public String kind() {
        return "server-reset-password";
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
        return List.of(Step.SET_PASSWORD);
    }

    /** Nobody knows the password before. */
    @Override
    public boolean onlyForward(Step step) {
        return true;
    }

    @Override
    public Outcome<Step> run(Step step, Context<Request> context) {
        return switch (step) {
            case SET_PASSWORD ->
                Steps.follow(
                        engine.setAdministrator(
                                new ServerKey(context.subjectId()),
                                new Administrator(
                                        context.data().login(), context.data().verifier())),
                        Outcome::done);
        };
    }
}
