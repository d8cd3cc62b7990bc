package io.howdah.operation;

import io.howdah.operation.OperationTable.Claimed;
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
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Takes operations forward. It wakes when a transaction that gave it something to do has committed, when a pause is
 * over, many times a second while other nodes may give it something to do, and (as the safety net) when Quartz ticks.
 * Nothing that matters is in memory alone: whatever the database says is due, some runner takes up.
 *
 * <p>Two threads of its own look after what is in hand: one renews the leases, and the other, which waits for nobody,
 * stops a step whose lease is about to end because the first did not get through.
 */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class Runner {

    private static final Logger LOG = Logger.getLogger(Runner.class.getName());
    private static final int PLACES = 16;
    private static final long BEAT = OperationTable.LEASE.toNanos() / 3;

    /** How long before the end of its lease a step must have stopped. */
    static final long MARGIN = Duration.ofSeconds(5).toNanos();

    private static final Duration WATCH = Duration.ofSeconds(1);
    private static final Duration AMONG_PEERS = Duration.ofMillis(100);

    /** After an outage the nodes first claim again what is theirs; nobody's lease counts as run out meanwhile. */
    private static final long GRACE = Duration.ofSeconds(5).toNanos();

    private final Semaphore places = new Semaphore(PLACES);
    private final Map<UUID, Hand> hands = new ConcurrentHashMap<>();
    private final Agenda agenda = new Agenda();
    private final Outage outage = new Outage();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicBoolean draining = new AtomicBoolean();
    private volatile boolean drainAgain;
    private volatile boolean active;
    private volatile boolean stopped;
    private volatile long recovered = System.nanoTime() - 2 * GRACE;
    private boolean restingFirst;
    private boolean waitingForPlace;
    private long lastBeat;
    private long lastLook;
    private int peers;

    private ScheduledFuture<?> alarm;
    private long alarmAt;

    @Resource
    private ManagedScheduledExecutorService executor;

    @Resource
    private ManagedThreadFactory threads;

    @Inject
    private OperationTable table;

    @Inject
    private Nodes nodes;

    @Inject
    private ClusterClock clock;

    @Inject
    private Workflows workflows;

    @Inject
    private Event<OperationChanged> changes;

    private StepTaker taker;

    @PostConstruct
    void begin() {
        taker = new StepTaker(table, nodes.self().incarnation(), workflows, outage, changes, () -> stopped);
        // The container admits work only once the application has started.
        executor.schedule(this::open, 1, TimeUnit.SECONDS);
    }

    private void open() {
        start("howdah-leases", this::keepLeases);
        start("howdah-lease-watch", this::watchLeases);
    }

    private void start(String name, Runnable work) {
        Thread thread = threads.newThread(work);
        thread.setName(name);
        thread.setDaemon(true);
        thread.start();
    }

    @PreDestroy
    void end() {
        stopped = true;
        end.countDown();
        try {
            // Whoever comes next on this home may take over at once what nobody here acts on any more.
            if (places.tryAcquire(PLACES, 5, TimeUnit.SECONDS) && active) {
                nodes.leave();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (DatabaseException e) {
            LOG.log(Level.INFO, "left without saying so: {0}", e.getMessage());
        }
    }

    public void due(@Observes(during = TransactionPhase.AFTER_SUCCESS) OperationDue due) {
        Hand held = hands.get(due.operationId());
        if (held != null) {
            held.disturb();
            agenda.hurry(due.operationId());
        }
        wake();
    }

    /** Looks for due operations, soon and on another thread. Cheap; may be called at any time from anywhere. */
    public void wake() {
        if (stopped || !active || outage.away()) {
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
            while (drainAgain && !stopped && !outage.away()) {
                drainAgain = false;
                goOn();
                claim();
            }
        } catch (RuntimeException e) {
            if (DatabaseException.away(e)) {
                outage.noticed(e);
            } else {
                LOG.log(Level.WARNING, "looking for due operations failed; the next tick tries again", e);
            }
        } finally {
            draining.set(false);
        }
        if (drainAgain) {
            wake();
        }
    }

    /** Those in hand whose pause is over; every other time only half the places, so that new ones have their chance. */
    private void goOn() {
        restingFirst = !restingFirst;
        int free = places.availablePermits();
        agenda.due(restingFirst ? free : free / 2).forEach(this::take);
        agenda.next().ifPresent(this::wakeAt);
    }

    private void claim() {
        int free = places.availablePermits();
        if (free == 0) {
            return;
        }
        long asked = System.nanoTime();
        var claimed = table.claim(nodes.self(), hands.keySet(), asked - recovered > GRACE, free);
        for (Claimed each : claimed) {
            Hand hand = new Hand(each, asked);
            hands.put(each.id(), hand);
            take(hand);
        }
        if (claimed.size() < free) {
            table.untilNextDue(nodes.self()).ifPresent(wait -> wakeAt(System.nanoTime() + wait.toNanos()));
        }
    }

    private void take(Hand hand) {
        places.acquireUninterruptibly();
        try {
            executor.execute(() -> advance(hand));
        } catch (RejectedExecutionException e) {
            hands.remove(hand.claimed().id());
            places.release();
        }
    }

    /** Steps the operation until it ends, pauses, or belongs to somebody else. */
    private void advance(Hand hand) {
        UUID id = hand.claimed().id();
        boolean resting = false;
        try {
            StepTaker.Further further = StepTaker.Further.AT_ONCE;
            while (further.equals(StepTaker.Further.AT_ONCE) && !stopped) {
                further = taker.take(hand);
            }
            if (further.resting() && !stopped) {
                agenda.add(hand, System.nanoTime() + further.pause().toNanos());
                resting = true;
            }
        } catch (RuntimeException | Error e) {
            // The lease runs out and the step is taken again: better late than twice.
            LOG.log(Level.SEVERE, "operation " + id + " could not be advanced", e);
        } finally {
            if (!resting) {
                hands.remove(id);
            }
            places.release();
            wake();
        }
    }

    private synchronized void wakeAt(long nanos) {
        boolean ringing = alarm == null || alarm.isDone();
        if (!ringing && alarmAt - nanos <= 0) {
            return;
        }
        if (!ringing) {
            alarm.cancel(false);
        }
        alarmAt = nanos;
        long wait = Math.max(TimeUnit.MILLISECONDS.toNanos(1), nanos - System.nanoTime());
        alarm = executor.schedule(this::wake, wait, TimeUnit.NANOSECONDS);
    }

    private void keepLeases() {
        while (!ended(peers > 0 && active ? AMONG_PEERS : WATCH)) {
            try {
                beat();
            } catch (RuntimeException e) {
                if (DatabaseException.away(e)) {
                    outage.noticed(e);
                } else {
                    LOG.log(Level.WARNING, "leases could not be renewed; the next try follows", e);
                }
            }
        }
    }

    private void beat() {
        long now = System.nanoTime();
        if (!active) {
            arrive();
        } else if (outage.away() || now - lastBeat >= BEAT) {
            Nodes.Beat beat = nodes.beat(hands.keySet());
            clock.set(beat.now(), System.nanoTime());
            active = beat.mine();
            peers = beat.peers();
            lastBeat = now;
            beat.renewed().stream()
                    .map(hands::get)
                    .filter(java.util.Objects::nonNull)
                    .forEach(hand -> {
                        hand.renewed(now);
                        changes.fire(new OperationChanged(
                                hand.claimed().id(), hand.claimed().subjectId()));
                    });
            if (outage.over()) {
                recovered = System.nanoTime();
                wake();
            }
        }
        if (peers > 0 && active) {
            listen(now);
        }
    }

    private void arrive() {
        active = nodes.arrive();
        if (active) {
            LOG.log(
                    Level.INFO,
                    "takes up operations as node \"{0}\"",
                    nodes.self().name());
            waitingForPlace = false;
            outage.over();
            lastBeat = System.nanoTime() - BEAT;
            wake();
        } else if (!waitingForPlace) {
            waitingForPlace = true;
            LOG.log(
                    Level.WARNING,
                    "another process serves this home or a copy of it; operations are left to that one until it is gone");
        }
    }

    /** What other nodes may have asked of this one, and what they do that somebody may be watching here. */
    private void listen(long now) {
        if (now - lastLook >= WATCH.toNanos()) {
            lastLook = now;
            Holder self = nodes.self();
            table.cancelled(self.incarnation()).forEach(id -> due(new OperationDue(id)));
            table.movingElsewhere(self.incarnation(), self.name()).forEach(changes::fire);
        }
        wake();
    }

    private void watchLeases() {
        while (!ended(WATCH)) {
            for (Hand hand : hands.values()) {
                if (hand.stopBefore(MARGIN)) {
                    LOG.log(
                            Level.WARNING,
                            "operation {0} is let go: its lease could not be renewed",
                            hand.claimed().id());
                }
            }
        }
    }

    private boolean ended(Duration pause) {
        try {
            return end.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
