package io.howdah.schedule;

import static io.howdah.container.Container.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.container.Container;
import io.howdah.container.Metadata;
import io.howdah.container.People;
import io.howdah.shared.Ids;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.StandingJob;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The standing jobs, their history and their rhythm. */
@ExtendWith(ArquillianExtension.class)
class JobsIT {

    private static final String HOUSEKEEPING = "standing:housekeeping";

    @Inject
    private JobService jobs;

    @Inject
    private RunStandingJob runner;

    @Inject
    private Timekeeper timekeeper;

    private static <T> T asAdministrator(Supplier<T> work) {
        return Callers.as(People.again(People.administrator()), work);
    }

    private static void asAdministrator(Runnable work) {
        Callers.as(People.again(People.administrator()), work);
    }

    /** A job that only this test runs. */
    private record Made(String name, Supplier<String> work) implements StandingJob {

        @Override
        public Duration every() {
            return Duration.ofDays(1);
        }

        @Override
        public String run() {
            return work.get();
        }
    }

    @Test
    void aRunWhoseNodeDiedIsOnRecordAsBrokenOffBeforeTheNextOne() {
        UUID run = Ids.random();
        Metadata.change(
                "insert into job_run (id, job, node, began_at, result) values (?, 'purge-deleted-servers', 'lost-node', now(), 'RUNNING')",
                run);

        timekeeper.mend();

        assertThat(Metadata.rows("select result, ended_at is not null as ended, note from job_run where id = ?", run))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row).containsEntry("result", "FAILED").containsEntry("ended", true);
                    assertThat(row.get("note").toString()).contains("lost-node");
                });
    }

    @Test
    void aJobRunsNowAndItsHistorySaysSo() {
        int before = asAdministrator(() -> jobs.countHistory(HOUSEKEEPING));
        Metadata.change("update job_run set note = 'kept' where job = 'housekeeping'");
        Metadata.change(
                "insert into one_time_link (code_hash, person_id, valid_until) select 'old', id, now() - interval '1 day' from person limit 1");

        node("forgotten", "31 days");
        node("remembered", "29 days");
        node("awaited", "31 days");
        Metadata.change(
                "insert into operation (id, kind, subject_id, subject_name, status, step, data, due, requested_at, requested_by, correlation_id, action, pinned_to) values (?, 'test-nothing', ?, 'gone', 'QUEUED', 'DO', '{}', now(), now(), 'test', 'c', 'servers/purge', 'awaited')",
                Ids.random(),
                Ids.random());

        asAdministrator(() -> jobs.runNow(HOUSEKEEPING));

        await(30)
                .until(() -> asAdministrator(() -> jobs.countHistory(HOUSEKEEPING)) == before + 1
                        && asAdministrator(() -> jobs.get(HOUSEKEEPING))
                                        .lastRun()
                                        .endedAt()
                                != null);
        RunView last = asAdministrator(() -> jobs.get(HOUSEKEEPING)).lastRun();
        assertThat(last.result()).isEqualTo(RunResult.SUCCEEDED);
        assertThat(last.reason()).matches("Removed \\d+ rows?\\.");
        assertThat(Metadata.count("one_time_link where code_hash = 'old'")).isZero();
        assertThat(Metadata.<String>column("select home from node where name = 'lost' order by home"))
                .containsExactly("awaited", "remembered");
        Metadata.change("delete from operation where pinned_to = 'awaited'");
        Metadata.change("delete from node where name = 'lost'");
    }

    private static void node(String home, String unseen) {
        Metadata.change(
                "insert into node (home, name, incarnation, started_at, seen_at, version) values (?, 'lost', 'lost', now() - interval '1 year', now() - cast(? as interval), '')",
                home,
                unseen);
    }

    @Test
    void everyJobIsListedWithItsWordsAndItsNextRuns() {
        List<JobView> standing =
                asAdministrator(jobs::list).stream().filter(JobView::standing).toList();
        assertThat(standing)
                .extracting(JobView::key, JobView::words)
                .contains(
                        tuple("standing:reconcile-servers", "every 10 seconds"), tuple(HOUSEKEEPING, "every 6 hours"));
        assertThat(standing).allSatisfy(job -> {
            assertThat(job.nextRuns()).as(job.key()).hasSize(3);
            assertThat(job.what()).isNotBlank();
        });
        Instant now = Instant.now();
        assertThat(asAdministrator(() -> jobs.planned(now, now.plus(Duration.ofDays(1)))))
                .extracting(PlannedRun::jobName)
                .contains("housekeeping")
                .doesNotContain("reconcile-servers", "wake-runner");
    }

    @Test
    void runsThatDidNothingLeaveOnlyTheNewest() {
        String name = People.unique("test-idle");
        for (int i = 0; i < 3; i++) {
            runner.run(new Made(name, () -> null));
        }
        runner.run(new Made(name, () -> "Did one thing."));
        runner.run(new Made(name, () -> null));
        runner.run(new Made(name, () -> null));

        assertThat(Metadata.rows("select result, note from job_run where job = ? order by began_at", name))
                .extracting(row -> row.get("result"), row -> row.get("note"))
                .containsExactly(tuple("SUCCEEDED", "Did one thing."), tuple("SUCCEEDED", null));
    }

    @Test
    void aJobThatFailsIsOnRecordAndRunsAgain() {
        String name = People.unique("test-failing");
        runner.run(new Made(name, () -> {
            throw new IllegalStateException("a secret of the inside");
        }));
        runner.run(new Made(name, () -> {
            throw Problem.of(ProblemCode.ServerStopped, "orders").raise();
        }));
        runner.run(new Made(name, () -> "Fine."));

        assertThat(Metadata.rows("select result, note from job_run where job = ? order by began_at", name))
                .satisfiesExactly(
                        row -> {
                            assertThat(row.get("result")).isEqualTo("FAILED");
                            assertThat(row.get("note").toString())
                                    .contains("correlation id")
                                    .doesNotContain("secret");
                        },
                        row -> assertThat(row.get("note").toString()).contains("\"orders\" is stopped already"),
                        row -> assertThat(row.get("note")).isEqualTo("Fine."));
    }

    @Test
    void aRunWhoseNodeDiedIsEndedByTheNext() {
        String name = People.unique("test-killed");
        Metadata.change(
                "insert into job_run (id, job, node, began_at, result) values (?, ?, 'elsewhere', now() - interval '1 minute', 'RUNNING')",
                Ids.random(),
                name);

        runner.run(new Made(name, () -> null));

        assertThat(Metadata.rows("select result, note, ended_at from job_run where job = ? order by began_at", name))
                .satisfiesExactly(
                        row -> {
                            assertThat(row.get("result")).isEqualTo("FAILED");
                            assertThat(row.get("note")).isEqualTo("The node elsewhere ended in the middle of it.");
                            assertThat(row.get("ended_at")).isNotNull();
                        },
                        row -> assertThat(row.get("result")).isEqualTo("SUCCEEDED"));
    }

    @Test
    void aPausedJobStaysPausedUntilItIsResumed() {
        asAdministrator(() -> jobs.pause(HOUSEKEEPING));
        timekeeper.mend();
        JobView paused = asAdministrator(() -> jobs.get(HOUSEKEEPING));
        assertThat(paused.paused()).isTrue();
        assertThat(paused.nextRuns()).isEmpty();
        assertThat(state("housekeeping")).isEqualTo("PAUSED");

        asAdministrator(() -> jobs.resume(HOUSEKEEPING));

        assertThat(asAdministrator(() -> jobs.get(HOUSEKEEPING)).paused()).isFalse();
        assertThat(state("housekeeping")).isNotEqualTo("PAUSED");
    }

    @Test
    void theInstallationsJobsAreNotATeamsToPause() {
        Caller owner = People.member("Owner", People.team("Jobs"));
        assertThat(Container.refused(owner, () -> jobs.pause(HOUSEKEEPING)).code())
                .isEqualTo(ProblemCode.AccessDenied);
        assertThat(Container.refused(owner, () -> jobs.get("standing:no-such")).code())
                .isEqualTo(ProblemCode.NotFound);
        assertThat(Container.refused(owner, () -> jobs.get("schedule:" + UUID.randomUUID()))
                        .code())
                .isEqualTo(ProblemCode.NotFound);
        assertThat(Container.refused(owner, () -> jobs.get("schedule:nonsense")).code())
                .isEqualTo(ProblemCode.NotFound);
    }

    private static String state(String job) {
        return Metadata.value("select trigger_state from qrtz_triggers where trigger_name = ?", job);
    }
}
