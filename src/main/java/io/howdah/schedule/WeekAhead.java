package io.howdah.schedule;

import io.howdah.schedule.ScheduledAction.Effect;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Foretells how long a server will run in a week, from the schedules that start and stop it. */
final class WeekAhead {

    private static final Duration WEEK = Duration.ofDays(7);
    /** One a minute for two weeks. */
    private static final int LIMIT = 20_160;

    private record Turn(Instant at, Effect effect) {}

    private final Instant now;
    private final List<Turn> turns = new ArrayList<>();

    WeekAhead(Instant now) {
        this.now = now;
    }

    void add(Effect effect, Timing timing) {
        if (effect != Effect.NONE) {
            for (ZonedDateTime run : timing.between(now.minus(WEEK), now.plus(WEEK), LIMIT)) {
                turns.add(new Turn(run.toInstant(), effect));
            }
        }
    }

    /** Whether anything starts or stops the server. */
    boolean turns() {
        return !turns.isEmpty();
    }

    /**
     * How long it will run in the seven days from now.
     *
     * @param runsNow taken for the beginning when no schedule would have started or stopped it in the last week; else a
     *     server that happens to run in the night would count as running in all nights
     */
    Duration running(boolean runsNow) {
        turns.sort(Comparator.comparing(Turn::at));
        boolean runs = runsNow;
        Instant since = now;
        Duration running = Duration.ZERO;
        for (Turn turn : turns) {
            if (turn.at().isAfter(now)) {
                running = runs ? running.plus(Duration.between(since, turn.at())) : running;
                since = turn.at();
            }
            runs = turn.effect() == Effect.STARTS;
        }
        return runs ? running.plus(Duration.between(since, now.plus(WEEK))) : running;
    }

    static Duration saved(Duration running) {
        return WEEK.minus(running);
    }
}
