package io.howdah.backup;

import io.howdah.access.Access;
import io.howdah.access.Approvable;
import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.access.Permission;
import io.howdah.access.Projects;
import io.howdah.access.ProtectedAction;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.engine.Engine;
import io.howdah.schedule.ScheduleDraft;
import io.howdah.schedule.ScheduleService;
import io.howdah.schedule.ScheduleView;
import io.howdah.server.Restores;
import io.howdah.server.ServerChanged;
import io.howdah.server.ServerDraft;
import io.howdah.server.ServerRegister;
import io.howdah.server.ServerService;
import io.howdah.server.ServerView;
import io.howdah.shared.Ids;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Restoring a server as it was at some time: into a new one, also when the old one is gone, or in place, from where one
 * can go back until that is confirmed or its time has run out. What can't be restored is said before anything starts.
 */
@Stateless
public class RestoreService {

    private static final int HISTORY = 10;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Projects projects;

    @Inject
    private Access access;

    @Inject
    private Restores restores;

    @Inject
    private ServerRegister register;

    @Inject
    private ServerService servers;

    @Inject
    private ScheduleService schedules;

    @Inject
    private Targets targets;

    @Inject
    private Engine engine;

    @Inject
    private Event<ServerChanged> changes;

    @Inject
    private Clock clock;

    /** What would be restored, and how long that is likely to take; or why it can't be. */
    public RestorePreview preview(UUID sourceId, TargetChoice choice) {
        RecoveryState state = find(sourceId);
        access.permit(Permission.BACKUPS_READ, Scope.server(state.teamId, state.serverId), target(state));
        try {
            Targets.Resolved resolved = targets.resolve(state, choice);
            return new RestorePreview(
                    resolved.chosen().at(),
                    resolved.base(),
                    resolved.chosen().archive(),
                    estimate(sourceId, resolved.bytes()),
                    null);
        } catch (ProblemException refused) {
            return new RestorePreview(null, null, false, null, refused.problem());
        }
    }

    /** The first rule that the new server breaks, pinned to its field. */
    public Optional<Problem> check(UUID sourceId, RestoreDraft draft) {
        RecoveryState state = find(sourceId);
        access.permit(Permission.BACKUPS_READ, Scope.server(state.teamId, state.serverId), target(state));
        ServerDraft server = serverDraft(state, draft);
        return checkDraft(state, server).or(() -> restores.checkPlace(server));
    }

    private Optional<Problem> checkDraft(RecoveryState source, ServerDraft draft) {
        return restores.check(draft)
                .or(() -> draft.storageGib() < source.storageGib
                        ? Optional.of(Problem.of(ProblemCode.RestoreStorageTooSmall, source.storageGib, source.name)
                                .at("storageGib"))
                        : Optional.empty());
    }

    /**
     * Restores into a new server in the same project, or the team's default one when the server is gone.
     *
     * @return the operation's id
     */
    public UUID intoNewServer(UUID sourceId, TargetChoice choice, RestoreDraft draft) {
        return intoNewServer(Ids.random(), sourceId, choice, draft, false);
    }

    /**
     * The same, but where there is no room for the new server now it waits in line until there is, a week at most.
     *
     * @return the operation's id
     */
    public UUID intoNewServerInLine(UUID sourceId, TargetChoice choice, RestoreDraft draft) {
        return intoNewServer(Ids.random(), sourceId, choice, draft, true);
    }

    /** Whether strangers could reach the new server, since they could reach the one it comes from. */
    public boolean opensToWorld(UUID sourceId, RestoreDraft draft) {
        RecoveryState state = find(sourceId);
        access.permit(Permission.BACKUPS_READ, Scope.server(state.teamId, state.serverId), target(state));
        return serverDraft(state, draft).opensToWorld();
    }

    /**
     * The same, for which a team may want a second person when strangers could reach the new server.
     *
     * @param wish any new id; the same makes the same server, so that what is approved is what is done
     * @param mayWait as {@link #intoNewServerInLine}
     * @return the operation's id
     * @throws io.howdah.shared.ProblemException ApprovalRequired, besides what the others raise
     */
    @Approvable
    public UUID intoOpenServer(UUID wish, UUID sourceId, TargetChoice choice, RestoreDraft draft, boolean mayWait) {
        return intoNewServer(Ids.of(wish, Callers.current().personId()), sourceId, choice, draft, mayWait);
    }

    private UUID intoNewServer(UUID id, UUID sourceId, TargetChoice choice, RestoreDraft draft, boolean mayWait) {
        RecoveryState source = find(sourceId);
        ServerDraft server = serverDraft(source, draft);
        raise(checkDraft(source, server));
        Scope place = Scope.project(
                source.teamId, projects.of(source.teamId, server.projectId()).orElseThrow());
        Map<String, String> details = details(choice, Map.of("newServer", server.name()));
        access.change(
                Permission.SERVERS_CREATE,
                place,
                new Target("server", id, server.name()),
                Map.of(
                        "restoredFrom", source.name,
                        "size", server.sizeCode(),
                        "storageGib", String.valueOf(server.storageGib()),
                        "allowedNetworks", String.join(", ", server.allowedNetworks())),
                server.opensToWorld() ? ProtectedAction.NETWORK_OPEN : null);
        Caller caller = access.change(
                Permission.BACKUPS_RESTORE, Scope.server(source.teamId, source.serverId), target(source), details);
        requireAvailable();
        Targets.Resolved resolved = targets.resolve(source, choice);
        UUID operation = restores.begin(id, server, wanted(source, resolved), caller, mayWait);
        record(operation, id, source, choice, resolved, caller);
        if (draft.schedules()) {
            carrySchedules(sourceId, id);
        }
        return operation;
    }

    /**
     * Restores a server in place. Its present state is kept for the grace time.
     *
     * @param typedName must be the server's name
     * @return the operation's id
     */
    @Approvable
    public UUID inPlace(UUID serverId, TargetChoice choice, String typedName) {
        RecoveryState state = find(serverId);
        if (typedName == null || !typedName.strip().equals(state.name)) {
            throw Problem.of(ProblemCode.NameNotConfirmed, state.name)
                    .at("typedName")
                    .raise();
        }
        Caller caller = access.change(
                Permission.BACKUPS_RESTORE,
                Scope.server(state.teamId, state.serverId),
                target(state),
                details(choice, Map.of("inPlace", "true")),
                ProtectedAction.RESTORE_IN_PLACE);
        requireAvailable();
        Targets.Resolved resolved = targets.resolve(state, choice);
        raise(restores.checkRoom(serverId, resolved.bytes()));
        UUID operation = restores.begin(serverId, wanted(state, resolved), caller);
        record(operation, serverId, state, choice, resolved, caller);
        return operation;
    }

    /**
     * Goes back to what the newest restore in place has replaced; what was written since then is given up.
     *
     * @return the operation's id
     */
    @Approvable
    public UUID goBack(UUID serverId) {
        RecoveryState state = find(serverId);
        Restoration kept = kept(serverId);
        Caller caller = change(state, "goBack", kept, ProtectedAction.RESTORE_IN_PLACE);
        requireKept(state, kept);
        UUID operation = restores.undo(serverId, kept.id, caller);
        kept.state = Restoration.State.GOING_BACK;
        return operation;
    }

    /**
     * Stands by the newest restore in place: what it has replaced is removed.
     *
     * @return the operation's id
     */
    public UUID confirm(UUID serverId) {
        RecoveryState state = find(serverId);
        Restoration kept = kept(serverId);
        Caller caller = change(state, "confirm", kept, null);
        requireKept(state, kept);
        UUID operation = restores.confirm(state.subject(), kept.id, caller);
        kept.state = Restoration.State.DISCARDING;
        changes.fire(new ServerChanged(serverId));
        return operation;
    }

    private Caller change(RecoveryState state, String what, Restoration restoration, ProtectedAction action) {
        return access.change(
                Permission.BACKUPS_RESTORE,
                Scope.server(state.teamId, state.serverId),
                target(state),
                Map.of(what, restoration == null ? "" : restoration.id.toString()),
                action);
    }

    private void requireKept(RecoveryState state, Restoration restoration) {
        requireAvailable();
        if (restoration == null) {
            throw Problem.of(ProblemCode.RestoreNothingToGoBackTo, state.name).raise();
        }
    }

    private Restoration kept(UUID serverId) {
        return entities.createQuery(
                        "select r from Restoration r where r.serverId = :server and r.state = :kept and r.keptUntil > :now order by r.askedAt desc",
                        Restoration.class)
                .setParameter("server", serverId)
                .setParameter("kept", Restoration.State.KEPT)
                .setParameter("now", clock.instant())
                .setMaxResults(1)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .findFirst()
                .orElse(null);
    }

    private Estimate estimate(UUID sourceId, long bytes) {
        List<Restoration> done = entities.createQuery(
                        "select r from Restoration r where r.seconds is not null order by r.endedAt desc",
                        Restoration.class)
                .setMaxResults(200)
                .getResultList();
        List<Estimate.Past> own = done.stream()
                .filter(restoration -> restoration.sourceId.equals(sourceId))
                .limit(HISTORY)
                .map(Restoration::past)
                .toList();
        return Estimate.of(
                bytes, own, done.stream().limit(HISTORY).map(Restoration::past).toList());
    }

    private ServerDraft serverDraft(RecoveryState source, RestoreDraft draft) {
        boolean asks = draft.networks() || draft.tags();
        Optional<ServerView> there = asks && source.goneAt == null
                ? Optional.of(servers.byName(source.name))
                        .filter(server -> server.id().equals(source.serverId))
                : Optional.empty();
        return new ServerDraft(
                source.teamId,
                projects.ofServer(source.serverId).orElse(null),
                draft.name() == null ? null : draft.name().strip(),
                source.majorVersion,
                draft.sizeCode(),
                draft.storageGib(),
                source.administratorLogin,
                null,
                source.firstDatabase,
                draft.networks() ? there.map(ServerView::allowedNetworks).orElse(List.of()) : List.of(),
                draft.tags() ? there.map(ServerView::tags).orElse(Map.of()) : Map.of());
    }

    private Restores.Wanted wanted(RecoveryState source, Targets.Resolved resolved) {
        return new Restores.Wanted(
                source.serverId, resolved.chosen().target(), resolved.chosen().archive());
    }

    private void record(
            UUID operation,
            UUID serverId,
            RecoveryState source,
            TargetChoice choice,
            Targets.Resolved resolved,
            Caller caller) {
        Restoration restoration = new Restoration();
        restoration.id = operation;
        restoration.serverId = serverId;
        restoration.sourceId = source.serverId;
        restoration.sourceName = source.name;
        restoration.inPlace = serverId.equals(source.serverId);
        restoration.state = Restoration.State.UNDER_WAY;
        restoration.targetKind = choice.kind();
        restoration.targetAt = resolved.chosen().at();
        restoration.targetLabel = choice.kind() == TargetChoice.Kind.BACKUP ? resolved.baseLabel() : null;
        restoration.baseLabel = resolved.baseLabel();
        restoration.bytes = resolved.bytes();
        restoration.askedAt = clock.instant();
        restoration.requestedBy = caller.name();
        entities.persist(restoration);
    }

    /** Those that have still something to do. */
    private void carrySchedules(UUID sourceId, UUID serverId) {
        boolean there = register.find(sourceId)
                .filter(source -> source.deletedAt() == null)
                .isPresent();
        if (!there) {
            return;
        }
        for (ScheduleView schedule : schedules.ofServer(sourceId)) {
            if (!schedule.nextRuns().isEmpty()) {
                schedules.create(new ScheduleDraft(
                        serverId,
                        schedule.name(),
                        schedule.action(),
                        schedule.arguments(),
                        schedule.timing(),
                        schedule.misfire(),
                        schedule.whenStopped(),
                        schedule.tellOnFailure()));
            }
        }
    }

    private static Map<String, String> details(TargetChoice choice, Map<String, String> more) {
        Map<String, String> details = new java.util.TreeMap<>(more);
        details.put("target", choice.kind().name());
        if (choice.instant() != null) {
            details.put("instant", choice.instant().toString());
        }
        if (choice.backupId() != null) {
            details.put("backup", choice.backupId().toString());
        }
        return details;
    }

    private RecoveryState find(UUID serverId) {
        RecoveryState state = serverId == null ? null : entities.find(RecoveryState.class, serverId);
        if (state == null
                || !access.sees(
                        Permission.SERVERS_READ,
                        Scope.server(state.teamId, state.serverId),
                        new Target("server", state.serverId, state.name))) {
            throw Problem.of(ProblemCode.NotFound, "server", String.valueOf(serverId))
                    .raise();
        }
        return state;
    }

    private static Target target(RecoveryState state) {
        return new Target("server", state.serverId, state.name);
    }

    private void requireAvailable() {
        if (engine.backups().isEmpty()) {
            throw Problem.of(ProblemCode.BackupsNotAvailable).raise();
        }
    }

    private static void raise(Optional<Problem> problem) {
        problem.ifPresent(found -> {
            throw found.raise();
        });
    }
}
