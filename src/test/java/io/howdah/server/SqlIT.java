package io.howdah.server;

import static io.howdah.container.Container.await;
import static io.howdah.container.Container.refused;
import static io.howdah.container.SharedServer.ask;
import static io.howdah.container.SharedServer.ended;
import static io.howdah.container.SharedServer.owner;
import static io.howdah.container.SharedServer.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.container.Container;
import io.howdah.container.Metadata;
import io.howdah.container.People;
import io.howdah.container.SharedServer;
import io.howdah.container.Wanted;
import io.howdah.engine.Maintenance;
import io.howdah.engine.SqlTask;
import io.howdah.operation.OperationService;
import io.howdah.operation.OperationStatus;
import io.howdah.operation.OperationView;
import io.howdah.schedule.ScheduledAction;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.StandingJob;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Scripts and upkeep on a real server, from the services' side and from that of a timetable. */
@ExtendWith(ArquillianExtension.class)
class SqlIT {

    @Inject
    private SqlService sql;

    @Inject
    private DatabaseService databases;

    @Inject
    private ServerService servers;

    @Inject
    private OperationService operations;

    @Inject
    @Any
    private Instance<ScheduledAction> actions;

    @Inject
    @Any
    private Instance<StandingJob> jobs;

    private static SqlTask task(String script) {
        return new SqlTask("shop", Wanted.LOGIN, script, Duration.ofSeconds(60));
    }

    private String said(UUID operation) {
        return Callers.as(owner(), () -> operations.output(operation));
    }

    private ScheduledAction action(String code) {
        return actions.stream()
                .filter(one -> one.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aScriptRunsOnceAndItsOutputIsForThoseWhoMightHaveRunIt() throws Exception {
        UUID id = SharedServer.id();
        UUID operation = ask(() -> sql.run(id, task("SELECT 'Tulip-Secret' AS word, session_user")));
        succeeded(operation);
        assertThat(said(operation))
                .contains("Tulip-Secret")
                .contains(Wanted.LOGIN)
                .endsWith("Committed.\n");
        Caller reader = People.member("Reader", SharedServer.team());
        assertThat(refused(reader, () -> operations.output(operation)).code()).isEqualTo(ProblemCode.AccessDenied);
        assertThat(Callers.as(reader, () -> operations.hasOutput(operation))).isFalse();
        assertThat(Callers.as(reader, () -> action("sql-run").output(operation)))
                .isNull();
        Caller operator = People.member("Operator", SharedServer.team());
        assertThat(Callers.as(operator, () -> action("sql-run").output(operation)))
                .contains("Tulip-Secret");
    }

    @Test
    void nothingOfAScriptStandsInRecordsOrInTheOperationOnceItHasSucceeded() throws Exception {
        UUID id = SharedServer.id();
        UUID operation = ask(() -> sql.run(id, task("SELECT 'Daffodil-Secret'")));
        succeeded(operation);
        Map<String, Object> record = Metadata.rows(
                        "select details from audit_record where action = 'sql/run' and result = 'ACCEPTED' and correlation_id = ?",
                        Callers.as(owner(), () -> operations.get(operation)).correlationId())
                .get(0);
        assertThat((String) record.get("details"))
                .contains("sha256")
                .contains("\"characters\":\"24\"")
                .doesNotContain("Daffodil");
        assertThat(Metadata.count("audit_record where details like '%Daffodil%'"))
                .isZero();
        assertThat(Metadata.count("operation where data like '%Daffodil%' or detail like '%Daffodil%'"))
                .isZero();
    }

    @Test
    void aFailedScriptSaysWhyAndKeepsItsOutput() throws Exception {
        UUID id = SharedServer.id();
        UUID operation = ask(() -> sql.run(id, task("SELECT 'so far'; SELECT 1/0")));
        OperationView view = ended(operation);
        assertThat(view.status()).isEqualTo(OperationStatus.FAILED);
        assertThat(view.problem().code()).isEqualTo(ProblemCode.SqlFailedRolledBack);
        assertThat(view.problem().message()).contains("Statement 2 of 2").contains("division by zero");
        assertThat(said(operation)).contains("so far").contains("Nothing of the script was kept.");

        UUID again = ask(() -> operations.retry(operation));
        assertThat(ended(again).status()).isEqualTo(OperationStatus.FAILED);
    }

    /** A retry is a run of its own: the engine must not take the failure it remembers for the answer. */
    @Test
    void aRetriedScriptIsRunAgain() throws Exception {
        UUID id = SharedServer.id();
        UUID operation = ask(() -> sql.run(id, task("SELECT count(*) FROM later")));
        assertThat(ended(operation).status()).isEqualTo(OperationStatus.FAILED);
        try (Connection connection = SharedServer.connect(
                        SharedServer.view(id).endpoints().directPort(), "shop", SharedServer.password());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE later (n int)");
        }
        succeeded(ask(() -> operations.retry(operation)));
        assertThat(said(operation)).contains("[1] SELECT: 1 row").doesNotContain("ERROR");
    }

    @Test
    void whatCannotRunIsRefusedBeforeAnythingBegins() throws Exception {
        UUID id = SharedServer.id();
        // Of a server that does not answer just now its databases and roles are not known.
        await(30).until(() -> SharedServer.view(id).state() == ServerState.READY);
        Map<SqlTask, ProblemCode> wrong = Map.of(
                new SqlTask("nowhere", Wanted.LOGIN, "SELECT 1", Duration.ofSeconds(5)), ProblemCode.DatabaseNotFound,
                new SqlTask("shop", "howdah_superuser", "SELECT 1", Duration.ofSeconds(5)),
                        ProblemCode.SqlRoleNotAllowed,
                new SqlTask("shop", Wanted.LOGIN, " ", Duration.ofSeconds(5)), ProblemCode.ScriptEmpty,
                new SqlTask("shop", Wanted.LOGIN, "SELECT 1", Duration.ofHours(7)), ProblemCode.TimeoutOutOfRange);
        wrong.forEach((task, code) -> {
            assertThat(refused(owner(), () -> sql.run(id, task)).code()).isEqualTo(code);
            assertThat(Callers.as(owner(), () -> sql.check(id, task)).map(Problem::code))
                    .contains(code);
        });
        assertThat(Callers.as(owner(), () -> sql.check(id, task("SELECT 1")))).isEmpty();
        assertThat(Callers.as(owner(), () -> sql.roles(id)))
                .contains(Wanted.LOGIN)
                .doesNotContain("howdah_superuser");
    }

    @Test
    void aReadOnlyLockForbidsSqlAndReindexAndNothingElse() throws Exception {
        UUID id = SharedServer.id();
        UUID lock = Callers.as(
                owner(), () -> servers.addLock(id, LockKind.READ_ONLY, "").id());
        try {
            assertThat(refused(owner(), () -> sql.run(id, task("SELECT 1"))).code())
                    .isEqualTo(ProblemCode.ServerLocked);
            assertThat(refused(owner(), () -> databases.maintain(id, upkeep(Maintenance.Kind.REINDEX)))
                            .code())
                    .isEqualTo(ProblemCode.ServerLocked);
            succeeded(ask(() -> databases.maintain(id, upkeep(Maintenance.Kind.ANALYZE))));
        } finally {
            Callers.as(owner(), () -> servers.removeLock(id, lock));
        }
    }

    private static Maintenance upkeep(Maintenance.Kind kind) {
        return new Maintenance(kind, List.of(), Duration.ofMinutes(5));
    }

    @Test
    void databasesAreMaintainedAndWhatWasSaidIsKept() throws Exception {
        UUID id = SharedServer.id();
        UUID operation = ask(() -> databases.maintain(id, upkeep(Maintenance.Kind.VACUUM_ANALYZE)));
        succeeded(operation);
        assertThat(said(operation)).contains("postgres:").contains("shop:").contains("VACUUM");
    }

    @Test
    void aTimetableRunsThemInThePersonsName() throws Exception {
        UUID id = SharedServer.id();
        Caller operator = People.member("Operator", SharedServer.team());
        Map<String, String> script =
                Map.of("database", "shop", "role", Wanted.LOGIN, "script", "SELECT 'on time'", "timeout", "30");
        ScheduledAction run = action("sql-run");
        assertThat(Callers.as(operator, () -> run.check(id, script))).isEmpty();
        Map<String, String> endless =
                Map.of("database", "shop", "role", Wanted.LOGIN, "script", "SELECT 1", "timeout", "soon");
        Optional<Problem> problem = Callers.as(operator, () -> run.check(id, endless));
        assertThat(problem.map(Problem::field)).contains("timeout");
        UUID[] begun = new UUID[1];
        Container.committedAfter(
                () -> begun[0] = run.begin(id, script, People.again(operator), UUID.randomUUID()), () -> {});
        succeeded(begun[0]);
        assertThat(said(begun[0])).contains("on time");
        assertThat(Callers.as(owner(), () -> operations.get(begun[0])).requestedBy())
                .isEqualTo(operator.name());

        ScheduledAction maintain = action("databases-maintain");
        Map<String, String> vacuum = Map.of("kind", "vacuum-analyze", "databases", "shop\n postgres \n");
        assertThat(Callers.as(operator, () -> maintain.check(id, vacuum))).isEmpty();
        assertThat(Callers.as(operator, () -> maintain.check(id, Map.of("kind", "dust")))
                        .map(Problem::field))
                .contains("kind");
        Container.committedAfter(
                () -> begun[0] = maintain.begin(id, vacuum, People.again(operator), UUID.randomUUID()), () -> {});
        succeeded(begun[0]);
    }

    @Test
    void outputsGoAfterThirtyDays() throws Exception {
        UUID id = SharedServer.id();
        UUID operation = ask(() -> sql.run(id, task("SELECT 1")));
        succeeded(operation);
        StandingJob housekeeping = jobs.stream()
                .filter(job -> job.name().equals("housekeeping"))
                .findFirst()
                .orElseThrow();
        Metadata.change(
                "update operation_output set at = now() - interval '29 days' where operation_id = ?", operation);
        housekeeping.run();
        assertThat(said(operation)).isNotNull();
        Metadata.change(
                "update operation_output set at = now() - interval '31 days' where operation_id = ?", operation);
        housekeeping.run();
        assertThat(said(operation)).isNull();
        assertThat(Metadata.count("operation where id = ?", operation)).isEqualTo(1);
    }
}
