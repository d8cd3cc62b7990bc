package io.howdah.operation;

import static io.howdah.container.Container.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.container.Container;
import io.howdah.container.Metadata;
import io.howdah.container.People;
import io.howdah.operation.OperationTable.Claimed;
import io.howdah.operation.ScriptedIT.Step;
import io.howdah.shared.DatabaseException;
import io.howdah.shared.Ids;
import io.howdah.shared.Measure;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The runner over the real operation table. The operations remove servers of which there is nothing left to remove. */
@ExtendWith(ArquillianExtension.class)
class RunnerIT {

    private static final String ELSEWHERE = "elsewhere:1";

    @Inject
    private OperationTable table;

    @Inject
    private EndTable ends;

    @Inject
    private Runner runner;

    @Inject
    private Line line;

    @Inject
    private Nodes nodes;

    @Inject
    private ClusterClock clock;

    @Inject
    private OperationService operations;

    @AfterEach
    void leaveNothingToDo() {
        Metadata.change("delete from operation where lease_owner like 'elsewhere%' or lease_owner like 'test%'");
    }

    @Test
    void anOperationWhoseHolderIsGoneIsTakenOverAndItsStepsAreOnRecord() {
        UUID id = insert(Ids.random(), "RUNNING", "-1 second", "1 hour");

        // Nothing announces it: the standing job finds it.
        await(40).until(() -> status(id).equals("SUCCEEDED"));

        assertThat(Metadata.rows(
                        "select step, state, tries, ended_at >= started_at as ordered from operation_step where operation_id = ? order by id",
                        id))
                .extracting(
                        row -> row.get("step"),
                        row -> row.get("state"),
                        row -> row.get("tries"),
                        row -> row.get("ordered"))
                .containsExactly(tuple("REMOVE", "DONE", 1, true), tuple("FORGET", "DONE", 1, true));
        Map<String, Object> row =
                Metadata.rows("select * from operation where id = ?", id).get(0);
        assertThat(row.get("lease_owner")).isNull();
        assertThat(row.get("ended_at")).isNotNull();
        assertThat(row.get("data")).isEqualTo("{}");
    }

    @Test
    void whatSomebodyElseHoldsIsLeftToThem() {
        UUID held = insert(Ids.random(), "RUNNING", "1 hour", "1 hour");
        UUID free = insert(Ids.random(), "QUEUED", null, "1 hour");
        runner.wake();

        await(40).until(() -> status(free).equals("SUCCEEDED"));

        assertThat(status(held)).isEqualTo("RUNNING");
        assertThat(Metadata.<String>value("select lease_owner from operation where id = ?", held))
                .isEqualTo(ELSEWHERE);
        assertThat(Metadata.count("operation_step where operation_id = ?", held))
                .isZero();
    }

    @Test
    void twoWhoClaimAtOnceNeverGetTheSame() throws Exception {
        List<UUID> inserted = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            inserted.add(insert(Ids.random(), "QUEUED", null, "1 hour"));
        }
        CountDownLatch start = new CountDownLatch(2);
        List<Future<List<UUID>>> claimants = new ArrayList<>();
        for (String owner : List.of("test:a", "test:b")) {
            Holder holder = new Holder("", owner, owner);
            Callable<List<UUID>> claimant = () -> {
                start.countDown();
                start.await(30, TimeUnit.SECONDS);
                List<UUID> mine = new ArrayList<>();
                List<Claimed> more = table.claim(holder, List.of(), true, 3).claimed();
                while (!more.isEmpty()) {
                    more.forEach(each -> mine.add(each.id()));
                    more = table.claim(holder, List.of(), true, 3).claimed();
                }
                return mine;
            };
            claimants.add(Container.beside(claimant));
        }
        List<UUID> left = Container.within(claimants.get(0));
        List<UUID> right = Container.within(claimants.get(1));

        assertThat(left).doesNotContainAnyElementsOf(right);
        assertThat(new HashSet<>(left)).hasSameSizeAs(left);
        // The product's own runner may have had some of them meanwhile.
        assertThat(left.size() + right.size()).isPositive();
        for (UUID id : left) {
            assertThat(Metadata.<String>value("select lease_owner from operation where id = ?", id))
                    .isEqualTo("test:a");
        }
        await(40)
                .until(() -> Metadata.count("operation where status = 'QUEUED' and id = any(?)", (Object)
                                inserted.toArray(UUID[]::new))
                        == 0);
    }

    @Test
    void operationsOnOneSubjectRunOneAfterAnotherInTheOrderOfAsking() {
        UUID subject = Ids.random();
        UUID first = insert(subject, "RUNNING", "1 hour", "1 hour");
        UUID second = insert(subject, "QUEUED", null, "1 hour");
        UUID third = insert(subject, "QUEUED", null, "1 hour");
        UUID elsewhere = insert(Ids.random(), "QUEUED", null, "1 hour");
        runner.wake();
        await(40).until(() -> status(elsewhere).equals("SUCCEEDED"));
        assertThat(List.of(status(second), status(third))).containsOnly("QUEUED");

        end(first);

        await(40).until(() -> status(third).equals("SUCCEEDED"));
        assertThat(Metadata.<Boolean>value(
                        "select a.ended_at <= b.started_at from operation a, operation b where a.id = ? and b.id = ?",
                        second,
                        third))
                .isTrue();
    }

    @Test
    void anOperationThatWaitedPastItsDeadlineFailsAndSaysSo() {
        UUID subject = Ids.random();
        UUID first = insert(subject, "RUNNING", "1 hour", "1 hour");
        UUID late = insert(subject, "QUEUED", null, "-1 second");
        String correlation = Ids.correlation();
        Metadata.change("update operation set correlation_id = ? where id = ?", correlation, late);

        end(first);
        runner.wake();

        await(40).until(() -> status(late).equals("FAILED"));
        Map<String, Object> row =
                Metadata.rows("select * from operation where id = ?", late).get(0);
        assertThat(row.get("problem_code")).isEqualTo("OperationDeadlineExceeded");
        assertThat(row.get("failed_step")).isEqualTo("REMOVE");
        assertThat(Metadata.rows("select result, details from audit_record where correlation_id = ?", correlation))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.get("result")).isEqualTo("FAILED");
                    assertThat(record.get("details").toString()).contains("OperationDeadlineExceeded");
                });
    }

    @Test
    void whoLostTheLeaseChangesNothingAnyMore() {
        UUID id = scripted("test-home", "0");
        Claimed claimed = table.claim(new Holder("test-home", ELSEWHERE, "elsewhere"), List.of(), true, 1)
                .claimed()
                .get(0);
        assertThat(claimed.id()).isEqualTo(id);
        Metadata.change("update operation set lease_owner = 'test:new' where id = ?", id);
        Map<String, Object> before = row(id);

        assertThat(table.look(id, ELSEWHERE)).isEmpty();
        assertThat(table.next(claimed, ELSEWHERE, "FORGET")).isEmpty();
        assertThat(table.undo(claimed, ELSEWHERE, "FORGET", null, null)).isEmpty();
        assertThat(table.again(claimed, ELSEWHERE, Duration.ZERO, "late", null, true, false))
                .isEmpty();
        ends.finish(claimed, ELSEWHERE, StepView.State.DONE, null, null);

        assertThat(row(id)).isEqualTo(before);
    }

    @Test
    void aStepIsNotEndedTwiceThoughItsEndIsWrittenTwice() {
        UUID id = scripted("test-home", "0");
        Claimed claimed = table.claim(new Holder("test-home", ELSEWHERE, "elsewhere"), List.of(), true, 1)
                .claimed()
                .get(0);

        assertThat(table.next(claimed, ELSEWHERE, "SECOND")).isPresent();
        assertThat(table.next(claimed, ELSEWHERE, "SECOND")).isEmpty();

        assertThat(table.look(id, ELSEWHERE))
                .hasValueSatisfying(now -> assertThat(now.step()).isEqualTo("SECOND"));
        assertThat(Metadata.count("operation_step where operation_id = ?", id)).isEqualTo(2);
    }

    @Test
    void sharedOnesRunBesideEachOtherAndNeverPassAnExclusiveOne() {
        UUID subject = Ids.random();
        ScriptedIT.Script script = ScriptedIT.of(subject);
        CountDownLatch held = new CountDownLatch(1);
        script.held.put(Step.FIRST, held);
        UUID one = start(subject, Hold.SHARED);
        UUID two = start(subject, Hold.SHARED);
        UUID exclusive = start(subject, Hold.EXCLUSIVE);
        UUID three = start(subject, Hold.SHARED);

        await(40).until(() -> script.taken(Step.FIRST) == 2);
        assertThat(List.of(status(one), status(two))).containsOnly("RUNNING");
        assertThat(List.of(status(exclusive), status(three))).containsOnly("QUEUED");
        assertThat(Metadata.<Boolean>column("select turn from operation where id in (?, ?)", exclusive, three))
                .containsOnly(false);
        held.countDown();

        await(40).until(() -> status(three).equals("SUCCEEDED"));
        assertThat(Metadata.<Boolean>value(
                        "select greatest(a.ended_at, b.ended_at) <= x.started_at and x.ended_at <= c.started_at from operation a, operation b, operation x, operation c where a.id = ? and b.id = ? and x.id = ? and c.id = ?",
                        one,
                        two,
                        exclusive,
                        three))
                .isTrue();
    }

    @Test
    void aWaitingOneIsCancelledAtOnceAndItsWishTakenBack() {
        UUID subject = Ids.random();
        ScriptedIT.Script script = ScriptedIT.of(subject);
        CountDownLatch held = new CountDownLatch(1);
        script.held.put(Step.FIRST, held);
        UUID front = start(subject, Hold.EXCLUSIVE);
        UUID waiting = start(subject, Hold.EXCLUSIVE);
        UUID last = start(subject, Hold.EXCLUSIVE);
        await(40).until(() -> script.taken(Step.FIRST) == 1);
        Caller administrator = People.administrator();

        Callers.as(administrator, () -> operations.cancel(waiting));

        await(10).until(() -> status(waiting).equals("CANCELLED"));
        assertThat(status(front)).isEqualTo("RUNNING");
        assertThat(status(last)).isEqualTo("QUEUED");
        assertThat(script.withdrawn.get()).isEqualTo(1);
        assertThat(row(waiting).get("started_at")).isNull();
        assertThat(row(waiting).get("cancel_asked_by")).isEqualTo(administrator.name());
        assertThat(Metadata.<String>column(
                        "select result from audit_record where details like ? order by number", "%" + waiting + "%"))
                .containsExactly("ACCEPTED", "CANCELLED");
        assertThat(Container.refused(administrator, () -> operations.cancel(waiting))
                        .code())
                .isEqualTo(ProblemCode.OperationEnded);
        held.countDown();
        await(40).until(() -> status(last).equals("SUCCEEDED"));
        assertThat(script.taken(Step.FIRST)).isEqualTo(2);
    }

    @Test
    void aRunningOneIsUndoneWhenItIsCancelledWhileItWaits() {
        UUID subject = Ids.random();
        ScriptedIT.Script script = ScriptedIT.of(subject);
        for (Duration pause : List.of(Duration.ofMillis(50), Duration.ofHours(1))) {
            script.instead.put(
                    Step.SECOND, new Outcome.Wait<>(pause, "waits", new Measure(3, 10, Measure.Unit.MEMBERS)));
            int undone = script.taken(Step.UNDO);
            UUID id = start(subject, Hold.EXCLUSIVE);
            await(40).until(() -> "waits".equals(row(id).get("doing")));
            assertThat(row(id).get("measure_done")).isEqualTo(3L);

            Callers.as(People.administrator(), () -> operations.cancel(id));

            await(10).until(() -> status(id).equals("CANCELLED"));
            assertThat(script.taken(Step.UNDO)).isEqualTo(undone + 1);
            assertThat(script.taken(Step.FORWARD)).isZero();
            assertThat(Metadata.<String>column(
                            "select step || ' ' || state from operation_step where operation_id = ? order by id", id))
                    .containsExactly("FIRST DONE", "SECOND CANCELLED", "UNDO DONE");
        }
    }

    @Test
    void oneThatIsCancelledDuringAStepEndsAfterIt() {
        UUID subject = Ids.random();
        ScriptedIT.Script script = ScriptedIT.of(subject);
        CountDownLatch held = new CountDownLatch(1);
        script.held.put(Step.SECOND, held);
        UUID id = start(subject, Hold.EXCLUSIVE);
        await(40).until(() -> script.taken(Step.SECOND) == 1);

        Callers.as(People.administrator(), () -> operations.cancel(id));
        held.countDown();

        await(10).until(() -> status(id).equals("CANCELLED"));
        assertThat(script.taken(Step.FORWARD)).isZero();
        assertThat(script.taken(Step.UNDO)).isEqualTo(1);
    }

    @Test
    void aWaitingOneSaysItsPlaceAndWhatItWaitsFor() {
        UUID subject = Ids.random();
        UUID front = insert(subject, "RUNNING", "1 hour", "1 hour");
        UUID first = insert(subject, "QUEUED", null, "1 hour");
        UUID second = insert(subject, "QUEUED", null, "1 hour");

        Map<UUID, LinePlace> places = line.places(List.of(front, first, second));

        assertThat(places)
                .containsOnlyKeys(first, second)
                .containsEntry(first, new LinePlace(1, front, "Remove server for good", true))
                .containsEntry(second, new LinePlace(2, first, "Remove server for good", false));
        OperationView view = Callers.as(People.administrator(), () -> operations.get(second));
        assertThat(view.line()).isEqualTo(places.get(second));
        assertThat(view.cancelling().possible()).isTrue();
        Metadata.change("delete from operation where subject_id = ?", subject);
    }

    @Test
    void pastThePointOfNoReturnCancellingIsRefused() {
        UUID id = insert(Ids.random(), "RUNNING", "1 hour", "1 hour");
        Metadata.change("update operation set started_at = now() where id = ?", id);

        Problem problem = Container.refused(People.administrator(), () -> operations.cancel(id));

        assertThat(problem.code()).isEqualTo(ProblemCode.OperationOnlyForward);
        assertThat(problem.message()).contains("Remove its data");
        assertThat(row(id).get("cancel_asked_at")).isNull();
    }

    @Test
    void aFailedOneGoesOnAtTheStepThatFailedUnlessItWasUndone() {
        UUID subject = Ids.random();
        ScriptedIT.Script script = ScriptedIT.of(subject);
        script.instead.put(
                Step.SECOND, new Outcome.Failed<>(Problem.of(ProblemCode.EngineNotResponding), "log", false));
        UUID id = start(subject, Hold.EXCLUSIVE);
        await(40).until(() -> status(id).equals("FAILED"));
        assertThat(row(id).get("failed_step")).isEqualTo("SECOND");
        assertThat(script.taken(Step.UNDO)).isEqualTo(1);
        script.instead.clear();

        Callers.as(People.administrator(), () -> operations.retry(id));

        await(40).until(() -> status(id).equals("SUCCEEDED"));
        assertThat(script.taken(Step.FIRST)).isEqualTo(2);
        assertThat(row(id).get("problem_code")).isNull();
        assertThat(row(id).get("retries")).isEqualTo(1);
    }

    @Test
    void whatIsMeasuredPutsTheDeadlineOff() {
        UUID subject = Ids.random();
        ScriptedIT.Script script = ScriptedIT.of(subject);
        script.instead.put(Step.FIRST, measured(1));
        UUID id = start(subject, Hold.EXCLUSIVE);
        await(40).until(() -> row(id).get("measure_done") != null);
        Metadata.change("update operation set deadline = now() + interval '10 seconds' where id = ?", id);

        script.instead.put(Step.FIRST, measured(1));
        Object before = row(id).get("deadline");
        script.instead.put(
                Step.FIRST,
                new Outcome.Wait<>(Duration.ofMillis(50), "other words", new Measure(1, 9, Measure.Unit.STEPS)));
        await(40).until(() -> "other words".equals(row(id).get("doing")));
        assertThat(row(id).get("deadline")).isEqualTo(before);
        script.instead.put(Step.FIRST, measured(2));

        await(40).until(() -> Long.valueOf(2).equals(row(id).get("measure_done")));
        assertThat(Metadata.<Boolean>value(
                        "select deadline > now() + interval '100 seconds' from operation where id = ?", id))
                .isTrue();
        script.instead.clear();
        await(40).until(() -> status(id).equals("SUCCEEDED"));
    }

    private static Outcome<Step> measured(long done) {
        return new Outcome.Wait<>(Duration.ofMillis(50), "copies", new Measure(done, 9, Measure.Unit.STEPS));
    }

    @Test
    void aLongStepKeepsItsLeaseAndNobodyTakesItAgain() {
        UUID subject = Ids.random();
        ScriptedIT.Script script = ScriptedIT.of(subject);
        CountDownLatch held = new CountDownLatch(1);
        script.held.put(Step.FIRST, held);
        UUID id = start(subject, Hold.EXCLUSIVE);
        await(40).until(() -> script.taken(Step.FIRST) == 1);
        Object first = row(id).get("lease_until");

        await(40).until(() -> !row(id).get("lease_until").equals(first));

        assertThat(script.taken(Step.FIRST)).isEqualTo(1);
        held.countDown();
        await(40).until(() -> status(id).equals("SUCCEEDED"));
        assertThat(script.taken(Step.FIRST)).isEqualTo(1);
    }

    @Test
    void onlyItsOwnNodeTakesWhatIsPinned() {
        UUID elsewhere = scripted("another home", "0");
        UUID here = scripted(nodes.home(), "0");
        runner.wake();

        await(40).until(() -> status(here).equals("SUCCEEDED"));

        assertThat(status(elsewhere)).isEqualTo("QUEUED");
        Metadata.change("delete from operation where id = ?", elsewhere);
    }

    @Test
    void nothingIsBegunBeforeItIsDueByTheDatabasesClock() {
        UUID id = scripted("", "2 seconds");
        runner.wake();

        await(40).until(() -> status(id).equals("SUCCEEDED"));

        assertThat(Metadata.<Boolean>value("select started_at >= due from operation where id = ?", id))
                .isTrue();
        assertThat(Duration.between(
                                clock.now(),
                                Metadata.<java.sql.Timestamp>value("select now()")
                                        .toInstant())
                        .abs())
                .isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aLostDatabaseCostsNoStepAndNoPlace() {
        List<UUID> begun = new ArrayList<>();
        List<ScriptedIT.Script> scripts = new ArrayList<>();
        CountDownLatch held = new CountDownLatch(1);
        for (int i = 0; i < 20; i++) {
            UUID subject = Ids.random();
            ScriptedIT.Script script = ScriptedIT.of(subject);
            script.held.put(Step.SECOND, held);
            scripts.add(script);
            begun.add(start(subject, Hold.EXCLUSIVE));
        }
        await(40)
                .until(() -> scripts.stream()
                                .filter(script -> script.taken(Step.SECOND) == 1)
                                .count()
                        == 16);

        // Whoever comes is thrown out again, for a while, and the steps end in the middle of that.
        AtomicInteger rounds = new AtomicInteger();
        await(60).until(() -> {
            Metadata.rows(
                    "select pg_terminate_backend(pid) from pg_stat_activity where usename = current_user and pid <> pg_backend_pid()");
            if (rounds.get() == 5) {
                held.countDown();
            }
            return rounds.incrementAndGet() == 40;
        });

        await(60).until(() -> begun.stream().allMatch(id -> status(id).equals("SUCCEEDED")));
        assertThat(scripts)
                .allSatisfy(script -> assertThat(script.taken(Step.SECOND)).isEqualTo(1));
        // Who asks first may still be given one of the connections that were lost.
        await(60).ignoreExceptionsInstanceOf(DatabaseException.class).until(() -> nodes.seen()
                .containsKey(nodes.home()));
        // As many places as before.
        aLongStepKeepsItsLeaseAndNobodyTakesItAgain();
        // The timekeeper has found its way back too, and does not hold up whoever stops the product now.
        String fired = "select prev_fire_time from qrtz_triggers where trigger_name = 'wake-runner'";
        long last = Metadata.<Long>value(fired);
        await(60).until(() -> Metadata.<Long>value(fired) > last);
    }

    @Test
    void whoFailsToTakeItThatAnOperationEndedKeepsItNotFromEndingAndIsToldLaterOnce() {
        UUID subject = Ids.random();
        StubbornIT.REFUSED.add(subject);
        UUID id = start(subject, Hold.EXCLUSIVE);
        UUID behind = start(subject, Hold.EXCLUSIVE);

        await(20).until(() -> status(behind).equals("SUCCEEDED"));

        assertThat(status(id)).isEqualTo("SUCCEEDED");
        assertThat(ScriptedIT.of(subject).taken(Step.FORWARD)).isEqualTo(2);
        await(20)
                .until(() -> Metadata.<String>column("select observer from operation_untold where operation_id = ?", id)
                        .equals(List.of(StubbornIT.class.getName())));
        assertThat(endsOnRecord(id)).as("the others have been told").isEqualTo(1);
        assertThat(StubbornIT.TOLD).doesNotContain(id, behind);

        StubbornIT.REFUSED.remove(subject);
        Metadata.change("update operation_untold set due = now()");

        await(20).until(() -> Metadata.count("operation_untold where operation_id in (?, ?)", id, behind) == 0);
        assertThat(StubbornIT.TOLD).containsOnlyOnce(id, behind);
        assertThat(endsOnRecord(id)).isEqualTo(1);
    }

    private static long endsOnRecord(UUID id) {
        return Metadata.count("audit_record where result = 'SUCCEEDED' and details like ?", "%" + id + "%");
    }

    private UUID start(UUID subject, Hold hold) {
        UUID id = Ids.random();
        Operation operation = new Operation();
        operation.id = id;
        operation.kind = ScriptedIT.KIND;
        operation.subjectId = subject;
        operation.subjectName = "scripted";
        operation.hold = hold;
        operation.pinnedTo = "";
        operation.step = Step.FIRST.name();
        operation.data = "{}";
        operation.requestedBy = "test";
        operation.correlationId = Ids.correlation();
        operation.action = "servers/purge";
        try {
            Container.committedAfter(() -> line.join(operation, Duration.ofMinutes(2)), () -> {});
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        runner.wake();
        return id;
    }

    private static UUID scripted(String home, String due) {
        UUID id = Ids.random();
        Metadata.change(
                "insert into operation (id, kind, subject_id, subject_name, hold, status, step, data, due, requested_at, requested_by, correlation_id, action, pinned_to) values (?, 'test-scripted', ?, 'scripted', 'EXCLUSIVE', 'QUEUED', 'FIRST', '{}', now() + cast(? as interval), now(), 'test', 'c', 'servers/purge', ?)",
                id,
                Ids.random(),
                due,
                home);
        return id;
    }

    private static Map<String, Object> row(UUID id) {
        return Metadata.rows("select * from operation where id = ?", id).get(0);
    }

    private static String status(UUID id) {
        return Metadata.value("select status from operation where id = ?", id);
    }

    private static void end(UUID id) {
        Metadata.change(
                "update operation set status = 'SUCCEEDED', ended_at = now(), lease_owner = null, lease_until = null where id = ?",
                id);
    }

    /** @param lease how long {@link #ELSEWHERE} holds it yet, or null for nobody */
    private static UUID insert(UUID subject, String status, String lease, String deadline) {
        UUID id = Ids.random();
        Metadata.change(
                "insert into operation (id, kind, subject_id, subject_name, status, step, data, due, lease_owner, lease_until, deadline, requested_at, requested_by, correlation_id, action) values (?, 'server-purge', ?, 'gone', ?, 'REMOVE', '{\"neverCreated\":true}', now() - interval '1 second', ?, now() + cast(? as interval), now() + cast(? as interval), now(), 'test', 'c', 'servers/purge')",
                id,
                subject,
                status,
                lease == null ? null : ELSEWHERE,
                lease,
                deadline);
        return id;
    }
}
