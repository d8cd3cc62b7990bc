package io.howdah.schedule;

import io.howdah.shared.StandingJob;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.ObjectAlreadyExistsException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.SimpleTrigger;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.utils.DBConnectionManager;

/**
 * Runs Quartz inside the container, clustered over the metadata database. Quartz keeps time, not truth: its jobs look at
 * the product's own tables, and losing Quartz's would lose nothing but the rhythm.
 */
@Singleton
@Startup
@DependsOn("Migrations")
public class Timekeeper {

    private static final Logger LOG = Logger.getLogger(Timekeeper.class.getName());
    private static final String GROUP = "standing";

    @Resource(lookup = "jdbc/howdah")
    private DataSource managed;

    @Resource(lookup = "jdbc/howdah-plain")
    private DataSource plain;

    @Resource
    private ManagedExecutorService executor;

    @Resource
    private ManagedThreadFactory threads;

    @Inject
    @Any
    private Instance<StandingJob> jobs;

    @Inject
    private ContainerJobFactory jobFactory;

    private Scheduler scheduler;

    @PostConstruct
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    void start() {
        try {
            DBConnectionManager.getInstance().addConnectionProvider("managed", new ContainerConnections(managed));
            DBConnectionManager.getInstance().addConnectionProvider("plain", new ContainerConnections(plain));
            ContainerThreads.use(executor, threads);
            scheduler = new StdSchedulerFactory(properties()).getScheduler();
            scheduler.setJobFactory(jobFactory);
            for (StandingJob job : jobs) {
                schedule(job);
            }
            scheduler.startDelayed(2);
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        }
    }

    @PreDestroy
    void stop() {
        try {
            scheduler.shutdown(true);
        } catch (SchedulerException e) {
            LOG.log(Level.WARNING, "Quartz did not shut down in good order", e);
        }
    }

    /** Replacing a trigger at every start would let two nodes fire the same job: only what is new or changed is written. */
    private void schedule(StandingJob job) throws SchedulerException {
        TriggerKey key = new TriggerKey(job.name(), GROUP);
        long millis = job.every().toMillis();
        Trigger known = scheduler.getTrigger(key);
        if (known instanceof SimpleTrigger simple && simple.getRepeatInterval() == millis) {
            return;
        }
        JobDetail detail = JobBuilder.newJob(RunStandingJob.class)
                .withIdentity(new JobKey(job.name(), GROUP))
                .storeDurably()
                .build();
        Trigger trigger = TriggerBuilder.newTrigger()
                .withIdentity(key)
                .forJob(detail)
                .startNow()
                .withSchedule(SimpleScheduleBuilder.simpleSchedule()
                        .withIntervalInMilliseconds(millis)
                        .repeatForever()
                        .withMisfireHandlingInstructionNowWithRemainingCount())
                .build();
        try {
            if (known != null) {
                scheduler.rescheduleJob(key, trigger);
            } else {
                scheduler.scheduleJob(detail, trigger);
            }
        } catch (ObjectAlreadyExistsException e) {
            LOG.log(Level.FINE, "another node has scheduled {0} meanwhile", job.name());
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
        properties.put("org.quartz.threadPool.threadCount", "4");
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
