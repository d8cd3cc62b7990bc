package io.howdah.server;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The job that compares servers with their wishes runs on one of the nodes, but what lies on a host is seen from that host
 * alone. So a node on which the job has not run for a while does the same for the servers on its own host.
 */
@Singleton
@Startup
@DependsOn("Migrations")
public class ReconcileOwnServers {

    private static final Logger LOG = Logger.getLogger(ReconcileOwnServers.class.getName());

    @Resource
    private ManagedScheduledExecutorService timer;

    @Inject
    private Reconciler reconciler;

    private ScheduledFuture<?> ticking;

    @PostConstruct
    void begin() {
        long seconds = ReconcileServers.EVERY.toSeconds();
        ticking = timer.scheduleWithFixedDelay(this::tick, seconds, seconds, TimeUnit.SECONDS);
    }

    @PreDestroy
    void end() {
        ticking.cancel(false);
    }

    private void tick() {
        try {
            if (!reconciler.doneWithin(ReconcileServers.EVERY.multipliedBy(2))) {
                reconciler.own();
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "this node's servers could not be compared with their wishes", e);
        }
    }
}
