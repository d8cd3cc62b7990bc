package io.howdah.notification;

import io.howdah.access.Access;
import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.access.EventKind;
import io.howdah.access.Permission;
import io.howdah.access.Reach;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.notification.Delivery.Carrier;
import io.howdah.notification.Delivery.Purpose;
import io.howdah.shared.Ids;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What I am told, and how I want to be told: notifications in the portal, my choices, and my mail address. */
@Stateless
public class NotificationService {

    private static final int CODES_A_DAY = 10;
    private static final int TESTS_AN_HOUR = 20;

    private static final String MINE = " from InboxEntry i, NoticeEntry n where n.id = i.noticeId and i.personId = :me";

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private Contacts contacts;

    @Inject
    private Deliveries deliveries;

    @Inject
    private DeliverySettings settings;

    @Inject
    private Clock clock;

    @Inject
    private Event<NotificationsChanged> changes;

    /** Mine, newest first, as far as I may still see what they are about. */
    public List<NotificationView> list(boolean unreadOnly, int offset, int limit) {
        return mine("select n, i.readAt", unreadOnly, " order by n.at desc, n.id", Object[].class)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultStream()
                .map(row -> view((NoticeEntry) row[0], (Instant) row[1]))
                .toList();
    }

    public int count(boolean unreadOnly) {
        return mine("select count(n)", unreadOnly, "", Long.class)
                .getSingleResult()
                .intValue();
    }

    /** @return how many were unread until now: one or none */
    public int markRead(UUID notificationId) {
        Caller me = access.permit(Permission.PROFILE_WRITE, Scope.INSTALLATION, target());
        return read(me, " and i.noticeId = :notice", notificationId);
    }

    /** @return how many were unread until now */
    public int markAllRead() {
        return read(access.permit(Permission.PROFILE_WRITE, Scope.INSTALLATION, target()), "", null);
    }

    /** For every kind that people may choose about. */
    public List<ChoiceView> choices() {
        Caller me = access.permit(Permission.PROFILE_WRITE, Scope.INSTALLATION, target());
        Choices mine = choicesOf(me);
        return Arrays.stream(EventKind.values())
                .filter(EventKind::isChosen)
                .map(kind -> new ChoiceView(kind, mine.of(kind, Channel.PORTAL), mine.of(kind, Channel.MAIL)))
                .toList();
    }

    private Choices choicesOf(Caller me) {
        return new Choices(entities.createQuery("select c from ChoiceEntry c where c.personId = :me", ChoiceEntry.class)
                .setParameter("me", me.personId())
                .getResultList());
    }

    public void choose(EventKind kind, Channel channel, Wanted wanted) {
        String before = choicesOf(Callers.current()).of(kind, channel).name();
        Caller me = access.change(
                Permission.PROFILE_WRITE,
                Scope.INSTALLATION,
                target(),
                Map.of("kind", kind.code(), "channel", channel.name(), "before", before, "after", wanted.name()));
        if (!kind.isChosen()) {
            throw Problem.of(ProblemCode.NotFound, "choice", kind.code()).raise();
        }
        ChoiceEntry entry = new ChoiceEntry();
        entry.personId = me.personId();
        entry.kind = kind;
        entry.channel = channel;
        entry.wanted = wanted;
        entities.merge(entry);
    }

    public MailAddressView mailAddress() {
        Caller me = access.permit(Permission.PROFILE_WRITE, Scope.INSTALLATION, target());
        Contact contact = contacts.find(me.personId());
        return new MailAddressView(
                settings.smtp().isPresent(),
                contacts.address(me.personId()).orElse(null),
                contact == null ? null : contact.wantedAddress);
    }

    /**
     * Asks for another address. It counts once the code that is mailed to it has come back.
     *
     * @throws io.howdah.shared.ProblemException MailNotAvailable, MailAddressInvalid, MailTooOften
     */
    public void changeMailAddress(String address) {
        Caller me = Callers.current();
        String wanted = address == null ? "" : address.strip();
        if (!Contact.isAddress(wanted)) {
            throw Problem.of(ProblemCode.MailAddressInvalid).at("address").raise();
        }
        access.change(
                Permission.PROFILE_WRITE,
                Scope.INSTALLATION,
                target(),
                Map.of(
                        "mailAddress",
                        wanted,
                        "before",
                        contacts.address(me.personId()).orElse("")));
        requireMail();
        refuseMoreThan(CODES_A_DAY, Purpose.CODE, Duration.ofDays(1), me);
        Contact contact = contacts.find(me.personId());
        if (contact == null) {
            contact = new Contact();
            contact.personId = me.personId();
            entities.persist(contact);
        }
        contact.want(wanted);
        deliveries.add(Purpose.CODE, Carrier.MAIL, null, me.personId(), null);
    }

    /**
     * Proves that the new address is mine.
     *
     * @return whether the code was right; after five wrong ones a new one must be asked for
     */
    public boolean confirmMailAddress(String code) {
        Caller me = access.permit(Permission.PROFILE_WRITE, Scope.INSTALLATION, target());
        Contact contact = contacts.find(me.personId());
        boolean right = contact != null && contact.confirm(code, clock.instant());
        if (right) {
            access.change(
                    Permission.PROFILE_WRITE,
                    Scope.INSTALLATION,
                    target(),
                    Map.of("mailAddress", contact.address, "confirmed", "true"));
        }
        return right;
    }

    /** Leaves the address as it was. */
    public void keepMailAddress() {
        Caller me =
                access.change(Permission.PROFILE_WRITE, Scope.INSTALLATION, target(), Map.of("mailAddress", "kept"));
        Contact contact = contacts.find(me.personId());
        if (contact != null) {
            contact.want(null);
        }
    }

    /**
     * Mails me a few words, once.
     *
     * @return the delivery, to watch
     * @throws io.howdah.shared.ProblemException MailNotAvailable, MailAddressMissing, MailTooOften
     */
    public UUID sendTestMail() {
        Caller me = access.change(Permission.PROFILE_WRITE, Scope.INSTALLATION, target(), Map.of("testMail", "asked"));
        requireMail();
        refuseMoreThan(TESTS_AN_HOUR, Purpose.TEST, Duration.ofHours(1), me);
        String address = contacts.address(me.personId())
                .orElseThrow(() -> Problem.of(ProblemCode.MailAddressMissing).raise());
        NoticeEntry notice = test(entities, me, clock.instant());
        notice.text = Messages.text("notice.test.mail", address);
        return deliveries.add(Purpose.TEST, Carrier.MAIL, notice.id, me.personId(), null);
    }

    /** How one of my deliveries stands; empty when I have no such. */
    public Optional<DeliveryView> delivery(UUID deliveryId) {
        Caller me = access.permit(Permission.PROFILE_WRITE, Scope.INSTALLATION, target());
        Delivery delivery = deliveryId == null ? null : entities.find(Delivery.class, deliveryId);
        return delivery == null || !delivery.personId.equals(me.personId())
                ? Optional.empty()
                : deliveries.views(List.of(delivery)).stream().findFirst();
    }

    /** Something for one person to try their mail address or webhook out with. */
    static NoticeEntry test(EntityManager entities, Caller me, Instant now) {
        NoticeEntry notice = new NoticeEntry();
        notice.id = Ids.random();
        notice.kind = EventKind.TEST;
        notice.at = now;
        notice.title = Messages.text("notice.test.title");
        notice.text = Messages.text("notice.test.webhook");
        notice.link = "profile/notifications";
        notice.correlationId = me.correlationId();
        notice.concerned(Set.of(me.personId()));
        notice.madeOut = true;
        entities.persist(notice);
        return notice;
    }

    private <T> TypedQuery<T> mine(String select, boolean unreadOnly, String order, Class<T> type) {
        Reach reach = access.reach(Permission.SERVERS_READ);
        String within =
                reach.everywhere() ? "" : " and (n.teamId is null or n.teamId in :teams or n.serverId in :servers)";
        String unread = unreadOnly ? " and i.readAt is null" : "";
        TypedQuery<T> query = entities.createQuery(select + MINE + within + unread + order, type)
                .setParameter("me", Callers.current().personId());
        return reach.everywhere()
                ? query
                : query.setParameter("teams", reach.teamsOrNone()).setParameter("servers", reach.serversOrNone());
    }

    private int read(Caller me, String which, UUID notificationId) {
        var update = entities.createQuery(
                        "update InboxEntry i set i.readAt = :now where i.personId = :me and i.readAt is null" + which)
                .setParameter("now", clock.instant())
                .setParameter("me", me.personId());
        if (!which.isEmpty()) {
            update.setParameter("notice", notificationId);
        }
        int read = update.executeUpdate();
        if (read > 0) {
            changes.fire(new NotificationsChanged(me.personId()));
        }
        return read;
    }

    private void requireMail() {
        if (settings.smtp().isEmpty()) {
            throw Problem.of(ProblemCode.MailNotAvailable).raise();
        }
    }

    private void refuseMoreThan(int limit, Purpose purpose, Duration within, Caller me) {
        long sent = entities.createQuery(
                        "select count(d) from Delivery d where d.personId = :me and d.carrier = :mail and d.purpose = :purpose and d.createdAt > :since",
                        Long.class)
                .setParameter("me", me.personId())
                .setParameter("mail", Carrier.MAIL)
                .setParameter("purpose", purpose)
                .setParameter("since", clock.instant().minus(within))
                .getSingleResult();
        if (sent >= limit) {
            throw Problem.of(ProblemCode.MailTooOften).raise();
        }
    }

    private static NotificationView view(NoticeEntry notice, Instant readAt) {
        return new NotificationView(
                notice.id,
                notice.kind,
                notice.at,
                notice.serverName,
                notice.title,
                notice.text,
                notice.link,
                readAt != null);
    }

    private static Target target() {
        Caller me = Callers.current();
        return new Target("person", me.personId(), me.name());
    }
}
