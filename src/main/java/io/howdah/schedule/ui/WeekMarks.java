package io.howdah.schedule.ui;

import static io.howdah.shared.Retold.told;

import io.howdah.schedule.JobService;
import io.howdah.schedule.JobView;
import io.howdah.schedule.PastRun;
import io.howdah.schedule.PlannedRun;
import io.howdah.schedule.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The runs of a week: those that were, with how they ended, and those that are planned. A job that runs more than once an
 * hour is said in one line above the calendar; of its runs only those are drawn that went wrong.
 */
final class WeekMarks {

    private static final Duration FREQUENT = Duration.ofHours(1);

    private record Moment(String job, Instant at) {}

    private final JobService jobs;

    WeekMarks(JobService jobs) {
        this.jobs = jobs;
    }

    static boolean frequent(JobView job) {
        return job.nextRuns().size() > 1
                && Duration.between(job.nextRuns().get(0), job.nextRuns().get(1))
                                .compareTo(FREQUENT)
                        < 0;
    }

    List<WeekLayout.Mark> of(Instant from, Instant to, List<JobView> wanted) {
        Set<String> keys = wanted.stream().map(JobView::key).collect(Collectors.toSet());
        Set<String> often =
                wanted.stream().filter(WeekMarks::frequent).map(JobView::key).collect(Collectors.toSet());
        List<WeekLayout.Mark> marks = new ArrayList<>();
        Set<Moment> ran = new HashSet<>();
        for (PastRun run : jobs.past(from, to)) {
            boolean wrong = run.run().result() == RunResult.FAILED || run.run().result() == RunResult.MISSED;
            if (keys.contains(run.key()) && (wrong || !often.contains(run.key()))) {
                ran.add(new Moment(run.key(), run.run().plannedAt()));
                marks.add(new WeekLayout.Mark(
                        run.run().plannedAt(),
                        run.key(),
                        told(run.title()),
                        run.serverName(),
                        state(run.run().result())));
            }
        }
        Instant now = Instant.now();
        if (to.isAfter(now)) {
            for (PlannedRun run : jobs.planned(from.isAfter(now) ? from : now, to)) {
                String key = key(run);
                // what is just beginning may be in both lists
                if (keys.contains(key)
                        && !often.contains(key)
                        && ran.add(new Moment(key, run.at().toInstant()))) {
                    marks.add(new WeekLayout.Mark(
                            run.at().toInstant(), key, told(run.title()), run.serverName(), WeekLayout.State.PLANNED));
                }
            }
        }
        return marks;
    }

    private static String key(PlannedRun run) {
        return run.scheduleId() == null ? "standing:" + run.jobName() : "schedule:" + run.scheduleId();
    }

    private static WeekLayout.State state(RunResult result) {
        return switch (result) {
            case RUNNING -> WeekLayout.State.RUNNING;
            case SUCCEEDED -> WeekLayout.State.SUCCEEDED;
            case FAILED -> WeekLayout.State.FAILED;
            case SKIPPED -> WeekLayout.State.SKIPPED;
            case MISSED -> WeekLayout.State.MISSED;
        };
    }
}
