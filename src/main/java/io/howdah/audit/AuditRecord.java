package io.howdah.audit;

import io.howdah.shared.Json;
import io.howdah.shared.Sql;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

/** One line of the log, written once and never changed. */
@Entity
@Table(name = "audit_record")
class AuditRecord {

    @Id
    long number;

    Instant at;
    String actor;
    String address;
    String action;

    @Column(name = "target_type")
    String targetType;

    @Column(name = "target_id")
    UUID targetId;

    @Column(name = "target_name")
    String targetName;

    @Column(name = "team_id")
    UUID teamId;

    @Enumerated(EnumType.STRING)
    AuditResult result;

    @Column(name = "correlation_id")
    String correlationId;

    String details;

    @Column(name = "previous_hash")
    String previousHash;

    String hash;

    /** SHA-256 over the previous hash and every field, each with its length, so that no two records read the same. */
    String computeHash() {
        StringBuilder text = new StringBuilder(previousHash);
        for (Object field : new Object[] {
            number,
            at.toEpochMilli(),
            actor,
            address,
            action,
            targetType,
            targetId,
            targetName,
            teamId,
            result,
            correlationId,
            details
        }) {
            String value = field == null ? "" : field.toString();
            text.append('|')
                    .append(field == null ? -1 : value.length())
                    .append(':')
                    .append(value);
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static AuditRecord read(ResultSet row) throws SQLException {
        AuditRecord record = new AuditRecord();
        record.number = row.getLong("number");
        record.at = Sql.instant(row, "at");
        record.actor = row.getString("actor");
        record.address = row.getString("address");
        record.action = row.getString("action");
        record.targetType = row.getString("target_type");
        record.targetId = Sql.id(row, "target_id");
        record.targetName = row.getString("target_name");
        record.teamId = Sql.id(row, "team_id");
        record.result = AuditResult.valueOf(row.getString("result"));
        record.correlationId = row.getString("correlation_id");
        record.details = row.getString("details");
        record.previousHash = row.getString("previous_hash");
        record.hash = row.getString("hash");
        return record;
    }

    /**
     * From a line of an export.
     *
     * @throws IllegalArgumentException when it is not such a line
     */
    static AuditRecord of(String line) {
        try {
            Map<String, String> read = Json.readMap(line);
            AuditRecord record = new AuditRecord();
            record.number = Long.parseLong(read.get("number"));
            record.at = Instant.parse(read.get("at"));
            record.actor = read.get("actor");
            record.address = read.get("address");
            record.action = read.get("action");
            record.targetType = read.get("target_type");
            record.targetId = id(read.get("target_id"));
            record.targetName = read.get("target_name");
            record.teamId = id(read.get("team_id"));
            record.result = AuditResult.valueOf(read.get("result"));
            record.correlationId = read.get("correlation_id");
            record.details = read.get("details");
            record.previousHash = read.get("previous_hash");
            record.hash = read.get("hash");
            return record;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("not an audit record: " + line, e);
        }
    }

    private static UUID id(String text) {
        return text == null ? null : UUID.fromString(text);
    }

    AuditRecordView view() {
        return new AuditRecordView(
                number,
                at,
                actor,
                address,
                action,
                targetType,
                targetId,
                targetName,
                teamId,
                result,
                correlationId,
                Json.readMap(details));
    }
}
