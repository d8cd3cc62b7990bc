package io.howdah.server;

import static io.howdah.container.Container.await;
import static io.howdah.container.Container.refused;
import static io.howdah.container.SharedServer.ask;
import static io.howdah.container.SharedServer.canSignIn;
import static io.howdah.container.SharedServer.connect;
import static io.howdah.container.SharedServer.draft;
import static io.howdah.container.SharedServer.ended;
import static io.howdah.container.SharedServer.owner;
import static io.howdah.container.SharedServer.password;
import static io.howdah.container.SharedServer.processOf;
import static io.howdah.container.SharedServer.succeeded;
import static io.howdah.container.SharedServer.view;
import static io.howdah.container.SharedServer.wish;
import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.audit.AuditService;
import io.howdah.audit.Verdict;
import io.howdah.container.Container;
import io.howdah.container.Metadata;
import io.howdah.container.People;
import io.howdah.container.SharedServer;
import io.howdah.container.Wanted;
import io.howdah.engine.DatabaseInfo;
import io.howdah.operation.OperationService;
import io.howdah.operation.OperationStatus;
import io.howdah.operation.OperationView;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.quartz.JobKey;
import org.quartz.SchedulerException;
import org.quartz.impl.SchedulerRepository;

/** The life of real servers, from the service's side. */
@ExtendWith(ArquillianExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServersIT {

    private static final int SOON = 90;

    @Inject
    private ServerService servers;

    @Inject
    private DatabaseService databases;

    @Inject
    private OperationService operations;

    @Inject
    private AuditService audit;

    @Test
    void twoWhoWantTheSameNameAtOnceGetOneServer() throws Exception {
        SharedServer.id();

        assertThat(SharedServer.lost()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ProblemCode.ServerNameTaken);
            assertThat(problem.field()).isEqualTo("name");
        });
        assertThat(Metadata.count("server where lower(name) = lower(?)", SharedServer.name()))
                .isEqualTo(1);
        assertThat(Metadata.count("operation where subject_name = ? and kind = 'server-create'", SharedServer.name()))
                .isEqualTo(1);
        assertThat(Metadata.<String>column(
                        "select result from audit_record where target_name = ? and action = 'servers/create' order by number",
                        SharedServer.name()))
                .as("that of whoever came second is taken back, and what became of it written down apart")
                .containsExactlyInAnyOrder("ACCEPTED", "FAILED", "SUCCEEDED");
    }

    @Test
    void aCreatedServerIsReadyAndLetsItsAdministratorIn() throws Exception {
        ServerView view = view(SharedServer.id());
        assertThat(view.state()).isEqualTo(ServerState.READY);
        assertThat(view.fullVersion()).startsWith(view.majorVersion() + ".");
        assertThat(view.createdBy()).isEqualTo(owner().name());
        assertThat(view.allowedNetworks()).containsExactly("10.1.0.0/16");
        OperationView operation = Callers.as(owner(), () -> operations.get(SharedServer.created()));
        assertThat(operation.steps())
                .extracting(step -> step.state().name())
                .hasSize(6)
                .containsOnly("DONE");
        for (int port :
                new int[] {view.endpoints().directPort(), view.endpoints().pooledPort()}) {
            try (Connection connection = connect(port, "shop", password());
                    var rows = connection.createStatement().executeQuery("select current_user")) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo(Wanted.LOGIN);
            }
        }
        assertThat(canSignIn("Wrong-63-Harbour")).isFalse();
    }

    @Test
    void stopAndStartChangeTheWishAtOnceAndTheServerSoon() throws Exception {
        UUID id = SharedServer.id();
        UUID stop = ask(() -> servers.stop(id));
        assertThat(wish(id)).isEqualTo("STOPPED");
        succeeded(stop);
        assertThat(view(id).state()).isEqualTo(ServerState.STOPPED);
        assertThat(processOf(id, "postgres.pid")).isEmpty();
        assertThat(refused(owner(), () -> servers.stop(id)).code()).isEqualTo(ProblemCode.ServerStopped);
        assertThat(refused(owner(), () -> servers.restart(id)).code()).isEqualTo(ProblemCode.ServerNotReady);

        UUID start = ask(() -> servers.start(id));
        assertThat(wish(id)).isEqualTo("RUNNING");
        succeeded(start);
        assertThat(view(id).state()).isEqualTo(ServerState.READY);
        assertThat(canSignIn(password())).isTrue();
        assertThat(refused(owner(), () -> servers.start(id)).code()).isEqualTo(ProblemCode.ServerNotStopped);
    }

    @Test
    void aRestartIsANewStartOfPostgres() throws Exception {
        UUID id = SharedServer.id();
        Instant before = postmasterStart();

        succeeded(ask(() -> servers.restart(id)));

        assertThat(postmasterStart()).isAfter(before);
        assertThat(view(id).state()).isEqualTo(ServerState.READY);
    }

    @Test
    void aResetPasswordReplacesTheOldOne() throws Exception {
        UUID id = SharedServer.id();
        String before = password();
        String wanted = before.equals(Wanted.PASSWORD) ? SharedServer.OTHER_PASSWORD : Wanted.PASSWORD;
        assertThat(refused(owner(), () -> servers.resetPassword(id, "weak")).field())
                .isEqualTo("administratorPassword");

        UUID reset = ask(() -> servers.resetPassword(id, wanted));
        succeeded(reset);

        assertThat(canSignIn(wanted)).isTrue();
        assertThat(canSignIn(before)).isFalse();
    }

    @Test
    void locksForbidWhatTheySay() throws Exception {
        UUID id = SharedServer.id();
        LockView lock = Callers.as(owner(), () -> servers.addLock(id, LockKind.CAN_NOT_DELETE, "month end"));
        locked(() -> servers.delete(id, SharedServer.name()));
        locked(() -> databases.drop(id, "shop", "shop"));
        Callers.as(owner(), () -> servers.setTags(id, Map.of("locked", "a bit")));
        Callers.as(owner(), () -> servers.removeLock(id, lock.id()));

        LockView readOnly = Callers.as(owner(), () -> servers.addLock(id, LockKind.READ_ONLY, "frozen"));
        assertThat(view(id).locks()).extracting(LockView::note).containsExactly("frozen");
        locked(() -> servers.stop(id));
        locked(() -> servers.restart(id));
        locked(() -> servers.resetPassword(id, SharedServer.OTHER_PASSWORD));
        locked(() -> servers.delete(id, SharedServer.name()));
        locked(() -> servers.setTags(id, Map.of()));
        locked(() -> databases.create(id, "locked"));
        Callers.as(owner(), () -> servers.removeLock(id, readOnly.id()));

        assertThat(view(id).tags()).containsExactly(Map.entry("locked", "a bit"));
        assertThat(wish(id)).isEqualTo("RUNNING");
    }

    @Test
    void tagsAreReplacedAndFoundByTheFilter() throws Exception {
        UUID id = SharedServer.id();
        String value = People.unique("blue");
        Callers.as(owner(), () -> servers.setTags(id, Map.of("colour", "red", "old", "1")));
        Callers.as(owner(), () -> servers.setTags(id, Map.of("colour", value)));

        assertThat(view(id).tags()).containsExactly(Map.entry("colour", value));
        ServerFilter filter = new ServerFilter(value, Set.of(), null, null, null, false);
        assertThat(Callers.as(owner(), () -> servers.list(filter, ServerOrder.NAME, true, 0, 10)))
                .extracting(ServerView::id)
                .containsExactly(id);
        assertThat(refused(owner(), () -> servers.setTags(id, Map.of(" ", "x"))).field())
                .isEqualTo("tags");
    }

    @Test
    void databasesComeAndGo() throws Exception {
        UUID id = SharedServer.id();
        succeeded(ask(() -> databases.create(id, "ledger")));
        assertThat(databaseNames(id)).contains("postgres", "shop", "ledger");
        assertThat(refused(owner(), () -> databases.create(id, "ledger")).code())
                .isEqualTo(ProblemCode.DatabaseExists);
        assertThat(refused(owner(), () -> databases.drop(id, "ledger", "leger")).code())
                .isEqualTo(ProblemCode.NameNotConfirmed);
        try (Connection open = connect(view(id).endpoints().directPort(), "ledger", password())) {
            assertThat(Callers.as(owner(), () -> databases.sessions(id)))
                    .anySatisfy(session -> assertThat(session.toString()).contains("ledger"));
            succeeded(ask(() -> databases.drop(id, "ledger", "ledger")));
        }

        assertThat(databaseNames(id)).doesNotContain("ledger");
        assertThat(refused(owner(), () -> databases.drop(id, "ledger", "ledger"))
                        .code())
                .isEqualTo(ProblemCode.DatabaseNotFound);
    }

    @Test
    void aStartThatFailsIsUndoneAndSucceedsWhenRetried() throws Exception {
        UUID id = SharedServer.id();
        int port = view(id).endpoints().directPort();
        succeeded(ask(() -> servers.stop(id)));
        Caller caller = People.again(owner());
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
        assertThat(refused(owner(), () -> operations.retry(start)).code()).isEqualTo(ProblemCode.OperationNotFailed);
        assertThat(resultsOf(caller)).containsExactly("ACCEPTED", "FAILED", "SUCCEEDED");
    }

    @Test
    void whatIsAskedDuringACreationWaitsForItsTurnAndCanBeTakenBack() throws Exception {
        SharedServer.id();
        String name = People.unique("queue");
        UUID create = ask(() -> servers.create(draft(d -> d.with("name", name))));
        UUID id = Metadata.value("select id from server where name = ?", name);
        UUID stop = ask(() -> servers.stop(id));
        UUID start = ask(() -> servers.start(id));
        UUID delete = ask(() -> servers.delete(id, name));
        assertThat(refused(owner(), () -> servers.stop(id)).code()).isEqualTo(ProblemCode.ServerBeingDeleted);

        Callers.as(People.again(owner()), () -> operations.cancel(delete));
        Callers.as(People.again(owner()), () -> operations.cancel(start));

        assertThat(ended(delete).status()).isEqualTo(OperationStatus.CANCELLED);
        assertThat(ended(start).status()).isEqualTo(OperationStatus.CANCELLED);
        assertThat(wish(id)).isEqualTo("STOPPED");
        assertThat(Metadata.count("server where id = ? and deleted_at is null", id))
                .isEqualTo(1);
        succeeded(create);
        succeeded(stop);
        assertThat(Metadata.<String>value("select state from server where id = ?", id))
                .isEqualTo("STOPPED");
        succeeded(ask(() -> servers.delete(id, name)));
        succeeded(ask(() -> servers.purge(id, name)));
    }

    @Test
    void aCreationThatIsCancelledLeavesNothingOnTheHost() throws Exception {
        SharedServer.id();
        String name = People.unique("regret");
        UUID create = ask(() -> servers.create(draft(d -> d.with("name", name))));
        UUID id = Metadata.value("select id from server where name = ?", name);
        await(SOON).until(() -> Metadata.count("operation where id = ? and started_at is not null", create) == 1);

        Callers.as(People.again(owner()), () -> operations.cancel(create));

        assertThat(ended(create).status()).isEqualTo(OperationStatus.CANCELLED);
        assertThat(Metadata.<String>value("select state from server where id = ?", id))
                .isEqualTo("DISABLED");
        assertThat(Metadata.home().resolve("servers").resolve(id.toString())).doesNotExist();
        succeeded(ask(() -> servers.delete(id, name)));
        assertThat(Metadata.count("server where id = ?", id)).isZero();
    }

    @Test
    void aServerWhoseProcessesWereKilledIsStartedAgain() throws Exception {
        UUID id = SharedServer.id();
        ProcessHandle keeper = processOf(id, "postgres.keeper").get(0);
        ProcessHandle postgres = processOf(id, "postgres.pid").get(0);
        long before = startedByItself(id);
        keeper.destroyForcibly();
        postgres.destroyForcibly();

        await(SOON).until(() -> startedByItself(id) > before);

        assertThat(view(id).state()).isEqualTo(ServerState.READY);
        assertThat(canSignIn(password())).isTrue();
        assertThat(processOf(id, "postgres.pid").get(0).pid()).isNotEqualTo(postgres.pid());
        assertThat(health(id).incidents())
                .filteredOn(incident -> incident.kind() == IncidentKind.STARTED)
                .isNotEmpty()
                .allSatisfy(incident -> assertThat(incident.operationId()).isNotNull());
        assertThat(Metadata.<String>column(
                        "select result from audit_record where target_id = ? and actor = 'howdah' and action = 'servers/start'",
                        id))
                .isNotEmpty()
                .containsOnly("SUCCEEDED");
    }

    /** A backup, a look, a long statement: none of them keeps a server that has died from being brought back. */
    @Test
    void aServerThatSharedWorkIsDoneOnIsLookedAfter() throws Exception {
        UUID id = SharedServer.id();
        await(SOON).until(() -> view(id).state() == ServerState.READY && !operations(id));
        String begun = "operation where subject_id = ? and kind = 'server-start' and requested_by = 'howdah'";
        long before = Metadata.count(begun, id);
        UUID shared = UUID.randomUUID();
        Metadata.change("""
                insert into operation (id, kind, subject_id, subject_name, team_id, status, step, data, due, deadline,
                        requested_at, requested_by, correlation_id, action, hold)
                select ?, 'server-sql', id, name, team_id, 'QUEUED', 'run', '{}', now() + interval '1 hour',
                        now() + interval '2 hours', now(), 'howdah', 'test', 'servers/sql', 'SHARED'
                  from server where id = ?""", shared, id);
        try {
            processOf(id, "postgres.keeper").get(0).destroyForcibly();
            processOf(id, "postgres.pid").get(0).destroyForcibly();

            await(SOON).until(() -> Metadata.count(begun, id) > before);
        } finally {
            Metadata.change("delete from operation where id = ?", shared);
        }
        await(SOON).until(() -> view(id).state() == ServerState.READY && !operations(id));
    }

    private static long startedByItself(UUID id) {
        return Metadata.count(
                "operation where subject_id = ? and kind = 'server-start' and requested_by = 'howdah' and status = 'SUCCEEDED'",
                id);
    }

    private static long incidents(UUID id, IncidentKind kind) {
        return Metadata.count("server_incident where server_id = ? and kind = ?", id, kind.name());
    }

    @Test
    void aServerThatKeepsEndingIsDegradedUntilItHasBeenSteadyForTenMinutes() throws Exception {
        UUID id = SharedServer.id();
        Metadata.change("delete from server_incident where server_id = ?", id);
        await(SOON).until(() -> view(id).state() == ServerState.READY && !operations(id));
        for (int i = 1; i < Flapping.LIMIT; i++) {
            Metadata.change(
                    "insert into server_incident (server_id, at, kind) values (?, now() - interval '1 minute', 'RESTARTED')",
                    id);
        }
        Instant before = view(id).startedAt();
        processOf(id, "postgres.pid").get(0).destroyForcibly();

        await(SOON).until(() -> view(id).degradedSince() != null);
        assertThat(incidents(id, IncidentKind.DEGRADED)).isEqualTo(1);
        await(SOON).until(() -> view(id).state() == ServerState.READY);
        assertThat(view(id).startedAt()).isAfter(before);
        assertThat(health(id).incidents()).extracting(IncidentView::kind).contains(IncidentKind.DEGRADED);
        assertThat(Callers.as(owner(), () -> Container.bean(HealthService.class).troubled(SharedServer.team(), 10)))
                .extracting(ServerView::id)
                .contains(id);

        Metadata.change("update server_incident set at = at - interval '11 minutes' where server_id = ?", id);
        Metadata.change("update server set degraded_since = degraded_since - interval '11 minutes' where id = ?", id);
        await(SOON).until(() -> view(id).degradedSince() == null);
        assertThat(incidents(id, IncidentKind.RECOVERED)).isEqualTo(1);
    }

    private static boolean operations(UUID id) {
        return Metadata.count("operation where subject_id = ? and ended_at is null", id) > 0;
    }

    private static HealthView health(UUID id) {
        return Callers.as(owner(), () -> Container.bean(HealthService.class).health(id, 100));
    }

    @Test
    @Order(Integer.MAX_VALUE - 2)
    void whatIsAskedAtOnceHappensInOrderAndADeletedServerComesBackOrGoesForGood() throws Exception {
        UUID id = SharedServer.id();
        Path files = Metadata.home().resolve("servers").resolve(id.toString());
        assertThat(refused(owner(), () -> servers.delete(id, SharedServer.name() + "x"))
                        .code())
                .isEqualTo(ProblemCode.NameNotConfirmed);
        List<UUID> line = List.of(
                ask(() -> servers.stop(id)),
                ask(() -> servers.start(id)),
                ask(() -> servers.delete(id, SharedServer.name())));
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
        Problem held = refused(owner(), () -> servers.create(draft(d -> d.with("name", SharedServer.name()))));
        assertThat(held.code()).isEqualTo(ProblemCode.ServerNameHeldByDeleted);
        assertThat(refused(owner(), () -> servers.start(id)).code()).isEqualTo(ProblemCode.ServerBeingDeleted);

        succeeded(ask(() -> servers.undelete(id)));
        assertThat(view(id).deleted()).isFalse();
        assertThat(view(id).state()).isEqualTo(ServerState.READY);
        assertThat(canSignIn(password())).isTrue();
        assertThat(refused(owner(), () -> servers.purge(id, SharedServer.name()))
                        .code())
                .isEqualTo(ProblemCode.ServerNotDeleted);

        succeeded(ask(() -> servers.delete(id, SharedServer.name())));
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
        assertThat(Callers.as(owner(), () -> servers.checkName(SharedServer.name())))
                .isEmpty();
    }

    @Test
    @Order(Integer.MAX_VALUE - 1)
    void everyChangeIsOnRecordWithItsEndAndTheChainIsWhole() throws Exception {
        assertThat(SharedServer.created()).isNotNull();
        List<Map<String, Object>> ended = Metadata.rows(
                "select id, kind, correlation_id, status, requested_by from operation where team_id = ?",
                SharedServer.team());
        assertThat(ended).hasSizeGreaterThan(5);
        for (Map<String, Object> operation : ended) {
            List<String> results = Metadata.column(
                    "select result from audit_record where correlation_id = ? order by number",
                    operation.get("correlation_id"));
            if (operation.get("requested_by").equals(owner().name())) {
                assertThat(results.get(0)).as(operation.toString()).isEqualTo("ACCEPTED");
            }
            assertThat(results.get(results.size() - 1)).as(operation.toString()).isEqualTo(operation.get("status"));
        }
        assertThat(Callers.as(People.administrator(), () -> audit.verify(number -> {})))
                .matches(Verdict::whole);
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void noPasswordAndNoVerifierIsLeftInTheMetadataOrInALog() throws IOException {
        assertThat(SharedServer.created()).isNotNull();
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
        return List.of(Wanted.PASSWORD, SharedServer.OTHER_PASSWORD, People.PASSWORD, "SCRAM-SHA-256$");
    }

    private static List<Path> logsUnder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static List<String> resultsOf(Caller caller) {
        return Metadata.column(
                "select result from audit_record where correlation_id = ? order by number", caller.correlationId());
    }

    private void locked(Runnable act) {
        assertThat(refused(owner(), act).code()).isEqualTo(ProblemCode.ServerLocked);
    }

    private List<String> databaseNames(UUID id) {
        return Callers.as(owner(), () -> databases.databases(id)).stream()
                .map(DatabaseInfo::name)
                .toList();
    }

    private Instant postmasterStart() throws Exception {
        try (Connection connection = connect(view(SharedServer.id()).endpoints().directPort(), "postgres", password());
                var rows = connection.createStatement().executeQuery("select pg_postmaster_start_time()")) {
            rows.next();
            return rows.getTimestamp(1).toInstant();
        }
    }

    private static void runJob(String job) {
        try {
            SchedulerRepository.getInstance().lookup("howdah").triggerJob(new JobKey(job, "standing"));
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        }
    }
}
