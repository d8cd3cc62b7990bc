package io.howdah.monitoring;

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
 * The job that samples runs on one of the nodes, but what lies on a host is seen from that host alone. So every node looks
 * at its own servers, unless the job has run on it in the same minute.
 */
@Singleton
@Startup
@DependsOn("Migrations")
public class SampleOwnUsage {

    private static final Logger LOG = Logger.getLogger(SampleOwnUsage.class.getName());

    @Resource
    private ManagedScheduledExecutorService timer;

    @Inject
    private UsageSampling sampling;

    private ScheduledFuture<?> ticking;

    @PostConstruct
    void begin() {
        long seconds = SampleUsage.EVERY.toSeconds();
        ticking = timer.scheduleAtFixedRate(this::tick, seconds, seconds, TimeUnit.SECONDS);
    }

    @PreDestroy
    void end() {
        ticking.cancel(false);
    }

    private void tick() {
        try {
            sampling.run(false);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "what this node's servers use could not be sampled", e);
        }
    }
}
