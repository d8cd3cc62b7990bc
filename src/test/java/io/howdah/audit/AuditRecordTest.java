package io.howdah.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AuditRecordTest {

    private static AuditRecord record() {
        AuditRecord record = new AuditRecord();
        record.number = 7;
        record.at = Instant.parse("2026-03-01T12:00:00Z");
        record.actor = "anna";
        record.action = "servers/start";
        record.targetType = "server";
        record.targetName = "orders";
        record.result = AuditResult.ACCEPTED;
        record.correlationId = "abc";
        record.details = "{}";
        record.previousHash = "0".repeat(64);
        return record;
    }

    static Stream<Consumer<AuditRecord>> forgeries() {
        return Stream.of(
                r -> r.number = 8,
                r -> r.at = r.at.plusMillis(1),
                r -> r.actor = "berta",
                r -> r.address = "203.0.113.7",
                r -> r.action = "servers/stop",
                r -> r.targetName = "order",
                r -> r.result = AuditResult.DENIED,
                r -> r.correlationId = "abd",
                r -> r.details = "{\"a\":\"b\"}",
                r -> r.previousHash = "1" + "0".repeat(63),
                // A character moved from one field to the next must not go unseen.
                r -> {
                    r.actor = "ann";
                    r.address = "a";
                });
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void everyFieldIsUnderTheHash(Consumer<AuditRecord> forgery) {
        AuditRecord forged = record();
        forgery.accept(forged);
        assertThat(forged.computeHash()).isNotEqualTo(record().computeHash());
    }
}
