package io.howdah.schedule;

import io.howdah.operation.Subject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads schedules and their runs, for whoever has found out that the caller may see them. */
@ApplicationScoped
class ScheduleViews {

    private static final int NEXT = 3;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Clock clock;

    /** A schedule with its server, which is there. */
    record Placed(Schedule schedule, Subject server) {}

    List<ScheduleView> views(List<Placed> schedules) {
        Map<UUID, RunView> last =
                lastRuns(schedules.stream().map(placed -> placed.schedule().id).toList());
        return schedules.stream()
                .map(placed -> view(placed, last.get(placed.schedule().id)))
                .toList();
    }

    private ScheduleView view(Placed placed, RunView lastRun) {
        Schedule schedule = placed.schedule();
        Subject server = placed.server();
        Timing timing = schedule.timing();
        return new ScheduleView(
                schedule.id,
                schedule.name,
                server.id(),
                server.name(),
                server.teamId(),
                schedule.action,
                Actions.title(schedule.action),
                schedule.arguments(),
                timing,
                schedule.misfire,
                schedule.whenStopped,
                schedule.tellOnFailure(),
                schedule.paused,
                schedule.createdBy,
                schedule.createdAt,
                next(schedule, timing),
                lastRun,
                schedule.runsAsName);
    }

    private List<ZonedDateTime> next(Schedule schedule, Timing timing) {
        if (schedule.paused) {
            return List.of();
        }
        List<ZonedDateTime> next = new ArrayList<>();
        timing.next(clock.instant()).ifPresent(next::add);
        while (!next.isEmpty() && next.size() < NEXT) {
            ZonedDateTime last = next.get(next.size() - 1);
            ZonedDateTime following = timing.next(last.toInstant()).orElse(null);
            if (following == null) {
                break;
            }
            next.add(following);
        }
        return next;
    }

    private Map<UUID, RunView> lastRuns(List<UUID> schedules) {
        Map<UUID, RunView> last = new HashMap<>();
        if (!schedules.isEmpty()) {
            entities.createQuery(
                            "select r from ScheduleRun r where r.scheduleId in :schedules and r.plannedAt = (select max(o.plannedAt) from ScheduleRun o where o.scheduleId = r.scheduleId)",
                            ScheduleRun.class)
                    .setParameter("schedules", schedules)
                    .getResultStream()
                    .forEach(run -> last.put(run.scheduleId, run.view()));
        }
        return last;
    }

    List<Schedule> of(UUID serverId) {
        return entities.createQuery(
                        "select s from Schedule s where s.serverId = :server order by lower(s.name)", Schedule.class)
                .setParameter("server", serverId)
                .getResultList();
    }

    List<Schedule> all() {
        return entities.createQuery("select s from Schedule s order by lower(s.name), s.number", Schedule.class)
                .getResultList();
    }

    List<RunView> runs(UUID scheduleId, int offset, int limit) {
        return entities.createQuery(
                        "select r from ScheduleRun r where r.scheduleId = :schedule order by r.plannedAt desc",
                        ScheduleRun.class)
                .setParameter("schedule", scheduleId)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultStream()
                .map(ScheduleRun::view)
                .toList();
    }

    int countRuns(UUID scheduleId) {
        return entities.createQuery("select count(r) from ScheduleRun r where r.scheduleId = :schedule", Long.class)
                .setParameter("schedule", scheduleId)
                .getSingleResult()
                .intValue();
    }

    /** The schedule's runs to come in that time. */
    List<PlannedRun> planned(Placed placed, Instant from, Instant to, int limit) {
        Schedule schedule = placed.schedule();
        if (schedule.paused) {
            return List.of();
        }
        return planned(schedule.id, schedule.name, placed.server().name(), schedule.timing(), from, to, limit);
    }

    static List<PlannedRun> planned(
            UUID id, String title, String serverName, Timing timing, Instant from, Instant to, int limit) {
        return timing.between(from, to, limit).stream()
                .map(at -> new PlannedRun(id, null, title, serverName, at))
                .toList();
    }
}
