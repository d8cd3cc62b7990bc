package io.howdah.audit;

import io.howdah.shared.Json;
import io.howdah.shared.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A checkpoint: that the log's newest record had this number and this hash at that time, signed with a key that does not
 * lie in the database.
 *
 * @param number counts the checkpoints from 1, without gaps
 * @param key fingerprint of the public key
 * @param signature Ed25519, in Base64
 */
record Seal(long number, long recordNumber, String recordHash, Instant at, String key, String signature) {

    /** What is signed. */
    static byte[] words(long number, long recordNumber, String recordHash, Instant at) {
        return String.join(
                        "\n",
                        "howdah audit checkpoint",
                        Long.toString(number),
                        Long.toString(recordNumber),
                        recordHash,
                        Long.toString(at.toEpochMilli()))
                .getBytes(StandardCharsets.UTF_8);
    }

    byte[] words() {
        return words(number, recordNumber, recordHash, at);
    }

    /** One line of JSON, for copies outside of the database. */
    String line() {
        Map<String, String> line = new LinkedHashMap<>();
        line.put("checkpoint", Long.toString(number));
        line.put("record", Long.toString(recordNumber));
        line.put("hash", recordHash);
        line.put("at", at.toString());
        line.put("key", key);
        line.put("signature", signature);
        return Json.write(line);
    }

    /** @throws IllegalArgumentException when it is not such a line */
    static Seal of(String line) {
        try {
            Map<String, String> read = Json.readMap(line);
            return new Seal(
                    Long.parseLong(read.get("checkpoint")),
                    Long.parseLong(read.get("record")),
                    read.get("hash"),
                    Instant.parse(read.get("at")),
                    read.get("key"),
                    read.get("signature"));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("not a checkpoint: " + line, e);
        }
    }

    static Seal read(ResultSet row) throws SQLException {
        return new Seal(
                row.getLong("number"),
                row.getLong("record_number"),
                row.getString("record_hash"),
                Sql.instant(row, "at"),
                row.getString("key"),
                row.getString("signature"));
    }

    SealView view() {
        return new SealView(number, recordNumber, recordHash, at);
    }
}
