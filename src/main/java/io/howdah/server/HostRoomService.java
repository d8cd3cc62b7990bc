package io.howdah.server;

import io.howdah.access.Access;
import io.howdah.access.Caller;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.engine.Engine;
import io.howdah.engine.Room;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.Map;

/** How much of the place servers may be promised. It belongs to the installation, not to a team. */
@Stateless
public class HostRoomService {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private Engine engine;

    @Inject
    private HostRoom hostRoom;

    @Inject
    private Clock clock;

    public RoomView room() {
        access.permit(Permission.INSTALLATION_READ, Scope.INSTALLATION, target());
        Room room = engine.room();
        HostRoom.Share limit = hostRoom.limit(room);
        HostRoom.Share promised = hostRoom.promised();
        return new RoomView(
                engine.capabilities().place(),
                room.vCores(),
                room.serverMemoryMib(),
                room.storageGib(),
                hostRoom.factors(),
                limit.vCores(),
                limit.memoryMib(),
                promised.vCores(),
                promised.memoryMib());
    }

    /**
     * Sets how often vCores and memory may be promised. What is promised already stays promised.
     *
     * @throws io.howdah.shared.ProblemException RoomFactorOutOfRange
     */
    public void setFactors(RoomFactors factors) {
        if (!factors.reasonable()) {
            throw Problem.of(
                            ProblemCode.RoomFactorOutOfRange,
                            RoomFactors.LEAST,
                            RoomFactors.MOST_VCORES,
                            RoomFactors.MOST_MEMORY)
                    .at("factors")
                    .raise();
        }
        RoomFactors before = hostRoom.factors();
        Caller caller = access.change(
                Permission.INSTALLATION_WRITE,
                Scope.INSTALLATION,
                target(),
                Map.of("before", before.toString(), "after", factors.toString()));
        RoomEntry entry = entities.find(RoomEntry.class, RoomEntry.ONLY);
        boolean first = entry == null;
        if (first) {
            entry = new RoomEntry();
        }
        entry.vCoreFactor = factors.vCores();
        entry.memoryFactor = factors.memory();
        entry.changedAt = clock.instant();
        entry.changedBy = caller.name();
        if (first) {
            entities.persist(entry);
        }
    }

    private Target target() {
        return new Target("host", null, engine.capabilities().place());
    }
}
