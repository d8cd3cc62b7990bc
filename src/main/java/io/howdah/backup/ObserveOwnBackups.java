package io.howdah.backup;

import io.howdah.engine.Engine;
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
 * The job that looks after archives runs on one of the nodes, but a repository on a host is seen from that host alone. So a
 * node with a host of its own, on which the job has not run for a while, does the same for itself.
 */
@Singleton
@Startup
@DependsOn("Migrations")
public class ObserveOwnBackups {

    private static final Logger LOG = Logger.getLogger(ObserveOwnBackups.class.getName());

    @Resource
    private ManagedScheduledExecutorService timer;

    @Inject
    private Engine engine;

    @Inject
    private ArchiveWatch watch;

    private ScheduledFuture<?> ticking;

    @PostConstruct
    void begin() {
        long seconds = ObserveBackups.EVERY.toSeconds();
        ticking = timer.scheduleWithFixedDelay(this::tick, seconds, seconds, TimeUnit.SECONDS);
    }

    @PreDestroy
    void end() {
        ticking.cancel(false);
    }

    private void tick() {
        try {
            if (!engine.capabilities().shared() && !watch.doneWithin(ObserveBackups.EVERY.multipliedBy(2))) {
                watch.run();
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the backups of this node's servers could not be looked at", e);
        }
    }
}
