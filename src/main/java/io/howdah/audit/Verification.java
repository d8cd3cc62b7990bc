package io.howdah.audit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;

/**
 * Reads the log from one of its links on and says what is wrong first. Each record must carry the next number, its own hash
 * and the hash of the one before; and where a checkpoint was made, the hash that it has signed.
 */
final class Verification {

    /** So far apart may records be moved for it to be told how many were put in or taken out. */
    private static final int FURTHEST_SHIFT = 1000;

    private final LongFunction<List<AuditRecord>> after;
    private final Deque<AuditRecord> ahead = new ArrayDeque<>();
    private final Deque<Seal> seals;
    private final LongConsumer progress;
    private Link previous;
    private long sealedTo;
    private long records;
    private long sealsMet;

    /**
     * @param start the link to begin behind
     * @param after the records behind a number, some of them, in order; none at the end
     * @param seals the checkpoints of records behind the start, in order
     * @param progress is told the number of a record now and then
     */
    Verification(Link start, LongFunction<List<AuditRecord>> after, List<Seal> seals, LongConsumer progress) {
        this.previous = start;
        this.after = after;
        this.seals = new ArrayDeque<>(seals);
        this.progress = progress;
        sealedTo = start.number();
    }

    /** The first checkpoint that is missing among these or was not signed with the key, or null. */
    static Finding forged(List<Seal> seals, SealKey key) {
        for (int i = 0; i < seals.size(); i++) {
            Seal seal = seals.get(i);
            if (seal.number() > i + 1) {
                return new Finding(Finding.Kind.CHECKPOINT, i + 1, seal.number() - 1);
            }
            if (seal.number() <= i || !key.signed(seal)) {
                return new Finding(Finding.Kind.CHECKPOINT, seal.number(), seal.number());
            }
        }
        return null;
    }

    Verdict verdict() {
        Finding finding = null;
        while (finding == null && next() != null) {
            AuditRecord record = next();
            finding = wrong(record);
            if (finding == null) {
                ahead.remove();
                previous = new Link(record.number, record.hash);
                records++;
                finding = againstSeal();
            }
        }
        if (finding == null && !seals.isEmpty()) {
            finding = new Finding(
                    Finding.Kind.REMOVED, previous.number() + 1, seals.getLast().recordNumber());
        }
        return new Verdict(records, sealsMet, sealedTo, finding);
    }

    private AuditRecord next() {
        if (ahead.isEmpty()) {
            progress.accept(previous.number());
            ahead.addAll(after.apply(previous.number()));
        }
        return ahead.peek();
    }

    private AuditRecord second() {
        AuditRecord first = ahead.remove();
        if (ahead.isEmpty()) {
            ahead.addAll(after.apply(first.number));
        }
        AuditRecord second = ahead.peek();
        ahead.addFirst(first);
        return second;
    }

    private Finding wrong(AuditRecord record) {
        long expected = previous.number() + 1;
        if (record.number != expected) {
            return new Finding(Finding.Kind.REMOVED, expected, record.number - 1);
        }
        boolean own = record.computeHash().equals(record.hash);
        boolean follows = record.previousHash.equals(previous.hash());
        if (own && follows) {
            return null;
        }
        Finding moved = own ? null : moved(record);
        if (moved != null) {
            return moved;
        }
        AuditRecord second = second();
        // What comes after it knows nothing of it, or nothing comes after it and it knows nothing of what came before.
        if (second == null ? !own && !follows : second.previousHash.equals(previous.hash())) {
            return new Finding(Finding.Kind.INSERTED, expected, expected);
        }
        // It is sound itself but follows another: the one before was changed and its hash computed anew.
        long changed = own && records > 0 ? expected - 1 : expected;
        return new Finding(Finding.Kind.CHANGED, changed, changed);
    }

    /** A record that is sound under another number has been moved, since the number is under its hash. */
    private static Finding moved(AuditRecord record) {
        long number = record.number;
        try {
            for (int shift = 1; shift <= FURTHEST_SHIFT; shift++) {
                record.number = number - shift;
                if (record.computeHash().equals(record.hash)) {
                    return new Finding(Finding.Kind.INSERTED, number - shift, number - 1);
                }
                record.number = number + shift;
                if (record.computeHash().equals(record.hash)) {
                    return new Finding(Finding.Kind.REMOVED, number, number + shift - 1);
                }
            }
            return null;
        } finally {
            record.number = number;
        }
    }

    private Finding againstSeal() {
        while (!seals.isEmpty() && seals.peek().recordNumber() == previous.number()) {
            Seal seal = seals.remove();
            if (!seal.recordHash().equals(previous.hash())) {
                return new Finding(Finding.Kind.REWRITTEN, sealedTo + 1, previous.number());
            }
            sealedTo = previous.number();
            sealsMet++;
        }
        return null;
    }
}
