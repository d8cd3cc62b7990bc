package io.howdah.server;

import io.howdah.engine.BackupEngine;
import io.howdah.engine.Engine;
import io.howdah.engine.LoadTask;
import io.howdah.engine.RestoreSource;
import io.howdah.engine.ServerKey;
import io.howdah.engine.Specification;
import io.howdah.engine.TableName;
import io.howdah.operation.Hold;
import io.howdah.operation.OperationOutputs;
import io.howdah.operation.Outcome;
import io.howdah.operation.Workflow;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Brings a database, or some of its tables, as they were at some time into the server as it is now, beside what is there.
 * The server goes on meanwhile. A copy is restored beside it, under the operation's id, and thrown away when what was wanted
 * has been brought over. It appears whole and at once. One that fails or is cancelled before leaves nothing, neither the copy
 * nor what it had made.
 */
@Dependent
final class RestoreObjects implements Workflow<RestoreObjects.Step, RestoreObjects.Request> {

    static final String KIND = "objects-restore";

    enum Step {
        ARCHIVE,
        RESTORE,
        RECOVER,
        LOAD,
        PLACE,
        DISCARD,
        KEEP,
        /** Undoing begins here when something may have been made in the server, … */
        UNLOAD,
        /** … and here when there is at most a copy. */
        DISCARD_AGAIN
    }

    /**
     * @param specification the copy's
     * @param archive whether the point lies later than what is certain to be in the repository
     * @param tables none for the whole database
     * @param schema for tables, else null
     * @param existing whether the tables come into a schema that is there
     */
    record Request(
            Specification specification,
            RestorePoint point,
            boolean archive,
            String database,
            List<TableName> tables,
            String into,
            String schema,
            boolean existing,
            String role) {

        LoadTask task(ServerKey copy) {
            return new LoadTask(copy, database, tables, into, schema, existing, role);
        }
    }

    private final Engine engine;
    private final OperationOutputs outputs;

    @Inject
    RestoreObjects(Engine engine, OperationOutputs outputs) {
        this.engine = engine;
        this.outputs = outputs;
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
        return List.of(Step.ARCHIVE, Step.RESTORE, Step.RECOVER, Step.LOAD, Step.PLACE, Step.DISCARD, Step.KEEP);
    }

    @Override
    public Duration deadline() {
        return RestoreSteps.DEADLINE;
    }

    @Override
    public Hold hold() {
        return Hold.SHARED;
    }

    /** What people can see, they may have begun to use. */
    @Override
    public boolean onlyForward(Step step) {
        return step == Step.PLACE || step == Step.DISCARD || step == Step.KEEP;
    }

    @Override
    public Optional<Step> undo(Step failed, Request data) {
        return switch (failed) {
            case ARCHIVE, RESTORE, RECOVER -> Optional.of(Step.DISCARD_AGAIN);
            case LOAD, PLACE -> Optional.of(Step.UNLOAD);
            case DISCARD, KEEP, UNLOAD, DISCARD_AGAIN -> Optional.empty();
        };
    }

    @Override
    public Outcome<Step> run(Step step, Context<Request> context) {
        ServerKey key = new ServerKey(context.subjectId());
        ServerKey copy = new ServerKey(context.operationId());
        Request wanted = context.data();
        return switch (step) {
            case ARCHIVE ->
                RestoreSteps.archive(
                        engine, key, context.operationId(), wanted.archive(), () -> Outcome.next(Step.RESTORE));
            case RESTORE ->
                Steps.follow(
                        backups()
                                .restore(
                                        copy,
                                        wanted.specification(),
                                        new RestoreSource(key, wanted.point().target())),
                        () -> Outcome.next(Step.RECOVER));
            case RECOVER -> Steps.follow(backups().recover(copy), () -> Outcome.next(Step.LOAD));
            case LOAD ->
                Units.<Step>follow(
                        backups().load(key, context.operationId(), wanted.task(copy)),
                        context.stepSince(),
                        () -> Outcome.next(Step.PLACE));
            case PLACE ->
                Steps.follow(
                        backups().place(key, context.operationId(), wanted.task(copy)),
                        () -> Outcome.next(Step.DISCARD));
            case DISCARD -> discard(copy);
            case KEEP -> Units.keep(engine, outputs, key, context.operationId());
            case UNLOAD -> unload(key, copy, context);
            case DISCARD_AGAIN -> RestoreSteps.neverWas(engine, copy, () -> {});
        };
    }

    private Outcome<Step> discard(ServerKey copy) {
        Outcome<Step> gone = RestoreSteps.neverWas(engine, copy, () -> {});
        return gone instanceof Outcome.Done ? Outcome.next(Step.KEEP) : gone;
    }

    private Outcome<Step> unload(ServerKey key, ServerKey copy, Context<Request> context) {
        return Steps.<Step>follow(
                backups().unload(key, context.operationId(), context.data().task(copy)), () -> {
                    Outcome<Step> kept = Units.keep(engine, outputs, key, context.operationId());
                    return kept instanceof Outcome.Done ? Outcome.next(Step.DISCARD_AGAIN) : kept;
                });
    }

    private BackupEngine backups() {
        return RestoreSteps.backups(engine);
    }
}
