package io.howdah.operation;

import io.howdah.operation.OperationTable.Claimed;
import io.howdah.operation.StepTaker.Further;
import io.howdah.shared.DatabaseException;
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
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Takes operations forward. It wakes when a transaction that gave it something to do has committed, when a pause is
 * over, many times a second while other nodes may give it something to do, and (as the safety net) when Quartz ticks.
 * Nothing that matters is in memory alone: whatever the database says is due, some runner takes up.
 *
 * <p>One thread of its own looks for what is due and gives it to others that take the steps. Two more look after what is
 * in hand: one renews the leases, and the other, which waits for nobody, stops a step whose lease is about to end because
 * the first did not get through.
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
    private final Alarm alarm = new Alarm();
    private final Outage outage = new Outage();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean active;
    private volatile boolean stopped;

    /** There may be more to do than there were places for: whoever gives one back has it looked for. */
    private volatile boolean crowded;

    private volatile long recovered = System.nanoTime() - 2 * GRACE;
    private boolean restingFirst;
    private boolean waitingForPlace;
    private long lastBeat;
    private long lastLook;
    private int peers;

    @Resource
    private ManagedScheduledExecutorService executor;

    @Resource
    private ManagedThreadFactory threads;

    @Inject
    private OperationTable table;

    @Inject
    private OperationEnds ends;

    @Inject
    private Nodes nodes;

    @Inject
    private ClusterClock clock;

    @Inject
    private Workflows workflows;

    @Inject
    private Event<OperationChanged> changes;

    private StepTaker taker;

    /** Threads of the runner's own: handing each step to the container's would cost more than most steps. */
    private ThreadPoolExecutor hired;

    @PostConstruct
    void begin() {
        taker = new StepTaker(table, ends, nodes.self().incarnation(), workflows, outage, this::changed, () -> stopped);
        hired = new ThreadPoolExecutor(
                PLACES, PLACES, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), work -> thread("howdah-step", work));
        hired.allowCoreThreadTimeOut(true);
        // The container admits work only once the application has started.
        executor.schedule(this::open, 1, TimeUnit.SECONDS);
    }

    private void open() {
        thread("howdah-operations", this::lookForWork).start();
        thread("howdah-leases", this::keepLeases).start();
        thread("howdah-lease-watch", this::watchLeases).start();
    }

    private Thread thread(String name, Runnable work) {
        Thread thread = threads.newThread(work);
        thread.setName(name);
        thread.setDaemon(true);
        return thread;
    }

    @PreDestroy
    void end() {
        stopped = true;
        end.countDown();
        alarm.ring();
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
        hired.shutdown();
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
        alarm.ring();
    }

    private void lookForWork() {
        while (!stopped) {
            try {
                alarm.await();
                if (active && !stopped && !outage.away()) {
                    look();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                if (DatabaseException.away(e)) {
                    outage.noticed(e);
                } else {
                    LOG.log(Level.WARNING, "looking for due operations failed; the next tick tries again", e);
                }
            }
        }
    }

    private void look() {
        // Said first, so that a place given back meanwhile is not overlooked.
        crowded = true;
        goOn();
        boolean more = claim();
        if (places.availablePermits() > 0) {
            agenda.next().ifPresent(alarm::ringAt);
            crowded = more;
        }
    }

    /** Those in hand whose pause is over; every other time only half the places, so that new ones have their chance. */
    private void goOn() {
        restingFirst = !restingFirst;
        int free = places.availablePermits();
        agenda.due(restingFirst ? free : free / 2).forEach(this::take);
    }

    /** @return whether there may be more than there were places for */
    private boolean claim() {
        int free = places.availablePermits();
        if (free == 0) {
            return true;
        }
        long asked = System.nanoTime();
        OperationTable.Harvest harvest = table.claim(nodes.self(), hands.keySet(), asked - recovered > GRACE, free);
        for (Claimed each : harvest.claimed()) {
            Hand hand = new Hand(each, asked);
            hands.put(each.id(), hand);
            changed(each);
            take(hand);
        }
        harvest.untilNext().ifPresent(wait -> alarm.ringAt(System.nanoTime() + wait.toNanos()));
        return harvest.claimed().size() == free;
    }

    private void take(Hand hand) {
        places.acquireUninterruptibly();
        try {
            hired.execute(() -> advance(hand));
        } catch (RejectedExecutionException | IllegalStateException e) {
            // The container is shutting down; whoever starts next takes up what is due.
            hands.remove(hand.claimed().id());
            places.release();
        }
    }

    /** Steps the operation until it ends, pauses, or belongs to somebody else. */
    private void advance(Hand hand) {
        Further further = Further.OUT_OF_HAND;
        try {
            do {
                further = taker.take(hand);
            } while (further.atOnce() && !stopped);
        } catch (RuntimeException | Error e) {
            // The lease runs out and the step is taken again: better late than twice.
            further = Further.OUT_OF_HAND;
            LOG.log(Level.SEVERE, "operation " + hand.claimed().id() + " could not be advanced", e);
        } finally {
            rest(hand, further);
            places.release();
            if (crowded) {
                wake();
            }
        }
    }

    private void rest(Hand hand, Further further) {
        boolean kept = further.next() == Further.Next.REST && !stopped;
        long until = further.pause() == null
                ? 0
                : System.nanoTime() + further.pause().toNanos();
        if (kept) {
            agenda.add(hand, until);
        } else {
            hands.remove(hand.claimed().id());
        }
        if (further.pause() != null) {
            alarm.ringAt(until);
        }
    }

    private void changed(Claimed operation) {
        changes.fire(new OperationChanged(operation.id(), operation.subjectId()));
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
                        changed(hand.claimed());
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
