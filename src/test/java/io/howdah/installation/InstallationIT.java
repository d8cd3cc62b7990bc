package io.howdah.installation;

import static io.howdah.container.Container.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.container.Container;
import io.howdah.container.Metadata;
import io.howdah.container.Product;
import io.howdah.schedule.RunStandingJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.quartz.JobBuilder;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.TriggerBuilder;
import org.quartz.impl.SchedulerRepository;
import org.quartz.impl.jdbcjobstore.JobStoreCMT;

/** What an installation brings up at its start: the schema and the standing jobs. */
@ExtendWith(ArquillianExtension.class)
class InstallationIT {

    private static final String SCHEMA_HISTORY =
            "select installed_rank, version, checksum, installed_on, success from flyway_schema_history order by 1";
    private static final String SCHEDULE =
            "select t.trigger_name, t.start_time, s.repeat_interval from qrtz_triggers t join qrtz_simple_triggers s using (sched_name, trigger_name, trigger_group) where job_group = 'standing' order by 1";

    @Test
    @RunAsClient
    void theSchemaIsAtTheNewestMigration() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
            List<String> migrations = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("V.*\\.sql"))
                    .map(name -> name.substring(1, name.indexOf("__")))
                    .sorted()
                    .toList();
            assertThat(
                            Metadata.<String>column(
                                    "select version from flyway_schema_history where success and type = 'SQL' order by version"))
                    .isNotEmpty()
                    .isEqualTo(migrations);
        }
    }

    @Test
    @RunAsClient
    void aSecondDeploymentChangesNothing(@ArquillianResource Deployer deployer) {
        List<Map<String, Object>> history = Metadata.rows(SCHEMA_HISTORY);
        List<Map<String, Object>> schedule = Metadata.rows(SCHEDULE);
        List<Map<String, Object>> roles = Metadata.rows("select * from role_permission order by 1, 2");
        assertThat(schedule).isNotEmpty();
        assertThat(roles).isNotEmpty();

        deployer.deploy(Product.AGAIN);
        deployer.undeploy(Product.AGAIN);

        assertThat(Metadata.rows(SCHEMA_HISTORY)).isEqualTo(history);
        assertThat(Metadata.rows(SCHEDULE)).isEqualTo(schedule);
        assertThat(Metadata.rows("select * from role_permission order by 1, 2")).isEqualTo(roles);
    }

    @Test
    void eachStandingJobIsScheduledOnce() {
        assertThat(
                        Metadata.<String>column(
                                "select job_name || ' ' || repeat_interval from qrtz_triggers join qrtz_simple_triggers using (sched_name, trigger_name, trigger_group) where job_group = 'standing' order by 1"))
                .containsExactly(
                        "archive-audit-log 3600000",
                        "back-up-metadata 3600000",
                        "back-up-servers 60000",
                        "close-looks 60000",
                        "expire-approvals 60000",
                        "forward-audit-log 15000",
                        "housekeeping 21600000",
                        "let-storage-go 600000",
                        "look-after-tokens 3600000",
                        "make-planned-changes 5000",
                        "observe-backups 60000",
                        "purge-deleted-servers 60000",
                        "reconcile-servers 10000",
                        "rehearse-backups 60000",
                        "sample-usage 60000",
                        "seal-audit-log 3600000",
                        "send-notifications 10000",
                        "wake-runner 5000");
    }

    @Test
    void quartzTakesPartInTheContainersTransactionsAndKnowsOtherNodes() throws Exception {
        Scheduler scheduler = SchedulerRepository.getInstance().lookup("howdah");
        assertThat(scheduler.getMetaData().getJobStoreClass()).isEqualTo(JobStoreCMT.class);
        assertThat(scheduler.getMetaData().isJobStoreClustered()).isTrue();
        JobKey key = new JobKey("never", "tests");

        Container.undone(() -> {
            scheduler.scheduleJob(
                    JobBuilder.newJob(RunStandingJob.class).withIdentity(key).build(),
                    TriggerBuilder.newTrigger()
                            .startAt(new java.util.Date(Long.MAX_VALUE / 2))
                            .build());
            assertThat(scheduler.checkExists(key)).isTrue();
            return null;
        });

        assertThat(scheduler.checkExists(key)).isFalse();
    }

    @Test
    void standingJobsFireAgainAndAgain() {
        String fired = "select prev_fire_time from qrtz_triggers where trigger_name = 'wake-runner'";
        long first = Metadata.<Long>value(fired);
        await(30).until(() -> Metadata.<Long>value(fired) > first);
        long second = Metadata.<Long>value(fired);
        await(30).until(() -> Metadata.<Long>value(fired) > second);
    }
}
