package io.howdah.server;

import io.howdah.engine.Engine;
import io.howdah.engine.ServerKey;
import io.howdah.engine.SqlTask;
import io.howdah.operation.Hold;
import io.howdah.operation.OperationOutputs;
import io.howdah.operation.Outcome;
import io.howdah.operation.Workflow;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Runs a script in a database as one of its roles, once, and keeps what it said, whether it went well or not. */
@Dependent
final class RunSql implements Workflow<RunSql.Step, RunSql.Request> {

    enum Step {
        RUN,
        KEEP,
        UNDO
    }

    record Request(String database, String role, String script, long timeoutSeconds) {

        SqlTask task() {
            return new SqlTask(database, role, script, Duration.ofSeconds(timeoutSeconds));
        }

        @Override
        public String toString() {
            return task().toString();
        }
    }

    private final Engine engine;
    private final OperationOutputs outputs;

    @Inject
    RunSql(Engine engine, OperationOutputs outputs) {
        this.engine = engine;
        this.outputs = outputs;
    }

    @Override
    public String kind() {
        return "sql-run";
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
        return List.of(Step.RUN, Step.KEEP);
    }

    /** The engine ends the script when its own time is over; this only bounds what goes on around it. */
    @Override
    public Duration deadline() {
        return Rules.LONGEST_SQL.plusHours(1);
    }

    /** What a script did can't be taken back here; but it is ended, and what it said is kept. */
    @Override
    public Optional<Step> undo(Step failed, Request data) {
        return failed == Step.RUN ? Optional.of(Step.UNDO) : Optional.empty();
    }

    @Override
    public Hold hold() {
        return Hold.SHARED;
    }

    /** By then it has been done. */
    @Override
    public boolean onlyForward(Step step) {
        return step == Step.KEEP;
    }

    @Override
    public Outcome<Step> run(Step step, Context<Request> context) {
        ServerKey key = new ServerKey(context.subjectId());
        return switch (step) {
            case RUN ->
                Units.<Step>follow(
                        engine.runSql(key, context.operationId(), context.data().task()),
                        context.stepSince(),
                        () -> Outcome.next(Step.KEEP));
            case KEEP -> Units.keep(engine, outputs, key, context.operationId());
            case UNDO -> Units.end(engine, outputs, key, context.operationId(), context.stepSince());
        };
    }
}
