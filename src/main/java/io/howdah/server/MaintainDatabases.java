package io.howdah.server;

import io.howdah.engine.Engine;
import io.howdah.engine.Maintenance;
import io.howdah.engine.ServerKey;
import io.howdah.operation.Hold;
import io.howdah.operation.OperationOutputs;
import io.howdah.operation.Outcome;
import io.howdah.operation.Workflow;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Vacuums, analyzes or reindexes databases, one after the other, and keeps what that said. */
@Dependent
final class MaintainDatabases implements Workflow<MaintainDatabases.Step, MaintainDatabases.Request> {

    enum Step {
        MAINTAIN,
        KEEP,
        UNDO
    }

    /** @param databases none means all */
    record Request(Maintenance.Kind kind, List<String> databases, long timeoutSeconds) {

        Maintenance work() {
            return new Maintenance(kind, databases, Duration.ofSeconds(timeoutSeconds));
        }
    }

    private final Engine engine;
    private final OperationOutputs outputs;

    @Inject
    MaintainDatabases(Engine engine, OperationOutputs outputs) {
        this.engine = engine;
        this.outputs = outputs;
    }

    @Override
    public String kind() {
        return "databases-maintain";
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
        return List.of(Step.MAINTAIN, Step.KEEP);
    }

    /** The engine ends the work when its own time is over; this only bounds what goes on around it. */
    @Override
    public Duration deadline() {
        return Rules.LONGEST_MAINTENANCE.plusHours(1);
    }

    /** What is done need not be taken back; but the rest is ended, and what was said is kept. */
    @Override
    public Optional<Step> undo(Step failed, Request data) {
        return failed == Step.MAINTAIN ? Optional.of(Step.UNDO) : Optional.empty();
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
            case MAINTAIN ->
                Units.<Step>follow(
                        engine.maintain(
                                key, context.operationId(), context.data().work()),
                        context.stepSince(),
                        () -> Outcome.next(Step.KEEP));
            case KEEP -> Units.keep(engine, outputs, key, context.operationId());
            case UNDO -> Units.end(engine, outputs, key, context.operationId(), context.stepSince());
        };
    }
}
