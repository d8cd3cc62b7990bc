package io.howdah.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.TestPlace;
import io.howdah.engine.Administrator;
import io.howdah.engine.Compute;
import io.howdah.engine.EngineContract;
import io.howdah.engine.Maintenance;
import io.howdah.engine.Progress;
import io.howdah.engine.Scram;
import io.howdah.engine.ServerKey;
import io.howdah.engine.Specification;
import io.howdah.engine.SqlTask;
import io.howdah.shared.ProblemCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts and upkeep on a real server: as whom they run, how they end, and what an interruption leaves. */
class SqlOnHostST {

    private static Path home;
    private static String ports;
    private static ExecutorService executor;
    private static HostSettings settings;
    private static final ServerKey KEY = new ServerKey(UUID.randomUUID());

    private HostEngine engine;
    private final UUID unit = UUID.randomUUID();

    @BeforeAll
    static void makeAServer() {
        home = TestPlace.home("sql");
        executor = Executors.newVirtualThreadPerTaskExecutor();
        int first = TestPlace.freePorts(4);
        ports = first + "-" + (first + 3);
        settings = HostSettings.fromEnvironment(Map.of("HOWDAH_HOME", home.toString(), "HOWDAH_SERVER_PORTS", ports));
        HostEngine engine = fresh();
        int major = engine.versions().getLast().major();
        Specification specification = new Specification("sql-db", major, new Compute(0.5, 256, 25), 1, List.of());
        done(() -> engine.provision(KEY, specification));
        done(() -> engine.start(KEY));
        done(() -> engine.setAdministrator(KEY, new Administrator("dbadmin", Scram.verifier(EngineContract.PASSWORD))));
    }

    @AfterAll
    static void removeIt() {
        HostEngine last = fresh();
        done(() -> last.remove(KEY));
        executor.close();
        Disk.delete(home);
    }

    @BeforeEach
    void beginAnew() {
        engine = fresh();
    }

    private static HostEngine fresh() {
        return new HostEngine(settings, executor, Clock.systemUTC());
    }

    private static Progress end(Supplier<Progress> call) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(call::get, progress -> !(progress instanceof Progress.Running));
    }

    private static void done(Supplier<Progress> call) {
        assertThat(end(call)).isInstanceOf(Progress.Done.class);
    }

    private Progress.Failed failed(SqlTask task, ProblemCode code) {
        Progress progress = end(() -> engine.runSql(KEY, unit, task));
        assertThat(progress).isInstanceOf(Progress.Failed.class);
        Progress.Failed failed = (Progress.Failed) progress;
        assertThat(failed.problem().code()).as(failed.problem().message()).isEqualTo(code);
        return failed;
    }

    private static SqlTask task(String script) {
        return Portal.task(script);
    }

    /** Runs it well and returns what it said. */
    private String run(SqlTask task) {
        UUID one = UUID.randomUUID();
        Progress progress = end(() -> engine.runSql(KEY, one, task));
        assertThat(progress).as(engine.unitOutput(KEY, one)).isInstanceOf(Progress.Done.class);
        return engine.unitOutput(KEY, one);
    }

    private String ask(String query) {
        return new ControlConnection(file()).use(Duration.ofSeconds(10), connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(query)) {
                rows.next();
                return rows.getString(1);
            }
        });
    }

    private static ServerFile file() {
        return ServerDirectories.read(directory().stateFile()).orElseThrow();
    }

    private static ServerDirectory directory() {
        return new ServerDirectory(home.resolve("servers").resolve(KEY.toString()));
    }

    private String rows(String table) {
        return ask("SELECT count(*) FROM public." + table);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RESET ROLE",
                "RESET SESSION AUTHORIZATION",
                "SET SESSION AUTHORIZATION DEFAULT",
                "SET ROLE NONE",
                "DISCARD ALL",
                "RESET ALL"
            })
    void whatAScriptTriesItStaysItsRole(String climb) {
        String said = run(task(climb + "; SELECT current_user || '/' || session_user AS am"));
        assertThat(said).contains("dbadmin/dbadmin").doesNotContain("howdah_superuser");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET ROLE howdah_superuser",
                "SET SESSION AUTHORIZATION howdah_superuser",
                "SET role = 'pg_execute_server_program'",
                "ALTER ROLE dbadmin SUPERUSER",
                "DO $$ BEGIN EXECUTE 'SET SESSION AUTHORIZATION howdah_superuser'; END $$",
                "COPY (SELECT 1) TO PROGRAM 'id'",
                "SELECT pg_reload_conf()",
                "\\! id"
            })
    void whatOnlyASuperuserMayDoIsRefused(String attempt) {
        failed(task(attempt), ProblemCode.SqlFailedRolledBack);
    }

    @Test
    void theDoorIsShutAfterwardsAndPasswordsAreAskedAsBefore() {
        run(task("SELECT 1"));
        for (String name : List.of("pg_hba.conf", "pg_ident.conf")) {
            assertThat(Disk.tail(directory().conf().resolve(name), 100_000))
                    .doesNotContain("dbadmin")
                    .contains("howdah_superuser");
        }
        assertThat(ask("SELECT count(*) FROM pg_hba_file_rules WHERE error IS NOT NULL"))
                .isEqualTo("0");
        assertThat(ask("SELECT count(*) FROM pg_hba_file_rules WHERE 'dbadmin' = ANY (user_name)"))
                .isEqualTo("0");
        assertThat(ask("SELECT count(*) FROM pg_hba_file_rules WHERE auth_method = 'scram-sha-256'"))
                .isNotEqualTo("0");
    }

    @Test
    void rolesThatMeanMoreThanThemselvesAreNotOffered() {
        run(task("CREATE ROLE app LOGIN; CREATE ROLE \"all\" LOGIN; CREATE ROLE \"+azure_pg_admin\" LOGIN;"
                + " CREATE ROLE \"/.*\" LOGIN; CREATE ROLE \"q\"\"q\" LOGIN; CREATE ROLE \"two words\" LOGIN;"
                + " CREATE ROLE grp NOLOGIN"));
        assertThat(engine.roles(KEY)).containsExactly("all", "app", "dbadmin", "two words");
        for (String role : List.of("all", "app", "two words")) {
            SqlTask asRole = new SqlTask("postgres", role, "SELECT 'I am ' || session_user", Duration.ofSeconds(20));
            assertThat(run(asRole)).contains("I am " + role);
        }
    }

    @Test
    void everythingOfAScriptIsSaid() {
        String said = run(task("""
                CREATE TABLE told (n int, word text);
                INSERT INTO told SELECT i, 'word ' || i FROM generate_series(1, 300) i;
                DO $$ BEGIN RAISE NOTICE 'hear me'; END $$;
                SELECT n, word FROM told WHERE n < 3 ORDER BY n;
                SELECT * FROM told;
                DELETE FROM told WHERE n = 1;
                """));
        assertThat(said)
                .contains("One transaction, as dbadmin in postgres.")
                .contains("[1] CREATE TABLE, ")
                .contains("[2] INSERT: 300 rows, ")
                .contains("NOTICE: hear me")
                .contains("[4] SELECT: 2 rows, ")
                .contains(" n | word\n---+--------\n 1 | word 1\n 2 | word 2\n")
                .contains("[5] SELECT: the first 200 rows, ")
                .contains("[6] DELETE: 1 row, ")
                .endsWith("Committed.\n");
    }

    @Test
    void anErrorNamesItsStatementItsLineAndItsDetails() {
        SqlTask wrong = task("CREATE TABLE key1 (n int PRIMARY KEY);\n\nINSERT INTO key1 VALUES (1),\n (1)");
        Progress.Failed failed = failed(wrong, ProblemCode.SqlFailedRolledBack);
        assertThat(failed.problem().message()).contains("Statement 2 of 2").contains("duplicate key");
        assertThat(failed.detail()).contains("23505").contains("line 3").doesNotContain("(n)=(1)");
        assertThat(engine.unitOutput(KEY, unit))
                .contains("[2] INSERT, line 3 of the script")
                .contains("DETAIL: Key (n)=(1) already exists.")
                .contains("Nothing of the script was kept.");
        assertThat(ask("SELECT to_regclass('public.key1') IS NULL")).isEqualTo("t");
    }

    @Test
    void whatCannotBeOneTransactionRunsStatementByStatement() {
        assertThat(run(task("CREATE TABLE swept (n int); VACUUM (VERBOSE) swept; SELECT 1")))
                .startsWith("Statement by statement, as dbadmin in postgres: VACUUM")
                .contains("INFO: ")
                .contains("[3] SELECT: 1 row");
        Progress.Failed failed =
                failed(task("CREATE TABLE part (n int); VACUUM part; SELECT nonsense"), ProblemCode.SqlFailedPartly);
        assertThat(failed.problem().message()).contains("Statement 3 of 3");
        assertThat(rows("part")).isEqualTo("0");
    }

    @Test
    void aStatementThatPostgresAloneKnowsToStandAloneIsRunSo() {
        run(task("""
                CREATE TABLE split (n int) PARTITION BY RANGE (n);
                CREATE TABLE split1 PARTITION OF split FOR VALUES FROM (0) TO (10);
                CREATE INDEX split_n ON split (n);
                CREATE TABLE tries (n int);
                """));
        String said = run(task("INSERT INTO tries VALUES (1); REINDEX TABLE split"));
        assertThat(said).contains("begun anew statement by statement: REINDEX can't be part of a transaction.");
        assertThat(rows("tries")).isEqualTo("1");
    }

    @Test
    void aTransactionThatTheScriptLeavesOpenIsNotTakenForSuccess() {
        failed(task("BEGIN; CREATE TABLE open1 (n int)"), ProblemCode.SqlTransactionLeftOpen);
        assertThat(ask("SELECT to_regclass('public.open1') IS NULL")).isEqualTo("t");
        run(task("BEGIN; CREATE TABLE closed1 (n int); COMMIT"));
        assertThat(rows("closed1")).isEqualTo("0");
    }

    @Test
    void aScriptThatLiftsItsOwnLimitAndSwallowsTheCancelIsEndedAllTheSame() {
        SqlTask stubborn = new SqlTask("postgres", "dbadmin", """
                SET statement_timeout = 0;
                DO $$ BEGIN LOOP BEGIN PERFORM pg_sleep(300); EXCEPTION WHEN query_canceled THEN NULL; END; END LOOP; END $$
                """, Duration.ofSeconds(1));
        failed(stubborn, ProblemCode.WorkTimedOut);
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> sessions() == 0);
    }

    private int sessions() {
        return Integer.parseInt(ask("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'howdah sql'"));
    }

    /** Scripts whose sleep has begun: whatever is to be on disk before it is there. */
    private int sleeping() {
        return Integer.parseInt(ask("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'howdah sql'"
                + " AND state = 'active' AND query LIKE '%pg_sleep%'"));
    }

    @Test
    void aFloodOfNoticesAndRowsIsBounded() {
        String said = run(task("DO $$ BEGIN FOR i IN 1..20000 LOOP RAISE NOTICE 'flood % %', i, repeat('x', 100); END"
                + " LOOP; END $$; SELECT repeat('y', 1000000) FROM generate_series(1, 20)"));
        assertThat(said)
                .hasSizeLessThan(UnitOutput.LIMIT + 1000)
                .contains("not kept")
                .endsWith("Committed.\n");
    }

    private static void awaitLine(Process portal, String line) throws IOException {
        BufferedReader output = portal.inputReader();
        String read = output.readLine();
        while (read != null && !read.equals(line)) {
            read = output.readLine();
        }
        assertThat(read).isEqualTo(line);
    }

    private Process portalRunning(String script) throws IOException {
        Process portal = Portal.begin(home, ports, KEY, 0, script);
        awaitLine(portal, "begun");
        return portal;
    }

    private void kill(Process portal) throws InterruptedException {
        portal.destroyForcibly().waitFor();
        engine = fresh();
    }

    private void forget() {
        done(() -> engine.forgetUnit(KEY, Portal.UNIT));
    }

    @Test
    void aPortalKilledWhileAScriptRunsLeavesNothingAndTheNextRunsItOnce() throws Exception {
        run(task("CREATE TABLE exactly (n int)"));
        String script = "INSERT INTO exactly VALUES (1); SELECT pg_sleep(3)";
        Process portal = portalRunning(script);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> sleeping() == 1);
        kill(portal);
        done(() -> engine.runSql(KEY, Portal.UNIT, task(script)));
        assertThat(engine.unitOutput(KEY, Portal.UNIT))
                .contains("nothing of it was kept")
                .endsWith("Committed.\n");
        assertThat(rows("exactly")).isEqualTo("1");
        done(() -> engine.runSql(KEY, Portal.UNIT, task(script)));
        assertThat(rows("exactly")).isEqualTo("1");
        forget();
    }

    /** The worst moment: PostgreSQL has committed and nobody has heard. */
    @Test
    void aScriptThatWasCommittedWithoutAnybodyHearingIsNotRunAgain() throws Exception {
        run(task("CREATE TABLE unheard (n int)"));
        UnitFiles files = new UnitFiles(directory());
        done(() -> engine.runSql(KEY, unit, task("INSERT INTO unheard VALUES (1)")));
        UnitFile ended = files.find(unit).orElseThrow();
        assertThat(ended.transaction()).isNotNull();
        files.take(unit, ended.at(1));
        engine = fresh();
        done(() -> engine.runSql(KEY, unit, task("INSERT INTO unheard VALUES (1)")));
        assertThat(engine.unitOutput(KEY, unit)).contains("its transaction was committed");
        assertThat(rows("unheard")).isEqualTo("1");
    }

    @Test
    void aTransactionThatPostgresNoLongerKnowsIsSaidToBeUnknown() {
        UnitFiles files = new UnitFiles(directory());
        done(() -> engine.runSql(KEY, unit, task("SELECT 1")));
        UnitFile ended = files.find(unit).orElseThrow();
        files.take(unit, ended.running("99999999999", ended.backend(), ended.backendSince(), 1));
        engine = fresh();
        failed(task("SELECT 1"), ProblemCode.SqlOutcomeUnknown);
    }

    @Test
    void aPortalKilledInAScriptThatIsNoTransactionSaysWhereItWas() throws Exception {
        run(task("CREATE TABLE steps (n int)"));
        String script = "INSERT INTO steps VALUES (1); VACUUM steps; SELECT pg_sleep(30); INSERT INTO steps VALUES (2)";
        Process portal = portalRunning(script);
        UnitFiles files = new UnitFiles(directory());
        Awaitility.await().until(() -> files.find(Portal.UNIT)
                .filter(known -> known.statement() == 3)
                .isPresent());
        kill(portal);
        Progress progress = end(() -> engine.runSql(KEY, Portal.UNIT, task(script)));
        assertThat(((Progress.Failed) progress).problem().code()).isEqualTo(ProblemCode.SqlInterrupted);
        assertThat(((Progress.Failed) progress).problem().message()).contains("statement 3 of 4");
        assertThat(rows("steps")).isEqualTo("1");
        assertThat(sessions()).isZero();
        forget();
    }

    @Test
    void aScriptWhosePortalDiedIsEndedByTheServerWithoutAnybodyAsking() throws Exception {
        Process portal = portalRunning("SELECT pg_sleep(50)");
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> sleeping() == 1);
        kill(portal);
        // It looks every 2 s whether its client is still there.
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> sessions() == 0);
        done(() -> engine.cancelUnit(KEY, Portal.UNIT));
        assertThat(end(() -> engine.runSql(KEY, Portal.UNIT, task("SELECT 1"))))
                .isInstanceOfSatisfying(
                        Progress.Failed.class,
                        failed -> assertThat(failed.problem().code()).isEqualTo(ProblemCode.WorkCancelled));
        forget();
    }

    @Test
    void aServerKilledWhileAScriptRunsRollsItBackAndThatIsSaid() {
        run(task("CREATE TABLE lost (n int)"));
        SqlTask slow = task("INSERT INTO lost VALUES (1); SELECT pg_sleep(50)");
        assertThat(engine.runSql(KEY, unit, slow)).isInstanceOf(Progress.Running.class);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> sleeping() == 1);
        directory().postgres().process().orElseThrow().kill();
        failed(slow, ProblemCode.SqlRolledBack);
        assertThat(rows("lost")).isEqualTo("0");
    }

    @Test
    void aServerCanBeStoppedWhileAScriptRuns() {
        SqlTask slow = task("SELECT pg_sleep(50)");
        assertThat(engine.runSql(KEY, unit, slow)).isInstanceOf(Progress.Running.class);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> sleeping() == 1);
        long begun = System.nanoTime();
        Instant asked = Instant.now();
        done(() -> engine.restart(KEY, asked));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
        failed(slow, ProblemCode.SqlRolledBack);
    }

    @Test
    void whatAScriptSaysStandsInNoLogOfOurs() throws IOException {
        run(task("SELECT 'Tulip-Secret-4711' AS word"));
        for (Path found : List.of(directory().conf(), directory().log())) {
            try (var files = Files.walk(found)) {
                assertThat(files.filter(Files::isRegularFile).toList())
                        .allSatisfy(
                                log -> assertThat(Disk.tail(log, 10_000_000)).doesNotContain("Tulip-Secret"));
            }
        }
        assertThat(task("SELECT 'Tulip-Secret-4711'").toString()).doesNotContain("Tulip");
    }

    @Test
    void upkeepSaysWhatItDoesAndCanBeCancelled() {
        run(task("CREATE TABLE big (n int); INSERT INTO big SELECT generate_series(1, 1000); CREATE INDEX ON big (n)"));
        UUID analyze = UUID.randomUUID();
        Maintenance work = new Maintenance(Maintenance.Kind.VACUUM_ANALYZE, List.of("postgres"), Duration.ofMinutes(1));
        done(() -> engine.maintain(KEY, analyze, work));
        assertThat(engine.unitOutput(KEY, analyze))
                .contains("postgres:")
                .contains("VACUUM")
                .contains("public.big");
        // Somebody holds the table, so that the upkeep has to wait and can be looked at.
        UUID holding = UUID.randomUUID();
        SqlTask hold = task("LOCK TABLE big IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(40)");
        assertThat(engine.runSql(KEY, holding, hold)).isInstanceOf(Progress.Running.class);
        Maintenance reindex = new Maintenance(Maintenance.Kind.REINDEX, List.of("postgres"), Duration.ofMinutes(1));
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> engine.maintain(KEY, unit, reindex) instanceof Progress.Running running
                        && running.doing().contains("Database 1 of 1, postgres")
                        && running.doing().contains("public.big"));
        done(() -> engine.cancelUnit(KEY, unit));
        Progress progress = end(() -> engine.maintain(KEY, unit, reindex));
        assertThat(((Progress.Failed) progress).problem().code()).isEqualTo(ProblemCode.WorkCancelled);
        Awaitility.await()
                .until(() -> ask("SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'howdah maint%'")
                        .equals("0"));
        done(() -> engine.cancelUnit(KEY, holding));
    }
}
