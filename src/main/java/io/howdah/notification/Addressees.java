package io.howdah.notification;

import io.howdah.access.EventKind;
import io.howdah.access.Holders;
import io.howdah.access.Permission;
import io.howdah.notification.Delivery.Carrier;
import io.howdah.notification.Delivery.Purpose;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Makes a notice out to people: to each who may see what it is about and wants to know, in the ways they chose. Once for
 * every notice, whatever dies meanwhile.
 */
@Stateless
public class Addressees {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Holders holders;

    @Inject
    private Contacts contacts;

    @Inject
    private Deliveries deliveries;

    @Inject
    private DeliverySettings settings;

    @Inject
    private Event<NotificationsChanged> changes;

    /** Notices that nobody has made out yet, oldest first. */
    public List<UUID> waiting(int limit) {
        return entities.createQuery("select n.id from NoticeEntry n where n.madeOut = false order by n.at", UUID.class)
                .setMaxResults(limit)
                .getResultList();
    }

    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void makeOut(UUID noticeId) {
        NoticeEntry notice = entities.find(NoticeEntry.class, noticeId, LockModeType.PESSIMISTIC_WRITE);
        if (notice == null || notice.madeOut) {
            return;
        }
        notice.madeOut = true;
        Set<UUID> concerned = notice.concerned();
        Set<UUID> people = mayKnow(notice);
        if (!notice.everybody) {
            people.retainAll(concerned);
        }
        boolean told = false;
        Map<UUID, Choices> choices = choices(notice);
        Choices usual = new Choices(List.of());
        Told before = toldOfItsRun(notice);
        for (UUID person : people) {
            told |= tell(person, notice, choices.getOrDefault(person, usual), concerned.contains(person), before);
        }
        for (Webhook webhook : webhooks()) {
            if (people.contains(webhook.personId)
                    && webhook.kinds().contains(notice.kind)
                    && !before.has(webhook.id, Carrier.WEBHOOK)) {
                deliveries.add(Purpose.NOTICE, Carrier.WEBHOOK, noticeId, webhook.personId, webhook.id);
                told = true;
            }
        }
        if (!told) {
            entities.remove(notice);
        }
    }

    private Set<UUID> mayKnow(NoticeEntry notice) {
        return notice.teamId == null
                ? new HashSet<>(notice.concerned())
                : holders.of(Permission.SERVERS_READ, notice.scope());
    }

    /** To whom, and how, something has been told already: people by portal and mail, webhooks by themselves. */
    private record Told(Set<UUID> inPortal, Set<UUID> byMail, Set<UUID> webhooks) {

        boolean has(UUID id, Carrier carrier) {
            return (carrier == Carrier.MAIL ? byMail : webhooks).contains(id);
        }
    }

    /**
     * A schedule's run that failed is told as such; that its operation has failed is the same news, and goes only where
     * the other does not. The run's notice is written first, and made out first.
     */
    private Told toldOfItsRun(NoticeEntry notice) {
        if (notice.kind != EventKind.OPERATION_FAILED) {
            return new Told(Set.of(), Set.of(), Set.of());
        }
        Told told = new Told(new HashSet<>(), new HashSet<>(), new HashSet<>());
        for (UUID run : entities.createQuery(
                        "select n.id from NoticeEntry n where n.correlationId = :correlation and n.serverId = :server and n.kind = :kind",
                        UUID.class)
                .setParameter("correlation", notice.correlationId)
                .setParameter("server", notice.serverId)
                .setParameter("kind", EventKind.SCHEDULE_FAILED)
                .getResultList()) {
            makeOut(run);
            entities.flush();
            told.inPortal()
                    .addAll(entities.createQuery(
                                    "select i.personId from InboxEntry i where i.noticeId = :notice", UUID.class)
                            .setParameter("notice", run)
                            .getResultList());
            for (Delivery delivery : entities.createQuery(
                            "select d from Delivery d where d.noticeId = :notice", Delivery.class)
                    .setParameter("notice", run)
                    .getResultList()) {
                if (delivery.carrier == Carrier.MAIL) {
                    told.byMail().add(delivery.personId);
                } else {
                    told.webhooks().add(delivery.webhookId);
                }
            }
        }
        return told;
    }

    private boolean tell(UUID person, NoticeEntry notice, Choices choices, boolean concerned, Told before) {
        boolean told = false;
        if (choices.of(notice.kind, Channel.PORTAL).includes(concerned)
                && !before.inPortal().contains(person)) {
            InboxEntry entry = new InboxEntry();
            entry.personId = person;
            entry.noticeId = notice.id;
            entities.persist(entry);
            changes.fire(new NotificationsChanged(person));
            told = true;
        }
        if (choices.of(notice.kind, Channel.MAIL).includes(concerned)
                && !before.has(person, Carrier.MAIL)
                && settings.smtp().isPresent()
                && contacts.address(person).isPresent()) {
            deliveries.add(Purpose.NOTICE, Carrier.MAIL, notice.id, person, null);
            told = true;
        }
        return told;
    }

    private Map<UUID, Choices> choices(NoticeEntry notice) {
        Map<UUID, Choices> choices = new HashMap<>();
        entities.createQuery("select c from ChoiceEntry c where c.kind = :kind", ChoiceEntry.class)
                .setParameter("kind", notice.kind)
                .getResultStream()
                .collect(Collectors.groupingBy(entry -> entry.personId))
                .forEach((person, entries) -> choices.put(person, new Choices(entries)));
        return choices;
    }

    private List<Webhook> webhooks() {
        return entities.createQuery("select w from Webhook w where w.paused = false", Webhook.class)
                .getResultList();
    }
}
