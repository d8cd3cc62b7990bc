package io.howdah.schedule;

import static io.howdah.container.Container.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.container.Container;
import io.howdah.container.Metadata;
import io.howdah.container.People;
import io.howdah.operation.OperationEnded;
import io.howdah.operation.OperationStatus;
import io.howdah.schedule.Timetable.Cron;
import io.howdah.schedule.Timetable.Daily;
import io.howdah.schedule.Timetable.Once;
import io.howdah.shared.Ids;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Schedules with the real Quartz and the real tables. Their server is a row without a PostgreSQL behind it; what they do
 * to it is an operation that does nothing.
 */
@ExtendWith(ArquillianExtension.class)
class SchedulesIT {

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Timetable MINUTELY = new Cron("0 * * * * ?");

    /** Nothing of it comes by itself while the tests run. */
    private static final Timetable DAILY =
            new Daily(LocalTime.now(ZoneOffset.UTC).plusHours(12));

    private static final Timetable FAR = new Once(LocalDateTime.of(2099, 1, 1, 0, 0));

    @Inject
    private ScheduleService schedules;

    @Inject
    private JobService jobs;

    @Inject
    private Firing firing;

    @Inject
    private Timekeeper timekeeper;

    private static UUID team;
    private static Caller owner;
    private static UUID server;

    @BeforeEach
    void aServer() {
        team = People.team("Schedules");
        owner = People.member("Owner", team);
        server = insertServer();
        PlainAction.failing = false;
        PlainAction.idle = false;
    }

    @AfterEach
    void nothingThatRunsOn() {
        Metadata.change("delete from schedule where server_id in (select id from server where team_id = ?)", team);
        timekeeper.mend();
        await(30).until(() -> Metadata.count("operation where kind = 'test-nothing' and ended_at is null") == 0);
        Metadata.change("delete from operation where kind = 'test-nothing'");
    }

    @Test
    void aScheduleRunsAtItsTimeAndItsRunEndsWithItsOperation() {
        Instant due = Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.SECONDS);
        UUID id = create(new Once(LocalDateTime.ofInstant(due, ZoneOffset.UTC)), Misfire.SKIP);

        await(30).until(() -> runs(id).size() == 1 && runs(id).get(0).result() == RunResult.SUCCEEDED);

        RunView run = runs(id).get(0);
        assertThat(run.plannedAt()).isEqualTo(due);
        assertThat(run.beganAt()).isBetween(due, due.plusSeconds(8));
        assertThat(run.endedAt()).isAfterOrEqualTo(run.beganAt());
        assertThat(Metadata.rows(
                        "select requested_by, subject_id, status from operation where id = ?", run.operationId()))
                .singleElement()
                .satisfies(operation -> {
                    assertThat(operation.get("requested_by")).isEqualTo(owner.name());
                    assertThat(operation.get("subject_id")).isEqualTo(server);
                    assertThat(operation.get("status")).isEqualTo("SUCCEEDED");
                });
        assertThat(Metadata.rows(
                        "select details from audit_record where target_id = ? and action = 'servers/restart' and result = 'ACCEPTED'",
                        server))
                .singleElement()
                .satisfies(record -> assertThat(record.get("details").toString())
                        .contains(run.id().toString()));
        assertThat(due(id)).isNull();
        assertThat(triggers(id)).isZero();
        assertThat(schedules(() -> schedules.get(id)).nextRuns()).isEmpty();
        assertThat(schedules(() -> schedules.output(run.id()))).isEqualTo("done " + run.operationId());
    }

    @Test
    void missedRunsAreSkippedAndCounted() {
        UUID id = create(MINUTELY, Misfire.SKIP);
        moveBack(id, "10 minutes 5 seconds");

        firing.fire(id);

        List<RunView> missed = runs(id).stream()
                .filter(run -> run.result() == RunResult.MISSED)
                .toList();
        assertThat(missed).singleElement().satisfies(run -> {
            assertThat(run.reason()).matches("(9|10) runs were missed: .*");
            assertThat(run.operationId()).isNull();
        });
        assertNextIsToCome(id);
    }

    @Test
    void missedRunsAreCaughtUpWithOnce() {
        UUID id = create(MINUTELY, Misfire.CATCH_UP);
        moveBack(id, "10 minutes 5 seconds");

        timekeeper.mend();

        await(30).until(() -> runs(id).stream().anyMatch(run -> run.result() == RunResult.SUCCEEDED));
        assertThat(runs(id).stream().filter(run -> String.valueOf(run.reason()).startsWith("Runs once")))
                .singleElement()
                .satisfies(run -> assertThat(run.reason()).matches("Runs once for (9|10) whose time .*"));
        assertNextIsToCome(id);
    }

    @Test
    void aPausedScheduleDoesNotRunAndCatchesUpWithNothing() {
        UUID id = create(DAILY, Misfire.CATCH_UP);
        schedules(() -> schedules.pause(id));
        assertThat(due(id)).isNull();
        assertThat(triggers(id)).isZero();
        firing.fire(id);
        timekeeper.mend();
        assertThat(triggers(id)).isZero();
        assertThat(runs(id)).isEmpty();

        schedules(() -> schedules.resume(id));

        assertNextIsToCome(id);
        assertThat(triggers(id)).isEqualTo(1);
    }

    @Test
    void twoWhoFireTheSameRunItOnce() throws Exception {
        UUID id = create(FAR, Misfire.SKIP);
        for (int round = 0; round < 5; round++) {
            Metadata.change("delete from schedule_run where schedule_id = ?", id);
            Metadata.change("update schedule set next_due = now() - interval '1 second' where id = ?", id);
            assertThat(Container.twice(() -> firing.fire(id), () -> firing.fire(id)))
                    .isEmpty();
            assertThat(runs(id)).hasSize(1);
            await(30).until(() -> runs(id).get(0).result() == RunResult.SUCCEEDED);
        }
    }

    @Test
    void ofTwoDueAtOneInstantTheElderRunsFirst() throws Exception {
        UUID elder = create(FAR, Misfire.SKIP);
        UUID younger = create(FAR, Misfire.SKIP);
        Metadata.change(
                "update schedule set next_due = date_trunc('second', now()) where id in (?, ?)", elder, younger);

        assertThat(Container.twice(() -> firing.fire(younger), () -> firing.fire(elder)))
                .isEmpty();

        assertThat(Metadata.<Boolean>value(
                        "select a.number < b.number from operation a, operation b, schedule_run r, schedule_run s where a.id = r.operation_id and b.id = s.operation_id and r.schedule_id = ? and s.schedule_id = ?",
                        elder,
                        younger))
                .isTrue();
    }

    @Test
    void losingAllOfQuartzsTablesLosesNothing() throws Exception {
        UUID id = create(MINUTELY, Misfire.SKIP);
        long standing = Metadata.count("qrtz_triggers where trigger_group = 'standing'");
        assertThat(standing).isPositive();
        Callers.as(People.administrator(), () -> jobs.pause("standing:housekeeping"));
        Metadata.changeAsOwner(
                "truncate qrtz_simple_triggers, qrtz_cron_triggers, qrtz_simprop_triggers, qrtz_blob_triggers, qrtz_triggers, qrtz_job_details, qrtz_fired_triggers, qrtz_scheduler_state, qrtz_paused_trigger_grps, qrtz_calendars, qrtz_locks");

        // As two nodes would that start at once on an empty store.
        assertThat(Container.twice(timekeeper::mend, timekeeper::mend)).isEmpty();

        assertThat(Metadata.count("qrtz_triggers where trigger_group = 'standing'"))
                .isEqualTo(standing);
        assertThat(Metadata.<String>value(
                        "select trigger_state from qrtz_triggers where trigger_name = 'housekeeping'"))
                .isEqualTo("PAUSED");
        assertThat(triggers(id)).isEqualTo(1);
        await(90).until(() -> runs(id).stream().anyMatch(run -> run.result() == RunResult.SUCCEEDED));
        Callers.as(People.administrator(), () -> jobs.resume("standing:housekeeping"));
        assertThat(Metadata.<String>value(
                        "select trigger_state from qrtz_triggers where trigger_name = 'housekeeping'"))
                .isNotEqualTo("PAUSED");
    }

    @Test
    void whoLostTheRoleIsNotObeyed() {
        Caller operator = People.member("Operator", team);
        UUID id = Callers.as(operator, () -> schedules.create(draft(DAILY, Misfire.SKIP)));
        assertThat(schedules(() -> schedules.get(id)).runsAs()).isEqualTo(operator.name());
        Metadata.change("delete from assignment where person_id = ?", operator.personId());
        moveBack(id, "1 second");

        firing.fire(id);

        assertThat(runs(id)).singleElement().satisfies(run -> {
            assertThat(run.result()).isEqualTo(RunResult.SKIPPED);
            assertThat(run.reason()).contains(operator.name(), "servers/restart");
            assertThat(run.operationId()).isNull();
        });
        assertThat(Metadata.count(
                        "audit_record where actor = ? and action = 'servers/restart' and result = 'DENIED'",
                        operator.name()))
                .isEqualTo(1);
        assertNextIsToCome(id);

        // Whoever saves it takes it over.
        schedules(() -> schedules.change(id, draft(DAILY, Misfire.SKIP)));
        Metadata.change("delete from schedule_run where schedule_id = ?", id);
        moveBack(id, "1 second");
        firing.fire(id);
        assertThat(runs(id))
                .extracting(RunView::operationId)
                .doesNotContainNull()
                .hasSize(1);
    }

    @Test
    void whatCanNotBeginFailsAndGoesOn() {
        UUID id = create(DAILY, Misfire.SKIP);
        PlainAction.failing = true;
        moveBack(id, "1 second");

        firing.fire(id);

        assertThat(runs(id)).singleElement().satisfies(run -> {
            assertThat(run.result()).isEqualTo(RunResult.FAILED);
            assertThat(run.reason()).contains("is stopped already");
            assertThat(run.endedAt()).isNotNull();
        });
        assertNextIsToCome(id);
        assertThat(triggers(id)).isEqualTo(1);
    }

    @Test
    void aRunWhoseOperationFailsIsToldOnceToWhomItNames() throws Exception {
        Caller colleague = People.member("Reader", team);
        ScheduleDraft draft = draft(DAILY, Misfire.SKIP);
        UUID id = schedules(() -> schedules.create(new ScheduleDraft(
                server,
                draft.name(),
                draft.action(),
                draft.arguments(),
                draft.timing(),
                draft.misfire(),
                draft.whenStopped(),
                Set.of(owner.personId()))));
        assertThat(schedules(() -> schedules.get(id)).tellOnFailure()).containsExactly(owner.personId());
        UUID operation = Ids.random();
        Metadata.change(
                "insert into schedule_run (id, schedule_id, planned_at, began_at, result, operation_id, stop_after) values (?, ?, now(), now(), 'RUNNING', ?, false)",
                Ids.random(),
                id,
                operation);
        OperationEnded end = new OperationEnded(
                operation,
                "server-restart",
                "servers/restart",
                server,
                "scheduled",
                team,
                OperationStatus.FAILED,
                owner.name(),
                Ids.correlation(),
                Problem.of(ProblemCode.EngineStartFailed));

        Container.committedAfter(() -> CDI.current().getBeanManager().getEvent().fire(end), () -> {});

        assertThat(runs(id)).extracting(RunView::result).containsExactly(RunResult.FAILED);
        await(30).until(() -> told(colleague, end).equals(List.of("OPERATION_FAILED")));
        assertThat(told(owner, end)).containsExactly("SCHEDULE_FAILED");
        schedules(() -> schedules.change(id, draft));
        assertThat(schedules(() -> schedules.get(id)).tellOnFailure()).isEmpty();
        Metadata.change("delete from notice where correlation_id = ?", end.correlationId());
    }

    private static List<String> told(Caller person, OperationEnded end) {
        return Metadata.column(
                "select n.kind from notification i join notice n on n.id = i.notice_id where i.person_id = ? and n.correlation_id = ?",
                person.personId(),
                end.correlationId());
    }

    @Test
    void whatHasNothingToDoIsSkipped() {
        UUID id = create(DAILY, Misfire.SKIP);
        PlainAction.idle = true;
        moveBack(id, "1 second");

        firing.fire(id);

        assertThat(runs(id)).extracting(RunView::result).containsExactly(RunResult.SKIPPED);
        assertThat(Metadata.count("operation where subject_id = ?", server)).isZero();
    }

    @Test
    void theNextRunDoesNotQueueBehindOneThatHasNotEnded() {
        UUID id = create(DAILY, Misfire.SKIP);
        Metadata.change(
                "insert into schedule_run (id, schedule_id, planned_at, began_at, result, stop_after) values (?, ?, now() - interval '1 hour', now() - interval '1 hour', 'RUNNING', false)",
                Ids.random(),
                id);
        moveBack(id, "1 second");

        firing.fire(id);

        assertThat(runs(id).get(0).result()).isEqualTo(RunResult.SKIPPED);
        assertThat(runs(id).get(0).reason()).isEqualTo("The run before it had not ended.");
    }

    @Test
    void theSchedulesOfADeletedServerRestAndComeBackWithIt() {
        UUID id = create(DAILY, Misfire.CATCH_UP);
        Metadata.change(
                "update server set deleted_at = now(), kept_until = now() + interval '5 days' where id = ?", server);
        moveBack(id, "1 second");
        firing.fire(id);
        assertThat(Metadata.count("schedule_run where schedule_id = ?", id)).isZero();
        assertNextIsToCome(id);
        assertThat(Container.refused(owner, () -> schedules.ofServer(server)).code())
                .isEqualTo(ProblemCode.NotFound);

        Metadata.change("update server set deleted_at = null, kept_until = null where id = ?", server);
        moveBack(id, "1 second");
        firing.fire(id);

        assertThat(runs(id)).hasSize(1);
    }

    @Test
    void aServerRemovedForGoodTakesItsSchedulesAlong() {
        UUID id = create(DAILY, Misfire.SKIP);
        Metadata.change("delete from server where id = ?", server);
        firing.fire(id);
        assertThat(Metadata.count("schedule where id = ?", id)).isZero();
        assertThat(triggers(id)).isZero();
    }

    @Test
    void namesAreUniqueOnAServerAndAnEditKeepsItsOwn() {
        ScheduleDraft draft = draft(FAR, Misfire.SKIP);
        UUID id = schedules(() -> schedules.create(draft));
        assertThat(schedules(() -> schedules.check(draft))).hasValueSatisfying(problem -> {
            assertThat(problem.code()).isEqualTo(ProblemCode.ScheduleNameTaken);
            assertThat(problem.field()).isEqualTo("name");
        });
        assertThat(schedules(() -> schedules.check(id, draft))).isEmpty();
        assertThat(Container.refused(owner, () -> schedules.create(draft)).code())
                .isEqualTo(ProblemCode.ScheduleNameTaken);
        assertThat(Container.refused(owner, () -> schedules.createAll(List.of(draft(FAR, Misfire.SKIP), draft)))
                        .code())
                .isEqualTo(ProblemCode.ScheduleNameTaken);
        assertThat(schedules(() -> schedules.ofServer(server)))
                .as("all or none")
                .extracting(ScheduleView::id)
                .containsExactly(id);
    }

    @Test
    void nobodyPutsOnATimetableWhatTheyMayNotDo() {
        Caller reader = People.member("Reader", team);
        assertThat(Container.refused(reader, () -> schedules.create(draft(FAR, Misfire.SKIP)))
                        .code())
                .isEqualTo(ProblemCode.AccessDenied);
        UUID id = create(FAR, Misfire.SKIP);
        assertThat(Container.refused(reader, () -> schedules.runNow(id)).code()).isEqualTo(ProblemCode.AccessDenied);
        assertThat(runs(id)).isEmpty();
    }

    @Test
    void runNowRunsBesidesTheTimetable() {
        UUID id = create(FAR, Misfire.SKIP);
        Instant before = due(id);

        UUID run = schedules(() -> schedules.runNow(id));

        await(30).until(() -> runs(id).get(0).result() == RunResult.SUCCEEDED);
        assertThat(runs(id))
                .extracting(RunView::id, RunView::reason)
                .containsExactly(tuple(run, "Run now by " + owner.name() + "."));
        assertThat(due(id)).isEqualTo(before);
        Instant soon = Instant.now().plusSeconds(1);
        assertThat(schedules(() -> jobs.past(soon.minusSeconds(60), soon)))
                .filteredOn(past -> past.key().equals("schedule:" + id))
                .singleElement()
                .satisfies(past -> assertThat(past.run().id()).isEqualTo(run));
    }

    @Test
    void theCalendarShowsWhatComesButNotWhatComesAllTheTime() {
        UUID daily = create(new Cron("0 0 3 * * ?"), Misfire.SKIP);
        UUID hourly = create(new Cron("0 0 * * * ?"), Misfire.SKIP);
        UUID minutely = create(MINUTELY, Misfire.SKIP);
        Instant now = Instant.now();
        List<PlannedRun> planned = schedules(() -> jobs.planned(now, now.plus(Duration.ofDays(7))));
        assertThat(planned).filteredOn(run -> daily.equals(run.scheduleId())).hasSize(7);
        assertThat(planned).filteredOn(run -> hourly.equals(run.scheduleId())).hasSize(7 * 24);
        assertThat(planned).filteredOn(run -> minutely.equals(run.scheduleId())).isEmpty();
        assertThat(planned).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
    }

    @Test
    void officeHoursSayWhatTheySave() {
        ScheduleDraft start = withAction(draft(new Cron("0 0 8 ? * MON-FRI"), Misfire.SKIP), "test-starts");
        ScheduleDraft stop = withAction(draft(new Cron("0 0 19 ? * MON-FRI"), Misfire.SKIP), "test-stops");

        Preview preview = schedules(() -> schedules.preview(null, List.of(start, stop)));

        assertThat(preview.runningPerWeek()).isEqualTo(Duration.ofHours(55));
        assertThat(preview.savedPerWeek()).isEqualTo(Duration.ofHours(7 * 24 - 55));
        assertThat(preview.nextWeek()).hasSize(10).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
        assertThat(schedules(() -> schedules.preview(null, List.of(draft(MINUTELY, Misfire.SKIP))))
                        .savedPerWeek())
                .isNull();
        List<UUID> ids = schedules(() -> schedules.createAll(List.of(start, stop)));
        assertThat(schedules(() -> schedules.preview(ids.get(0), List.of())).nextWeek())
                .hasSize(5);
    }

    private static Instant due(UUID id) {
        java.sql.Timestamp due = Metadata.value("select next_due from schedule where id = ?", id);
        return due == null ? null : due.toInstant();
    }

    private static long triggers(UUID id) {
        return Metadata.count("qrtz_triggers where trigger_group = 'schedules' and trigger_name = ?", id.toString());
    }

    private static void assertNextIsToCome(UUID id) {
        assertThat(due(id))
                .isBetween(Instant.now().minusSeconds(1), Instant.now().plus(Duration.ofDays(1)));
    }

    private static void moveBack(UUID id, String interval) {
        Metadata.change("update schedule set next_due = now() - cast(? as interval) where id = ?", interval, id);
    }

    private List<RunView> runs(UUID id) {
        return schedules(() -> schedules.runs(id, 0, 100));
    }

    private UUID create(Timetable timetable, Misfire misfire) {
        return schedules(() -> schedules.create(draft(timetable, misfire)));
    }

    private static <T> T schedules(Supplier<T> work) {
        return Callers.as(People.again(owner), work);
    }

    private static void schedules(Runnable work) {
        Callers.as(People.again(owner), work);
    }

    private static ScheduleDraft draft(Timetable timetable, Misfire misfire) {
        return new ScheduleDraft(
                server,
                People.unique("schedule"),
                PlainAction.CODE,
                Map.of(),
                new Timing(timetable, UTC, null, null),
                misfire,
                WhenStopped.SKIP,
                Set.of());
    }

    private static ScheduleDraft withAction(ScheduleDraft draft, String action) {
        return new ScheduleDraft(
                draft.serverId(),
                draft.name(),
                action,
                draft.arguments(),
                draft.timing(),
                draft.misfire(),
                draft.whenStopped(),
                draft.tellOnFailure());
    }

    private static UUID insertServer() {
        UUID id = Ids.random();
        Metadata.change(
                "insert into server (id, team_id, name, wished, state, major_version, size_code, storage_gib, administrator_login, created_at, created_by, version) values (?, ?, ?, 'RUNNING', 'READY', 17, 'H0.25', 1, 'dba', now(), 'test', 1)",
                id,
                team,
                People.unique("scheduled"));
        return id;
    }
}
