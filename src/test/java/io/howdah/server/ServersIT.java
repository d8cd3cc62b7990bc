package io.howdah.server;

import static io.howdah.container.Container.await;
import static io.howdah.container.Container.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.audit.AuditLog;
import io.howdah.container.Container;
import io.howdah.container.Metadata;
import io.howdah.container.People;
import io.howdah.container.Product;
import io.howdah.engine.DatabaseInfo;
import io.howdah.operation.OperationService;
import io.howdah.operation.OperationStatus;
import io.howdah.operation.OperationView;
import io.howdah.shared.Ids;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.Archive;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;
import org.quartz.JobKey;
import org.quartz.SchedulerException;
import org.quartz.impl.SchedulerRepository;

/** The life of real servers, from the service's side. One server is shared; a test leaves it running. */
@ExtendWith(ArquillianExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServersIT {

    private static final String LOGIN = "dba";
    private static final String FIRST_PASSWORD = "Maple-41-Harbour-first";
    private static final String NEXT_PASSWORD = "Cedar-52-Harbour-next";
    private static final int SOON = 90;

    private static UUID team;
    private static Caller owner;
    private static String name;
    private static UUID shared;
    private static UUID created;
    private static List<Problem> lost;

    @Inject
    private ServerService servers;

    @Inject
    private DatabaseService databases;

    @Inject
    private OperationService operations;

    @Inject
    private AuditLog audit;

    @Deployment
    static Archive<?> product() {
        return Product.archive();
    }

    @Test
    void twoWhoWantTheSameNameAtOnceGetOneServer() throws Exception {
        shared();

        assertThat(lost).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ProblemCode.ServerNameTaken);
            assertThat(problem.field()).isEqualTo("name");
        });
        assertThat(Metadata.count("server where lower(name) = lower(?)", name)).isEqualTo(1);
        assertThat(Metadata.count("operation where subject_name = ? and kind = 'server-create'", name))
                .isEqualTo(1);
        assertThat(Metadata.<String>column(
                        "select result from audit_record where target_name = ? and action = 'servers/create' order by number",
                        name))
                .containsExactly("ACCEPTED", "SUCCEEDED");
    }

    @Test
    void aCreatedServerIsReadyAndLetsItsAdministratorIn() throws Exception {
        ServerView view = view(shared());
        assertThat(view.state()).isEqualTo(ServerState.READY);
        assertThat(view.fullVersion()).startsWith(view.majorVersion() + ".");
        assertThat(view.createdBy()).isEqualTo(owner.name());
        assertThat(view.allowedNetworks()).containsExactly("10.1.0.0/16");
        OperationView operation = Callers.as(owner, () -> operations.get(created));
        assertThat(operation.steps())
                .extracting(step -> step.state().name())
                .hasSize(6)
                .containsOnly("DONE");
        for (int port :
                new int[] {view.endpoints().directPort(), view.endpoints().pooledPort()}) {
            try (Connection connection = connect(port, "shop", password());
                    var rows = connection.createStatement().executeQuery("select current_user")) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo(LOGIN);
            }
        }
        assertThat(canSignIn("Wrong-63-Harbour")).isFalse();
    }

    @Test
    void everyRuleOfADraftIsSaidAtItsFieldAndNothingIsLeftBehind() throws Exception {
        shared();
        long before = Metadata.count("server");
        Map<ServerDraft, List<Object>> refusals = new LinkedHashMap<>();
        refusals.put(draft(d -> d.with("team", null)), List.of(ProblemCode.Required, "team"));
        refusals.put(draft(d -> d.with("team", Ids.random())), List.of(ProblemCode.NotFound, "team"));
        refusals.put(draft(d -> d.with("name", "-orders")), List.of(ProblemCode.ServerNameInvalid, "name"));
        refusals.put(
                draft(d -> d.with("name", name.toUpperCase(Locale.ROOT))),
                List.of(ProblemCode.ServerNameTaken, "name"));
        refusals.put(draft(d -> d.with("major", 9)), List.of(ProblemCode.VersionNotAvailable, "majorVersion"));
        refusals.put(draft(d -> d.with("size", "X1")), List.of(ProblemCode.SizeUnknown, "sizeCode"));
        refusals.put(draft(d -> d.with("size", "Standard_E96ds_v5")), List.of(ProblemCode.SizeTooLarge, "sizeCode"));
        refusals.put(draft(d -> d.with("storage", 0)), List.of(ProblemCode.StorageOutOfRange, "storageGib"));
        refusals.put(draft(d -> d.with("storage", 32 * 1024)), List.of(ProblemCode.NoRoomForStorage, "storageGib"));
        refusals.put(
                draft(d -> d.with("login", "9lives")),
                List.of(ProblemCode.AdministratorLoginInvalid, "administratorLogin"));
        refusals.put(
                draft(d -> d.with("login", "pg_me")),
                List.of(ProblemCode.AdministratorLoginReserved, "administratorLogin"));
        refusals.put(
                draft(d -> d.with("password", "short1A")),
                List.of(ProblemCode.AdministratorPasswordInvalid, "administratorPassword"));
        refusals.put(
                draft(d -> d.with("password", "My-dba-Is-9-good")),
                List.of(ProblemCode.AdministratorPasswordContainsLogin, "administratorPassword"));
        refusals.put(draft(d -> d.with("database", "1st")), List.of(ProblemCode.DatabaseNameInvalid, "database"));
        refusals.put(draft(d -> d.with("database", "postgres")), List.of(ProblemCode.DatabaseNameReserved, "database"));
        refusals.put(
                draft(d -> d.with("networks", List.of("300.1.1.1"))),
                List.of(ProblemCode.NetworkInvalid, "allowedNetworks"));
        refusals.put(draft(d -> d.with("tags", Map.of("", "x"))), List.of(ProblemCode.TagInvalid, "tags"));
        for (Map.Entry<ServerDraft, List<Object>> entry : refusals.entrySet()) {
            Problem problem = refused(owner, () -> servers.create(entry.getKey()));
            assertThat(List.<Object>of(problem.code(), String.valueOf(problem.field())))
                    .isEqualTo(entry.getValue());
            assertThat(problem.message()).isNotBlank();
            assertThat(problem.hint()).isNotBlank();
        }
        assertThat(Metadata.count("server")).isEqualTo(before);
    }

    @Test
    void memoryThatIsPromisedToOthersIsNotPromisedAgain() throws Exception {
        shared();
        int room = Callers.as(owner, () -> servers.catalogue().room().serverMemoryMib());
        UUID big = Ids.random();
        // A server that was never made takes no memory from this machine but counts like any other.
        for (int promised = 0; promised < room; promised += 1024) {
            insertDisabled(big, "H1");
        }
        try {
            Problem problem = refused(owner, () -> servers.create(draft(d -> d)));
            assertThat(problem.code()).isEqualTo(ProblemCode.NoRoomForMemory);
            assertThat(problem.field()).isEqualTo("sizeCode");
        } finally {
            Metadata.change("delete from server where created_by = ?", big.toString());
        }
        assertThat(Callers.as(owner, () -> servers.checkRoom("H0.25", 1))).isEmpty();
    }

    @Test
    void stopAndStartChangeTheWishAtOnceAndTheServerSoon() throws Exception {
        UUID id = shared();
        UUID stop = ask(() -> servers.stop(id));
        assertThat(wish(id)).isEqualTo("STOPPED");
        succeeded(stop);
        assertThat(view(id).state()).isEqualTo(ServerState.STOPPED);
        assertThat(processOf(id, "postgres.pid")).isEmpty();
        assertThat(refused(owner, () -> servers.stop(id)).code()).isEqualTo(ProblemCode.ServerStopped);
        assertThat(refused(owner, () -> servers.restart(id)).code()).isEqualTo(ProblemCode.ServerNotReady);

        UUID start = ask(() -> servers.start(id));
        assertThat(wish(id)).isEqualTo("RUNNING");
        succeeded(start);
        assertThat(view(id).state()).isEqualTo(ServerState.READY);
        assertThat(canSignIn(password())).isTrue();
        assertThat(refused(owner, () -> servers.start(id)).code()).isEqualTo(ProblemCode.ServerNotStopped);
    }

    @Test
    void aRestartIsANewStartOfPostgres() throws Exception {
        UUID id = shared();
        Instant before = postmasterStart();

        succeeded(ask(() -> servers.restart(id)));

        assertThat(postmasterStart()).isAfter(before);
        assertThat(view(id).state()).isEqualTo(ServerState.READY);
    }

    @Test
    void aResetPasswordReplacesTheOldOne() throws Exception {
        UUID id = shared();
        String before = password();
        String wanted = before.equals(FIRST_PASSWORD) ? NEXT_PASSWORD : FIRST_PASSWORD;
        assertThat(refused(owner, () -> servers.resetPassword(id, "weak")).field())
                .isEqualTo("administratorPassword");

        UUID reset = ask(() -> servers.resetPassword(id, wanted));
        succeeded(reset);

        assertThat(canSignIn(wanted)).isTrue();
        assertThat(canSignIn(before)).isFalse();
    }

    @Test
    void locksForbidWhatTheySay() throws Exception {
        UUID id = shared();
        LockView lock = Callers.as(owner, () -> servers.addLock(id, LockKind.CAN_NOT_DELETE, "month end"));
        locked(() -> servers.delete(id, name));
        locked(() -> databases.drop(id, "shop", "shop"));
        Callers.as(owner, () -> servers.setTags(id, Map.of("locked", "a bit")));
        Callers.as(owner, () -> servers.removeLock(id, lock.id()));

        LockView readOnly = Callers.as(owner, () -> servers.addLock(id, LockKind.READ_ONLY, "frozen"));
        assertThat(view(id).locks()).extracting(LockView::note).containsExactly("frozen");
        locked(() -> servers.stop(id));
        locked(() -> servers.restart(id));
        locked(() -> servers.resetPassword(id, NEXT_PASSWORD));
        locked(() -> servers.delete(id, name));
        locked(() -> servers.setTags(id, Map.of()));
        locked(() -> databases.create(id, "locked"));
        Callers.as(owner, () -> servers.removeLock(id, readOnly.id()));

        assertThat(view(id).tags()).containsExactly(Map.entry("locked", "a bit"));
        assertThat(wish(id)).isEqualTo("RUNNING");
    }

    @Test
    void tagsAreReplacedAndFoundByTheFilter() throws Exception {
        UUID id = shared();
        String value = People.unique("blue");
        Callers.as(owner, () -> servers.setTags(id, Map.of("colour", "red", "old", "1")));
        Callers.as(owner, () -> servers.setTags(id, Map.of("colour", value)));

        assertThat(view(id).tags()).containsExactly(Map.entry("colour", value));
        ServerFilter filter = new ServerFilter(value, Set.of(), null, null, false);
        assertThat(Callers.as(owner, () -> servers.list(filter, ServerOrder.NAME, true, 0, 10)))
                .extracting(ServerView::id)
                .containsExactly(id);
        assertThat(refused(owner, () -> servers.setTags(id, Map.of(" ", "x"))).field())
                .isEqualTo("tags");
    }

    @Test
    void databasesComeAndGo() throws Exception {
        UUID id = shared();
        succeeded(ask(() -> databases.create(id, "ledger")));
        assertThat(databaseNames(id)).contains("postgres", "shop", "ledger");
        assertThat(refused(owner, () -> databases.create(id, "ledger")).code()).isEqualTo(ProblemCode.DatabaseExists);
        assertThat(refused(owner, () -> databases.drop(id, "ledger", "leger")).code())
                .isEqualTo(ProblemCode.NameNotConfirmed);
        try (Connection open = connect(view(id).endpoints().directPort(), "ledger", password())) {
            assertThat(Callers.as(owner, () -> databases.sessions(id)))
                    .anySatisfy(session -> assertThat(session.toString()).contains("ledger"));
            succeeded(ask(() -> databases.drop(id, "ledger", "ledger")));
        }

        assertThat(databaseNames(id)).doesNotContain("ledger");
        assertThat(refused(owner, () -> databases.drop(id, "ledger", "ledger")).code())
                .isEqualTo(ProblemCode.DatabaseNotFound);
    }

    @Test
    void aStartThatFailsIsUndoneAndSucceedsWhenRetried() throws Exception {
        UUID id = shared();
        int port = view(id).endpoints().directPort();
        succeeded(ask(() -> servers.stop(id)));
        Caller caller = People.again(owner);
        UUID start;
        try (ServerSocket squatter = new ServerSocket()) {
            squatter.setReuseAddress(true);
            squatter.bind(new InetSocketAddress("127.0.0.1", port));
            start = Callers.as(caller, () -> servers.start(id));
            OperationView failed = ended(start);
            assertThat(failed.status()).isEqualTo(OperationStatus.FAILED);
            assertThat(failed.problem().code()).isEqualTo(ProblemCode.EnginePortTaken);
            assertThat(failed.problem().message()).contains(String.valueOf(port));
            assertThat(failed.retryable()).isTrue();
            assertThat(wish(id)).isEqualTo("STOPPED");
            assertThat(view(id).state()).isEqualTo(ServerState.STOPPED);
            assertThat(resultsOf(caller)).containsExactly("ACCEPTED", "FAILED");
        }

        UUID again = ask(() -> operations.retry(start));
        assertThat(again).isEqualTo(start);
        succeeded(again);

        assertThat(wish(id)).isEqualTo("RUNNING");
        assertThat(view(id).state()).isEqualTo(ServerState.READY);
        assertThat(refused(owner, () -> operations.retry(start)).code()).isEqualTo(ProblemCode.OperationNotFailed);
        assertThat(resultsOf(caller)).containsExactly("ACCEPTED", "FAILED", "SUCCEEDED");
    }

    @Test
    void aServerWhoseProcessesWereKilledIsStartedAgain() throws Exception {
        UUID id = shared();
        ProcessHandle keeper = processOf(id, "postgres.keeper").get(0);
        ProcessHandle postgres = processOf(id, "postgres.pid").get(0);
        keeper.destroyForcibly();
        postgres.destroyForcibly();

        await(SOON)
                .until(() -> Metadata.count(
                                "operation where subject_id = ? and kind = 'server-start' and requested_by = 'howdah' and status = 'SUCCEEDED'",
                                id)
                        > 0);

        assertThat(view(id).state()).isEqualTo(ServerState.READY);
        assertThat(canSignIn(password())).isTrue();
        assertThat(processOf(id, "postgres.pid").get(0).pid()).isNotEqualTo(postgres.pid());
        assertThat(Metadata.<String>column(
                        "select result from audit_record where target_id = ? and actor = 'howdah' and action = 'servers/start'",
                        id))
                .containsExactly("SUCCEEDED");
    }

    @Test
    @Order(Integer.MAX_VALUE - 2)
    void whatIsAskedAtOnceHappensInOrderAndADeletedServerComesBackOrGoesForGood() throws Exception {
        UUID id = shared();
        Path files = Metadata.home().resolve("servers").resolve(id.toString());
        assertThat(refused(owner, () -> servers.delete(id, name + "x")).code()).isEqualTo(ProblemCode.NameNotConfirmed);
        List<UUID> line =
                List.of(ask(() -> servers.stop(id)), ask(() -> servers.start(id)), ask(() -> servers.delete(id, name)));
        for (UUID operation : line) {
            succeeded(operation);
        }
        for (int i = 1; i < line.size(); i++) {
            assertThat(Metadata.<Boolean>value(
                            "select a.ended_at <= b.started_at from operation a, operation b where a.id = ? and b.id = ?",
                            line.get(i - 1),
                            line.get(i)))
                    .isTrue();
        }
        assertThat(view(id).deleted()).isTrue();
        assertThat(view(id).state()).isEqualTo(ServerState.DISABLED);
        assertThat(processOf(id, "postgres.pid")).isEmpty();
        Problem held = refused(owner, () -> servers.create(draft(d -> d.with("name", name))));
        assertThat(held.code()).isEqualTo(ProblemCode.ServerNameHeldByDeleted);
        assertThat(refused(owner, () -> servers.start(id)).code()).isEqualTo(ProblemCode.ServerBeingDeleted);

        succeeded(ask(() -> servers.undelete(id)));
        assertThat(view(id).deleted()).isFalse();
        assertThat(view(id).state()).isEqualTo(ServerState.READY);
        assertThat(canSignIn(password())).isTrue();
        assertThat(refused(owner, () -> servers.purge(id, name)).code()).isEqualTo(ProblemCode.ServerNotDeleted);

        succeeded(ask(() -> servers.delete(id, name)));
        runJob("purge-deleted-servers");
        assertThat(files).exists();
        Metadata.change("update server set kept_until = now() - interval '1 second' where id = ?", id);
        // Quartz may be in the middle of the run before: then this one comes to nothing, and the next is a minute off.
        await(SOON).until(() -> {
            runJob("purge-deleted-servers");
            return Metadata.count("server where id = ?", id) == 0;
        });
        await(SOON)
                .until(() -> Metadata.count(
                                "operation where subject_id = ? and kind = 'server-purge' and status = 'SUCCEEDED'", id)
                        == 1);

        assertThat(files).doesNotExist();
        assertThat(Metadata.count("server_network where server_id = ?", id)).isZero();
        assertThat(Callers.as(owner, () -> servers.checkName(name))).isEmpty();
    }

    @Test
    @Order(Integer.MAX_VALUE - 1)
    void everyChangeIsOnRecordWithItsEndAndTheChainIsWhole() throws Exception {
        assertThat(created).isNotNull();
        List<Map<String, Object>> ended = Metadata.rows(
                "select id, kind, correlation_id, status, requested_by from operation where team_id = ?", team);
        assertThat(ended).hasSizeGreaterThan(5);
        for (Map<String, Object> operation : ended) {
            List<String> results = Metadata.column(
                    "select result from audit_record where correlation_id = ? order by number",
                    operation.get("correlation_id"));
            if (operation.get("requested_by").equals(owner.name())) {
                assertThat(results.get(0)).as(operation.toString()).isEqualTo("ACCEPTED");
            }
            assertThat(results.get(results.size() - 1)).as(operation.toString()).isEqualTo(operation.get("status"));
        }
        assertThat(audit.firstBroken()).isZero();

        long number = Metadata.value("select min(number) from audit_record where action = 'servers/create'");
        String actor = Metadata.value("select actor from audit_record where number = ?", number);
        Metadata.change("update audit_record set actor = 'somebody-else' where number = ?", number);
        assertThat(audit.firstBroken()).isEqualTo(number);
        Metadata.change("update audit_record set actor = ? where number = ?", actor, number);
        assertThat(audit.firstBroken()).isZero();

        // Taken out and put back, with the numbers in place.
        Metadata.change("create table taken_out as select * from audit_record where number = ?", number);
        Metadata.change("delete from audit_record where number = ?", number);
        assertThat(audit.firstBroken()).isEqualTo(number);
        Metadata.change("insert into audit_record select * from taken_out");
        Metadata.change("drop table taken_out");
        assertThat(audit.firstBroken()).isZero();
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void noPasswordAndNoVerifierIsLeftInTheMetadataOrInALog() throws IOException {
        assertThat(created).isNotNull();
        List<String> tables = Metadata.column(
                "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'");
        assertThat(tables).contains("operation", "audit_record", "server");
        for (String table : tables) {
            for (String secret : secrets()) {
                assertThat(Metadata.count("\"" + table + "\" t where position(? in t::text) > 0", secret))
                        .as(table)
                        .isZero();
            }
        }
        assertThat(Metadata.<String>column("select distinct data from operation where status = 'SUCCEEDED'"))
                .containsExactly("{}");
        List<Path> logs = new ArrayList<>(logsUnder(Path.of("logs")));
        assertThat(logs).anyMatch(log -> log.endsWith("messages.log"));
        logs.addAll(logsUnder(Metadata.home().resolve("log")));
        for (Path log : logs) {
            String text = Files.readString(log, StandardCharsets.ISO_8859_1);
            for (String secret : secrets()) {
                assertThat(text.contains(secret)).as(log.toString()).isFalse();
            }
        }
    }

    private static List<String> secrets() {
        return List.of(FIRST_PASSWORD, NEXT_PASSWORD, People.PASSWORD, "SCRAM-SHA-256$");
    }

    private static List<Path> logsUnder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** The server that tests share; two ask for it at one instant. */
    private UUID shared() throws Exception {
        if (shared == null) {
            team = People.team("Servers");
            owner = People.member("Owner", team);
            name = People.unique("orders");
            ServerDraft draft = draft(d -> d.with("name", name));
            List<UUID> begun = Collections.synchronizedList(new ArrayList<>());
            Runnable create = () -> begun.add(Callers.as(People.again(owner), () -> servers.create(draft)));
            lost = Container.twice(create, create);
            assertThat(begun).hasSize(1);
            created = begun.get(0);
            succeeded(created);
            shared = Metadata.value("select id from server where name = ?", name);
        }
        return shared;
    }

    private static void insertDisabled(UUID mark, String size) {
        Metadata.change(
                "insert into server (id, team_id, name, wished, state, major_version, size_code, storage_gib, administrator_login, created_at, created_by, version) values (?, ?, ?, 'RUNNING', 'DISABLED', 17, ?, 1, 'dba', now(), ?, 1)",
                Ids.random(),
                team,
                People.unique("big"),
                size,
                mark.toString());
    }

    private UUID ask(Supplier<UUID> act) {
        return Callers.as(People.again(owner), act);
    }

    private OperationView ended(UUID operation) {
        await(SOON).until(() -> Metadata.count("operation where id = ? and ended_at is not null", operation) == 1);
        return Callers.as(owner, () -> operations.get(operation));
    }

    private void succeeded(UUID operation) {
        OperationView view = ended(operation);
        assertThat(view.status())
                .as(view.kind() + ": " + view.problem() + " " + view.detail())
                .isEqualTo(OperationStatus.SUCCEEDED);
    }

    private static List<String> resultsOf(Caller caller) {
        return Metadata.column(
                "select result from audit_record where correlation_id = ? order by number", caller.correlationId());
    }

    private void locked(Runnable act) {
        assertThat(refused(owner, act).code()).isEqualTo(ProblemCode.ServerLocked);
    }

    private ServerView view(UUID id) {
        return Callers.as(owner, () -> servers.list(ServerFilter.LIVE, ServerOrder.NAME, true, 0, 100).stream()
                .filter(view -> view.id().equals(id))
                .findFirst()
                .orElseGet(() -> servers.byName(name)));
    }

    private static String wish(UUID id) {
        return Metadata.value("select wished from server where id = ?", id);
    }

    private List<String> databaseNames(UUID id) {
        return Callers.as(owner, () -> databases.databases(id)).stream()
                .map(DatabaseInfo::name)
                .toList();
    }

    /** The one that holds now: tests run in any order. */
    private String password() throws SQLException {
        return canSignIn(FIRST_PASSWORD) ? FIRST_PASSWORD : NEXT_PASSWORD;
    }

    private boolean canSignIn(String password) throws SQLException {
        try (Connection connection = connect(view(shared).endpoints().directPort(), "postgres", password)) {
            return connection.isValid(5);
        } catch (SQLException e) {
            if ("28P01".equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    private Instant postmasterStart() throws SQLException {
        try (Connection connection = connect(view(shared).endpoints().directPort(), "postgres", password());
                var rows = connection.createStatement().executeQuery("select pg_postmaster_start_time()")) {
            rows.next();
            return rows.getTimestamp(1).toInstant();
        }
    }

    private static Connection connect(int port, String database, String password) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(LOGIN);
        source.setPassword(password);
        source.setSslMode("require");
        source.setConnectTimeout(10);
        return source.getConnection();
    }

    /** The living process that the file of a keeper names; it must be at work for this very server. */
    private static List<ProcessHandle> processOf(UUID id, String file) throws IOException {
        Path server = Metadata.home().resolve("servers").resolve(id.toString());
        Path path = server.resolve("1/run").resolve(file);
        if (!Files.exists(path)) {
            return List.of();
        }
        long pid = Long.parseLong(Files.readString(path).strip().split(" ")[0]);
        String line =
                Files.exists(Path.of("/proc", "" + pid)) ? Files.readString(Path.of("/proc", "" + pid, "cmdline")) : "";
        return line.contains(server.toString()) ? ProcessHandle.of(pid).stream().toList() : List.of();
    }

    private static void runJob(String job) {
        try {
            SchedulerRepository.getInstance().lookup("howdah").triggerJob(new JobKey(job, "standing"));
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        }
    }

    private ServerDraft draft(UnaryOperator<Wanted> change) {
        int major =
                Callers.as(owner, () -> servers.catalogue().versions().get(0).major());
        Map<String, Object> usual = new LinkedHashMap<>();
        usual.put("team", team);
        usual.put("name", People.unique("draft"));
        usual.put("major", major);
        usual.put("size", "H0.25");
        usual.put("storage", 1);
        usual.put("login", LOGIN);
        usual.put("password", FIRST_PASSWORD);
        usual.put("database", "shop");
        usual.put("networks", List.of("10.1.2.3/16"));
        usual.put("tags", Map.of("team", "tests"));
        return change.apply(new Wanted(usual)).draft();
    }

    /** A draft in which all is right but what a test makes wrong. */
    private record Wanted(Map<String, Object> parts) {

        Wanted with(String part, Object value) {
            if (!parts.containsKey(part)) {
                throw new IllegalArgumentException(part);
            }
            parts.put(part, value);
            return this;
        }

        @SuppressWarnings("unchecked")
        ServerDraft draft() {
            return new ServerDraft(
                    (UUID) parts.get("team"),
                    (String) parts.get("name"),
                    (int) parts.get("major"),
                    (String) parts.get("size"),
                    (int) parts.get("storage"),
                    (String) parts.get("login"),
                    (String) parts.get("password"),
                    (String) parts.get("database"),
                    (List<String>) parts.get("networks"),
                    (Map<String, String>) parts.get("tags"));
        }
    }
}
