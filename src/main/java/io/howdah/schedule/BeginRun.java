package io.howdah.schedule;

import io.howdah.access.Access;
import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.access.Holders;
import io.howdah.access.Permission;
import io.howdah.access.Recorder;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.access.Teams;
import io.howdah.operation.Subject;
import io.howdah.shared.Ids;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Begins runs in the running transaction, which holds the server's row: asks whether the person in whose name the schedule
 * runs still may, whether there is anything to do, and sees to it that the server runs when it must.
 */
@ApplicationScoped
class BeginRun {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Actions actions;

    @Inject
    private ScheduleSubjects subjects;

    @Inject
    private Access access;

    @Inject
    private Holders holders;

    @Inject
    private Recorder recorder;

    @Inject
    private Teams teams;

    @Inject
    private Clock clock;

    @Inject
    private Event<ScheduleChanged> changes;

    /** As the person who decided last what the schedule does. Who no longer may is not obeyed: the run is skipped. */
    ScheduleRun inItsOwnName(Schedule schedule, Subject server, Instant planned, String note) {
        ScheduledAction action = actions.of(schedule.action);
        Caller caller = new Caller(
                schedule.runsAs, holders.name(schedule.runsAs).orElse(schedule.runsAsName), null, Ids.correlation());
        Optional<Permission> missing = needed(action, schedule.whenStopped).stream()
                .filter(permission -> !may(caller, permission, server))
                .findFirst();
        if (missing.isPresent()) {
            recorder.denied(caller, missing.get(), Scope.server(server.teamId(), server.id()), target(server));
            Problem problem = Problem.of(
                    ProblemCode.ScheduleNotAllowedAnyMore,
                    caller.name(),
                    missing.get().action(),
                    String.valueOf(teams.names().get(server.teamId())));
            return skipped(schedule, planned, problem.message() + " " + problem.hint());
        }
        if (unended(schedule.id)) {
            return skipped(schedule, planned, Messages.text("schedule.reason.unended"));
        }
        return begin(schedule, action, server, planned, caller, note);
    }

    /** What somebody needs so that the action may run in their name. */
    static List<Permission> needed(ScheduledAction action, WhenStopped whenStopped) {
        List<Permission> needed = new ArrayList<>(List.of(action.permission()));
        if (action.needsRunningServer() && whenStopped != WhenStopped.SKIP) {
            needed.add(Permission.SERVERS_START);
            if (whenStopped == WhenStopped.START_AND_STOP_AFTER) {
                needed.add(Permission.SERVERS_STOP);
            }
        }
        return needed;
    }

    /** @param note what there is to say about the run although it begins, or null */
    ScheduleRun begin(
            Schedule schedule, ScheduledAction action, Subject server, Instant planned, Caller caller, String note) {
        if (action.idle(server.id(), schedule.arguments())) {
            return skipped(
                    schedule,
                    planned,
                    Problem.of(ProblemCode.ScheduleNothingToDo).message());
        }
        boolean toRun = subjects.running(server.id());
        boolean stopped = action.needsRunningServer() && (!toRun || subjects.asleep(server.id()));
        if (stopped && schedule.whenStopped == WhenStopped.SKIP) {
            return skipped(schedule, planned, Messages.text("schedule.reason.stopped", server.name()));
        }
        ScheduleRun run = record(schedule, planned, clock.instant());
        run.reason = note;
        Callers.as(caller, () -> {
            access.change(
                    action.permission(),
                    Scope.server(server.teamId(), server.id()),
                    target(server),
                    Map.of("schedule", schedule.name, "run", run.id.toString()));
            if (stopped) {
                subjects.start(server.id(), caller);
                // The database gives places in the line as rows are written: the start must have the one before.
                entities.flush();
                // One that was asleep goes back to sleep by itself.
                run.stopAfter = !toRun && schedule.whenStopped == WhenStopped.START_AND_STOP_AFTER;
            }
            run.operationId = action.begin(server.id(), schedule.arguments(), caller, run.id);
        });
        return run;
    }

    /** A run on record, and nothing begun yet. */
    ScheduleRun record(Schedule schedule, Instant planned, Instant now) {
        ScheduleRun run = new ScheduleRun();
        run.id = Ids.random();
        run.scheduleId = schedule.id;
        run.plannedAt = planned;
        run.beganAt = now;
        run.result = RunResult.RUNNING;
        entities.persist(run);
        // Whoever runs the same a second time fails here, before anything has begun.
        entities.flush();
        changes.fire(new ScheduleChanged(schedule.id, schedule.serverId));
        return run;
    }

    private ScheduleRun skipped(Schedule schedule, Instant planned, String reason) {
        ScheduleRun run = record(schedule, planned, clock.instant());
        run.end(RunResult.SKIPPED, reason, run.beganAt);
        return run;
    }

    private boolean may(Caller caller, Permission permission, Subject server) {
        return Callers.as(caller, () -> access.may(permission, Scope.server(server.teamId(), server.id())));
    }

    /** A run that takes longer than the time to the next one must not make others queue behind it for ever. */
    private boolean unended(UUID scheduleId) {
        return entities.createQuery(
                                "select count(r) from ScheduleRun r where r.scheduleId = :schedule and r.result = :running",
                                Long.class)
                        .setParameter("schedule", scheduleId)
                        .setParameter("running", RunResult.RUNNING)
                        .getSingleResult()
                > 0;
    }

    private static Target target(Subject server) {
        return new Target("server", server.id(), server.name());
    }
}
