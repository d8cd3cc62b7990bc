package io.howdah.engine.host;

import io.howdah.engine.BackupInfo;
import io.howdah.engine.RecoverySpan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The write-ahead log in a repository: which segments there are, when each came, and how its timelines descend from each
 * other. From that follows what can be restored: the instants from the end of a backup on, as far as no segment is missing.
 *
 * @param segments when each came
 * @param forks where each timeline but the first left another
 * @param born when each timeline's history came, which is when it began
 */
record WalArchive(NavigableMap<WalSegment, Instant> segments, Map<Integer, Fork> forks, Map<Integer, Instant> born) {

    static final WalArchive EMPTY = new WalArchive(new TreeMap<>(), Map.of(), Map.of());

    /** @param lsn the position in the log at which the timeline was left */
    record Fork(int timeline, long lsn) {
        long segment() {
            return lsn / WalSegment.BYTES;
        }
    }

    /**
     * A backup and the WAL that makes it whole.
     *
     * @param stopLsn where it ended
     */
    record Base(BackupInfo backup, WalSegment first, WalSegment last, long stopLsn) {}

    /** How far WAL reaches from a backup on, and what ends it. */
    private record Reach(WalSegment last, WalSegment missing) {}

    Instant newest() {
        return segments.values().stream().max(Comparator.naturalOrder()).orElse(null);
    }

    /** The newest timeline that has anything here, or 0. */
    int newestTimeline() {
        int inSegments = segments.isEmpty() ? 0 : segments.lastKey().timeline();
        return Math.max(
                inSegments,
                born.keySet().stream().mapToInt(Integer::intValue).max().orElse(0));
    }

    /**
     * The timeline that its server is on: that of what came last. It need not be the newest, since who goes back to before a
     * restore goes on where the server was.
     */
    int currentTimeline() {
        Map<Integer, Instant> last = new TreeMap<>(born);
        segments.forEach((segment, came) ->
                last.merge(segment.timeline(), came, (one, other) -> one.isAfter(other) ? one : other));
        return last.entrySet().stream()
                .max(Map.Entry.<Integer, Instant>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(0);
    }

    /** The current one last, since what is restored without a word about timelines comes from it. */
    private List<Integer> timelines() {
        int current = currentTimeline();
        return IntStream.concat(
                        IntStream.rangeClosed(1, newestTimeline()).filter(timeline -> timeline != current),
                        IntStream.of(current))
                .boxed()
                .toList();
    }

    /**
     * The instants that can be restored.
     *
     * @param growing whether a running server adds to its timeline
     * @param certain by timeline, up to when all is known to be there: the times of files are rough
     */
    List<RecoverySpan> spans(List<Base> bases, boolean growing, Map<Integer, Instant> certain) {
        List<RecoverySpan> spans = new ArrayList<>();
        for (int timeline : timelines()) {
            Reach before = null;
            for (Base base : onTheWayTo(timeline, bases)) {
                Reach reach = reach(base, timeline);
                // From there on an earlier backup reaches just as far.
                if (reach != null && !reach.equals(before)) {
                    boolean grows = growing && timeline == currentTimeline();
                    RecoverySpan span = span(base, timeline, reach, grows, certain.get(timeline));
                    if (span != null) {
                        spans.add(span);
                        before = reach;
                    }
                }
            }
        }
        return spans;
    }

    /** The backups from which the timeline can be reached, oldest first. */
    private List<Base> onTheWayTo(int timeline, List<Base> bases) {
        return bases.stream()
                .filter(base -> leadsTo(base, timeline))
                .sorted(Comparator.comparing(base -> base.backup().stoppedAt()))
                .toList();
    }

    private boolean leadsTo(Base base, int timeline) {
        int at = timeline;
        while (at != base.last().timeline()) {
            Fork fork = forks.get(at);
            if (fork == null || (fork.timeline() == base.last().timeline() && base.stopLsn() > fork.lsn())) {
                return false;
            }
            at = fork.timeline();
        }
        return true;
    }

    /** @return null when WAL that the backup itself needs is missing */
    private Reach reach(Base base, int timeline) {
        WalSegment last = null;
        WalSegment missing = null;
        long end = Math.max(end(timeline), base.last().number());
        for (long number = base.first().number(); number <= end && missing == null; number++) {
            WalSegment segment = new WalSegment(owner(timeline, number), number);
            if (segments.containsKey(segment)) {
                last = segment;
            } else {
                missing = segment;
            }
        }
        return last == null || last.number() < base.last().number() ? null : new Reach(last, missing);
    }

    private RecoverySpan span(Base base, int timeline, Reach reach, boolean growing, Instant certain) {
        Instant born = this.born.getOrDefault(timeline, Instant.MIN);
        Instant from =
                born.isAfter(base.backup().stoppedAt()) ? born : base.backup().stoppedAt();
        boolean whole = reach.missing() == null;
        Instant until = whole ? segments.get(reach.last()) : certain(reach.last());
        if (whole && certain != null && certain.isAfter(until)) {
            until = certain;
        }
        if (until == null || until.isBefore(from)) {
            // Of a backup and its own WAL alone there is still the instant of its end.
            until = from.equals(base.backup().stoppedAt()) || growing ? from : null;
        }
        return until == null
                ? null
                : new RecoverySpan(
                        timeline,
                        from,
                        until,
                        growing && whole,
                        whole ? null : reach.missing().name());
    }

    /** What was committed while the last segment before a gap was on its way may be in the missing one. */
    private Instant certain(WalSegment last) {
        return segments.get(new WalSegment(last.timeline(), last.number() - 1));
    }

    private long end(int timeline) {
        WalSegment last = segments.floorKey(new WalSegment(timeline, Long.MAX_VALUE));
        long own = last != null && last.timeline() == timeline ? last.number() : -1;
        Fork fork = forks.get(timeline);
        return fork == null ? own : Math.max(own, fork.segment() - 1);
    }

    /** The timeline whose segment of that number counts on the way to the given one. */
    private int owner(int timeline, long number) {
        int at = timeline;
        while (forks.containsKey(at) && number < forks.get(at).segment()) {
            at = forks.get(at).timeline();
        }
        return at;
    }

    /**
     * The segments that a restore needs, from the backup's first to the last that may hold something up to the instant.
     *
     * @param instant null for everything there is
     */
    List<WalSegment> needed(Base base, int timeline, Instant instant) {
        List<WalSegment> needed = new ArrayList<>();
        for (long number = base.first().number();
                number <= Math.max(end(timeline), base.last().number());
                number++) {
            WalSegment segment = new WalSegment(owner(timeline, number), number);
            needed.add(segment);
            Instant came = segments.get(segment);
            if (instant != null && number >= base.last().number() && came != null && came.isAfter(instant)) {
                break;
            }
        }
        return needed;
    }

    /** The last segment on the timeline that is there with all between it and the given one. */
    WalSegment unbroken(WalSegment from, int timeline) {
        WalSegment last = from;
        WalSegment next = from;
        while (segments.containsKey(next)) {
            last = next;
            next = new WalSegment(owner(timeline, last.number() + 1), last.number() + 1);
        }
        return last;
    }

    /** The first of these that is not there, or null. */
    WalSegment missing(List<WalSegment> needed) {
        return needed.stream()
                .filter(segment -> !segments.containsKey(segment))
                .findFirst()
                .orElse(null);
    }

    /** The newest backup that leads to an instant on that timeline, or null. */
    Base base(List<Base> bases, int timeline, Instant instant) {
        return onTheWayTo(timeline, bases).stream()
                .filter(base -> instant == null || !base.backup().stoppedAt().isAfter(instant))
                .reduce((older, newer) -> newer)
                .orElse(null);
    }
}
