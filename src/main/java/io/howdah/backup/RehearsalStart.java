package io.howdah.backup;

import io.howdah.access.Caller;
import io.howdah.access.Permission;
import io.howdah.engine.Compute;
import io.howdah.engine.RecoverySpan;
import io.howdah.engine.Specification;
import io.howdah.operation.Operations;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Puts a rehearsal in its server's line, in the running transaction, and chooses what it is to prove. */
@Dependent
class RehearsalStart {

    /** As little as there is, but for the vCores: a proof that takes twice as long is in the way twice as long. */
    private static final Compute SMALL = new Compute(0.5, 256, 40);

    private static final String NAME = "rehearsal";

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Operations operations;

    @Inject
    private BackupViews views;

    @Inject
    private RehearseBackup rehearseBackup;

    @Inject
    private Clock clock;

    /** An instant that can be restored, and the timeline on which. */
    record Chosen(Instant instant, int timeline) {}

    /**
     * @param byItself whether the product does it without having been asked
     * @return the operation's id
     * @throws io.howdah.shared.ProblemException RehearsalUnderWay, NoBackupYet
     */
    UUID begin(RecoveryState state, Caller caller, boolean byItself) {
        // Held until the transaction ends, so that two wishes at one instant come one after the other.
        entities.find(RecoveryState.class, state.serverId, LockModeType.PESSIMISTIC_WRITE);
        if (underWay(state.serverId)) {
            throw Problem.of(ProblemCode.RehearsalUnderWay, state.name).raise();
        }
        List<RecoverySpan> spans = state.spans();
        BackupView newest = views.backups(state.serverId).stream()
                .filter(backup -> !backup.underWay())
                .findFirst()
                .filter(backup -> !spans.isEmpty())
                .orElseThrow(
                        () -> Problem.of(ProblemCode.NoBackupYet, state.name).raise());
        Chosen chosen = choose(spans, RandomGenerator.getDefault());
        int timeline = spans.getLast().timeline();
        Rehearsal rehearsal = new Rehearsal();
        rehearsal.id = operations.start(
                rehearseBackup,
                state.subject(),
                new RehearseBackup.Request(
                        new Specification(NAME, state.majorVersion, SMALL, Specification.UNLIMITED, List.of()),
                        state.administratorLogin,
                        timeline,
                        chosen.instant(),
                        chosen.timeline(),
                        newest.databaseBytes(),
                        byItself),
                caller,
                Permission.BACKUPS_REHEARSE);
        rehearsal.serverId = state.serverId;
        rehearsal.node = state.node;
        rehearsal.state = RehearsalView.State.UNDER_WAY;
        rehearsal.byItself = byItself;
        rehearsal.backupLabel = newest.label();
        rehearsal.timeline = timeline;
        rehearsal.instantAt = chosen.instant();
        rehearsal.instantTimeline = chosen.timeline();
        rehearsal.askedAt = clock.instant();
        rehearsal.requestedBy = caller.name();
        entities.persist(rehearsal);
        entities.flush();
        return rehearsal.id;
    }

    boolean underWay(UUID serverId) {
        return entities.createQuery(
                                "select count(r) from Rehearsal r where r.serverId = :server and r.state = :open",
                                Long.class)
                        .setParameter("server", serverId)
                        .setParameter("open", RehearsalView.State.UNDER_WAY)
                        .getSingleResult()
                > 0;
    }

    /** Each instant of the range is as likely as any other. */
    static Chosen choose(List<RecoverySpan> spans, RandomGenerator random) {
        long all = spans.stream().mapToLong(RehearsalStart::millis).sum();
        long at = random.nextLong(all + 1);
        for (RecoverySpan span : spans) {
            long length = millis(span);
            if (at <= length) {
                return new Chosen(span.from().plusMillis(at).truncatedTo(ChronoUnit.MILLIS), span.timeline());
            }
            at -= length;
        }
        RecoverySpan last = spans.getLast();
        return new Chosen(last.from(), last.timeline());
    }

    private static long millis(RecoverySpan span) {
        return Duration.between(span.from(), span.until()).toMillis();
    }
}
