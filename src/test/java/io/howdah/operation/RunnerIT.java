package io.howdah.operation;

import static io.howdah.container.Container.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.howdah.container.Container;
import io.howdah.container.Metadata;
import io.howdah.container.Product;
import io.howdah.shared.Ids;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.Archive;
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
    private Runner runner;

    @Deployment
    static Archive<?> product() {
        return Product.archive();
    }

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
            Callable<List<UUID>> claimant = () -> {
                start.countDown();
                start.await(30, TimeUnit.SECONDS);
                List<UUID> mine = new ArrayList<>();
                List<UUID> more = table.claim(owner, 3);
                while (!more.isEmpty()) {
                    mine.addAll(more);
                    more = table.claim(owner, 3);
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
        UUID id = insert(Ids.random(), "RUNNING", "1 hour", "1 hour");
        assertThat(table.begin(id, ELSEWHERE)).isPresent();
        Metadata.change("update operation set lease_owner = 'test:new' where id = ?", id);
        Map<String, Object> before =
                Metadata.rows("select * from operation where id = ?", id).get(0);

        assertThat(table.begin(id, ELSEWHERE)).isEqualTo(Optional.empty());
        assertThat(table.next(id, ELSEWHERE, "FORGET")).isFalse();
        table.again(id, ELSEWHERE, Duration.ZERO, "late", true);
        table.finish(id, ELSEWHERE, null, null);

        assertThat(Metadata.rows("select * from operation where id = ?", id).get(0))
                .isEqualTo(before);
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
