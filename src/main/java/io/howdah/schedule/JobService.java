package io.howdah.schedule;

import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.StandingJob;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that is done by itself, the product's standing jobs and people's schedules alike. */
@Stateless
public class JobService {

    private static final String STANDING = "standing:";
    private static final String SCHEDULE = "schedule:";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    /** Of the day on which the clocks are put back. */
    private static final int HOURS = 25;

    private static final int NEXT = 3;
    private static final int PLANNED = 2000;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private ScheduleService schedules;

    @Inject
    private StandingJobs standing;

    @Inject
    private Triggers triggers;

    @Inject
    private Clock clock;

    @Inject
    private Event<JobChanged> changes;

    /** The standing jobs first, then the schedules the caller may see, each by title. */
    public List<JobView> list() {
        boolean seesStanding = !access.reach(Permission.JOBS_READ).nowhere();
        Map<String, RunView> last = new HashMap<>();
        entities.createQuery(
                        "select r from JobRun r where r.beganAt = (select max(o.beganAt) from JobRun o where o.job = r.job)",
                        JobRun.class)
                .getResultStream()
                .forEach(run -> last.put(run.job, run.view()));
        Stream<JobView> ours =
                standing.all().stream().filter(job -> seesStanding).map(job -> view(job, last.get(job.name())));
        return Stream.concat(ours, schedules.all().stream().map(JobService::view))
                .toList();
    }

    /** @throws io.howdah.shared.ProblemException NotFound, also when the caller may not see it */
    public JobView get(String key) {
        if (isSchedule(key)) {
            access.reach(Permission.JOBS_READ);
            return view(schedules.get(scheduleId(key)));
        }
        StandingJob job = read(key);
        return view(job, runs(job.name(), 0, 1).stream().findFirst().orElse(null));
    }

    /** Newest first. */
    public List<RunView> history(String key, int offset, int limit) {
        if (isSchedule(key)) {
            access.reach(Permission.JOBS_READ);
            return schedules.runs(scheduleId(key), offset, limit);
        }
        return runs(read(key).name(), offset, limit);
    }

    public int countHistory(String key) {
        if (isSchedule(key)) {
            access.reach(Permission.JOBS_READ);
            return schedules.countRuns(scheduleId(key));
        }
        return entities.createQuery("select count(r) from JobRun r where r.job = :job", Long.class)
                .setParameter("job", read(key).name())
                .getSingleResult()
                .intValue();
    }

    /** A standing job that is running runs once more afterwards. */
    public void runNow(String key) {
        if (isSchedule(key)) {
            schedules.runNow(scheduleId(key));
            return;
        }
        triggers.runNow(change(key, "run now"));
    }

    public void pause(String key) {
        if (isSchedule(key)) {
            schedules.pause(scheduleId(key));
        } else {
            paused(change(key, "paused"), true);
        }
    }

    public void resume(String key) {
        if (isSchedule(key)) {
            schedules.resume(scheduleId(key));
        } else {
            paused(change(key, "resumed"), false);
        }
    }

    /** The runs to come in that time, in their order; of jobs more frequent than hourly they would be too many. */
    public List<PlannedRun> planned(Instant from, Instant to) {
        boolean seesStanding = !access.reach(Permission.JOBS_READ).nowhere();
        List<PlannedRun> planned = new ArrayList<>();
        Instant start = from.isBefore(clock.instant()) ? clock.instant() : from;
        for (StandingJob job : standing.all()) {
            if (seesStanding && job.every().compareTo(HOUR) >= 0 && !isPaused(job)) {
                next(job, start, to, PLANNED)
                        .forEach(
                                at -> planned.add(new PlannedRun(null, job.name(), StandingJobs.title(job), null, at)));
            }
        }
        for (ScheduleView schedule : schedules.all()) {
            if (!schedule.paused() && !frequent(schedule.timing(), start)) {
                planned.addAll(ScheduleViews.planned(
                        schedule.id(), schedule.name(), schedule.serverName(), schedule.timing(), start, to, PLANNED));
            }
        }
        planned.sort(Comparator.comparing(run -> run.at().toInstant()));
        return planned;
    }

    /** The runs of that time that have begun or ended, of the same jobs as in {@link #planned}; newest first. */
    public List<PastRun> past(Instant from, Instant to) {
        List<PastRun> past = new ArrayList<>();
        Set<String> seldom = access.reach(Permission.JOBS_READ).nowhere()
                ? Set.of()
                : standing.all().stream()
                        .filter(job -> job.every().compareTo(HOUR) >= 0)
                        .map(StandingJob::name)
                        .collect(Collectors.toSet());
        if (!seldom.isEmpty()) {
            entities.createQuery(
                            "select r from JobRun r where r.job in :jobs and r.beganAt >= :from and r.beganAt < :to order by r.beganAt desc",
                            JobRun.class)
                    .setParameter("jobs", seldom)
                    .setParameter("from", from)
                    .setParameter("to", to)
                    .setMaxResults(PLANNED)
                    .getResultStream()
                    .forEach(run -> past.add(new PastRun(
                            STANDING + run.job,
                            standing.find(run.job).map(StandingJobs::title).orElse(run.job),
                            null,
                            run.view())));
        }
        Map<UUID, ScheduleView> seen =
                schedules.all().stream().collect(Collectors.toMap(ScheduleView::id, Function.identity()));
        if (!seen.isEmpty()) {
            entities.createQuery(
                            "select r from ScheduleRun r where r.scheduleId in :schedules and r.plannedAt >= :from and r.plannedAt < :to order by r.plannedAt desc",
                            ScheduleRun.class)
                    .setParameter("schedules", seen.keySet())
                    .setParameter("from", from)
                    .setParameter("to", to)
                    .setMaxResults(PLANNED)
                    .getResultStream()
                    .forEach(run -> {
                        ScheduleView schedule = seen.get(run.scheduleId);
                        past.add(new PastRun(
                                SCHEDULE + schedule.id(), schedule.name(), schedule.serverName(), run.view()));
                    });
        }
        past.sort(Comparator.comparing((PastRun run) -> run.run().plannedAt()).reversed());
        return past;
    }

    private static boolean frequent(Timing timing, Instant from) {
        return timing.between(from, from.plus(DAY), HOURS + 1).size() > HOURS;
    }

    private static boolean isSchedule(String key) {
        return key != null && key.startsWith(SCHEDULE);
    }

    private static UUID scheduleId(String key) {
        try {
            return UUID.fromString(key.substring(SCHEDULE.length()));
        } catch (IllegalArgumentException e) {
            throw Problem.of(ProblemCode.NotFound, "schedule", key).raise(e);
        }
    }

    private StandingJob find(String key) {
        return Optional.ofNullable(key)
                .filter(text -> text.startsWith(STANDING))
                .flatMap(text -> standing.find(text.substring(STANDING.length())))
                .orElseThrow(() -> Problem.of(ProblemCode.NotFound, "job", String.valueOf(key))
                        .raise());
    }

    private StandingJob read(String key) {
        StandingJob job = find(key);
        if (!access.mayAnywhere(Permission.JOBS_READ)) {
            access.permit(Permission.JOBS_READ, Scope.INSTALLATION, target(job));
        }
        return job;
    }

    private StandingJob change(String key, String what) {
        StandingJob job = find(key);
        access.change(Permission.JOBS_WRITE, Scope.INSTALLATION, target(job), Map.of("change", what));
        return job;
    }

    private void paused(StandingJob job, boolean paused) {
        StandingJobEntry entry = new StandingJobEntry();
        entry.name = job.name();
        entry.paused = paused;
        entities.merge(entry);
        entities.flush();
        changes.fire(new JobChanged(job.name()));
        triggers.align(job, paused);
    }

    private boolean isPaused(StandingJob job) {
        StandingJobEntry entry = entities.find(StandingJobEntry.class, job.name());
        return entry != null && entry.paused;
    }

    private JobView view(StandingJob job, RunView lastRun) {
        boolean paused = isPaused(job);
        Instant now = clock.instant();
        return new JobView(
                STANDING + job.name(),
                true,
                StandingJobs.title(job),
                Messages.text("job." + job.name() + ".what"),
                null,
                job.every(),
                paused ? List.of() : next(job, now, Instant.MAX, NEXT),
                paused,
                lastRun,
                null,
                null,
                Scope.INSTALLATION,
                null);
    }

    private static JobView view(ScheduleView schedule) {
        return new JobView(
                SCHEDULE + schedule.id(),
                false,
                schedule.name(),
                Messages.text("job.schedule.what", schedule.actionTitle(), schedule.serverName(), schedule.createdBy()),
                schedule.timing(),
                null,
                schedule.nextRuns(),
                schedule.paused(),
                schedule.lastRun(),
                schedule.id(),
                schedule.serverName(),
                Scope.server(schedule.teamId(), schedule.serverId()),
                schedule.createdBy());
    }

    /** After {@code from} and not after {@code to}, at most so many. */
    private List<ZonedDateTime> next(StandingJob job, Instant from, Instant to, int limit) {
        List<ZonedDateTime> next = new ArrayList<>();
        Instant at = triggers.next(job).orElse(from);
        if (at.isBefore(from)) {
            long passed = Duration.between(at, from).dividedBy(job.every());
            at = at.plus(job.every().multipliedBy(passed));
        }
        while (next.size() < limit && !at.isAfter(to)) {
            if (!at.isBefore(from)) {
                next.add(at.atZone(ZoneOffset.UTC));
            }
            at = at.plus(job.every());
        }
        return next;
    }

    private List<RunView> runs(String job, int offset, int limit) {
        return entities.createQuery("select r from JobRun r where r.job = :job order by r.beganAt desc", JobRun.class)
                .setParameter("job", job)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultStream()
                .map(JobRun::view)
                .toList();
    }

    private static Target target(StandingJob job) {
        return new Target("job", null, job.name());
    }
}
