package io.howdah.schedule;

import io.howdah.access.Caller;
import io.howdah.access.Permission;
import io.howdah.operation.Operations;
import io.howdah.operation.Outcome;
import io.howdah.operation.Workflow;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** An action whose operation does nothing. */
@Dependent
class PlainAction implements ScheduledAction {

    static final String CODE = "test-plain";

    static volatile boolean failing;
    static volatile boolean idle;

    @Inject
    private Operations operations;

    @Inject
    private ScheduleSubjects subjects;

    @Inject
    private Nothing nothing;

    @Override
    public String code() {
        return CODE;
    }

    @Override
    public Permission permission() {
        return Permission.SERVERS_RESTART;
    }

    @Override
    public List<ActionArgument> arguments() {
        return List.of();
    }

    @Override
    public Optional<Problem> check(UUID serverId, Map<String, String> arguments) {
        return Optional.empty();
    }

    @Override
    public boolean needsRunningServer() {
        return false;
    }

    @Override
    public boolean idle(UUID serverId) {
        return idle;
    }

    @Override
    public UUID begin(UUID serverId, Map<String, String> arguments, Caller caller, UUID runId) {
        UUID begun = operations.start(
                nothing,
                subjects.find(serverId).orElseThrow(),
                new Nothing.Request(),
                caller,
                Permission.SERVERS_RESTART);
        if (failing) {
            throw Problem.of(ProblemCode.ServerStopped, "it").raise();
        }
        return begun;
    }

    @Override
    public String output(UUID operationId) {
        return "done " + operationId;
    }

    @Dependent
    static class Starts extends PlainAction {

        @Override
        public String code() {
            return "test-starts";
        }

        @Override
        public Effect effect() {
            return Effect.STARTS;
        }
    }

    @Dependent
    static class Stops extends PlainAction {

        @Override
        public String code() {
            return "test-stops";
        }

        @Override
        public Effect effect() {
            return Effect.STOPS;
        }
    }

    /** Needs a running server. */
    @Dependent
    static class Needy extends PlainAction {

        static final String NEEDY = "test-needy";

        @Override
        public String code() {
            return NEEDY;
        }

        @Override
        public boolean needsRunningServer() {
            return true;
        }
    }

    @Dependent
    static final class Nothing implements Workflow<Nothing.Step, Nothing.Request> {

        enum Step {
            DO
        }

        record Request() {}

        @Override
        public String kind() {
            return "test-nothing";
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
            return List.of(Step.DO);
        }

        @Override
        public Outcome<Step> run(Step step, Context<Request> context) {
            return Outcome.done();
        }
    }
}
