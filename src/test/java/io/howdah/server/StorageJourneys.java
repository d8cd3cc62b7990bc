package io.howdah.server;

import java.util.List;
import java.util.UUID;

/** Changes to less storage, which copy a whole server each time. */
final class StorageJourneys {

    /** The change that has given a server less storage. */
    static final UUID SHRUNK = UUID.fromString("5b1f0c62-7a0e-4f0d-9a43-2f0f8c1f6d21");

    static final List<Journey<?, ?>> ALL = List.of(
            new Journey<>(
                    "shrink",
                    Journey.Before.RUNNING,
                    (engine, records) -> new ShrinkStorage(engine, records, records),
                    wanted -> new ShrinkStorage.Request(wanted.storageGib(), wanted.storageGib() - 1),
                    null,
                    List.of(
                            ShrinkStorage.Step.COPY,
                            ShrinkStorage.Step.GIVE_WAY,
                            ShrinkStorage.Step.SWITCH,
                            ShrinkStorage.Step.RECORD)),
            new Journey<>(
                    "shrink that fails",
                    Journey.Before.RUNNING,
                    (engine, records) -> new ShrinkStorage(engine, records, records),
                    wanted -> new ShrinkStorage.Request(wanted.storageGib(), wanted.storageGib() - 1),
                    "switchStorage",
                    List.of(ShrinkStorage.Step.SWITCH, ShrinkStorage.Step.DISCARD)),
            new Journey<>(
                    "shrink that is taken back",
                    Journey.Before.SHRUNK,
                    ReturnStorage::new,
                    wanted -> new ReturnStorage.Request(SHRUNK, wanted.storageGib()),
                    null,
                    List.of(
                            ReturnStorage.Step.STOP,
                            ReturnStorage.Step.EXCHANGE_BACK,
                            ReturnStorage.Step.START,
                            ReturnStorage.Step.VERIFY)),
            new Journey<>(
                    "shrink that is taken back, which fails",
                    Journey.Before.SHRUNK,
                    ReturnStorage::new,
                    wanted -> new ReturnStorage.Request(SHRUNK, wanted.storageGib()),
                    "returnStorage",
                    List.of(ReturnStorage.Step.EXCHANGE_BACK, ReturnStorage.Step.START_AGAIN)),
            new Journey<>(
                    "shrink that is confirmed",
                    Journey.Before.SHRUNK,
                    ConfirmStorage::new,
                    any -> new ConfirmStorage.Request(SHRUNK),
                    null,
                    List.of(ConfirmStorage.Step.values())));

    private StorageJourneys() {}
}
