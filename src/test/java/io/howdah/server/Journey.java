package io.howdah.server;

import io.howdah.backup.BackupJourneys;
import io.howdah.engine.BackupEngine;
import io.howdah.engine.Compute;
import io.howdah.engine.Engine;
import io.howdah.engine.Maintenance;
import io.howdah.engine.OpenTransaction;
import io.howdah.engine.Scram;
import io.howdah.engine.ServerKey;
import io.howdah.engine.Specification;
import io.howdah.operation.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * An operation that {@link CrashST} disturbs.
 *
 * @param broken the engine's call that does its work and then reports a failure for good, or null
 * @param steps those to be forgotten, each in a run of its own
 */
public record Journey<S extends Enum<S>, D extends Record>(
        String name,
        Before before,
        BiFunction<Engine, RecordsInMemory, Workflow<S, D>> workflow,
        Function<Specification, D> data,
        String broken,
        List<S> steps) {

    static final String LOGIN = "dbadmin";
    static final String FIRST_PASSWORD = "Correct-Horse-9";
    static final String SECOND_PASSWORD = "Battery-Staple-7";
    static final Instant DELETED = Instant.parse("2026-03-01T12:00:00Z");
    static final Instant KEPT_UNTIL = DELETED.plus(Duration.ofDays(5));

    /** The server that another is restored from. */
    static final UUID SOURCE = UUID.fromString("0c7a2f5d-96b1-4f57-8f0e-6f4f0b2f7a11");

    /** The label of the backup that there is before the operation. */
    private static volatile String newestBackup;

    private static volatile Instant newestBackupAt;

    public static String newestBackup() {
        return newestBackup;
    }

    /** From when on there is something that can be restored. */
    public static Instant newestBackupAt() {
        return newestBackupAt;
    }

    static void hasBackup(BackupEngine backups, ServerKey key) {
        newestBackupAt = backups.catalogue(key).backups().getLast().stoppedAt();
        newestBackup = backups.catalogue(key).backups().getLast().label();
    }

    /** It would fail if it were run twice. */
    static final RunSql.Request SCRIPT =
            new RunSql.Request("shop", LOGIN, "CREATE TABLE once (n int); SELECT 'said once'", 60);

    static final MaintainDatabases.Request UPKEEP =
            new MaintainDatabases.Request(Maintenance.Kind.VACUUM_ANALYZE, List.of("shop"), 60);

    /** Its process id is that of a process which is no session. */
    static final OpenTransaction GONE = new OpenTransaction(1, DELETED, LOGIN, "shop", "till", DELETED);

    static final ScaleServer.Request LARGER = new ScaleServer.Request("H0.5", new Compute(0.5, 512, 50));

    /** What there is before the operation. */
    public enum Before {
        NOTHING,
        RUNNING,
        /** Running, with a backup. */
        BACKED_UP,
        /** Running, with two full backups: the last one can't be deleted. */
        BACKED_UP_TWICE,
        /** Nothing of it; but another server, with a backup. */
        NOTHING_BUT_A_SOURCE,
        /** Restored in place, the state before kept. */
        RESTORED_IN_PLACE,
        /** Running, with a backup, and a copy of it open to be read. */
        LOOKED_AT,
        /** Running, with less storage than it had, and that kept. */
        SHRUNK,
        STOPPED,
        DELETED,
        DELETED_WHILE_STOPPED
    }

    static final List<Journey<?, ?>> OF_SERVERS = List.of(
            create(null),
            create("provision", CreateServer.Step.PROVISION, CreateServer.Step.UNDO),
            create("start", CreateServer.Step.START, CreateServer.Step.UNDO),
            create("createDatabase", CreateServer.Step.DATABASE, CreateServer.Step.UNDO),
            new Journey<>(
                    "start",
                    Before.STOPPED,
                    StartServer::new,
                    any -> new StartServer.Request(),
                    null,
                    List.of(StartServer.Step.START, StartServer.Step.VERIFY)),
            new Journey<>(
                    "start that fails",
                    Before.STOPPED,
                    StartServer::new,
                    any -> new StartServer.Request(),
                    "start",
                    List.of(StartServer.Step.START, StartServer.Step.UNDO)),
            new Journey<>(
                    "stop",
                    Before.RUNNING,
                    StopServer::new,
                    any -> new StopServer.Request(),
                    null,
                    List.of(StopServer.Step.STOP)),
            new Journey<>(
                    "stop that fails",
                    Before.RUNNING,
                    StopServer::new,
                    any -> new StopServer.Request(),
                    "stop",
                    List.of(StopServer.Step.STOP, StopServer.Step.UNDO)),
            new Journey<>(
                    "restart",
                    Before.RUNNING,
                    RestartServer::new,
                    any -> new RestartServer.Request(Instant.now()),
                    null,
                    List.of(RestartServer.Step.values())),
            new Journey<>(
                    "scale",
                    Before.RUNNING,
                    (engine, records) -> new ScaleServer(engine, records, records),
                    any -> LARGER,
                    null,
                    List.of(ScaleServer.Step.RESIZE, ScaleServer.Step.RECORD)),
            new Journey<>(
                    "grow",
                    Before.RUNNING,
                    (engine, records) -> new GrowStorage(engine, records, records),
                    wanted -> new GrowStorage.Request(wanted.storageGib(), wanted.storageGib() + 1),
                    null,
                    List.of(GrowStorage.Step.GROW, GrowStorage.Step.RECORD)),
            new Journey<>(
                    "grow that fails",
                    Before.RUNNING,
                    (engine, records) -> new GrowStorage(engine, records, records),
                    wanted -> new GrowStorage.Request(wanted.storageGib(), wanted.storageGib() + 1),
                    "grow",
                    List.of(GrowStorage.Step.GROW, GrowStorage.Step.UNDO)),
            new Journey<>(
                    "scale of a stopped one",
                    Before.STOPPED,
                    (engine, records) -> new ScaleServer(engine, records, records),
                    any -> LARGER,
                    null,
                    List.of(ScaleServer.Step.RESIZE, ScaleServer.Step.RECORD)),
            new Journey<>(
                    "scale that fails",
                    Before.RUNNING,
                    (engine, records) -> new ScaleServer(engine, records, records),
                    any -> LARGER,
                    "resize",
                    List.of(ScaleServer.Step.RESIZE, ScaleServer.Step.UNDO)),
            new Journey<>(
                    "reset password",
                    Before.RUNNING,
                    (engine, records) -> new ResetPassword(engine),
                    any -> new ResetPassword.Request(LOGIN, Scram.verifier(SECOND_PASSWORD)),
                    null,
                    List.of(ResetPassword.Step.values())),
            new Journey<>(
                    "create database",
                    Before.RUNNING,
                    (engine, records) -> new CreateDatabase(engine),
                    any -> new CreateDatabase.Request("archive", LOGIN),
                    null,
                    List.of(CreateDatabase.Step.values())),
            new Journey<>(
                    "drop database",
                    Before.RUNNING,
                    (engine, records) -> new DropDatabase(engine),
                    any -> new DropDatabase.Request("shop"),
                    null,
                    List.of(DropDatabase.Step.values())),
            new Journey<>(
                    "run SQL",
                    Before.RUNNING,
                    (engine, records) -> new RunSql(engine, records),
                    any -> SCRIPT,
                    null,
                    List.of(RunSql.Step.RUN, RunSql.Step.KEEP)),
            new Journey<>(
                    "run SQL that fails",
                    Before.RUNNING,
                    (engine, records) -> new RunSql(engine, records),
                    any -> SCRIPT,
                    "runSql",
                    List.of(RunSql.Step.RUN, RunSql.Step.UNDO)),
            new Journey<>(
                    "maintain databases",
                    Before.RUNNING,
                    (engine, records) -> new MaintainDatabases(engine, records),
                    any -> UPKEEP,
                    null,
                    List.of(MaintainDatabases.Step.MAINTAIN, MaintainDatabases.Step.KEEP)),
            new Journey<>(
                    "maintain databases that fails",
                    Before.RUNNING,
                    (engine, records) -> new MaintainDatabases(engine, records),
                    any -> UPKEEP,
                    "maintain",
                    List.of(MaintainDatabases.Step.MAINTAIN, MaintainDatabases.Step.UNDO)),
            new Journey<>(
                    "sleep",
                    Before.RUNNING,
                    SleepServer::new,
                    any -> new SleepServer.Request(),
                    null,
                    List.of(SleepServer.Step.SLEEP)),
            new Journey<>(
                    "sleep that fails",
                    Before.RUNNING,
                    SleepServer::new,
                    any -> new SleepServer.Request(),
                    "sleep",
                    List.of(SleepServer.Step.SLEEP, SleepServer.Step.UNDO)),
            new Journey<>(
                    "end a session that has gone",
                    Before.RUNNING,
                    (engine, records) -> new EndSession(engine),
                    any -> new EndSession.Request(GONE),
                    null,
                    List.of(EndSession.Step.values())),
            new Journey<>(
                    "delete",
                    Before.RUNNING,
                    DeleteServer::new,
                    any -> new DeleteServer.Request(DELETED, KEPT_UNTIL),
                    null,
                    List.of(DeleteServer.Step.STOP, DeleteServer.Step.KEEP)),
            new Journey<>(
                    "delete that fails",
                    Before.RUNNING,
                    DeleteServer::new,
                    any -> new DeleteServer.Request(DELETED, KEPT_UNTIL),
                    "stop",
                    List.of(DeleteServer.Step.STOP, DeleteServer.Step.UNDO)),
            new Journey<>(
                    "delete of what was never created",
                    Before.NOTHING,
                    DeleteServer::new,
                    any -> new DeleteServer.Request(DELETED, KEPT_UNTIL),
                    null,
                    List.of(DeleteServer.Step.STOP, DeleteServer.Step.FORGET)),
            new Journey<>(
                    "undelete",
                    Before.DELETED,
                    UndeleteServer::new,
                    any -> new UndeleteServer.Request(),
                    null,
                    List.of(UndeleteServer.Step.RESTORE, UndeleteServer.Step.VERIFY)),
            new Journey<>(
                    "undelete of a stopped one",
                    Before.DELETED_WHILE_STOPPED,
                    UndeleteServer::new,
                    any -> new UndeleteServer.Request(),
                    null,
                    List.of(UndeleteServer.Step.RESTORE, UndeleteServer.Step.VERIFY)),
            new Journey<>(
                    "undelete that fails",
                    Before.DELETED,
                    UndeleteServer::new,
                    any -> new UndeleteServer.Request(),
                    "start",
                    List.of(UndeleteServer.Step.RESTORE, UndeleteServer.Step.UNDO)),
            new Journey<>(
                    "purge",
                    Before.DELETED,
                    PurgeServer::new,
                    any -> new PurgeServer.Request(false),
                    null,
                    List.of(PurgeServer.Step.values())));

    static final List<Journey<?, ?>> ALL = Stream.of(
                    OF_SERVERS, StorageJourneys.ALL, RestoreJourneys.ALL, BackupJourneys.ALL)
            .flatMap(List::stream)
            .toList();

    private static Journey<CreateServer.Step, CreateServer.Request> create(String broken, CreateServer.Step... steps) {
        return new Journey<>(
                broken == null ? "create" : "create that fails at " + broken,
                Before.NOTHING,
                CreateServer::new,
                specification -> new CreateServer.Request(specification, LOGIN, Scram.verifier(FIRST_PASSWORD), "shop"),
                broken,
                steps.length > 0
                        ? List.of(steps)
                        : Stream.of(CreateServer.Step.values())
                                .filter(step -> step != CreateServer.Step.UNDO)
                                .toList());
    }

    @Override
    public String toString() {
        return name;
    }
}
