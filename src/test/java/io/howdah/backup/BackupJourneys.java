package io.howdah.backup;

import io.howdah.engine.BackupKind;
import io.howdah.engine.Compute;
import io.howdah.engine.Engine;
import io.howdah.engine.Specification;
import io.howdah.server.Journey;
import io.howdah.server.Journey.Before;
import io.howdah.server.RecordsInMemory;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The operations of this package that are disturbed at every step. */
public final class BackupJourneys {

    private static final BackUpServer.Request FULL =
            new BackUpServer.Request(BackupKind.FULL, Map.of("howdah-origin", "on-demand"));

    /** They outlive the crash, as the metadata database does. */
    private static final RehearsalRecordsInMemory RECORDS = new RehearsalRecordsInMemory();

    private static final CopyBackup.Request COPY =
            new CopyBackup.Request(new UUID(7, 7), BackupKind.FULL, Map.of("howdah-origin", "scheduled"));

    public static final List<Journey<?, ?>> ALL = List.of(
            new Journey<>(
                    "back up",
                    Before.RUNNING,
                    (engine, records) -> new BackUpServer(engine, new BackupRecordsInMemory(), records),
                    any -> FULL,
                    null,
                    List.of(
                            BackUpServer.Step.ENABLE,
                            BackUpServer.Step.BACK_UP,
                            BackUpServer.Step.EXPIRE,
                            BackUpServer.Step.RECORD)),
            new Journey<>(
                    "back up that fails",
                    Before.RUNNING,
                    (engine, records) -> new BackUpServer(engine, new BackupRecordsInMemory(), records),
                    any -> FULL,
                    "backUp",
                    List.of(BackUpServer.Step.BACK_UP, BackUpServer.Step.UNDO)),
            new Journey<>(
                    "copy a backup",
                    Before.BACKED_UP,
                    (engine, records) -> new CopyBackup(engine, new BackupRecordsInMemory(), records),
                    any -> COPY,
                    null,
                    List.of(
                            CopyBackup.Step.BACK_UP,
                            CopyBackup.Step.SHIP,
                            CopyBackup.Step.EXPIRE,
                            CopyBackup.Step.RECORD)),
            new Journey<>(
                    "copy a backup, which fails",
                    Before.BACKED_UP,
                    (engine, records) -> new CopyBackup(engine, new BackupRecordsInMemory(), records),
                    any -> COPY,
                    "backUpRemote",
                    List.of(CopyBackup.Step.BACK_UP, CopyBackup.Step.UNDO)),
            new Journey<>(
                    "delete a backup",
                    Before.BACKED_UP_TWICE,
                    (engine, records) -> new DeleteBackup(engine, new BackupRecordsInMemory()),
                    any -> new DeleteBackup.Request(Journey.newestBackup()),
                    null,
                    List.of(DeleteBackup.Step.values())),
            new Journey<>(
                    "rehearse",
                    Before.BACKED_UP,
                    (engine, records) -> rehearsal(engine, records),
                    BackupJourneys::rehearsed,
                    null,
                    new ArrayList<>(EnumSet.complementOf(EnumSet.of(RehearseBackup.Step.UNDO)))),
            new Journey<>(
                    "rehearse, and fail",
                    Before.BACKED_UP,
                    (engine, records) -> rehearsal(engine, records),
                    BackupJourneys::rehearsed,
                    "verify",
                    List.of(RehearseBackup.Step.CHECK_NEWEST, RehearseBackup.Step.UNDO)));

    private static RehearseBackup rehearsal(Engine engine, RecordsInMemory records) {
        return new RehearseBackup(engine, RECORDS, records, Clock.fixed(Journey.newestBackupAt(), ZoneOffset.UTC));
    }

    /** The newest backup's end is an instant that can be restored. */
    private static RehearseBackup.Request rehearsed(Specification specification) {
        return new RehearseBackup.Request(
                new Specification("rehearsal", specification.majorVersion(), new Compute(0.25, 256, 40), 1, List.of()),
                "dbadmin",
                1,
                Journey.newestBackupAt(),
                1,
                1 << 20,
                true);
    }

    private BackupJourneys() {}
}
