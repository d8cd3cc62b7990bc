package io.howdah.audit;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Years of an audit log, made in the database itself: a chain that is whole, behind whatever is there. */
public final class ManyRecords {

    public static final int PEOPLE = 400;
    public static final int SERVERS = 2_000;
    private static final int TEAMS = 40;
    private static final String[] ACTIONS = {
        "access/signIn",
        "servers/restart",
        "servers/start",
        "servers/stop",
        "sql/run",
        "backups/take",
        "servers/scale",
        "schedules/write",
        "databases/create",
        "access/write",
        "servers/tag",
        "profile/write",
        "servers/create",
        "backups/policy",
        "operations/retry",
        "backups/restore",
        "servers/resetPassword",
        "locks/write",
        "servers/delete"
    };

    private final Random random = new Random(7);
    private final Connection owner;

    /** @param owner a connection of the tables' owner */
    public ManyRecords(Connection owner) {
        this.owner = owner;
    }

    /** Nobody else may write meanwhile. The newest is of now. */
    public void append(int count) throws SQLException {
        List<String> indexes = column("select indexdef from pg_indexes where tablename = 'audit_record'"
                + " and indexname <> 'audit_record_pkey'");
        for (String name : column("select indexname from pg_indexes where tablename = 'audit_record'"
                + " and indexname <> 'audit_record_pkey'")) {
            run("drop index " + name);
        }
        run("alter table audit_record disable trigger audit_words");
        copy(count);
        run("alter table audit_record enable trigger audit_words");
        for (String index : indexes) {
            run(index);
        }
        for (String word : List.of("'ACTOR', actor", "'ACTION', action", "'TARGET', target_name")) {
            run("insert into audit_word (kind, team_id, value) select distinct "
                    + word.replace(", ", ", coalesce(team_id, '00000000-0000-0000-0000-000000000000'), ")
                    + " from audit_record on conflict do nothing");
        }
        run("vacuum analyze audit_record");
        run("analyze audit_word");
    }

    /**
     * How many transactions a second can append a record each when several want to at once, as the product appends.
     *
     * @param product connections of the product's own role
     */
    public static double appendsPerSecond(List<Connection> product, Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        List<Callable<Long>> writers = new ArrayList<>();
        for (Connection connection : product) {
            writers.add(() -> {
                ManyRecords records = new ManyRecords(connection);
                long done = 0;
                for (; System.nanoTime() < end; done++) {
                    records.appendOne();
                }
                return done;
            });
        }
        long done = 0;
        try (ExecutorService executor = Executors.newFixedThreadPool(product.size())) {
            for (Future<Long> writer : executor.invokeAll(writers)) {
                done += writer.get();
            }
        }
        return done / (time.toMillis() / 1000.0);
    }

    private void appendOne() throws SQLException {
        owner.setAutoCommit(false);
        try (PreparedStatement find = owner.prepareStatement(AuditLog.LAST);
                PreparedStatement insert = owner.prepareStatement(AuditLog.INSERT)) {
            find.execute();
            find.getMoreResults();
            AuditRecord last = new AuditRecord();
            try (ResultSet row = find.getResultSet()) {
                row.next();
                last.number = row.getLong("number");
                last.hash = row.getString("hash");
            }
            AuditRecord record = next(last);
            record.at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            record.hash = record.computeHash();
            Object[] values = fields(record);
            for (int i = 0; i < values.length; i++) {
                insert.setObject(
                        i + 1,
                        switch (values[i]) {
                            case Instant at -> Timestamp.from(at);
                            case AuditResult result -> result.name();
                            case null, default -> values[i];
                        });
            }
            insert.executeUpdate();
            owner.commit();
        }
    }

    private void copy(int count) throws SQLException {
        AuditRecord last;
        try (Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery("select * from audit_record order by number desc limit 1")) {
            row.next();
            last = AuditRecord.read(row);
        }
        Instant begun = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        long step = Duration.ofDays(3 * 365).toMillis() / count;
        CopyIn copy = owner.unwrap(PGConnection.class).getCopyAPI().copyIn("copy audit_record from stdin");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            AuditRecord record = next(last);
            record.at = begun.minusMillis(step * (count - i));
            record.hash = record.computeHash();
            line(lines, record);
            if (lines.length() > 1_000_000 || i == count - 1) {
                byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
                copy.writeToCopy(bytes, 0, bytes.length);
                lines.setLength(0);
            }
            last = record;
        }
        copy.endCopy();
    }

    private AuditRecord next(AuditRecord last) {
        AuditRecord record = new AuditRecord();
        record.number = last.number + 1;
        // Few do much and many do little.
        record.actor = person((int) (PEOPLE * Math.pow(random.nextDouble(), 2)));
        record.address = "192.0.2." + random.nextInt(256);
        record.action = ACTIONS[(int) (ACTIONS.length * Math.pow(random.nextDouble(), 2))];
        int number = (int) (SERVERS * Math.pow(random.nextDouble(), 2));
        boolean person = record.action.startsWith("access/") || record.action.startsWith("profile/");
        record.targetType = person ? "person" : "server";
        record.targetId = person ? null : server(number);
        record.targetName = person ? record.actor : "server-" + number;
        record.teamId = person ? null : new UUID(7, number % TEAMS);
        int ended = random.nextInt(1000);
        record.result = ended < 500
                ? AuditResult.ACCEPTED
                : ended < 980 ? AuditResult.SUCCEEDED : ended < 990 ? AuditResult.FAILED : AuditResult.DENIED;
        record.correlationId = correlation(record.number);
        record.details = "{\"operation\":\"" + new UUID(record.number, 1) + "\"}";
        record.previousHash = last.hash;
        return record;
    }

    public static String person(int number) {
        return "person-" + number;
    }

    public static UUID server(int number) {
        return new UUID(11, number);
    }

    public static String correlation(long number) {
        return Long.toHexString(number * 2_654_435_761L);
    }

    private static Object[] fields(AuditRecord record) {
        return new Object[] {
            record.number,
            record.at,
            record.actor,
            record.address,
            record.action,
            record.targetType,
            record.targetId,
            record.targetName,
            record.teamId,
            record.result,
            record.correlationId,
            record.details,
            record.previousHash,
            record.hash
        };
    }

    private static void line(StringBuilder to, AuditRecord record) {
        Object[] fields = fields(record);
        for (int i = 0; i < fields.length; i++) {
            to.append(i == 0 ? "" : "\t").append(fields[i] == null ? "\\N" : fields[i]);
        }
        to.append('\n');
    }

    private List<String> column(String query) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = owner.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private void run(String statement) throws SQLException {
        try (Statement run = owner.createStatement()) {
            run.execute(statement);
        }
    }
}
