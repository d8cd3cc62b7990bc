package io.howdah.server;

import io.howdah.access.Access;
import io.howdah.access.Caller;
import io.howdah.access.Permission;
import io.howdah.access.Projects;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.access.Teams;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.UUID;

/** Locks at teams and projects, which hold for all that lies in them; those of one server are {@link ServerService}'s. */
@Stateless
public class LockService {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private Teams teams;

    @Inject
    private Projects projects;

    @Inject
    private Locks locks;

    /**
     * The locks that hold at a team or a project, those that a project inherits first.
     *
     * @throws io.howdah.shared.ProblemException NotFound, also when the caller may not see it
     */
    public List<LockView> at(Scope place) {
        require(place);
        return locks.at(place);
    }

    /**
     * Puts a lock on a team or a project.
     *
     * @throws io.howdah.shared.ProblemException NotFound, LockNoteTooLong
     */
    public LockView add(Scope place, LockKind kind, String note) {
        String text = Locks.note(note);
        Target target = require(place);
        Caller caller = access.change(Permission.LOCKS_WRITE, place, target, Locks.details(kind, true, text));
        return locks.add(place, target.name(), kind, text, caller);
    }

    /** @throws io.howdah.shared.ProblemException NotFound, also for a lock of one server */
    public void remove(UUID lockId) {
        ResourceLock lock = lockId == null ? null : entities.find(ResourceLock.class, lockId);
        if (lock == null || lock.serverId != null) {
            throw notFound("lock", lockId);
        }
        if (!access.sees(Permission.SERVERS_READ, lock.scope(), new Target("lock", lock.id, lock.kind.name()))) {
            throw notFound("lock", lockId);
        }
        Target target = require(lock.scope());
        access.change(Permission.LOCKS_WRITE, lock.scope(), target, Locks.details(lock.kind, false, lock.note));
        locks.remove(lock);
    }

    /** The team or project as the audit log names it, if there is one and the caller may see it. */
    private Target require(Scope place) {
        if (place == null || place.teamId() == null || place.serverId() != null) {
            throw notFound("place", null);
        }
        boolean project = place.projectId() != null;
        String name = project
                ? projects.names().get(place.projectId())
                : teams.names().get(place.teamId());
        boolean there = name != null
                && (!project || projects.of(place.teamId(), place.projectId()).isPresent());
        Target target =
                project ? new Target("project", place.projectId(), name) : new Target("team", place.teamId(), name);
        if (!there || !access.sees(Permission.SERVERS_READ, place, target)) {
            throw notFound(target.type(), target.id());
        }
        return target;
    }

    private static ProblemException notFound(String type, UUID id) {
        return Problem.of(ProblemCode.NotFound, type, String.valueOf(id)).raise();
    }
}
