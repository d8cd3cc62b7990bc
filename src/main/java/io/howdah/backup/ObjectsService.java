package io.howdah.backup;

import io.howdah.access.Access;
import io.howdah.access.Caller;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.engine.SchemaInfo;
import io.howdah.server.Looks;
import io.howdah.server.Restores;
import io.howdah.server.ServerChanged;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Bringing back a single database, or tables of one, as they were at some time, into the server as it is now. They come
 * beside what is there: into a database that does not exist yet, or tables into a schema, new or not, that has nothing of
 * their names.
 */
@Stateless
public class ObjectsService {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private Looks looks;

    @Inject
    private Targets targets;

    @Inject
    private LookViews views;

    @Inject
    private Event<ServerChanged> changes;

    /** The first rule that is broken, pinned to its field, of those that can be told while somebody types. */
    public Optional<Problem> check(UUID serverId, TargetChoice choice, ObjectsDraft draft) {
        RecoveryState state = find(serverId);
        access.permit(Permission.BACKUPS_READ, Scope.server(state.teamId, state.serverId), target(state));
        try {
            targets.resolve(state, choice);
            Looks.Objects objects = objects(state, draft);
            return looks.check(objects).or(() -> looks.checkThere(serverId, objects));
        } catch (ProblemException refused) {
            return Optional.of(refused.problem());
        }
    }

    /**
     * The schemas of a database of the server as it is now, those that the administrator may make something in marked.
     *
     * @throws ProblemException ServerNotReady, DatabaseNotFound, EngineNotResponding
     */
    public List<SchemaInfo> schemas(UUID serverId, String database) {
        RecoveryState state = find(serverId);
        access.permit(Permission.BACKUPS_READ, Scope.server(state.teamId, state.serverId), target(state));
        return looks.schemas(serverId, database, state.administratorLogin);
    }

    /**
     * Brings them back.
     *
     * @return the operation's id
     */
    public UUID restore(UUID serverId, TargetChoice choice, ObjectsDraft draft) {
        RecoveryState state = find(serverId);
        Looks.Objects objects = objects(state, draft);
        raise(looks.check(objects));
        // Permitted here, and put on record when nothing is left to be waited for.
        access.permit(Permission.BACKUPS_RESTORE, Scope.server(state.teamId, state.serverId), target(state));
        Targets.Resolved resolved = targets.resolve(state, choice);
        Looks.Source source = views.source(state);
        raise(looks.checkRoom(source, resolved.bytes()));
        raise(looks.checkThere(serverId, objects));
        Caller caller = access.change(
                Permission.BACKUPS_RESTORE,
                Scope.server(state.teamId, state.serverId),
                target(state),
                details(choice, objects));
        Restores.Wanted wanted = new Restores.Wanted(
                serverId, resolved.chosen().target(), resolved.chosen().archive());
        UUID operation = looks.restore(source, wanted, objects, caller);
        changes.fire(new ServerChanged(serverId));
        return operation;
    }

    private static Looks.Objects objects(RecoveryState state, ObjectsDraft draft) {
        boolean whole = draft.tables() == null;
        return new Looks.Objects(
                strip(draft.database()),
                whole ? List.of() : Looks.tables(draft.tables()),
                strip(draft.into()),
                whole ? null : schema(draft),
                !whole && draft.existing(),
                state.administratorLogin);
    }

    /** A name that is there is taken as it is, blanks and all. */
    private static String schema(ObjectsDraft draft) {
        String schema = draft.schema() == null ? "" : draft.schema();
        return draft.existing() ? schema : schema.strip();
    }

    private static String strip(String text) {
        return text == null ? null : text.strip();
    }

    private static Map<String, String> details(TargetChoice choice, Looks.Objects objects) {
        Map<String, String> details = new TreeMap<>();
        details.put("target", choice.kind().name());
        if (choice.instant() != null) {
            details.put("instant", choice.instant().toString());
        }
        if (choice.backupId() != null) {
            details.put("backup", choice.backupId().toString());
        }
        details.put("database", objects.database());
        details.put("into", objects.into());
        if (objects.schema() != null) {
            details.put("schema", objects.schema());
            details.put("schemaExists", Boolean.toString(objects.existing()));
            details.put("tables", objects.tables().toString());
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

    private static void raise(Optional<Problem> problem) {
        problem.ifPresent(found -> {
            throw found.raise();
        });
    }
}
