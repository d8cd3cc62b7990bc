package io.howdah.backup;

import io.howdah.engine.BackupKind;
import io.howdah.server.Journey;
import io.howdah.server.Journey.Before;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The operations of this package that are disturbed at every step. */
public final class BackupJourneys {

    private static final BackUpServer.Request FULL =
            new BackUpServer.Request(BackupKind.FULL, Map.of("howdah-origin", "on-demand"));

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
                    List.of(DeleteBackup.Step.values())));

    private BackupJourneys() {}
}
