package io.howdah.backup;

import io.howdah.engine.RecoverySpan;
import io.howdah.engine.RestoreTarget;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * Which instants of a server's life can be restored: those of its spans, and nothing between, before or after them. Who
 * asks for another is told why, and what is possible.
 *
 * @param spans oldest first, the newest up to when WAL came last
 * @param running whether the server can still be asked to archive what it has
 */
record RestorePoints(String server, List<RecoverySpan> spans, boolean running) {

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    /** Clocks of files and of servers differ by moments; asking a server to archive once more costs nothing. */
    private static final Duration CERTAIN = Duration.ofSeconds(10);

    RestorePoints {
        spans = List.copyOf(spans);
    }

    /**
     * What a choice comes to.
     *
     * @param at the last instant whose changes are there
     * @param archive whether the server must archive first
     */
    record Chosen(RestoreTarget target, Instant at, boolean archive) {}

    static String words(Instant instant) {
        return UTC.format(instant);
    }

    Chosen latest(Instant now) {
        RecoverySpan newest = newest();
        boolean archive = newest.growing() && running;
        return new Chosen(new RestoreTarget.Latest(newest.timeline()), archive ? now : newest.until(), archive);
    }

    /** @throws io.howdah.shared.ProblemException saying why that instant can't be restored */
    Chosen at(Instant wanted, Instant now) {
        if (wanted == null) {
            throw Problem.of(ProblemCode.Required, "instant").at("instant").raise();
        }
        newest();
        if (wanted.isAfter(now)) {
            throw refuse(Problem.of(ProblemCode.RestorePointInFuture, words(wanted), words(now)));
        }
        Optional<RecoverySpan> within =
                spans.stream().filter(span -> holds(span, wanted)).reduce((older, newer) -> newer);
        if (within.isPresent()) {
            RecoverySpan span = within.get();
            boolean archive =
                    span.growing() && running && wanted.isAfter(span.until().minus(CERTAIN));
            return new Chosen(new RestoreTarget.At(wanted, span.timeline()), wanted, archive);
        }
        Optional<RecoverySpan> after =
                spans.stream().filter(span -> span.from().isAfter(wanted)).findFirst();
        Optional<Instant> before = spans.stream()
                .map(RecoverySpan::until)
                .filter(until -> until.isBefore(wanted))
                .max(Instant::compareTo);
        if (after.isEmpty()) {
            throw refuse(
                    Problem.of(ProblemCode.RestorePointTooLate, server, words(before.orElseThrow()), words(wanted)));
        }
        Instant next = spans.stream()
                .map(RecoverySpan::from)
                .filter(from -> from.isAfter(wanted))
                .min(Instant::compareTo)
                .orElseThrow();
        throw refuse(
                before.isEmpty()
                        ? Problem.of(ProblemCode.RestorePointTooEarly, server, words(next), words(wanted))
                        : Problem.of(
                                ProblemCode.RestorePointInGap,
                                server,
                                words(wanted),
                                words(before.get()),
                                words(next)));
    }

    /** What a stopped server has not archived, nobody can restore. */
    private boolean holds(RecoverySpan span, Instant instant) {
        return !instant.isBefore(span.from()) && (span.growing() && running || !instant.isAfter(span.until()));
    }

    private RecoverySpan newest() {
        if (spans.isEmpty()) {
            throw refuse(Problem.of(ProblemCode.NoBackupYet, server));
        }
        return spans.getLast();
    }

    private static io.howdah.shared.ProblemException refuse(Problem problem) {
        return problem.at("instant").raise();
    }
}
