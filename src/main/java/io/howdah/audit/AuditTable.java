package io.howdah.audit;

import io.howdah.shared.Json;
import io.howdah.shared.Sql;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Records and checkpoints as the database has them, read in a container or without one. */
final class AuditTable {

    private static final String LAST = "select * from audit_record order by number desc limit 1";
    private static final String AFTER = "select * from audit_record where number > ? order by number limit ?";
    private static final String ARCHIVED =
            "select details from audit_record where action = ? order by number desc limit 1";
    private static final String SEALS = "select * from audit_seal order by number";
    private static final String ADD = """
            insert into audit_seal (number, record_number, record_hash, at, key, signature)
            values (?, ?, ?, ?::timestamptz, ?, ?)""";

    private final DataSource source;

    AuditTable(DataSource source) {
        this.source = source;
    }

    Optional<AuditRecord> last() {
        return Sql.row(source, LAST, AuditRecord::read);
    }

    Optional<AuditRecord> first() {
        return after(0, 1).stream().findFirst();
    }

    /** What was archived last, as its record says, which is itself under the chain. */
    Link archived() {
        return Sql.row(source, ARCHIVED, row -> Json.readMap(row.getString("details")), AuditLog.ARCHIVE)
                .map(details -> new Link(Long.parseLong(details.get("last")), details.get("hash")))
                .orElse(Link.FIRST);
    }

    List<AuditRecord> after(long number, int limit) {
        return Sql.rows(source, AFTER, AuditRecord::read, number, limit);
    }

    List<Seal> seals() {
        return Sql.rows(source, SEALS, Seal::read);
    }

    void add(Seal seal) {
        Sql.change(
                source,
                ADD,
                seal.number(),
                seal.recordNumber(),
                seal.recordHash(),
                seal.at().toString(),
                seal.key(),
                seal.signature());
    }
}
