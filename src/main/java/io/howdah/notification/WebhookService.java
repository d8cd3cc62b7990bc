package io.howdah.notification;

import io.howdah.access.Access;
import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.access.EventKind;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.notification.Delivery.Carrier;
import io.howdah.notification.Delivery.Purpose;
import io.howdah.shared.Encryption;
import io.howdah.shared.Ids;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** My webhooks: programs of mine that are told what happens, and the log of what they were told. */
@Stateless
public class WebhookService {

    private static final int MOST = 10;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private Deliveries deliveries;

    @Inject
    private DeliverySettings settings;

    @Inject
    private Encryption encryption;

    @Inject
    private Clock clock;

    public List<WebhookView> list() {
        Caller me = permit();
        return entities.createQuery(
                        "select w from Webhook w where w.personId = :me order by w.createdAt, w.id", Webhook.class)
                .setParameter("me", me.personId())
                .getResultStream()
                .map(this::view)
                .toList();
    }

    public WebhookView get(UUID webhookId) {
        permit();
        return view(mine(webhookId));
    }

    /**
     * Adds a webhook.
     *
     * @return with its secret, which is not shown again
     * @throws io.howdah.shared.ProblemException WebhookAddressInvalid, WebhookAddressRefused, WebhookWithoutEvents,
     *     TooManyWebhooks
     */
    public NewWebhook create(WebhookDraft draft) {
        Caller me = Callers.current();
        URI address = checked(draft);
        Webhook webhook = new Webhook();
        webhook.id = Ids.random();
        record(webhook.id, address, Map.of("created", "true", "kinds", names(draft.kinds())));
        // A person changes their webhooks one at a time: the audit log takes one writer.
        if (list().size() >= MOST) {
            throw Problem.of(ProblemCode.TooManyWebhooks, MOST).raise();
        }
        String secret = Ids.secretCode();
        webhook.personId = me.personId();
        webhook.address(address, encryption);
        webhook.secret(secret, encryption);
        webhook.kinds(draft.kinds());
        webhook.createdAt = clock.instant();
        entities.persist(webhook);
        return new NewWebhook(webhook.id, address.getHost(), secret);
    }

    /** @throws io.howdah.shared.ProblemException as {@link #create} */
    public void change(UUID webhookId, WebhookDraft draft) {
        Webhook webhook = mine(webhookId);
        URI address = checked(draft);
        // Who knows a webhook's whole address may post to it: the log has hosts.
        record(
                webhookId,
                address,
                Map.of(
                        "before",
                        webhook.address(encryption).getHost() + ": " + names(webhook.kinds()),
                        "after",
                        address.getHost() + ": " + names(draft.kinds())));
        webhook.address(address, encryption);
        webhook.kinds(draft.kinds());
    }

    /** A new secret; the former one is worth nothing from now on. */
    public NewWebhook renewSecret(UUID webhookId) {
        Webhook webhook = mine(webhookId);
        URI address = webhook.address(encryption);
        record(webhookId, address, Map.of("secret", "renewed"));
        String secret = Ids.secretCode();
        webhook.secret(secret, encryption);
        return new NewWebhook(webhookId, address.getHost(), secret);
    }

    /** What happens while it is paused is not told later. */
    public void pause(UUID webhookId) {
        Webhook webhook = mine(webhookId);
        record(webhookId, webhook.address(encryption), Map.of("paused", "true"));
        webhook.paused = true;
    }

    public void resume(UUID webhookId) {
        Webhook webhook = mine(webhookId);
        record(webhookId, webhook.address(encryption), Map.of("paused", "false"));
        webhook.paused = false;
    }

    public void delete(UUID webhookId) {
        Webhook webhook = mine(webhookId);
        record(webhookId, webhook.address(encryption), Map.of("deleted", "true"));
        entities.remove(webhook);
    }

    /**
     * Sends it a message of the kind {@code test}, once.
     *
     * @return the delivery, to watch
     */
    public UUID sendTest(UUID webhookId) {
        Webhook webhook = mine(webhookId);
        Caller me = record(webhookId, webhook.address(encryption), Map.of("test", "asked"));
        NoticeEntry notice = NotificationService.test(entities, me, clock.instant());
        return deliveries.add(Purpose.TEST, Carrier.WEBHOOK, notice.id, me.personId(), webhookId);
    }

    /** What it was told and is still to be told, newest first. */
    public List<DeliveryView> deliveries(UUID webhookId, int offset, int limit) {
        permit();
        mine(webhookId);
        return deliveries.views(entities.createQuery(
                        "select d from Delivery d where d.webhookId = :webhook order by d.createdAt desc, d.id",
                        Delivery.class)
                .setParameter("webhook", webhookId)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList());
    }

    public int countDeliveries(UUID webhookId) {
        permit();
        mine(webhookId);
        return entities.createQuery("select count(d) from Delivery d where d.webhookId = :webhook", Long.class)
                .setParameter("webhook", webhookId)
                .getSingleResult()
                .intValue();
    }

    /** The same message once more, under the same delivery id. Does nothing while it is still on its way. */
    public void sendAgain(UUID deliveryId) {
        Caller me = Callers.current();
        Delivery delivery = deliveryId == null ? null : entities.find(Delivery.class, deliveryId);
        if (delivery == null || delivery.webhookId == null || !delivery.personId.equals(me.personId())) {
            if (delivery != null) {
                attempted(delivery.webhookId);
            }
            throw Problem.of(ProblemCode.NotFound, "delivery", String.valueOf(deliveryId))
                    .raise();
        }
        Webhook webhook = mine(delivery.webhookId);
        record(webhook.id, webhook.address(encryption), Map.of("sendAgain", deliveryId.toString()));
        deliveries.again(deliveryId);
    }

    private URI checked(WebhookDraft draft) {
        URI address = WebhookAddress.check(draft.address(), AddressPolicy.of(settings.webhookPrivate()));
        if (draft.kinds() == null
                || draft.kinds().isEmpty()
                || !draft.kinds().stream().allMatch(EventKind::isChosen)) {
            throw Problem.of(ProblemCode.WebhookWithoutEvents).at("kinds").raise();
        }
        return address;
    }

    private Caller permit() {
        Caller me = Callers.current();
        return access.permit(
                Permission.PROFILE_WRITE, Scope.INSTALLATION, new Target("person", me.personId(), me.name()));
    }

    /** The host alone: the rest of an address may be a secret. */
    private Caller record(UUID webhookId, URI address, Map<String, String> details) {
        return access.change(
                Permission.PROFILE_WRITE,
                Scope.INSTALLATION,
                new Target("webhook", webhookId, address.getHost()),
                details);
    }

    /** Somebody else's does not exist. */
    private Webhook mine(UUID webhookId) {
        Caller me = Callers.current();
        Webhook webhook = webhookId == null ? null : entities.find(Webhook.class, webhookId);
        if (webhook == null || !webhook.personId.equals(me.personId())) {
            if (webhook != null) {
                attempted(webhook.id);
            }
            throw Problem.of(ProblemCode.NotFound, "webhook", String.valueOf(webhookId))
                    .raise();
        }
        return webhook;
    }

    private void attempted(UUID webhookId) {
        access.attempted(
                Permission.PROFILE_WRITE, Scope.INSTALLATION, new Target("webhook", webhookId, "somebody else's"));
    }

    private WebhookView view(Webhook webhook) {
        URI address = webhook.address(encryption);
        List<Delivery> newest = entities.createQuery(
                        "select d from Delivery d where d.webhookId = :webhook order by d.createdAt desc, d.id",
                        Delivery.class)
                .setParameter("webhook", webhook.id)
                .setMaxResults(1)
                .getResultList();
        return new WebhookView(
                webhook.id,
                address.toString(),
                address.getHost(),
                webhook.kinds(),
                webhook.paused,
                webhook.createdAt,
                deliveries.views(newest).stream().findFirst().orElse(null));
    }

    private static String names(Set<EventKind> kinds) {
        return kinds.stream().map(EventKind::code).sorted().collect(Collectors.joining(" "));
    }
}
