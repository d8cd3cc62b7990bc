package io.howdah.scaling;

import io.howdah.server.WaitingForRoom;
import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;

/** The planned changes that wait for room, as those see them who come later. */
@Dependent
class RoomLine implements WaitingForRoom {

    @PersistenceContext
    private EntityManager entities;

    @Override
    public List<Wanted> line() {
        return entities.createQuery("""
                        select c from PlannedChange c
                        where c.waitsFor = :room and c.failure is null and c.operationId is null
                        order by c.number""", PlannedChange.class)
                .setParameter("room", WaitsFor.ROOM)
                .getResultStream()
                .map(change -> new Wanted(change.serverId, change.size, change.askedAt))
                .toList();
    }
}
