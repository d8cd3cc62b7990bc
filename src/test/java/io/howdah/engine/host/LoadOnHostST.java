package io.howdah.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.howdah.TestPlace;
import io.howdah.engine.Administrator;
import io.howdah.engine.BackupEngine;
import io.howdah.engine.BackupKind;
import io.howdah.engine.BackupTask;
import io.howdah.engine.Compute;
import io.howdah.engine.DatabaseInfo;
import io.howdah.engine.EngineContract;
import io.howdah.engine.LoadTask;
import io.howdah.engine.Progress;
import io.howdah.engine.RestoreSource;
import io.howdah.engine.RestoreTarget;
import io.howdah.engine.SchemaInfo;
import io.howdah.engine.Scram;
import io.howdah.engine.ServerKey;
import io.howdah.engine.Specification;
import io.howdah.engine.TableName;
import io.howdah.shared.ProblemCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Databases and tables of a copy come into the server beside what is there, and never in place of it. All tests share one
 * server and one copy of it, as it was before tables were lost; each takes tables of its own out of the copy.
 */
class LoadOnHostST {

    private static final ServerKey SOURCE = new ServerKey(UUID.randomUUID());
    private static final ServerKey COPY = new ServerKey(UUID.randomUUID());
    private static final String LOST =
            "SELECT count(*) || ' ' || md5(string_agg(l::text, ',' ORDER BY n)) FROM %s.lost l";

    /** Everything in the database but what is brought over, down to where and when each row was written. */
    private static final String THEIRS = """
            SELECT concat((SELECT string_agg(concat_ws(' ', c.oid, relname, relnamespace, relowner, relfilenode, relacl), ','
                                             ORDER BY c.oid)
                             FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
                            WHERE c.oid >= 16384 AND nspname IN ('public', 'kept') AND relname IN
                                  ('kind', 'kind_pkey', 'other', 'other_pkey', 'other_n_seq', 'other_t', 'older')),
                          (SELECT string_agg(concat_ws(' ', oid, typname, typnamespace), ',' ORDER BY oid)
                             FROM pg_type WHERE typname IN ('mood', '_mood', 'other', 'kind', 'older')),
                          (SELECT string_agg(concat_ws(' ', k.ctid, k.xmin, k), ',' ORDER BY k) FROM public.kind k),
                          (SELECT string_agg(concat_ws(' ', o.ctid, o.xmin, o), ',' ORDER BY n) FROM kept.other o),
                          (SELECT count(*) FROM public.older), (SELECT last_value FROM kept.other_n_seq))
            """;

    private static Path home;
    private static ExecutorService executor;
    private static HostSettings settings;
    private static BackupEngine backups;
    private static HostEngine engine;
    private static String lost;

    private String theirs;

    @BeforeAll
    static void loseTables() {
        home = TestPlace.home("load");
        executor = Executors.newVirtualThreadPerTaskExecutor();
        int first = TestPlace.freePorts(8);
        settings = HostSettings.fromEnvironment(Map.of(
                "HOWDAH_HOME",
                home.toString(),
                "HOWDAH_SERVER_PORTS",
                first + "-" + (first + 7),
                "HOWDAH_BACKGROUND_SHARE",
                "100"));
        engine = fresh();
        backups = engine.backups().orElseThrow();
        Specification specification = new Specification(
                "orders-db", engine.versions().getLast().major(), new Compute(0.5, 256, 25), 1, List.of());
        done(() -> engine.provision(SOURCE, specification));
        done(() -> engine.start(SOURCE));
        done(() ->
                engine.setAdministrator(SOURCE, new Administrator("dbadmin", Scram.verifier(EngineContract.PASSWORD))));
        for (String database : List.of("shop", "archive")) {
            done(() -> engine.createDatabase(SOURCE, database, "dbadmin"));
        }
        run("shop", """
                CREATE TYPE public.mood AS ENUM ('fine', 'bad');
                CREATE TYPE public.rank AS ENUM ('high', 'low');
                CREATE DOMAIN public.ranks AS public.rank[] CHECK (cardinality(VALUE) < 5);
                CREATE TABLE public.kind (k int PRIMARY KEY);
                INSERT INTO public.kind SELECT generate_series(1, 3);
                CREATE TABLE public.lost (n serial PRIMARY KEY, k int REFERENCES public.kind, t text, m public.mood);
                CREATE INDEX lost_t ON public.lost (t);
                CREATE STATISTICS public.lost_s ON k, t FROM public.lost;
                INSERT INTO public.lost (k, t, m)
                SELECT n % 3 + 1, repeat('x', n % 50), 'fine' FROM generate_series(1, 5000) n;
                CREATE VIEW public.lately AS SELECT * FROM public.lost;
                CREATE TABLE public.parent (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, r public.ranks);
                CREATE TABLE public.child (id int PRIMARY KEY, parent int REFERENCES public.parent);
                INSERT INTO public.parent (r) VALUES ('{high,low}'), ('{low}');
                INSERT INTO public.child VALUES (1, 1), (2, 2);
                CREATE TABLE public.older (a int);
                CREATE TABLE public.newer () INHERITS (public.older);
                INSERT INTO public.newer VALUES (7);
                CREATE TABLE public.measured (day int, v int) PARTITION BY RANGE (day);
                CREATE TABLE public.measured_1 PARTITION OF public.measured FOR VALUES FROM (1) TO (10);
                INSERT INTO public.measured VALUES (1, 11), (2, 22);
                CREATE TABLE public.first (n int PRIMARY KEY);
                CREATE TABLE public.second (n int PRIMARY KEY);
                CREATE TABLE public.third (n int PRIMARY KEY);
                CREATE TABLE public.fourth (n int);
                INSERT INTO public.third VALUES (3)
                """);
        lost = ask("shop", LOST.formatted("public"));
        done(() -> backups.enable(SOURCE));
        UUID unit = UUID.randomUUID();
        done(() -> backups.backUp(SOURCE, unit, new BackupTask(BackupKind.FULL, Map.of())));
        String label = backups.catalogue(SOURCE).backups().getLast().label();
        done(() -> backups.restore(COPY, specification, new RestoreSource(SOURCE, new RestoreTarget.Backup(label))));
        done(() -> backups.recover(COPY));
        run("shop", """
                DROP TABLE public.lost CASCADE;
                DROP TABLE public.child, public.parent, public.newer, public.measured, public.first, public.second,
                           public.third, public.fourth;
                DROP DOMAIN public.ranks;
                DROP TYPE public.rank
                """);
        for (String database : List.of("shop", "archive")) {
            run(database, """
                    CREATE SCHEMA kept AUTHORIZATION dbadmin;
                    CREATE SCHEMA closed;
                    CREATE TABLE kept.other (n serial PRIMARY KEY, t text);
                    CREATE INDEX other_t ON kept.other (t);
                    INSERT INTO kept.other (t) VALUES ('a'), ('b')
                    """);
        }
    }

    @AfterAll
    static void removeIt() {
        engine.servers().forEach(left -> done(() -> engine.remove(left)));
        backups.repositories().forEach(left -> done(() -> backups.forget(left)));
        executor.close();
        Disk.delete(home);
    }

    @BeforeEach
    void lookAtWhatIsTheirs() {
        theirs = ask("shop", THEIRS);
    }

    @AfterEach
    void nothingOfTheirsHasChangedAndNothingUnfinishedIsLeft() {
        assertThat(ask("shop", THEIRS)).isEqualTo(theirs);
        for (String database : List.of("shop", "archive")) {
            assertThat(ask(database, "SELECT count(*) FROM pg_namespace WHERE nspname ~ 'howdah'"))
                    .isEqualTo("0");
        }
        assertThat(databases()).noneMatch(name -> name.contains("howdah"));
    }

    private static HostEngine fresh() {
        return new HostEngine(settings, executor, Clock.systemUTC());
    }

    private static Progress end(Supplier<Progress> call) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(5))
                .until(call::get, progress -> !(progress instanceof Progress.Running));
    }

    private static void done(Supplier<Progress> call) {
        assertThat(end(call)).isInstanceOf(Progress.Done.class);
    }

    private static void failed(Supplier<Progress> call, ProblemCode code) {
        assertThat(end(call)).isInstanceOfSatisfying(Progress.Failed.class, failed -> assertThat(
                        failed.problem().code())
                .isEqualTo(code));
    }

    private static ServerFile file() {
        return ServerDirectories.read(directory().stateFile()).orElseThrow();
    }

    private static ServerDirectory directory() {
        return new ServerDirectory(home.resolve("servers").resolve(SOURCE.toString()));
    }

    private static Connection connect(String database) throws SQLException {
        return TableMove.connect(file(), database);
    }

    private static void run(String database, String statements) {
        ask(database, statements, false);
    }

    private static String ask(String database, String query) {
        return ask(database, query, true);
    }

    private static String ask(String database, String query, boolean answer) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(query);
            ResultSet rows = statement.getResultSet();
            return answer && rows.next() ? rows.getString(1) : null;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> databases() {
        return engine.databases(SOURCE).stream().map(DatabaseInfo::name).toList();
    }

    private static LoadTask tables(String into, String schema, boolean existing, String... names) {
        List<TableName> tables =
                Stream.of(names).map(name -> new TableName("public", name)).toList();
        return new LoadTask(COPY, "shop", tables, into, schema, existing, "dbadmin");
    }

    private static LoadTask database(String into) {
        return new LoadTask(COPY, "shop", List.of(), into, null, false, "dbadmin");
    }

    private static void bring(UUID unit, LoadTask task) {
        done(() -> backups.load(SOURCE, unit, task));
        done(() -> backups.place(SOURCE, unit, task));
    }

    private static void placeAnew(UUID unit, LoadTask task) {
        BackupEngine next = fresh().backups().orElseThrow();
        done(() -> next.place(SOURCE, unit, task));
    }

    private static void refused(LoadTask task, ProblemCode code) {
        UUID unit = UUID.randomUUID();
        failed(() -> backups.load(SOURCE, unit, task), code);
    }

    @Test
    void tablesComeBackToWhereTheyWereBesideWhatHasStayed() {
        UUID unit = UUID.randomUUID();
        LoadTask task = tables("shop", "public", true, "lost");
        done(() -> backups.load(SOURCE, unit, task));
        assertThat(ask(
                        "shop",
                        "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
                                + " WHERE relname = 'lost' AND nspname <> '" + LoadTarget.name(unit) + "'"))
                .as("visible before its time")
                .isEqualTo("0");
        done(() -> backups.place(SOURCE, unit, task));
        placeAnew(unit, task);
        assertThat(ask("shop", LOST.formatted("public"))).isEqualTo(lost);
        assertThat(engine.unitOutput(SOURCE, unit))
                .contains("public.lost\n", "Without foreign key lost_k_fkey of public.lost")
                .endsWith("The tables are in the schema \"public\" of the database \"shop\".\n");
        assertThat(ask("shop", "SELECT tableowner FROM pg_tables WHERE tablename = 'lost'"))
                .isEqualTo("dbadmin");
        assertThat(ask("shop", "SELECT string_agg(indexname, ' ' ORDER BY 1) FROM pg_indexes WHERE tablename = 'lost'"))
                .isEqualTo("lost_pkey lost_t");
        assertThat(ask("shop", "SELECT stxnamespace::regnamespace FROM pg_statistic_ext WHERE stxname = 'lost_s'"))
                .isEqualTo("public");
        assertThat(ask(
                        "shop",
                        "SELECT atttypid::regtype FROM pg_attribute WHERE attrelid = 'public.lost'::regclass"
                                + " AND attname = 'm'"))
                .isEqualTo("public.mood");
        assertThat(ask("shop", "INSERT INTO public.lost (k) VALUES (1) RETURNING n"))
                .isEqualTo("5001");
        assertThat(ask("shop", "SELECT count(*) FROM pg_class WHERE relname = 'lately'"))
                .isEqualTo("0");

        // People have begun to use them: what is taken back too late stays.
        done(() -> backups.unload(SOURCE, unit, task));
        assertThat(ask("shop", "SELECT count(*) FROM public.lost")).isEqualTo("5001");
        assertThat(engine.unitOutput(SOURCE, unit)).contains("and stays");
        refused(tables("shop", "public", true, "lost"), ProblemCode.NamesTaken);
        assertThat(ask("shop", "SELECT count(*) FROM public.lost")).isEqualTo("5001");
    }

    @Test
    void tablesComeIntoAnotherDatabaseWithTheirTypesAndTheKeysAmongThem() {
        UUID unit = UUID.randomUUID();
        bring(unit, tables("archive", "kept", true, "parent", "child", "measured"));
        assertThat(ask(
                        "archive",
                        "SELECT string_agg(concat(c.id, p.r), ' ' ORDER BY c.id) FROM kept.child c"
                                + " JOIN kept.parent p ON p.id = c.parent"))
                .isEqualTo("1{high,low} 2{low}");
        assertThat(ask(
                        "archive",
                        "SELECT string_agg(typname, ' ' ORDER BY typname) FROM pg_type"
                                + " WHERE typnamespace = 'kept'::regnamespace AND typtype IN ('e', 'd')"))
                .isEqualTo("rank ranks");
        assertThat(ask("archive", "INSERT INTO kept.parent (r) VALUES ('{high}') RETURNING id"))
                .isEqualTo("3");
        assertThatThrownBy(() -> run("archive", "INSERT INTO kept.child VALUES (3, 9)"))
                .hasMessageContaining("child_parent_fkey");
        assertThat(ask("archive", "SELECT sum(v) FROM kept.measured")).isEqualTo("33");
        assertThat(ask("archive", "SELECT string_agg(t, '' ORDER BY n) FROM kept.other"))
                .isEqualTo("ab");
    }

    @Test
    void aTableInASchemaOfItsOwnDoesNotJoinTheFamilyThatItHadThen() {
        UUID unit = UUID.randomUUID();
        bring(unit, tables("shop", "restored", false, "newer"));
        assertThat(ask("shop", "SELECT a FROM restored.newer")).isEqualTo("7");
        assertThat(ask("shop", "SELECT nspowner::regrole FROM pg_namespace WHERE nspname = 'restored'"))
                .isEqualTo("dbadmin");
        assertThat(ask("shop", "SELECT count(*) FROM pg_inherits WHERE inhparent = 'public.older'::regclass"))
                .isEqualTo("0");
    }

    @Test
    void whatIsThereIsRefusedBeforeTheCopyIsTouched() {
        assertThat(backups.schemas(SOURCE, "shop", "dbadmin"))
                .contains(
                        new SchemaInfo("closed", false), new SchemaInfo("kept", true), new SchemaInfo("public", true));
        assertThat(backups.taken(SOURCE, "shop", "kept", List.of("other", "third", "other_t")))
                .containsExactly("other", "other_t");
        refused(tables("shop", "public", true, "kind"), ProblemCode.NamesTaken);
        refused(tables("shop", "nowhere", true, "third"), ProblemCode.SchemaNotFound);
        refused(tables("shop", "kept", false, "third"), ProblemCode.SchemaExists);
        refused(tables("nowhere", "kept", true, "third"), ProblemCode.DatabaseNotFound);
        refused(tables("shop", "kept", true, "nothing"), ProblemCode.TableNotFound);
        refused(database("archive"), ProblemCode.DatabaseExists);
    }

    @Test
    void whoeverMakesSomethingOfThatNameMeanwhileKeepsIt() throws Exception {
        assertThat(quicker("CREATE TABLE kept.first AS SELECT 'theirs' AS x", tables("shop", "kept", true, "first")))
                .isEqualTo(ProblemCode.NamesTaken);
        assertThat(ask("shop", "SELECT x FROM kept.first")).isEqualTo("theirs");
        assertThat(quicker(
                        "CREATE SCHEMA fresh; CREATE TABLE fresh.first AS SELECT 'theirs' AS x",
                        tables("shop", "fresh", false, "second")))
                .isEqualTo(ProblemCode.SchemaExists);
        assertThat(ask("shop", "SELECT x FROM fresh.first")).isEqualTo("theirs");
        assertThat(ask("shop", "SELECT count(*) FROM pg_class WHERE relname = 'second'"))
                .isEqualTo("0");
    }

    /** Somebody makes something, and commits it when the loaded tables are about to get the same name. */
    private static ProblemCode quicker(String statements, LoadTask task) throws Exception {
        UUID unit = UUID.randomUUID();
        try (Connection other = connect("shop")) {
            other.setAutoCommit(false);
            try (Statement statement = other.createStatement()) {
                statement.execute(statements);
            }
            done(() -> backups.load(SOURCE, unit, task));
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
                backups.place(SOURCE, unit, task);
                return ask(
                                "postgres",
                                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND"
                                        + " application_name = '" + LoadTarget.application(unit) + "'")
                        .equals("1");
            });
            other.commit();
        }
        ProblemCode code = ((Progress.Failed) end(() -> backups.place(SOURCE, unit, task)))
                .problem()
                .code();
        done(() -> backups.unload(SOURCE, unit, task));
        return code;
    }

    @Test
    void aLoadThatIsInterruptedIsBegunAnewAndAppearsOnce() {
        UUID unit = UUID.randomUUID();
        LoadTask task = tables("shop", "kept", true, "third");
        UnitFiles files = new UnitFiles(directory());
        // As if somebody had been killed with half of it loaded.
        files.take(unit, UnitFile.fresh("dead").finished(List.of("shop")));
        run(
                "shop",
                "CREATE SCHEMA " + LoadTarget.name(unit) + "; CREATE TABLE " + LoadTarget.name(unit)
                        + ".third (half int)");
        bring(unit, task);
        run("shop", "INSERT INTO kept.third VALUES (4)");
        // As if somebody had been killed between the commit and writing down that it was done.
        UnitFile done = files.find(unit).orElseThrow();
        files.take(unit, done.running(done.transaction(), done.backend(), done.backendSince(), 1));
        placeAnew(unit, task);
        assertThat(ask("shop", "SELECT string_agg(n::text, ',' ORDER BY n) FROM kept.third"))
                .isEqualTo("3,4");
    }

    @Test
    void whatIsTakenBackBeforeItAppearsLeavesNothing() {
        UUID unit = UUID.randomUUID();
        LoadTask task = tables("shop", "kept", true, "fourth");
        done(() -> backups.load(SOURCE, unit, task));
        done(() -> backups.unload(SOURCE, unit, task));
        failed(() -> backups.load(SOURCE, unit, task), ProblemCode.WorkCancelled);
        UUID whole = UUID.randomUUID();
        done(() -> backups.load(SOURCE, whole, database("never")));
        done(() -> backups.unload(SOURCE, whole, database("never")));
        assertThat(databases()).doesNotContain("never");
        assertThat(ask("shop", "SELECT count(*) FROM pg_class WHERE relname = 'fourth'"))
                .isEqualTo("0");
    }

    @Test
    void aDatabaseComesBackUnderAnotherName() {
        UUID unit = UUID.randomUUID();
        bring(unit, database("back"));
        assertThat(databases()).contains("back", "shop");
        assertThat(ask("back", "SELECT count(*) FROM public.kind")).isEqualTo("3");
        assertThat(ask("back", "SELECT datdba::regrole FROM pg_database WHERE datname = 'back'"))
                .isEqualTo("dbadmin");
        done(() -> backups.unload(SOURCE, unit, database("back")));
        assertThat(databases()).contains("back");
    }
}
