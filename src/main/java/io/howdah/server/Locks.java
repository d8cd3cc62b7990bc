package io.howdah.server;

import io.howdah.access.Caller;
import io.howdah.access.ProjectGuard;
import io.howdah.access.Projects;
import io.howdah.access.Scope;
import io.howdah.access.Teams;
import io.howdah.shared.Ids;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The locks at teams, projects and servers. Whoever sets or removes one has asked for permission. */
@Dependent
class Locks implements ProjectGuard {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Teams teams;

    @Inject
    private Projects projects;

    @Inject
    private Event<ServerChanged> changes;

    @Inject
    private Clock clock;

    /** @throws io.howdah.shared.ProblemException LockNoteTooLong */
    static String note(String note) {
        String text = note == null ? "" : note.strip();
        if (text.length() > Rules.MAX_NOTE) {
            throw Problem.of(ProblemCode.LockNoteTooLong, Rules.MAX_NOTE)
                    .at("note")
                    .raise();
        }
        return text;
    }

    /** What goes on record. */
    static Map<String, String> details(LockKind kind, boolean set, String note) {
        return Map.of("lock", kind.azureName(), "set", String.valueOf(set), "note", note);
    }

    LockView add(Scope scope, String placeName, LockKind kind, String note, Caller caller) {
        ResourceLock lock = new ResourceLock();
        lock.id = Ids.random();
        lock.teamId = scope.teamId();
        lock.projectId = scope.projectId();
        lock.serverId = scope.serverId();
        lock.kind = kind;
        lock.note = note;
        lock.setBy = caller.name();
        lock.setAt = clock.instant();
        entities.persist(lock);
        changed(scope);
        return lock.view(placeName);
    }

    void remove(ResourceLock lock) {
        entities.remove(lock);
        changed(lock.scope());
    }

    private void changed(Scope scope) {
        String below = scope.serverId() != null
                ? "s.id = :place"
                : scope.projectId() != null ? "s.projectId = :place" : "s.teamId = :place";
        entities.createQuery("select s.id from Server s where " + below, UUID.class)
                .setParameter(
                        "place",
                        scope.serverId() != null
                                ? scope.serverId()
                                : scope.projectId() != null ? scope.projectId() : scope.teamId())
                .getResultList()
                .forEach(server -> changes.fire(new ServerChanged(server)));
    }

    /** Those that hold at a team or a project, the inherited ones first. */
    List<LockView> at(Scope scope) {
        Map<UUID, String> teamNames = teams.names();
        Map<UUID, String> projectNames = projects.names();
        return entities.createQuery("""
                        select l from ResourceLock l
                        where l.teamId = :team and l.serverId is null and (l.projectId is null or l.projectId = :project)
                        order by l.projectId nulls first, l.setAt""", ResourceLock.class)
                .setParameter("team", scope.teamId())
                .setParameter("project", scope.projectId() == null ? new UUID(0, 0) : scope.projectId())
                .getResultStream()
                .map(lock -> lock.view(
                        lock.projectId == null ? teamNames.get(lock.teamId) : projectNames.get(lock.projectId)))
                .toList();
    }

    @Override
    public void requireChangeable(Scope scope, String name) {
        Requirements.requireUnlocked(name, at(scope), LockKind.READ_ONLY);
    }

    @Override
    public void requireDeletable(Scope project, String name) {
        Requirements.requireUnlocked(name, at(project), LockKind.CAN_NOT_DELETE, LockKind.READ_ONLY);
    }
}
