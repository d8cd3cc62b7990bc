package io.howdah.server;

import io.howdah.engine.BackupEngine;
import io.howdah.engine.Engine;
import io.howdah.engine.RestoreSource;
import io.howdah.engine.RestoreTarget;
import io.howdah.engine.ServerKey;
import io.howdah.engine.Specification;
import io.howdah.operation.Hold;
import io.howdah.operation.Outcome;
import io.howdah.operation.Workflow;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Opens a server as it was at an instant, to be read: a copy from its backups, which never becomes a server of its own. The
 * server itself goes on undisturbed. One that fails or is cancelled leaves nothing.
 */
@Dependent
final class OpenLook implements Workflow<OpenLook.Step, OpenLook.Request> {

    static final String KIND = "look-open";

    enum Step {
        ARCHIVE,
        /** What the copy was before, when it is made anew for an earlier time. */
        CLEAR,
        RESTORE,
        REPLAY,
        UNDO
    }

    /**
     * @param copy the copy's key
     * @param archive whether the instant lies later than what is certain to be in the repository
     */
    record Request(UUID copy, Specification specification, Instant at, int timeline, boolean archive) {

        RestoreTarget.At target() {
            return new RestoreTarget.At(at, timeline);
        }
    }

    private final Engine engine;

    @Inject
    OpenLook(Engine engine) {
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
        return List.of(Step.ARCHIVE, Step.CLEAR, Step.RESTORE, Step.REPLAY);
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
    public Optional<Step> undo(Step failed, Request data) {
        return failed == Step.ARCHIVE || failed == Step.UNDO ? Optional.empty() : Optional.of(Step.UNDO);
    }

    @Override
    public Outcome<Step> run(Step step, Context<Request> context) {
        ServerKey source = new ServerKey(context.subjectId());
        Request wanted = context.data();
        ServerKey copy = new ServerKey(wanted.copy());
        return switch (step) {
            case ARCHIVE ->
                RestoreSteps.archive(
                        engine, source, context.operationId(), wanted.archive(), () -> Outcome.next(Step.CLEAR));
            case CLEAR -> Steps.follow(engine.remove(copy), () -> Outcome.next(Step.RESTORE));
            case RESTORE ->
                Steps.follow(
                        backups().restore(copy, wanted.specification(), new RestoreSource(source, wanted.target())),
                        () -> Outcome.next(Step.REPLAY));
            case REPLAY -> Steps.follow(backups().look(copy, wanted.target()), Outcome::done);
            case UNDO -> RestoreSteps.neverWas(engine, copy, () -> {});
        };
    }

    private BackupEngine backups() {
        return RestoreSteps.backups(engine);
    }
}
