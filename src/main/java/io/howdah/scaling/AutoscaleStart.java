package io.howdah.scaling;

import io.howdah.access.Caller;
import io.howdah.access.Permission;
import io.howdah.access.Recorder;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.operation.Operations;
import io.howdah.server.ServerSizing;
import io.howdah.server.Size;
import io.howdah.server.SizedServer;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;

/** Begins a change of size in the product's own name, with the reason on record. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class AutoscaleStart {

    @Inject
    private ServerSizing sizing;

    @Inject
    private Operations operations;

    @Inject
    private Recorder recorder;

    /**
     * Nothing if somebody has asked for anything meanwhile.
     *
     * @param from the size on which it was decided
     * @param why in words, for the activity log
     * @throws io.howdah.shared.ProblemException ServerLocked, ServerBeingDeleted, ServerNotReady, NoRoomForMemory
     */
    public void begin(UUID serverId, Size from, Size to, String why) {
        SizedServer server = sizing.hold(serverId).orElse(null);
        if (server == null || !server.wished().equals(from) || operations.changing(serverId)) {
            return;
        }
        Caller itself = Operations.itself();
        recorder.accepted(
                itself,
                Permission.SERVERS_SCALE,
                Scope.team(server.teamId()),
                new Target("server", serverId, server.name()),
                Map.of("before", from.code(), "after", to.code(), "autoscale", why));
        sizing.begin(serverId, to, itself);
    }
}
