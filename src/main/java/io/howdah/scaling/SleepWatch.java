package io.howdah.scaling;

import io.howdah.engine.ClientInfo;
import io.howdah.engine.Engine;
import io.howdah.engine.ServerKey;
import io.howdah.operation.Nodes;
import io.howdah.shared.ProblemException;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Looks every second who waits at the poolers of sleeping servers on this node's host, and now and then who is connected to
 * those that may go to sleep. One thread does it for all; each node does it for its own host.
 */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionManagement(TransactionManagementType.BEAN)
public class SleepWatch {

    private static final Logger LOG = Logger.getLogger(SleepWatch.class.getName());
    private static final Duration EVERY = Duration.ofSeconds(1);

    /** The container runs nothing for an application that is still starting. */
    private static final Duration FIRST = Duration.ofSeconds(10);

    /** Of so many looks at those who wait, one is also for those who do not come any more. */
    private static final int IDLE_LOOK = 10;

    @Resource
    private ManagedScheduledExecutorService timer;

    @Inject
    private Engine engine;

    @Inject
    private Nodes nodes;

    @Inject
    private IdleServers servers;

    private ScheduledFuture<?> ticking;
    private int looks;

    @PostConstruct
    void begin() {
        ticking = timer.scheduleWithFixedDelay(this::look, FIRST.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void end() {
        ticking.cancel(false);
    }

    private void look() {
        try {
            for (UUID id : servers.asleep(nodes.home())) {
                quietly(id, () -> {
                    List<ClientInfo> waiting = engine.clients(new ServerKey(id));
                    if (!waiting.isEmpty()) {
                        servers.knocked(id, waiting);
                    }
                });
            }
            looks++;
            if (looks % IDLE_LOOK == 0) {
                for (UUID id : servers.awake(nodes.home())) {
                    quietly(id, () -> servers.saw(id, engine.clients(new ServerKey(id))));
                }
            }
        } catch (RuntimeException e) {
            LOG.log(Level.FINE, "sleeping servers could not be looked at; the next look follows", e);
        }
    }

    /** One that can't be looked at now does not keep the others asleep. */
    private static void quietly(UUID id, Runnable look) {
        try {
            look.run();
        } catch (ProblemException e) {
            LOG.log(Level.FINE, e, () -> id + " can't be asked who is connected");
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, e, () -> id + ": going to sleep or waking did not work; the next look follows");
        }
    }
}
