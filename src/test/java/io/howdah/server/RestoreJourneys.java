package io.howdah.server;

import io.howdah.engine.RestoreTarget;
import io.howdah.server.Journey.Before;
import java.util.List;
import java.util.UUID;

/** The restores that {@link CrashST} disturbs. */
final class RestoreJourneys {

    /** The unit under which the state before the restore is kept. */
    static final UUID RESTORED = UUID.fromString("5a3c1c9e-3f0b-4a53-9a6b-0f7b8a4c1d2e");

    private static final RestorePoint LATEST = RestorePoint.of(new RestoreTarget.Latest(1));

    static final List<Journey<?, ?>> ALL = List.of(
            new Journey<>(
                    "restore into a new server",
                    Before.NOTHING_BUT_A_SOURCE,
                    RestoreServer::new,
                    specification -> new RestoreServer.Request(specification, Journey.SOURCE, LATEST, true),
                    null,
                    List.of(
                            RestoreServer.Step.ARCHIVE,
                            RestoreServer.Step.RESTORE,
                            RestoreServer.Step.RECOVER,
                            RestoreServer.Step.FLUSH,
                            RestoreServer.Step.VERIFY)),
            new Journey<>(
                    "restore into a new server that fails",
                    Before.NOTHING_BUT_A_SOURCE,
                    RestoreServer::new,
                    specification -> new RestoreServer.Request(specification, Journey.SOURCE, LATEST, true),
                    "recover",
                    List.of(RestoreServer.Step.RECOVER, RestoreServer.Step.UNDO)),
            inPlace(
                    "restore in place",
                    null,
                    RestoreInPlace.Step.ARCHIVE,
                    RestoreInPlace.Step.RESTORE_BESIDE,
                    RestoreInPlace.Step.STOP,
                    RestoreInPlace.Step.EXCHANGE,
                    RestoreInPlace.Step.RECOVER,
                    RestoreInPlace.Step.VERIFY),
            inPlace(
                    "restore in place that fails early",
                    "restoreBeside",
                    RestoreInPlace.Step.RESTORE_BESIDE,
                    RestoreInPlace.Step.DISCARD),
            inPlace(
                    "restore in place that fails late",
                    "recover",
                    RestoreInPlace.Step.RECOVER,
                    RestoreInPlace.Step.STOP_AGAIN,
                    RestoreInPlace.Step.EXCHANGE_BACK,
                    RestoreInPlace.Step.START_AGAIN,
                    RestoreInPlace.Step.DISCARD),
            new Journey<>(
                    "go back from a restore",
                    Before.RESTORED_IN_PLACE,
                    RestoreUndo::new,
                    any -> new RestoreUndo.Request(RESTORED),
                    null,
                    List.of(
                            RestoreUndo.Step.STOP,
                            RestoreUndo.Step.EXCHANGE_BACK,
                            RestoreUndo.Step.START,
                            RestoreUndo.Step.VERIFY)),
            new Journey<>(
                    "go back from a restore that fails",
                    Before.RESTORED_IN_PLACE,
                    RestoreUndo::new,
                    any -> new RestoreUndo.Request(RESTORED),
                    "exchangeBack",
                    List.of(RestoreUndo.Step.EXCHANGE_BACK, RestoreUndo.Step.START_AGAIN)),
            new Journey<>(
                    "confirm a restore",
                    Before.RESTORED_IN_PLACE,
                    (engine, records) -> new RestoreConfirm(engine),
                    any -> new RestoreConfirm.Request(RESTORED),
                    null,
                    List.of(RestoreConfirm.Step.values())));

    private RestoreJourneys() {}

    private static Journey<RestoreInPlace.Step, RestoreInPlace.Request> inPlace(
            String name, String broken, RestoreInPlace.Step... steps) {
        return new Journey<>(
                name,
                Before.BACKED_UP,
                RestoreInPlace::new,
                any -> new RestoreInPlace.Request(LATEST, true),
                broken,
                List.of(steps));
    }
}
