package io.howdah.notification;

import io.howdah.notification.Delivery.Carrier;
import io.howdah.notification.Delivery.Purpose;
import io.howdah.notification.Outbox.SomethingToSend;
import io.howdah.shared.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Messages on their way: putting them there, and looking how far they have come. */
@ApplicationScoped
class Deliveries {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Event<SomethingToSend> sendings;

    /** Puts a message on its way within the running transaction; by the database's clock, like all that follows. */
    UUID add(Purpose purpose, Carrier carrier, UUID notice, UUID person, UUID webhook) {
        UUID id = Ids.random();
        // What it refers to must be there before it.
        entities.flush();
        entities.createNativeQuery("""
                        insert into delivery (id, purpose, channel, notice_id, person_id, webhook_id, state, tries,
                                              created_at, begun_at, due)
                        values (cast(?1 as uuid), ?2, ?3, cast(?4 as uuid), cast(?5 as uuid), cast(?6 as uuid),
                                'WAITING', 0, now(), now(), now())""")
                .setParameter(1, id.toString())
                .setParameter(2, purpose.name())
                .setParameter(3, carrier.name())
                .setParameter(4, text(notice))
                .setParameter(5, person.toString())
                .setParameter(6, text(webhook))
                .executeUpdate();
        sendings.fire(new SomethingToSend());
        return id;
    }

    /** The same message once more, from the first try on. */
    void again(UUID delivery) {
        entities.createNativeQuery("""
                        update delivery set state = 'WAITING', reason = null, tries = 0, begun_at = now(), due = now(),
                                            ended_at = null, lease_owner = null, lease_until = null
                        where id = cast(?1 as uuid) and state <> 'WAITING'""").setParameter(1, delivery.toString()).executeUpdate();
        sendings.fire(new SomethingToSend());
    }

    /** In the order given. */
    List<DeliveryView> views(Collection<Delivery> deliveries) {
        if (deliveries.isEmpty()) {
            return List.of();
        }
        Map<UUID, List<DeliveryTry>> tries = entities.createQuery(
                        "select t from DeliveryTry t where t.deliveryId in :ids order by t.id", DeliveryTry.class)
                .setParameter("ids", deliveries.stream().map(each -> each.id).toList())
                .getResultStream()
                .collect(Collectors.groupingBy(each -> each.deliveryId));
        Map<UUID, NoticeEntry> notices = new HashMap<>();
        deliveries.stream()
                .filter(each -> each.noticeId != null)
                .forEach(each -> notices.computeIfAbsent(each.noticeId, id -> entities.find(NoticeEntry.class, id)));
        return deliveries.stream()
                .map(each -> each.view(notices.get(each.noticeId), tries.getOrDefault(each.id, List.of())))
                .toList();
    }

    private static String text(UUID id) {
        return id == null ? null : id.toString();
    }
}
