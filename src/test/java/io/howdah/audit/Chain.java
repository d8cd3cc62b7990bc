package io.howdah.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An audit log in memory, and what somebody with the database in hand can do to it. */
final class Chain {

    final List<AuditRecord> records = new ArrayList<>();

    Chain(int length) {
        for (int i = 0; i < length; i++) {
            append("anna");
        }
    }

    AuditRecord append(String actor) {
        AuditRecord record = new AuditRecord();
        record.number = records.size() + 1L;
        record.at = Instant.parse("2026-03-01T12:00:00Z").plusSeconds(record.number);
        record.actor = actor;
        record.action = "servers/start";
        record.targetType = "server";
        record.targetName = "orders";
        record.result = AuditResult.ACCEPTED;
        record.correlationId = "c" + record.number;
        record.details = "{}";
        record.previousHash = end().hash();
        record.hash = record.computeHash();
        records.add(record);
        return record;
    }

    Link end() {
        return records.isEmpty() ? Link.FIRST : link(records.size());
    }

    Link link(int number) {
        AuditRecord record = records.get(number - 1);
        return new Link(record.number, record.hash);
    }

    AuditRecord get(int number) {
        return records.get(number - 1);
    }

    void remove(int number) {
        records.remove(number - 1);
    }

    /** Closes gaps, or makes room. */
    void renumber() {
        for (int i = 0; i < records.size(); i++) {
            records.get(i).number = i + 1L;
        }
    }

    /** Computes the chain anew from a record on. */
    void rewriteFrom(int number) {
        for (int i = number; i <= records.size(); i++) {
            get(i).previousHash = i == 1 ? Link.FIRST.hash() : get(i - 1).hash;
            get(i).hash = get(i).computeHash();
        }
    }

    AuditRecord insertAt(int number) {
        AuditRecord forged = new Chain(1).get(1);
        forged.number = number;
        forged.actor = "mallory";
        forged.previousHash = number == 1 ? Link.FIRST.hash() : get(number - 1).hash;
        forged.hash = forged.computeHash();
        records.add(number - 1, forged);
        return forged;
    }

    /** In small pages, as the database hands them out. */
    List<AuditRecord> after(long number) {
        return records.stream()
                .filter(record -> record.number > number)
                .limit(3)
                .toList();
    }
}
