package io.howdah.operation;

import io.howdah.operation.OperationTable.Claimed;
import io.howdah.shared.Ids;
import io.howdah.shared.Json;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import io.howdah.shared.Settings;
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
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Takes operations forward, step by step. It wakes when a transaction that touched an operation has committed, when a
 * pause is over, and (as the safety net) when Quartz ticks. It holds no transaction while a step runs, and keeps nothing
 * in memory that matters: whatever the database says is due, some runner takes up.
 */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class Runner {

    private static final Logger LOG = Logger.getLogger(Runner.class.getName());
    private static final int PLACES = 16;
    private static final int MAX_TRIES = 5;

    private final Semaphore places = new Semaphore(PLACES);
    private final AtomicBoolean draining = new AtomicBoolean();
    private volatile boolean drainAgain;
    private volatile boolean stopped;

    @Resource
    private ManagedScheduledExecutorService executor;

    @Inject
    private OperationTable table;

    @Inject
    private Workflows workflows;

    @Inject
    private Event<OperationChanged> changes;

    @Inject
    private Clock clock;

    @Inject
    private Settings settings;

    private String owner;

    @PostConstruct
    void begin() {
        owner = settings.node() + ":" + Ids.correlation();
        table.releaseLeases(settings.node() + ":");
        // The container admits work only once the application has started.
        executor.schedule(this::wake, 1, TimeUnit.SECONDS);
    }

    @PreDestroy
    void end() {
        stopped = true;
    }

    public void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) OperationChanged change) {
        wake();
    }

    /** Looks for due operations, soon and on another thread. Cheap; may be called at any time from anywhere. */
    public void wake() {
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
                int free = places.availablePermits();
                for (UUID id : free == 0 ? java.util.List.<UUID>of() : table.claim(owner, free)) {
                    places.acquireUninterruptibly();
                    executor.execute(() -> advance(id));
                }
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "looking for due operations failed; the next tick tries again", e);
        } finally {
            draining.set(false);
        }
        if (drainAgain) {
            wake();
        }
    }

    /** Steps the operation until it ends, waits, or belongs to somebody else. */
    private void advance(UUID id) {
        Instant wakeAt = null;
        try {
            boolean more = true;
            while (more && !stopped) {
                Optional<Claimed> claimed = table.begin(id, owner);
                if (claimed.isEmpty()) {
                    return;
                }
                changes.fire(new OperationChanged(id, claimed.get().subjectId()));
                Advance advance = take(claimed.get(), workflows.of(claimed.get().kind()));
                changes.fire(new OperationChanged(id, claimed.get().subjectId()));
                more = advance.more();
                wakeAt = advance.wakeAt();
            }
        } catch (RuntimeException | Error e) {
            // The lease runs out and the step is taken again: better late than twice.
            LOG.log(Level.SEVERE, "operation " + id + " could not be advanced", e);
        } finally {
            places.release();
            if (wakeAt == null) {
                wake();
            } else {
                wakeAt(wakeAt);
            }
        }
    }

    /** @param wakeAt when to look again, or null for at once */
    private record Advance(boolean more, Instant wakeAt) {}

    private <S extends Enum<S>, D extends Record> Advance take(Claimed claimed, Workflow<S, D> workflow) {
        S step = Enum.valueOf(workflow.steps(), claimed.step());
        D data = Json.read(claimed.data(), workflow.data());
        Outcome<S> outcome = clock.instant().isAfter(claimed.deadline())
                ? overdue(claimed, workflow)
                : run(claimed, workflow, step, data);
        return switch (outcome) {
            case Outcome.Next<S> next -> new Advance(table.next(claimed.id(), owner, next.step().name()), null);
            case Outcome.Wait<S> wait -> again(claimed, wait.pause(), wait.doing(), false);
            case Outcome.Done<S> done -> {
                table.finish(claimed.id(), owner, null, null);
                yield new Advance(false, null);
            }
            case Outcome.Failed<S> failed when failed.passing() && claimed.tries() < MAX_TRIES ->
                again(claimed, backOff(claimed.tries()), failed.problem().message(), true);
            case Outcome.Failed<S> failed -> {
                Optional<S> undo = claimed.undoing() ? Optional.empty() : workflow.undo(step, data);
                if (undo.isPresent()) {
                    table.undo(claimed.id(), owner, failed.problem(), failed.detail(), undo.get().name());
                } else {
                    table.finish(claimed.id(), owner, failed.problem(), failed.detail());
                }
                yield new Advance(undo.isPresent(), null);
            }
        };
    }

    private <S extends Enum<S>, D extends Record> Outcome<S> run(
            Claimed claimed, Workflow<S, D> workflow, S step, D data) {
        try {
            return workflow.run(
                    step,
                    new Workflow.Context<>(
                            claimed.id(), claimed.subjectId(), data, claimed.tries(), claimed.stepSince()));
        } catch (ProblemException e) {
            return new Outcome.Failed<>(e.problem(), e.getCause() == null ? null : e.getCause().toString(), true);
        } catch (RuntimeException e) {
            LOG.log(
                    Level.SEVERE,
                    "step " + claimed.step() + " of operation " + claimed.id() + " broke; correlation id "
                            + claimed.correlationId(),
                    e);
            return new Outcome.Failed<>(Problem.of(ProblemCode.Internal), e.toString(), true);
        }
    }

    private <S extends Enum<S>> Outcome<S> overdue(Claimed claimed, Workflow<S, ?> workflow) {
        String allowed = workflow.deadline().toMinutes() + " min";
        return new Outcome.Failed<>(
                Problem.of(ProblemCode.OperationDeadlineExceeded, allowed), "step " + claimed.step(), false);
    }

    private Advance again(Claimed claimed, Duration pause, String doing, boolean failed) {
        table.again(claimed.id(), owner, pause, doing, failed);
        return new Advance(false, clock.instant().plus(pause));
    }

    /** 0.5 s, 1 s, 2 s, …, each up to half as much longer, so that many do not come back at the same moment. */
    private static Duration backOff(int tries) {
        long millis = 500L << Math.min(tries - 1, 6);
        return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis / 2));
    }

    private void wakeAt(Instant instant) {
        long millis = Math.max(1, Duration.between(clock.instant(), instant).toMillis());
        ScheduledFuture<?> ignored = executor.schedule(this::wake, millis, TimeUnit.MILLISECONDS);
    }
}
