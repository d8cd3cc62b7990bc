package io.howdah.backup;

import io.howdah.engine.Archiving;
import io.howdah.engine.BackupEngine;
import io.howdah.engine.Engine;
import io.howdah.engine.Observation;
import io.howdah.engine.Progress;
import io.howdah.engine.Question;
import io.howdah.engine.Recovered;
import io.howdah.engine.RestoreSource;
import io.howdah.engine.RestoreTarget;
import io.howdah.engine.ServerKey;
import io.howdah.engine.Specification;
import io.howdah.operation.Hold;
import io.howdah.operation.OperationOutputs;
import io.howdah.operation.Outcome;
import io.howdah.operation.Workflow;
import io.howdah.server.Units;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Proves that a server can be restored, by restoring it: first the newest backup with all that was archived since, then a
 * random instant. Each goes into a throw-away server, small and behind all other work of the host, in which every page,
 * table and index is read. Whatever happens, the throw-away server is gone afterwards.
 *
 * <p>Before that the server commits a marker and archives it. The log of each recovery tells by the commits' own times that
 * the marker is there in the first, and that the second has nothing later than its instant.
 */
@Dependent
final class RehearseBackup implements Workflow<RehearseBackup.Step, RehearseBackup.Request> {

    static final String KIND = "backup-rehearsal";

    enum Step {
        WAIT,
        VERIFY_REPOSITORY,
        MARK,
        RESTORE_NEWEST,
        RECOVER_NEWEST,
        COMPARE_NEWEST,
        CHECK_NEWEST,
        CHECKSUMS_NEWEST,
        CLEAR,
        RESTORE_INSTANT,
        RECOVER_INSTANT,
        COMPARE_INSTANT,
        CHECK_INSTANT,
        CHECKSUMS_INSTANT,
        REMOVE,
        KEEP,
        UNDO
    }

    /**
     * What was chosen when it was asked for, so that a retry proves the same.
     *
     * @param timeline that of the newest changes
     * @param bytes how much is restored
     */
    record Request(
            Specification specification,
            String administrator,
            int timeline,
            Instant instant,
            int instantTimeline,
            long bytes,
            boolean byItself) {}

    /** A server that runs hands its WAL over at least so often; so what is older has been handed over. */
    private static final Duration HANDED_OVER = Duration.ofSeconds(60);

    private static final Duration TURN = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final long BYTES_PER_GIB = 1L << 30;

    private final Engine engine;
    private final RehearsalRecords records;
    private final OperationOutputs outputs;
    private final Clock clock;

    @Inject
    RehearseBackup(Engine engine, RehearsalRecords records, OperationOutputs outputs, Clock clock) {
        this.engine = engine;
        this.records = records;
        this.outputs = outputs;
        this.clock = clock;
    }

    /** The throw-away server of a rehearsal. */
    static ServerKey copy(UUID operation) {
        return new ServerKey(named("copy", operation));
    }

    private static UUID named(String what, UUID operation) {
        return UUID.nameUUIDFromBytes(("rehearsal " + what + " " + operation).getBytes(StandardCharsets.UTF_8));
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
        List<Step> path = new ArrayList<>(List.of(Step.values()));
        path.remove(Step.UNDO);
        return path;
    }

    /** Measured progress puts it off; it may have to wait for those of other servers. */
    @Override
    public Duration deadline() {
        return Duration.ofHours(12);
    }

    /** One that nobody asked for is begun again later. */
    @Override
    public boolean givesWay(Request data) {
        return data.byItself();
    }

    @Override
    public Hold hold() {
        return Hold.SHARED;
    }

    /** By then everything has been proved. */
    @Override
    public boolean onlyForward(Step step) {
        return step == Step.KEEP;
    }

    @Override
    public Optional<Step> undo(Step failed, Request data) {
        return failed == Step.UNDO ? Optional.empty() : Optional.of(Step.UNDO);
    }

    @Override
    public Outcome<Step> run(Step step, Context<Request> context) {
        UUID id = context.operationId();
        ServerKey source = new ServerKey(context.subjectId());
        ServerKey copy = copy(id);
        Request wanted = context.data();
        return switch (step) {
            case WAIT -> await(id, wanted);
            case VERIFY_REPOSITORY ->
                follow(backups().verifyRepository(source, id), context, () -> {
                    records.recoveryPoint(id, recoveryPoint(source));
                    return Outcome.next(Step.MARK);
                });
            case MARK -> mark(id, source, context);
            case RESTORE_NEWEST ->
                follow(restore(copy, source, wanted, new RestoreTarget.Latest(wanted.timeline())), context, () -> {
                    records.restored(id, since(context));
                    return Outcome.next(Step.RECOVER_NEWEST);
                });
            case RECOVER_NEWEST ->
                follow(backups().recover(copy), context, () -> {
                    records.recovered(id, since(context));
                    return Outcome.next(Step.COMPARE_NEWEST);
                });
            case COMPARE_NEWEST -> compareNewest(id, copy, context);
            case CHECK_NEWEST ->
                follow(backups().verify(copy, named("newest", id)), context, () -> Outcome.next(Step.CHECKSUMS_NEWEST));
            case CHECKSUMS_NEWEST -> checksums(copy, named("newest files", id), context, Step.CLEAR);
            case CLEAR -> remove(copy, context, () -> Outcome.next(Step.RESTORE_INSTANT));
            case RESTORE_INSTANT ->
                follow(
                        restore(copy, source, wanted, new RestoreTarget.At(wanted.instant(), wanted.instantTimeline())),
                        context,
                        () -> Outcome.next(Step.RECOVER_INSTANT));
            case RECOVER_INSTANT -> follow(backups().recover(copy), context, () -> Outcome.next(Step.COMPARE_INSTANT));
            case COMPARE_INSTANT -> compareInstant(id, copy, wanted);
            case CHECK_INSTANT ->
                follow(
                        backups().verify(copy, named("instant", id)),
                        context,
                        () -> Outcome.next(Step.CHECKSUMS_INSTANT));
            case CHECKSUMS_INSTANT -> checksums(copy, named("instant files", id), context, Step.REMOVE);
            case REMOVE -> remove(copy, context, () -> Outcome.next(Step.KEEP));
            case KEEP -> Units.keep(engine, outputs, source, id);
            case UNDO -> undo(id, source, copy, context);
        };
    }

    private BackupEngine backups() {
        return engine.backups()
                .orElseThrow(() -> Problem.of(ProblemCode.BackupsNotAvailable).raise());
    }

    private static Outcome<Step> follow(
            Progress progress, Context<Request> context, Supplier<Outcome<Step>> afterwards) {
        return Units.follow(progress, context.stepSince(), afterwards);
    }

    /** Since when the step has been at it: a crash in between counts, as it would for whoever waits. */
    private static Duration since(Context<Request> context) {
        Duration since = Duration.between(context.stepSince(), Instant.now());
        return since.isNegative() ? Duration.ZERO : since;
    }

    /** One at a time on a host, and none where it would take the room that servers need. */
    private Outcome<Step> await(UUID id, Request wanted) {
        Optional<String> other = records.turn(id);
        if (other.isPresent()) {
            return new Outcome.Wait<>(TURN, Messages.text("engine.doing.rehearsal", other.get()));
        }
        long needed = 1 + wanted.bytes() * 5 / 4 / BYTES_PER_GIB;
        int free = engine.room().storageGib();
        return free < needed
                ? failed(Problem.of(ProblemCode.RehearsalNoRoom, needed, free))
                : Outcome.next(Step.VERIFY_REPOSITORY);
    }

    private static Outcome<Step> failed(Problem problem) {
        return new Outcome.Failed<>(problem, null, false);
    }

    /** How much of the newest changes would be lost if the server were lost just now. */
    private Duration recoveryPoint(ServerKey source) {
        Instant archived = backups().catalogue(source).archivedAt();
        Duration age = archived == null ? Duration.ZERO : Duration.between(archived, clock.instant());
        if (engine.observe(source).state() == Observation.State.RUNNING) {
            Archiving archiving = backups().archiving(source);
            boolean idle = archiving.waiting() == 0 && !archiving.failing();
            return idle && age.compareTo(HANDED_OVER) > 0 ? HANDED_OVER : age.isNegative() ? Duration.ZERO : age;
        }
        // One that was stopped in good order has handed over everything.
        return Duration.ZERO;
    }

    private Outcome<Step> mark(UUID id, ServerKey source, Context<Request> context) {
        if (engine.observe(source).state() == Observation.State.STOPPED) {
            return Outcome.next(Step.RESTORE_NEWEST);
        }
        // Databases keep microseconds; rounded up, the marker would be later than its commit.
        records.mark(id, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return follow(
                backups().archive(source, context.operationId()), context, () -> Outcome.next(Step.RESTORE_NEWEST));
    }

    private Progress restore(ServerKey copy, ServerKey source, Request wanted, RestoreTarget target) {
        return backups().restore(copy, wanted.specification(), new RestoreSource(source, target, true));
    }

    private Outcome<Step> compareNewest(UUID id, ServerKey copy, Context<Request> context) {
        Instant marked = records.marked(id);
        Instant last = backups().recovered(copy).lastCommit();
        if (marked != null && (last == null || last.isBefore(marked))) {
            return failed(Problem.of(
                    ProblemCode.RehearsalChangesMissing,
                    RestorePoints.words(marked),
                    last == null ? "-" : RestorePoints.words(last)));
        }
        return ask(id, copy, context);
    }

    /** The user's own checks are about the newest state: what is true now need not have been true at a random instant. */
    private Outcome<Step> ask(UUID id, ServerKey copy, Context<Request> context) {
        List<CheckResult> results = new ArrayList<>();
        for (SqlCheck check : records.checks(context.subjectId())) {
            UUID unit = named("check " + check.name(), id);
            Progress progress = backups()
                    .ask(
                            copy,
                            unit,
                            new Question(check.database(), context.data().administrator(), check.query(), ANSWER));
            switch (progress) {
                case Progress.Running running -> {
                    return new Outcome.Wait<>(Duration.ofMillis(200), running.doing() + ": " + check.name());
                }
                case Progress.Done done -> results.add(new CheckResult(check.name(), null));
                case Progress.Failed failure -> {
                    if (failure.passing()) {
                        return new Outcome.Failed<>(failure.problem(), failure.detail(), true);
                    }
                    results.add(new CheckResult(check.name(), failure.problem().message()));
                }
            }
        }
        records.checked(id, results);
        List<String> wrong = results.stream()
                .filter(result -> !result.passed())
                .map(CheckResult::name)
                .toList();
        return wrong.isEmpty()
                ? Outcome.next(Step.CHECK_NEWEST)
                : failed(Problem.of(ProblemCode.RehearsalChecksFailed, String.join(", ", wrong)));
    }

    /** Nothing that was committed after the instant, and the next commit after it was met and left out. */
    private Outcome<Step> compareInstant(UUID id, ServerKey copy, Request wanted) {
        Recovered recovered = backups().recovered(copy);
        Instant last = recovered.lastCommit();
        Instant left = recovered.stoppedBefore();
        Instant marked = records.marked(id);
        boolean tooMuch = last != null && last.isAfter(wanted.instant());
        boolean tooLittle = left != null && !left.isAfter(wanted.instant());
        boolean markerOnTheWay =
                marked != null && marked.isAfter(wanted.instant()) && wanted.timeline() == wanted.instantTimeline();
        if (tooMuch || tooLittle || markerOnTheWay && left == null) {
            return failed(Problem.of(
                    ProblemCode.RehearsalStateDiffers,
                    RestorePoints.words(wanted.instant()),
                    last == null ? "-" : RestorePoints.words(last),
                    left == null ? "-" : RestorePoints.words(left)));
        }
        return Outcome.next(Step.CHECK_INSTANT);
    }

    private Outcome<Step> checksums(ServerKey copy, UUID unit, Context<Request> context, Step next) {
        return follow(
                engine.stop(copy),
                context,
                () -> follow(backups().verifyFiles(copy, unit), context, () -> Outcome.next(next)));
    }

    private Outcome<Step> remove(ServerKey copy, Context<Request> context, Supplier<Outcome<Step>> afterwards) {
        return follow(engine.remove(copy), context, () -> follow(backups().forget(copy), context, afterwards));
    }

    private Outcome<Step> undo(UUID id, ServerKey source, ServerKey copy, Context<Request> context) {
        return remove(
                copy,
                context,
                () -> engine.observe(source).state() == Observation.State.ABSENT
                        ? Outcome.done()
                        : Units.end(engine, outputs, source, id, context.stepSince()));
    }
}
