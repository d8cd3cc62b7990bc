package io.howdah.schedule;

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
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.utils.DBConnectionManager;

/**
 * Runs Quartz inside the container, clustered over the metadata database. Quartz keeps time, not truth: its jobs look at
 * the product's own tables, and what is lost of Quartz's is made again from those, at the start and every minute.
 */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class Timekeeper {

    private static final Logger LOG = Logger.getLogger(Timekeeper.class.getName());

    @Resource(lookup = "jdbc/howdah")
    private DataSource managed;

    @Resource(lookup = "jdbc/howdah-plain")
    private DataSource plain;

    @Resource
    private ManagedExecutorService executor;

    @Resource
    private ManagedScheduledExecutorService timer;

    @Resource
    private ManagedThreadFactory threads;

    @Inject
    private ContainerJobFactory jobFactory;

    @Inject
    private Triggers triggers;

    @Inject
    private Repair repair;

    @Inject
    private StopAfterwards stopAfterwards;

    @Inject
    private JobHistory history;

    private Scheduler scheduler;
    private ScheduledFuture<?> mending;
    private ScheduledFuture<?> watching;
    private boolean off;

    @PostConstruct
    void start() {
        try {
            DBConnectionManager.getInstance().addConnectionProvider("managed", new ContainerConnections(managed));
            DBConnectionManager.getInstance().addConnectionProvider("plain", new ContainerConnections(plain));
            ContainerThreads.use(executor, threads);
            DatabaseException.untilThere(repair::prepare);
            scheduler = new StdSchedulerFactory(properties()).getScheduler();
            scheduler.setJobFactory(jobFactory);
            triggers.use(scheduler);
            DatabaseException.untilThere(repair::standingJobs);
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        }
        watching = timer.scheduleWithFixedDelay(this::watchTheClock, 2, 10, TimeUnit.SECONDS);
        // Not a standing job: those are lost with Quartz's tables themselves.
        mending = timer.scheduleWithFixedDelay(this::mend, 2, 60, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        mending.cancel(false);
        watching.cancel(false);
        try {
            scheduler.shutdown(true);
        } catch (SchedulerException e) {
            LOG.log(Level.WARNING, "Quartz did not shut down in good order", e);
        }
    }

    /** Keeps time as long as this machine's clock agrees with the database's; otherwise the other nodes do. */
    private void watchTheClock() {
        try {
            Duration ahead = ClockCheck.ahead(plain);
            if (!ClockCheck.tolerable(ahead)) {
                if (!off) {
                    LOG.log(
                            Level.WARNING,
                            "this machine''s clock is {0} ms ahead of the database''s; until it is right, this node runs no jobs",
                            Long.toString(ahead.toMillis()));
                }
                off = true;
                if (scheduler.isStarted() && !scheduler.isInStandbyMode()) {
                    scheduler.standby();
                }
            } else if (scheduler.isInStandbyMode()) {
                off = false;
                scheduler.start();
            }
        } catch (SQLException away) {
            LOG.log(Level.FINE, "the database's clock could not be read", away);
        } catch (SchedulerException | RuntimeException e) {
            LOG.log(Level.WARNING, "Quartz could not be started; it is tried again in ten seconds", e);
        }
    }

    /** Makes again whatever triggers are missing or wrong, and ends what a node left undone. */
    public void mend() {
        try {
            repair.prepare();
            repair.standingJobs();
            for (String id : repair.schedulesToMend()) {
                repair.schedule(UUID.fromString(id));
            }
            stopAfterwards.all();
            history.endBrokenOff();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "looking after the triggers failed; it is tried again in a minute", e);
        }
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.put("org.quartz.scheduler.instanceName", "howdah");
        properties.put("org.quartz.scheduler.instanceId", "AUTO");
        properties.put("org.quartz.scheduler.skipUpdateCheck", "true");
        properties.put("org.quartz.scheduler.threadsInheritContextClassLoaderOfInitializer", "true");
        properties.put("org.quartz.threadExecutor.class", ContainerThreads.Starter.class.getName());
        properties.put("org.quartz.threadPool.class", ContainerThreads.Pool.class.getName());
        properties.put("org.quartz.threadPool.threadCount", "8");
        // A trigger made in a transaction is seen only when that has ended: the search waits for it, or comes back
        // soon.
        properties.put("org.quartz.jobStore.acquireTriggersWithinLock", "true");
        properties.put("org.quartz.scheduler.idleWaitTime", "5000");
        properties.put("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreCMT");
        properties.put("org.quartz.jobStore.driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
        properties.put("org.quartz.jobStore.dataSource", "managed");
        properties.put("org.quartz.jobStore.nonManagedTXDataSource", "plain");
        properties.put("org.quartz.jobStore.dontSetAutoCommitFalse", "true");
        properties.put("org.quartz.jobStore.useProperties", "true");
        properties.put("org.quartz.jobStore.isClustered", "true");
        properties.put("org.quartz.jobStore.clusterCheckinInterval", "5000");
        properties.put("org.quartz.jobStore.misfireThreshold", "60000");
        return properties;
    }
}
