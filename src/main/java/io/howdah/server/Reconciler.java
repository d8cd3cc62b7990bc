package io.howdah.server;

import io.howdah.engine.Engine;
import io.howdah.engine.Observation;
import io.howdah.engine.ServerKey;
import io.howdah.operation.Nodes;
import io.howdah.shared.Messages;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Compares what each server should do with what it does, and begins the operation that makes up the difference: after a
 * reboot of the host, say. It never invents wishes. Servers that an operation works on are left to that operation, and
 * those of another node's host to that node.
 */
@ApplicationScoped
class Reconciler {

    private static final Logger LOG = Logger.getLogger(Reconciler.class.getName());

    /** A server that hangs takes seconds to look at; the others need not wait for it. */
    private static final int LOOKERS = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    private Engine engine;

    @Inject
    private Reconciliation reconciliation;

    @Inject
    private StorageWatch storage;

    @Inject
    private Nodes nodes;

    @Resource
    private ManagedExecutorService executor;

    private volatile long done = System.nanoTime();

    /** Whether it has been done on this node within that time. */
    boolean doneWithin(Duration time) {
        return System.nanoTime() - done < time.toNanos();
    }

    /**
     * The servers on this node's host, and those that every node reaches.
     *
     * @return what was done, in a sentence, or null when there was nothing to do
     */
    String all() {
        return run(engine.capabilities().shared());
    }

    /** The servers on this node's host alone. */
    void own() {
        run(false);
    }

    private String run(boolean shared) {
        done = System.nanoTime();
        Queue<Standing> servers = new ConcurrentLinkedQueue<>(reconciliation.fleet(nodes.home(), shared));
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        List<Callable<Void>> lookers = new ArrayList<>();
        for (int i = 0; i < Math.min(LOOKERS, servers.size()); i++) {
            lookers.add(() -> {
                for (Standing next = servers.poll(); next != null; next = servers.poll()) {
                    reconcile(next, begun, failed);
                }
                return null;
            });
        }
        try {
            executor.invokeAll(lookers, PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        begun.addAndGet(storage.look(nodes.home(), shared));
        return begun.get() + failed.get() == 0
                ? null
                : Messages.text("job.reconcile-servers.did", begun.get(), failed.get());
    }

    private void reconcile(Standing known, AtomicInteger begun, AtomicInteger failed) {
        try {
            Observation seen = known.explained(engine.observe(new ServerKey(known.id())));
            if (known.calls(seen) && reconciliation.saw(known.id(), seen)) {
                begun.incrementAndGet();
            }
        } catch (RuntimeException e) {
            failed.incrementAndGet();
            LOG.log(Level.WARNING, "server " + known.id() + " could not be compared with its wish", e);
        }
    }
}
