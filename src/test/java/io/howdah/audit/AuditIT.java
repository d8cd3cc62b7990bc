package io.howdah.audit;

import static io.howdah.container.Container.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.howdah.access.AccessService;
import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.access.Scope;
import io.howdah.access.ServiceAccountService;
import io.howdah.audit.Finding.Kind;
import io.howdah.container.Container;
import io.howdah.container.Metadata;
import io.howdah.container.People;
import io.howdah.shared.ProblemCode;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The audit log in the database: that it can only grow, and that whoever bends it all the same is found out. */
@ExtendWith(ArquillianExtension.class)
class AuditIT {

    @Inject
    private AuditService audit;

    @Inject
    private AuditLog log;

    @Inject
    private ForwardService forwards;

    @Inject
    private ServiceAccountService accounts;

    @TempDir
    private Path folder;

    @Inject
    private AccessService access;

    private Caller administrator;
    private UUID team;
    private Caller owner;

    @BeforeEach
    void writeSomeRecords() {
        administrator = People.administrator();
        team = People.team("Watched");
        owner = People.member("Owner", team);
        for (String role : List.of("Operator", "Reader")) {
            Callers.as(
                    People.again(owner), () -> access.invite(People.unique("watched"), null, role, Scope.team(team)));
        }
    }

    @Test
    void theProductsOwnRoleCanOnlyAppend() {
        for (String statement : List.of(
                "update audit_record set actor = 'nobody'",
                "delete from audit_record",
                "truncate audit_record",
                "alter table audit_record add column more text",
                "drop table audit_record",
                "alter table audit_record disable trigger all",
                "update audit_seal set signature = ''",
                "delete from audit_seal",
                "delete from flyway_schema_history",
                "create table elsewhere (n int)")) {
            assertThatThrownBy(() -> Metadata.change(statement))
                    .as(statement)
                    .cause()
                    .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("42501"));
        }
    }

    @Test
    void whatTheOwnerOfTheTablesChangesRemovesOrInsertsIsFound() throws Exception {
        try (Connection lock = chainHeld()) {
            assertThat(lock.isValid(1)).isTrue();
            assertThat(verdict().whole()).isTrue();
            long last = Metadata.value("select max(number) from audit_record");
            long number = last - 2;
            String actor = Metadata.value("select actor from audit_record where number = ?", number);
            Metadata.changeAsOwner("update audit_record set actor = 'somebody-else' where number = ?", number);
            assertThat(verdict().finding()).isEqualTo(new Finding(Kind.CHANGED, number, number));
            Metadata.changeAsOwner("update audit_record set actor = ? where number = ?", actor, number);

            Metadata.changeAsOwner("create table taken_out as select * from audit_record where number = ?", number);
            Metadata.changeAsOwner("delete from audit_record where number = ?", number);
            assertThat(verdict().finding()).isEqualTo(new Finding(Kind.REMOVED, number, number));
            Metadata.changeAsOwner("insert into audit_record select * from taken_out");
            Metadata.changeAsOwner("drop table taken_out");

            move(number, 1);
            Metadata.changeAsOwner("""
                    insert into audit_record
                    select ?, at, 'mallory', address, action, target_type, target_id, target_name, team_id, result,
                        correlation_id, details, previous_hash, hash
                    from audit_record where number = ?""", number, number + 1);
            assertThat(verdict().finding()).isEqualTo(new Finding(Kind.INSERTED, number, number));
            Metadata.changeAsOwner("delete from audit_record where number = ?", number);
            move(number + 1, -1);
            assertThat(verdict().whole()).isTrue();
        }
    }

    @Test
    void aTailThatIsCutOffAfterTheSealIsFoundThoughTheSealIsGoneToo() throws Exception {
        try (Connection lock = chainHeld()) {
            assertThat(lock.isValid(1)).isTrue();
            Seal seal = seals().seal(Instant.now()).orElseThrow();
            assertThat(seals().seal(Instant.now())).isEmpty();
            long last = Metadata.value("select max(number) from audit_record");
            assertThat(seal.recordNumber()).isEqualTo(last);
            assertThat(verdict().sealedTo()).isEqualTo(last);

            Metadata.changeAsOwner("create table cut_off as select * from audit_record where number > ?", last - 3);
            Metadata.changeAsOwner("create table seals_gone as select * from audit_seal");
            Metadata.changeAsOwner("delete from audit_record where number > ?", last - 3);
            assertThat(verdict().finding()).isEqualTo(new Finding(Kind.REMOVED, last - 2, last));
            Metadata.changeAsOwner("delete from audit_seal");
            assertThat(verdict().finding()).isEqualTo(new Finding(Kind.REMOVED, last - 2, last));
            Metadata.changeAsOwner("insert into audit_record select * from cut_off");
            Metadata.changeAsOwner("insert into audit_seal select * from seals_gone");
            Metadata.changeAsOwner("drop table cut_off, seals_gone");

            Metadata.changeAsOwner(
                    "update audit_seal set signature = reverse(signature) where number = ?", seal.number());
            assertThat(verdict().finding()).isEqualTo(new Finding(Kind.CHECKPOINT, seal.number(), seal.number()));
            Metadata.changeAsOwner(
                    "update audit_seal set signature = reverse(signature) where number = ?", seal.number());
            assertThat(verdict().whole()).isTrue();
            assertThat(Files.readString(Metadata.home().resolve("audit/checkpoints.jsonl")))
                    .contains(seal.line());
        }
    }

    @Test
    void whatIsNotWholeIsNotSealed() throws Exception {
        try (Connection lock = chainHeld()) {
            assertThat(lock.isValid(1)).isTrue();
            long last = Metadata.value("select max(number) from audit_record");
            Metadata.changeAsOwner("update audit_record set details = details || ' ' where number = ?", last);
            assertThatThrownBy(() -> seals().seal(Instant.now())).hasMessageContaining("Record " + last);
            Metadata.changeAsOwner("update audit_record set details = rtrim(details) where number = ?", last);
        }
    }

    @Test
    void whoAnswersForTheInstallationIsToldOnceOfWhatIsFound() throws Exception {
        try (Connection lock = chainHeld()) {
            assertThat(lock.isValid(1)).isTrue();
            long last = Metadata.value("select max(number) from audit_record");
            Metadata.changeAsOwner("update audit_record set details = details || ' ' where number = ?", last);
            for (int look = 0; look < 2; look++) {
                assertThat(Callers.as(People.again(administrator), () -> audit.verify(number -> {}))
                                .whole())
                        .isFalse();
            }
            Metadata.changeAsOwner("update audit_record set details = rtrim(details) where number = ?", last);
            assertThat(Metadata.<String>column(
                            "select concerned from notice where kind = 'AUDIT_LOG_BROKEN' and text like ?",
                            "Record " + last + " %"))
                    .hasSize(1)
                    .allSatisfy(told -> assertThat(told)
                            .contains(administrator.personId().toString())
                            .doesNotContain(owner.personId().toString()));
        }
    }

    @Test
    void whatWasPermittedAndFailedIsOnRecordAndWhatTheFormRefusesIsNot() {
        Caller fails = People.again(owner);
        Caller mistypes = People.again(owner);
        assertThat(refused(fails, () -> accounts.create(team, owner.name(), "")).code())
                .isEqualTo(ProblemCode.PersonNameTaken);
        assertThat(refused(mistypes, () -> accounts.create(team, "no name", "")).code())
                .isEqualTo(ProblemCode.ServiceAccountNameInvalid);
        Container.await(30)
                .until(() -> Metadata.count("audit_record where correlation_id = ?", fails.correlationId()) > 0);
        assertThat(Metadata.rows(
                        "select actor, action, result, details from audit_record where correlation_id = ?",
                        fails.correlationId()))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record)
                            .containsEntry("actor", owner.name())
                            .containsEntry("action", "serviceAccounts/write")
                            .containsEntry("result", "FAILED");
                    assertThat((String) record.get("details"))
                            .contains("\"created\":\"true\"", "\"problem\":\"PersonNameTaken\"");
                });
        assertThat(Metadata.count("audit_record where correlation_id = ?", mistypes.correlationId()))
                .isZero();
    }

    @Test
    void filtersFindByEveryFieldAndPagesGoOnWhereTheLastOneEnded() {
        AuditFilter mine = filter(null, owner.name(), null, null, null);
        List<AuditRecordView> both = page(owner, mine, Long.MAX_VALUE, 10);
        assertThat(both).extracting(AuditRecordView::actor).containsExactly(owner.name(), owner.name());
        assertThat(page(owner, mine, both.get(0).number(), 10)).containsExactly(both.get(1));
        String part = owner.name().substring(2).toUpperCase(Locale.ROOT);
        assertThat(page(owner, filter(part, null, null, null, null), Long.MAX_VALUE, 10))
                .containsAll(both);
        assertThat(page(owner, filter("%" + part, null, null, null, null), Long.MAX_VALUE, 10))
                .isEmpty();
        assertThat(page(owner, filter(null, owner.name(), "access/write", null, null), Long.MAX_VALUE, 10))
                .hasSize(2);
        Instant now = Instant.now();
        assertThat(page(
                        owner,
                        filter(null, owner.name(), null, now.minus(Duration.ofMinutes(5)), now.plusSeconds(60)),
                        Long.MAX_VALUE,
                        10))
                .hasSize(2);
        assertThat(page(
                        owner,
                        filter(null, owner.name(), null, null, now.minus(Duration.ofMinutes(5))),
                        Long.MAX_VALUE,
                        10))
                .isEmpty();
        assertThat(page(
                        owner,
                        filter(null, owner.name(), null, now.plus(Duration.ofDays(1)), null),
                        Long.MAX_VALUE,
                        10))
                .isEmpty();
        Caller stranger = People.member("Owner", People.team("Others"));
        assertThat(page(stranger, mine, Long.MAX_VALUE, 10)).isEmpty();
        assertThat(Callers.as(People.again(stranger), audit::actors)).doesNotContain(owner.name());
        assertThat(Callers.as(People.again(owner), audit::actors)).contains(owner.name());
    }

    @Test
    void anExportHoldsWhatTheFilterShowsAndIsItselfOnRecord() {
        Caller asks = People.again(owner);
        AuditFilter mine = filter(null, owner.name(), "access/write", null, null);
        AuditExport csv = Callers.as(asks, () -> audit.export(mine, AuditExport.Format.CSV));
        List<String> lines = Callers.as(asks, () -> Container.written(to -> audit.write(csv, to)));
        assertThat(lines).hasSize(3).element(0).asString().startsWith("number,at,actor");
        assertThat(lines.get(1)).contains(owner.name()).contains("access/write");
        assertThat(Metadata.<String>value(
                        "select details from audit_record where action = 'audit/export' and correlation_id = ?",
                        asks.correlationId()))
                .isEqualTo("{\"action\":\"access/write\",\"actor\":\"" + owner.name() + "\",\"format\":\"csv\"}");
        assertThat(refused(asks, audit::exportCheckpoints).code()).isEqualTo(ProblemCode.AccessDenied);
    }

    @Test
    void aWebhookGetsEachRecordOnceItAnswersAndBeginsWithTheOneThatChoseIt() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        List<String> bodies = new CopyOnWriteArrayList<>();
        AtomicInteger answer = new AtomicInteger(503);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (answer.get() == 200) {
                bodies.add(exchange.getRequestHeaders().getFirst("X-Howdah-Signature") + " " + body);
            }
            exchange.sendResponseHeaders(answer.get(), -1);
            exchange.close();
        });
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/secret-path";
            Caller chooses = People.again(administrator);
            String secret = Callers.as(chooses, () -> forwards.toWebhook(address));
            Container.bean(ForwardAuditLog.class).run();
            assertThat(forward().trouble()).contains("503");
            assertThat(forward().behind()).isPositive();
            assertThat(bodies).isEmpty();
            assertThat(Metadata.rows("select * from audit_forward").toString())
                    .doesNotContain("secret-path")
                    .doesNotContain(secret);

            // The product's own job runs beside, so that only the pause itself is sure, and not what comes first after
            // it.
            assertThat(Metadata.count("audit_forward where tries > 0 and due > now() + interval '10 seconds'"))
                    .isEqualTo(1);
            answer.set(200);
            Metadata.change("update audit_forward set due = now()");
            Container.await(30).until(() -> {
                Container.bean(ForwardAuditLog.class).run();
                return forward().behind() == 0;
            });
            assertThat(forward().trouble()).isNull();
            assertThat(forward().place())
                    .isEqualTo("127.0.0.1:" + server.getAddress().getPort());
            assertThat(bodies.get(0))
                    .startsWith("t=")
                    .contains("{\"records\":[{\"number\":")
                    .containsOnlyOnce(chooses.correlationId());
            assertThat(String.join("", bodies)).doesNotContain(secret);
        } finally {
            Callers.as(People.again(administrator), () -> forwards.stop(ForwardKind.WEBHOOK));
            server.stop(0);
        }
        assertThat(Metadata.count("audit_forward")).isZero();
    }

    @Test
    void onlyWhatIsSealedAndOldLeavesTheLogAndItsFileIsWhole() throws Exception {
        ArchiveAuditLog archiving = Container.bean(ArchiveAuditLog.class);
        assertThat(archiving.archive(Duration.ofDays(90))).isNull();
        Seal seal = seals().seal(Instant.now()).orElseThrow();
        assertThatThrownBy(() -> Metadata.value("select audit_archive(?)", seal.recordNumber()))
                .cause()
                .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("42501"));

        try (Connection lock = chainHeld()) {
            assertThat(lock.isValid(1)).isTrue();
            AuditTable table = new AuditTable(source());
            long first = table.first().orElseThrow().number;
            Path file = ArchiveFile.write(folder, table, first, seal);
            assertThat(seals().verifyArchive(file))
                    .isEqualTo(new Verdict(seal.recordNumber() - first + 1, 1, seal.recordNumber(), null));
            assertThat(file.getFileName().toString())
                    .isEqualTo("audit-" + first + "-" + seal.recordNumber() + ".jsonl.gz");

            List<String> lines = new ArrayList<>(lines(file));
            lines.remove(2);
            assertThat(seals().verifyArchive(written(file, lines)).finding())
                    .isEqualTo(new Finding(Kind.REMOVED, first + 2, first + 2));
            lines.remove(lines.size() - 2);
            lines.remove(0);
            lines.remove(0);
            assertThat(seals().verifyArchive(written(file, lines)).whole()).isFalse();
        }
    }

    @Test
    void whatIsArchivedIsNoLossAndItsRecordSaysWhereTheLogBegins() throws Exception {
        Seal seal = seals().seal(Instant.now()).orElseThrow();
        Callers.as(People.again(owner), () -> access.invite(People.unique("later"), null, "Reader", Scope.team(team)));
        long last = Metadata.value("select max(number) from audit_record");
        // The container's tests share one log, and each shall find it whole: what leaves it here comes back.
        Metadata.changeAsOwner("create table all_records as select * from audit_record");
        try {
            Metadata.changeAsOwner("alter function audit_archive(bigint) rename to audit_archive_kept");
            Metadata.changeAsOwner(
                    "create function audit_archive(up_to bigint) returns bigint language sql security definer"
                            + " as 'with gone as (delete from audit_record where number <= up_to returning 1) select count(*) from gone'");
            log.archived("audit-1-" + seal.recordNumber() + ".jsonl.gz", 1, seal);
            assertThat(Metadata.<Long>value("select min(number) from audit_record"))
                    .isEqualTo(seal.recordNumber() + 1);
            assertThat(verdict().whole()).isTrue();
            assertThat(verdict().records()).isGreaterThanOrEqualTo(last + 1 - seal.recordNumber());
            Metadata.changeAsOwner("delete from audit_record where number = ?", seal.recordNumber() + 1);
            assertThat(verdict().finding()).isEqualTo(new Finding(Kind.REMOVED, 1, seal.recordNumber() + 1));
        } finally {
            Metadata.changeAsOwner("drop function audit_archive(bigint)");
            Metadata.changeAsOwner("alter function audit_archive_kept(bigint) rename to audit_archive");
            Metadata.changeAsOwner(
                    "insert into audit_record select * from all_records on conflict (number) do nothing");
            Metadata.changeAsOwner("drop table all_records");
        }
        assertThat(verdict().whole()).isTrue();
    }

    private static List<String> lines(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static Path written(Path file, List<String> lines) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private ForwardView forward() {
        return Callers.as(People.again(administrator), () -> forwards.forwards().get(0));
    }

    private static AuditFilter filter(String text, String actor, String action, Instant from, Instant to) {
        return new AuditFilter(text, actor, action, null, null, null, from, to);
    }

    private List<AuditRecordView> page(Caller caller, AuditFilter filter, long before, int limit) {
        return Callers.as(People.again(caller), () -> audit.list(filter, before, limit));
    }

    private Verdict verdict() {
        return Callers.as(People.again(administrator), () -> audit.verify(number -> {}));
    }

    private static Seals seals() throws Exception {
        return new Seals(source(), Metadata.home());
    }

    private static DataSource source() throws NamingException {
        return (DataSource) new InitialContext().lookup("jdbc/howdah");
    }

    /** Nothing is appended while the log is bent. */
    private static Connection chainHeld() throws Exception {
        Connection connection = Metadata.openAsOwner();
        try (Statement lock = connection.createStatement()) {
            lock.execute("select pg_advisory_lock(" + AuditLog.CHAIN_LOCK + ")");
        }
        return connection;
    }

    private static void move(long from, long by) {
        Metadata.changeAsOwner("update audit_record set number = -number - ? where number >= ?", by, from);
        Metadata.changeAsOwner("update audit_record set number = -number where number < 0");
    }
}
