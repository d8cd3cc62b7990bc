package io.howdah.server;

import io.howdah.engine.RestoreTarget;
import io.howdah.server.Journey.Before;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The restores that {@link CrashST} disturbs. */
final class RestoreJourneys {

    /** The unit under which the state before the restore is kept. */
    static final UUID RESTORED = UUID.fromString("5a3c1c9e-3f0b-4a53-9a6b-0f7b8a4c1d2e");

    /** The key of the copy that is looked at. */
    static final UUID LOOKED_AT = UUID.fromString("7d0c5e42-1f7b-4b0e-8a55-2c9e6f3b9a77");

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
                    List.of(RestoreConfirm.Step.values())),
            look(
                    "look at a server as it was",
                    null,
                    OpenLook.Step.ARCHIVE,
                    OpenLook.Step.CLEAR,
                    OpenLook.Step.RESTORE,
                    OpenLook.Step.REPLAY),
            look("look that fails", "look", OpenLook.Step.REPLAY, OpenLook.Step.UNDO),
            new Journey<>(
                    "go on to a later time",
                    Before.LOOKED_AT,
                    (engine, records) -> new MoveLook(engine),
                    any -> new MoveLook.Request(LOOKED_AT, Instant.now(), 1, true),
                    null,
                    List.of(MoveLook.Step.values())),
            new Journey<>(
                    "close what is looked at",
                    Before.LOOKED_AT,
                    (engine, records) -> new CloseLook(engine),
                    any -> new CloseLook.Request(LOOKED_AT),
                    null,
                    List.of(CloseLook.Step.values())),
            objects(
                    "bring a database back",
                    null,
                    RestoreObjects.Step.ARCHIVE,
                    RestoreObjects.Step.RESTORE,
                    RestoreObjects.Step.RECOVER,
                    RestoreObjects.Step.LOAD,
                    RestoreObjects.Step.PLACE,
                    RestoreObjects.Step.DISCARD,
                    RestoreObjects.Step.KEEP),
            objects("bring a database back that fails early", "recover", RestoreObjects.Step.DISCARD_AGAIN),
            objects(
                    "bring a database back that fails late",
                    "load",
                    RestoreObjects.Step.LOAD,
                    RestoreObjects.Step.UNLOAD),
            objects("bring a database back that fails at the end", "place", RestoreObjects.Step.UNLOAD));

    private static Journey<OpenLook.Step, OpenLook.Request> look(String name, String broken, OpenLook.Step... steps) {
        return new Journey<>(
                name,
                Before.BACKED_UP,
                (engine, records) -> new OpenLook(engine),
                specification -> new OpenLook.Request(LOOKED_AT, specification, Instant.now(), 1, true),
                broken,
                List.of(steps));
    }

    private static Journey<RestoreObjects.Step, RestoreObjects.Request> objects(
            String name, String broken, RestoreObjects.Step... steps) {
        return new Journey<>(
                name,
                Before.BACKED_UP,
                RestoreObjects::new,
                specification -> new RestoreObjects.Request(
                        specification, LATEST, true, "shop", List.of(), "shop_before", null, false, Journey.LOGIN),
                broken,
                List.of(steps));
    }

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
