package io.howdah.schedule;

import io.howdah.access.Access;
import io.howdah.access.Caller;
import io.howdah.access.Holders;
import io.howdah.access.Permission;
import io.howdah.access.Reach;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.operation.Subject;
import io.howdah.schedule.ScheduleViews.Placed;
import io.howdah.shared.Ids;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** What people put on a timetable for their servers: making, changing, pausing and running schedules, and their runs. */
@Stateless
public class ScheduleService {

    private static final Duration WEEK = Duration.ofDays(7);
    /** Of one schedule; more would not be looked at one by one. */
    private static final int PREVIEWED = 2000;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private ScheduleSubjects subjects;

    @Inject
    private Actions actions;

    @Inject
    private ScheduleRules rules;

    @Inject
    private ScheduleViews views;

    @Inject
    private BeginRun beginRun;

    @Inject
    private Triggers triggers;

    @Inject
    private Holders holders;

    @Inject
    private Clock clock;

    @Inject
    private Event<ScheduleChanged> changes;

    /** By name. */
    public List<ScheduleView> ofServer(UUID serverId) {
        Subject server = read(serverId);
        return views.views(views.of(serverId).stream()
                .map(schedule -> new Placed(schedule, server))
                .toList());
    }

    /** Those of all servers that are there, by name. */
    public List<ScheduleView> all() {
        Reach reach = access.reach(Permission.SCHEDULES_READ);
        List<Placed> placed = new ArrayList<>();
        for (Schedule schedule : views.all()) {
            subjects.find(schedule.serverId)
                    .filter(server -> reach.includes(server.teamId(), server.id()))
                    .ifPresent(server -> placed.add(new Placed(schedule, server)));
        }
        return views.views(placed);
    }

    /** @throws io.howdah.shared.ProblemException NotFound, also when the caller may not see it */
    public ScheduleView get(UUID id) {
        Placed placed = readSchedule(id);
        return views.views(List.of(placed)).get(0);
    }

    /** What can be put on a timetable. */
    public List<ActionView> actions(UUID serverId) {
        Subject server = read(serverId);
        return actions.all().stream()
                .map(action -> new ActionView(
                        action.code(),
                        Actions.title(action.code()),
                        action.arguments(),
                        access.may(action.permission(), Scope.server(server.teamId(), server.id())),
                        action.permission(),
                        action.needsRunningServer()))
                .toList();
    }

    /** The first rule that a new schedule would break, with the field's name. */
    public Optional<Problem> check(ScheduleDraft draft) {
        return check(null, draft);
    }

    /** @param replaces the schedule that is to become so, or null for a new one */
    public Optional<Problem> check(UUID replaces, ScheduleDraft draft) {
        Subject server = read(draft.serverId());
        return rules.check(draft).or(() -> rules.checkPlace(server, replaces, draft.name()));
    }

    /**
     * What the server's schedules come to with these; drafts that can't run are left out.
     *
     * @param replaces the schedule whose place they take, or null
     */
    public Preview preview(UUID replaces, List<ScheduleDraft> drafts) {
        UUID serverId = drafts.isEmpty()
                ? readSchedule(replaces).schedule().serverId
                : drafts.get(0).serverId();
        Subject server = read(serverId);
        Instant now = clock.instant();
        Instant end = now.plus(WEEK);
        List<PlannedRun> runs = new ArrayList<>();
        WeekAhead week = new WeekAhead(now);
        for (Schedule schedule : views.of(serverId)) {
            if (!schedule.paused && !schedule.id.equals(replaces)) {
                runs.addAll(views.planned(new Placed(schedule, server), now, end, PREVIEWED));
                actions.find(schedule.action).ifPresent(action -> week.add(action.effect(), schedule.timing()));
            }
        }
        for (ScheduleDraft draft : drafts) {
            if (draft.timing() != null && draft.timing().check(now).isEmpty()) {
                runs.addAll(
                        ScheduleViews.planned(null, draft.name(), server.name(), draft.timing(), now, end, PREVIEWED));
                actions.find(String.valueOf(draft.action()))
                        .ifPresent(action -> week.add(action.effect(), draft.timing()));
            }
        }
        runs.sort(Comparator.comparing(run -> run.at().toInstant()));
        Duration running = week.running(subjects.running(serverId));
        return new Preview(List.copyOf(runs), running, week.turns() ? WeekAhead.saved(running) : null);
    }

    /**
     * Makes a schedule, which runs with the permissions of whoever makes it.
     *
     * @throws io.howdah.shared.ProblemException with the field's name, for the first rule that the draft breaks
     */
    public UUID create(ScheduleDraft draft) {
        return createAll(List.of(draft)).get(0);
    }

    /** All or none of them. */
    public List<UUID> createAll(List<ScheduleDraft> drafts) {
        List<Schedule> made = new ArrayList<>();
        for (ScheduleDraft draft : drafts) {
            Subject server = lock(draft.serverId(), () -> notFound("server", draft.serverId()));
            Caller caller = permitted(server, draft, null);
            raise(rules.checkPlace(server, null, draft.name()));
            Schedule schedule = new Schedule();
            schedule.id = Ids.random();
            schedule.serverId = server.id();
            schedule.createdAt = now();
            schedule.createdBy = caller.name();
            obey(schedule, server, draft, caller);
            entities.persist(schedule);
            entities.flush();
            made.add(schedule);
        }
        made.forEach(this::changed);
        return made.stream().map(schedule -> schedule.id).toList();
    }

    /** From now on it runs with the permissions of whoever changed it. */
    public void change(UUID id, ScheduleDraft draft) {
        Placed placed = lockSchedule(id);
        if (!placed.server().id().equals(draft.serverId())) {
            throw Problem.of(ProblemCode.ScheduleOnOtherServer).raise();
        }
        Caller caller = permitted(placed.server(), draft, placed.schedule());
        raise(rules.checkPlace(placed.server(), id, draft.name()));
        obey(placed.schedule(), placed.server(), draft, caller);
        changed(placed.schedule());
    }

    /** Its runs go with it. */
    public void delete(UUID id) {
        Placed placed = lockSchedule(id);
        change(placed, "deleted");
        entities.remove(placed.schedule());
        entities.flush();
        changes.fire(new ScheduleChanged(id, placed.server().id()));
        triggers.set(id, null);
    }

    /** Runs whose time passes while it is paused are not caught up with. */
    public void pause(UUID id) {
        Placed placed = lockSchedule(id);
        change(placed, "paused");
        placed.schedule().paused = true;
        placed.schedule().nextDue = null;
        changed(placed.schedule());
    }

    public void resume(UUID id) {
        Placed placed = lockSchedule(id);
        change(placed, "resumed");
        if (placed.schedule().paused) {
            placed.schedule().paused = false;
            placed.schedule().dueAfter(clock.instant());
            changed(placed.schedule());
        }
    }

    /**
     * Runs it at once, in the caller's name, besides its timetable.
     *
     * @return the run's id
     */
    public UUID runNow(UUID id) {
        Placed placed = lockSchedule(id);
        Schedule schedule = placed.schedule();
        Caller caller = change(placed, "run now");
        ScheduledAction action = actions.of(schedule.action);
        permitAction(action, schedule.whenStopped, placed.server());
        String note = Messages.text("schedule.reason.byHand", caller.name());
        return beginRun.begin(schedule, action, placed.server(), now(), caller, note).id;
    }

    /** Newest first. */
    public List<RunView> runs(UUID scheduleId, int offset, int limit) {
        readSchedule(scheduleId);
        return views.runs(scheduleId, offset, limit);
    }

    public int countRuns(UUID scheduleId) {
        readSchedule(scheduleId);
        return views.countRuns(scheduleId);
    }

    /** The text kept of a run, or null. */
    public String output(UUID runId) {
        ScheduleRun run = runId == null ? null : entities.find(ScheduleRun.class, runId);
        if (run == null) {
            throw notFound("run", runId).raise();
        }
        Schedule schedule;
        try {
            schedule = readSchedule(run.scheduleId).schedule();
        } catch (ProblemException hidden) {
            if (hidden.problem().code() != ProblemCode.NotFound) {
                throw hidden;
            }
            // Whose run it is nobody learns who may not see it.
            throw notFound("run", runId).raise();
        }
        return run.operationId == null
                ? null
                : actions.find(schedule.action)
                        .map(action -> action.output(run.operationId))
                        .orElse(null);
    }

    /** The people who may see the server. */
    public List<PersonChoice> tellable(UUID serverId) {
        Subject server = read(serverId);
        return holders.of(Permission.SERVERS_READ, Scope.server(server.teamId(), server.id())).stream()
                .flatMap(id -> holders.name(id).map(name -> new PersonChoice(id, name)).stream())
                .sorted(Comparator.comparing(PersonChoice::name, String.CASE_INSENSITIVE_ORDER))
                .toList();
    }

    public List<String> databases(UUID serverId) {
        read(serverId);
        return subjects.databases(serverId);
    }

    public List<String> roles(UUID serverId) {
        read(serverId);
        return subjects.roles(serverId);
    }

    private Subject read(UUID serverId) {
        Subject server = (serverId == null ? Optional.<Subject>empty() : subjects.find(serverId))
                .filter(found -> access.sees(
                        Permission.SERVERS_READ,
                        Scope.server(found.teamId(), found.id()),
                        new Target("server", found.id(), found.name())))
                .orElseThrow(() -> notFound("server", serverId).raise());
        access.permit(Permission.SCHEDULES_READ, Scope.server(server.teamId(), server.id()), target(server));
        return server;
    }

    private Placed readSchedule(UUID id) {
        Schedule schedule = id == null ? null : entities.find(Schedule.class, id);
        Subject server = (schedule == null ? Optional.<Subject>empty() : subjects.find(schedule.serverId))
                .filter(found -> access.sees(
                        Permission.SERVERS_READ,
                        Scope.server(found.teamId(), found.id()),
                        new Target("server", found.id(), found.name())))
                .orElseThrow(() -> notFound("schedule", id).raise());
        access.permit(Permission.SCHEDULES_READ, Scope.server(server.teamId(), server.id()), target(server));
        return new Placed(schedule, server);
    }

    private Subject lock(UUID serverId, Supplier<Problem> notFound) {
        return (serverId == null ? Optional.<Subject>empty() : subjects.lock(serverId))
                .filter(found -> access.sees(
                        Permission.SERVERS_READ,
                        Scope.server(found.teamId(), found.id()),
                        new Target("server", found.id(), found.name())))
                .orElseThrow(() -> notFound.get().raise());
    }

    /** Holds the server's row and then the schedule's, so that what is due at this instant runs before or after. */
    private Placed lockSchedule(UUID id) {
        UUID serverId = entities.createQuery("select s.serverId from Schedule s where s.id = :id", UUID.class)
                .setParameter("id", id)
                .getResultStream()
                .findFirst()
                .orElse(null);
        Subject server = lock(serverId, () -> notFound("schedule", id));
        Schedule schedule = entities.find(Schedule.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (schedule == null) {
            throw notFound("schedule", id).raise();
        }
        return new Placed(schedule, server);
    }

    /** Validates, asks for all that the schedule will need, and puts it on record with what it was before, if anything. */
    private Caller permitted(Subject server, ScheduleDraft draft, Schedule before) {
        raise(rules.check(draft));
        Caller caller = access.change(
                Permission.SCHEDULES_WRITE,
                Scope.server(server.teamId(), server.id()),
                target(server),
                Terms.change(before, draft));
        permitAction(actions.of(draft.action()), draft.whenStopped(), server);
        return caller;
    }

    private void permitAction(ScheduledAction action, WhenStopped whenStopped, Subject server) {
        for (Permission permission : BeginRun.needed(action, whenStopped)) {
            access.permit(permission, Scope.server(server.teamId(), server.id()), target(server));
        }
    }

    private Caller change(Placed placed, String what) {
        return access.change(
                Permission.SCHEDULES_WRITE,
                Scope.server(placed.server().teamId(), placed.server().id()),
                target(placed.server()),
                Map.of("schedule", placed.schedule().name, "change", what));
    }

    private void obey(Schedule schedule, Subject server, ScheduleDraft draft, Caller caller) {
        schedule.as(draft);
        Set<UUID> told = new HashSet<>(draft.tellOnFailure());
        told.retainAll(holders.of(Permission.SERVERS_READ, Scope.server(server.teamId(), server.id())));
        schedule.tellOnFailure(told);
        schedule.runsAs = caller.personId();
        schedule.runsAsName = caller.name();
        schedule.dueAfter(clock.instant());
    }

    private void changed(Schedule schedule) {
        entities.flush();
        changes.fire(new ScheduleChanged(schedule.id, schedule.serverId));
        triggers.set(schedule.id, schedule.nextDue);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static void raise(Optional<Problem> problem) {
        problem.ifPresent(found -> {
            throw found.raise();
        });
    }

    private static Problem notFound(String what, UUID id) {
        return Problem.of(ProblemCode.NotFound, what, String.valueOf(id));
    }

    private static Target target(Subject server) {
        return new Target("server", server.id(), server.name());
    }
}
