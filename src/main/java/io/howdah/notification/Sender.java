package io.howdah.notification;

import io.howdah.notification.Delivery.Carrier;
import io.howdah.notification.DeliveryTable.Letter;
import io.howdah.notification.Outbox.SomethingToSend;
import io.howdah.notification.Outbox.SomethingToTell;
import io.howdah.shared.DatabaseException;
import io.howdah.shared.Ids;
import io.howdah.shared.Messages;
import io.howdah.shared.Settings;
import io.howdah.shared.Trust;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;

/**
 * Makes notices out and sends what is due. It wakes when a transaction that left something to send has committed, when a
 * pause is over, and when Quartz ticks. No transaction is open while it talks to somebody, mail and webhooks have places
 * of their own, and nothing is kept in memory that matters: killed between sending and writing that down, the next one
 * sends again, with the same delivery id.
 */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class Sender {

    private static final Logger LOG = Logger.getLogger(Sender.class.getName());
    private static final int NOTICES = 50;

    /** What happens within this time is made out together. */
    private static final Duration GATHERED = Duration.ofMillis(200);

    private final Map<Carrier, Semaphore> places =
            new EnumMap<>(Map.of(Carrier.MAIL, new Semaphore(2), Carrier.WEBHOOK, new Semaphore(6)));
    private final AtomicBoolean draining = new AtomicBoolean();
    private final AtomicBoolean gathering = new AtomicBoolean();
    private final AtomicLong claims = new AtomicLong();
    private volatile boolean drainAgain;
    private volatile boolean makeOutAgain;
    private volatile boolean sendAgain;
    private volatile boolean stopped;

    @Resource
    private ManagedScheduledExecutorService executor;

    @Inject
    private Addressees addressees;

    @Inject
    private DeliveryTable table;

    @Inject
    private DeliverySettings delivery;

    @Inject
    private Settings settings;

    @Inject
    private Clock clock;

    private String owner;
    private Optional<Mailer> mailer;
    private WebhookPoster poster;

    @PostConstruct
    void begin() {
        SSLContext trust = Trust.context(delivery.authorities());
        mailer = delivery.smtp().map(smtp -> new Mailer(smtp, trust, Mailer.TIMEOUT));
        poster = new WebhookPoster(
                AddressPolicy.of(delivery.webhookPrivate()),
                trust,
                InetAddress::getAllByName,
                executor,
                clock,
                WebhookPoster.TIMEOUT);
        owner = settings.node() + ":" + Ids.correlation() + ":";
        DatabaseException.untilThere(() -> table.releaseLeases(settings.node() + ":"));
        // The container admits work only once the application has started.
        wakeIn(Duration.ofSeconds(1));
    }

    @PreDestroy
    void end() {
        stopped = true;
        poster.close();
    }

    public void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) SomethingToTell something) {
        if (!stopped && gathering.compareAndSet(false, true)) {
            try {
                executor.schedule(this::makeOutGathered, GATHERED.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                // The container is shutting down; whoever starts next takes up what is due.
                gathering.set(false);
            }
        }
    }

    private void makeOutGathered() {
        gathering.set(false);
        makeOutAgain = true;
        wakeUp();
    }

    public void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) SomethingToSend something) {
        sendAgain = true;
        wakeUp();
    }

    /** Looks for all that may be due, soon and on another thread. Cheap; may be called at any time from anywhere. */
    public void wake() {
        makeOutAgain = true;
        sendAgain = true;
        wakeUp();
    }

    private void wakeUp() {
        if (stopped) {
            return;
        }
        drainAgain = true;
        if (draining.compareAndSet(false, true)) {
            try {
                executor.execute(this::drain);
            } catch (RejectedExecutionException e) {
                // The container is shutting down; whoever starts next takes up what is due.
                draining.set(false);
            }
        }
    }

    private void drain() {
        try {
            while (drainAgain && !stopped) {
                drainAgain = false;
                if (makeOutAgain) {
                    makeOutAgain = false;
                    makeOut();
                }
                if (sendAgain) {
                    sendAgain = false;
                    for (Carrier carrier : Carrier.values()) {
                        claim(carrier);
                    }
                }
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "looking for something to send failed; the next tick tries again", e);
        } finally {
            draining.set(false);
        }
        if (drainAgain) {
            wakeUp();
        }
    }

    private void makeOut() {
        List<UUID> waiting = addressees.waiting(NOTICES);
        for (UUID notice : waiting) {
            try {
                addressees.makeOut(notice);
                makeOutAgain |= waiting.size() == NOTICES;
                drainAgain |= makeOutAgain;
            } catch (RuntimeException e) {
                // One that cannot be made out must not keep the others waiting.
                LOG.log(Level.SEVERE, "notice " + notice + " could not be made out; the next tick tries again", e);
            }
        }
    }

    private void claim(Carrier carrier) {
        int free = places.get(carrier).availablePermits();
        if (free == 0) {
            return;
        }
        // A name of its own for each claim: what was claimed again after a lease ran out is not the former holder's.
        String claim = owner + claims.incrementAndGet();
        for (UUID id : table.claim(claim, carrier, free)) {
            places.get(carrier).acquireUninterruptibly();
            executor.execute(() -> deliver(id, claim, carrier));
        }
    }

    private void deliver(UUID id, String claim, Carrier carrier) {
        Optional<Duration> pause = Optional.empty();
        Instant at = clock.instant();
        long begun = System.nanoTime();
        try {
            Attempt attempt;
            try {
                Optional<Letter> letter = table.begin(id, claim);
                if (letter.isEmpty()) {
                    return;
                }
                attempt = send(letter.get());
            } catch (RuntimeException e) {
                LOG.log(Level.SEVERE, "delivery " + id + " broke", e);
                attempt = Attempt.failed(Messages.text("notification.error.internal"));
            }
            pause = table.end(id, claim, attempt, at, Duration.ofNanos(System.nanoTime() - begun));
        } catch (RuntimeException e) {
            // The lease runs out and it is sent again: better twice than never.
            LOG.log(Level.SEVERE, "how delivery " + id + " went could not be written", e);
        } finally {
            places.get(carrier).release();
            pause.ifPresent(this::wakeIn);
            sendAgain = true;
            wakeUp();
        }
    }

    private Attempt send(Letter letter) {
        return letter.mail() == null
                ? poster.send(letter.post())
                : mailer.map(mail -> mail.send(letter.mail()))
                        .orElseGet(() -> Attempt.failed(Messages.text("notification.dropped.noMail")));
    }

    private void wakeIn(Duration pause) {
        ScheduledFuture<?> ignored = executor.schedule(this::wake, pause.toMillis() + 10, TimeUnit.MILLISECONDS);
    }
}
