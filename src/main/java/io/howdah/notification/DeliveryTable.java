package io.howdah.notification;

import io.howdah.access.EventKind;
import io.howdah.access.Holders;
import io.howdah.access.Permission;
import io.howdah.access.Teams;
import io.howdah.notification.Delivery.Carrier;
import io.howdah.notification.Delivery.Purpose;
import io.howdah.notification.Outbox.SomethingToTell;
import io.howdah.shared.Encryption;
import io.howdah.shared.Ids;
import io.howdah.shared.Json;
import io.howdah.shared.Messages;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The sender's short transactions: claim what is due, compose it if it may still be sent, write how the try went. Due
 * times and leases go by the database's clock, which all nodes share.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class DeliveryTable {

    private static final Logger LOG = Logger.getLogger(DeliveryTable.class.getName());

    /** Longer than any try may take. */
    private static final int LEASE_SECONDS = 180;

    private static final int CODE_DIGITS = 8;

    /** What is due and held by nobody; of a webhook one at a time, so that a slow one holds up none but itself. */
    private static final String CLAIM = """
            update delivery set lease_owner = ?1, lease_until = clock_timestamp() + ?2 * interval '1 second'
            where id in (
                select d.id from delivery d
                where d.state = 'WAITING' and d.channel = ?3 and d.due <= clock_timestamp()
                  and (d.lease_until is null or d.lease_until < clock_timestamp())
                  and not exists (
                      select 1 from delivery busy
                      where busy.webhook_id = d.webhook_id and busy.state = 'WAITING'
                        and busy.lease_until >= clock_timestamp())
                order by d.due
                limit ?4
                for update of d skip locked)
            returning cast(id as text)""";

    private static final String WRITE = """
            update delivery set state = ?1, reason = ?2, tries = tries + 1, lease_owner = null, lease_until = null,
                                due = clock_timestamp() + ?3 * interval '1 millisecond',
                                ended_at = case when ?1 = 'WAITING' then null else clock_timestamp() end
            where id = cast(?4 as uuid) and lease_owner = ?5""";

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Holders holders;

    @Inject
    private Contacts contacts;

    @Inject
    private Teams teams;

    @Inject
    private DeliverySettings settings;

    @Inject
    private Encryption encryption;

    @Inject
    private Clock clock;

    @Inject
    private Event<NotificationsChanged> changes;

    @Inject
    private Event<SomethingToTell> tellings;

    /** What is to be sent now: one of the two. */
    record Letter(Mail mail, Post post) {}

    @SuppressWarnings("unchecked")
    public List<UUID> claim(String owner, Delivery.Carrier carrier, int limit) {
        List<Object> ids = entities.createNativeQuery(CLAIM)
                .setParameter(1, owner)
                .setParameter(2, LEASE_SECONDS)
                .setParameter(3, carrier.name())
                .setParameter(4, limit)
                .getResultList();
        return ids.stream().map(id -> UUID.fromString(id.toString())).toList();
    }

    /** A node that starts again takes back at once what its former self held. */
    public void releaseLeases(String ownerPrefix) {
        entities.createNativeQuery(
                        "update delivery set lease_owner = null, lease_until = null where starts_with(lease_owner, ?1)")
                .setParameter(1, ownerPrefix)
                .executeUpdate();
    }

    /** Composes the message; empty when the lease was lost or the message is not to be sent any more. */
    public Optional<Letter> begin(UUID id, String owner) {
        Delivery delivery = entities.find(Delivery.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (delivery == null || !owner.equals(delivery.leaseOwner) || delivery.state.ended()) {
            return Optional.empty();
        }
        NoticeEntry notice = delivery.noticeId == null ? null : entities.find(NoticeEntry.class, delivery.noticeId);
        if (!mayStillKnow(delivery.personId, notice)) {
            delivery.drop(Messages.text("notification.dropped.notAllowed"), clock.instant());
            changes.fire(new NotificationsChanged(delivery.personId));
            return Optional.empty();
        }
        Optional<Letter> letter = delivery.carrier == Carrier.MAIL ? mail(delivery, notice) : post(delivery, notice);
        if (letter.isEmpty()) {
            changes.fire(new NotificationsChanged(delivery.personId));
        }
        return letter;
    }

    private boolean mayStillKnow(UUID person, NoticeEntry notice) {
        return notice == null || notice.teamId == null
                ? holders.name(person).isPresent()
                : holders.of(Permission.SERVERS_READ, notice.scope()).contains(person);
    }

    private Optional<Letter> mail(Delivery delivery, NoticeEntry notice) {
        if (delivery.purpose == Purpose.CODE) {
            return code(delivery);
        }
        Optional<String> to = contacts.address(delivery.personId);
        if (to.isEmpty() || settings.smtp().isEmpty()) {
            delivery.drop(Messages.text("notification.dropped.noMail"), clock.instant());
            return Optional.empty();
        }
        Mail mail = Messages.in(
                holders.language(delivery.personId), () -> MailText.notice(delivery.id, to.get(), notice, settings));
        return Optional.of(new Letter(mail, null));
    }

    /** The code is made only now, and kept as a hash: a mail that is sent once more carries another one. */
    private Optional<Letter> code(Delivery delivery) {
        Contact contact = contacts.find(delivery.personId);
        if (contact == null || contact.wantedAddress == null || settings.smtp().isEmpty()) {
            delivery.drop(Messages.text("notification.dropped.noMail"), clock.instant());
            return Optional.empty();
        }
        String code = Ids.digits(CODE_DIGITS);
        contact.expect(code, clock.instant());
        String name = holders.name(delivery.personId).orElseThrow();
        Mail mail = Messages.in(
                holders.language(delivery.personId),
                () -> MailText.code(delivery.id, contact.wantedAddress, name, code, settings));
        return Optional.of(new Letter(mail, null));
    }

    private Optional<Letter> post(Delivery delivery, NoticeEntry notice) {
        Webhook webhook = entities.find(Webhook.class, delivery.webhookId);
        if (webhook.paused && delivery.purpose == Purpose.NOTICE) {
            delivery.drop(Messages.text("notification.dropped.paused"), clock.instant());
            return Optional.empty();
        }
        return Optional.of(new Letter(
                null,
                new Post(
                        delivery.id,
                        notice.kind.code(),
                        webhook.address(encryption),
                        webhook.secret(encryption),
                        body(notice))));
    }

    /** The same bytes at every try. */
    private String body(NoticeEntry notice) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", notice.id.toString());
        body.put("kind", notice.kind.code());
        body.put("at", notice.at.toString());
        body.put("team", named(notice.teamId, teams.names().get(notice.teamId)));
        body.put("server", named(notice.serverId, notice.serverName));
        body.put("title", notice.title);
        body.put("text", notice.text);
        body.put("link", notice.link == null ? null : settings.page(notice.link));
        body.put("correlationId", notice.correlationId);
        return Json.write(body);
    }

    private static Map<String, String> named(UUID id, String name) {
        if (id == null) {
            return null;
        }
        Map<String, String> named = new LinkedHashMap<>();
        named.put("id", id.toString());
        named.put("name", name);
        return named;
    }

    /**
     * Writes how the try went, unless the lease was lost meanwhile.
     *
     * @return how long until the next one; empty when there is none
     */
    public Optional<Duration> end(UUID id, String owner, Attempt attempt, Instant at, Duration took) {
        Delivery delivery = entities.find(Delivery.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (delivery == null || !owner.equals(delivery.leaseOwner)) {
            return Optional.empty();
        }
        Optional<Duration> pause = attempt.succeeded() || attempt.hopeless()
                ? Optional.empty()
                : BackOff.pause(delivery.purpose, delivery.carrier, delivery.tries + 1, age(id));
        DeliveryState state = attempt.succeeded()
                ? DeliveryState.DELIVERED
                : pause.isPresent() ? DeliveryState.WAITING : DeliveryState.GIVEN_UP;
        entities.createNativeQuery(WRITE)
                .setParameter(1, state.name())
                .setParameter(2, attempt.error())
                .setParameter(3, pause.map(Duration::toMillis).orElse(0L))
                .setParameter(4, id.toString())
                .setParameter(5, owner)
                .executeUpdate();
        write(id, attempt, at, took);
        changes.fire(new NotificationsChanged(delivery.personId));
        if (!attempt.succeeded()) {
            LOG.log(
                    state == DeliveryState.GIVEN_UP ? Level.WARNING : Level.INFO,
                    "delivery {0} by {1} failed{2}: {3}",
                    new Object[] {
                        id,
                        delivery.carrier,
                        state == DeliveryState.GIVEN_UP ? " and was given up" : "",
                        attempt.error()
                    });
        }
        if (state == DeliveryState.GIVEN_UP && delivery.purpose == Purpose.NOTICE) {
            sayGivenUp(delivery, attempt.error());
        }
        return pause;
    }

    private void write(UUID id, Attempt attempt, Instant at, Duration took) {
        DeliveryTry line = new DeliveryTry();
        line.deliveryId = id;
        line.at = at;
        line.status = attempt.status();
        line.millis = took.toMillis();
        line.answer = attempt.answer();
        line.error = attempt.error();
        entities.persist(line);
    }

    private Duration age(UUID id) {
        Number seconds = (Number) entities.createNativeQuery(
                        "select cast(extract(epoch from clock_timestamp() - begun_at) as bigint) from delivery where id = cast(?1 as uuid)")
                .setParameter(1, id.toString())
                .getSingleResult();
        return Duration.ofSeconds(seconds.longValue());
    }

    /** Tells the addressee in the portal; once until they have read it, however many messages are lost meanwhile. */
    private void sayGivenUp(Delivery delivery, String error) {
        boolean mail = delivery.carrier == Carrier.MAIL;
        String link = mail ? "profile/notifications" : "profile/webhooks/" + delivery.webhookId;
        boolean saidAlready = entities.createQuery("""
                                select count(i) from InboxEntry i, NoticeEntry n
                                where n.id = i.noticeId and i.personId = :person and i.readAt is null
                                  and n.kind = :kind and n.link = :link""", Long.class)
                        .setParameter("person", delivery.personId)
                        .setParameter("kind", EventKind.DELIVERY_GIVEN_UP)
                        .setParameter("link", link)
                        .getSingleResult()
                > 0;
        if (saidAlready) {
            return;
        }
        NoticeEntry lost = entities.find(NoticeEntry.class, delivery.noticeId);
        NoticeEntry notice = new NoticeEntry();
        notice.id = Ids.random();
        notice.kind = EventKind.DELIVERY_GIVEN_UP;
        notice.at = clock.instant();
        notice.title = Messages.text(mail ? "notice.givenUp.mail" : "notice.givenUp.webhook", host(delivery));
        notice.text = Messages.text("notice.givenUp.text", lost.title, error);
        notice.link = link;
        notice.correlationId = lost.correlationId;
        notice.concerned(Set.of(delivery.personId));
        entities.persist(notice);
        tellings.fire(new SomethingToTell());
    }

    private String host(Delivery delivery) {
        return delivery.webhookId == null
                ? contacts.address(delivery.personId).orElse("")
                : entities.find(Webhook.class, delivery.webhookId)
                        .address(encryption)
                        .getHost();
    }
}
