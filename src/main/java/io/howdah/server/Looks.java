package io.howdah.server;

import io.howdah.access.Caller;
import io.howdah.access.Permission;
import io.howdah.engine.Compute;
import io.howdah.engine.Engine;
import io.howdah.engine.RestoreTarget;
import io.howdah.engine.Room;
import io.howdah.engine.SchemaInfo;
import io.howdah.engine.ServerKey;
import io.howdah.engine.Specification;
import io.howdah.engine.TableName;
import io.howdah.operation.Operations;
import io.howdah.operation.Subject;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Copies of servers that are no servers of the list: to be looked at, or to bring something out of. The backup feature
 * begins them, and knows what can be restored and who may. Everything happens in the transaction of the wish.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class Looks {

    public static final String OPEN = OpenLook.KIND;
    public static final String MOVE = MoveLook.KIND;
    public static final String CLOSE = CloseLook.KIND;

    /** What a copy needs beside the memory that its connections take. */
    private static final int LEAST_MEMORY_MIB = 192;

    private static final int CONNECTIONS_PER_MIB = 16;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Operations operations;

    @Inject
    private Engine engine;

    @Inject
    private Admission admission;

    @Inject
    private OpenLook openLook;

    @Inject
    private MoveLook moveLook;

    @Inject
    private CloseLook closeLook;

    @Inject
    private RestoreObjects restoreObjects;

    /**
     * The server that is copied.
     *
     * @param sizeCode its own size, whose connections a copy must be able to replay
     */
    public record Source(Subject subject, int majorVersion, String sizeCode, int storageGib, List<String> networks) {

        public Source {
            networks = List.copyOf(networks);
        }
    }

    /**
     * What is wanted of a time.
     *
     * @param tables none for the whole database
     * @param schema for tables, else null
     * @param existing whether that schema is there already
     * @param role whose it will be
     */
    public record Objects(
            String database, List<TableName> tables, String into, String schema, boolean existing, String role) {

        public Objects {
            tables = List.copyOf(tables);
        }
    }

    /** The first thing that the place has too little of for a copy of so many bytes. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Optional<Problem> checkRoom(Source source, long bytes) {
        Room room = engine.room();
        long gib = (bytes >> 30) + 1;
        if (gib > room.storageGib()) {
            return Optional.of(Problem.of(ProblemCode.NoRoomForStorage, gib, room.storageGib()));
        }
        Compute compute = compute(source);
        return admission.lacking(
                compute.memoryMib() + " MiB", new HostRoom.Share(compute.vCores(), compute.memoryMib()), room);
    }

    /** Opens a copy at the instant; one that there is under that key is made anew. */
    public UUID open(UUID copy, Source source, RestoreTarget.At at, boolean archive, Caller caller) {
        OpenLook.Request request =
                new OpenLook.Request(copy, specification(source), at.instant(), at.timeline(), archive);
        return operations.start(openLook, source.subject(), request, caller, Permission.BACKUPS_LOOK);
    }

    /** Takes a copy that is open on to a later instant. */
    public UUID move(UUID copy, Subject source, RestoreTarget.At at, boolean archive, Caller caller) {
        MoveLook.Request request = new MoveLook.Request(copy, at.instant(), at.timeline(), archive);
        return operations.start(moveLook, source, request, caller, Permission.BACKUPS_LOOK);
    }

    public UUID close(UUID copy, Subject source, Caller caller) {
        return operations.start(closeLook, source, new CloseLook.Request(copy), caller, Permission.BACKUPS_LOOK);
    }

    /**
     * Brings objects of that time into the server, which must be running.
     *
     * @throws io.howdah.shared.ProblemException ServerNotReady, ServerLocked, DatabaseNameInvalid, SchemaNameInvalid,
     *     DatabaseExists, DatabaseNotFound
     */
    public UUID restore(Source source, Restores.Wanted wanted, Objects objects, Caller caller) {
        Server server = entities.find(Server.class, source.subject().id(), LockModeType.PESSIMISTIC_WRITE);
        if (server == null) {
            throw Problem.of(ProblemCode.NotFound, "server", source.subject().name())
                    .raise();
        }
        Requirements.requireUnlocked(server, LockKind.READ_ONLY);
        Requirements.requireRunning(server);
        RestoreObjects.Request request = new RestoreObjects.Request(
                specification(new Source(
                        source.subject(), source.majorVersion(), source.sizeCode(), source.storageGib(), List.of())),
                RestorePoint.of(wanted.target()),
                wanted.archive(),
                objects.database(),
                objects.tables(),
                objects.into(),
                objects.schema(),
                objects.existing(),
                objects.role());
        return operations.start(restoreObjects, server.subject(), request, caller, Permission.BACKUPS_RESTORE);
    }

    /** The first rule that the names break by themselves. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Optional<Problem> check(Objects objects) {
        return ObjectRules.check(objects);
    }

    /** The first thing that is in the way in the server as it is now; nothing is said of one that does not answer. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Optional<Problem> checkThere(UUID serverId, Objects objects) {
        Server server = entities.find(Server.class, serverId);
        if (server == null || !Requirements.answers(server) || operations.changing(serverId)) {
            return Optional.empty();
        }
        return ObjectRules.checkThere(engine, new ServerKey(serverId), objects);
    }

    /**
     * The schemas that tables can be brought into.
     *
     * @param role whose they would be
     * @throws io.howdah.shared.ProblemException NotFound, ServerNotReady, DatabaseNotFound, EngineNotResponding
     */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<SchemaInfo> schemas(UUID serverId, String database, String role) {
        Server server = entities.find(Server.class, serverId);
        if (server == null) {
            throw Problem.of(ProblemCode.NotFound, "server", String.valueOf(serverId))
                    .raise();
        }
        Requirements.requireAnswering(server);
        return RestoreSteps.backups(engine).schemas(new ServerKey(serverId), database, role);
    }

    /**
     * Tables as people write them: schema and name, several with commas between.
     *
     * @throws io.howdah.shared.ProblemException TableNameInvalid
     */
    public static List<TableName> tables(String text) {
        return ObjectRules.tables(text);
    }

    private static Specification specification(Source source) {
        return new Specification(
                "look-" + source.subject().name(),
                source.majorVersion(),
                compute(source),
                Specification.UNLIMITED,
                source.networks());
    }

    /** The smallest that can replay what the source has done: it must be able to have as many connections. */
    private static Compute compute(Source source) {
        Size size = Sizes.of(source.sizeCode());
        int memory = LEAST_MEMORY_MIB + size.maxConnections() / CONNECTIONS_PER_MIB;
        return new Compute(size.vCores(), Math.min(memory, size.memoryMib()), size.maxConnections());
    }
}
