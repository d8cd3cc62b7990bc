package io.howdah.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import javax.sql.DataSource;

/**
 * The checkpoints of an installation, in the database and, a copy, as lines of a file in its home: who can change the
 * database does not get at the file.
 */
final class Seals {

    private static final int PAGE = 2000;

    private final AuditTable table;
    private final SealKey key;
    private final Path file;

    Seals(DataSource source, Path home) {
        table = new AuditTable(source);
        key = SealKey.in(home.resolve("secrets"));
        file = home.resolve("audit/checkpoints.jsonl");
    }

    /**
     * Looks through the whole log.
     *
     * @param kept checkpoints that were kept elsewhere
     * @param progress is told how many records have been seen
     */
    Verdict verify(List<Seal> kept, LongConsumer progress) {
        List<Seal> stored = table.seals();
        List<Seal> known = together(stored, together(inFile(), kept));
        Finding forged = Verification.forged(known, key);
        if (forged != null) {
            return new Verdict(0, 0, 0, forged);
        }
        return new Verification(Link.FIRST, number -> table.after(number, PAGE), known, progress).verdict();
    }

    /**
     * Signs how far the log has come, after a look at what is new; does nothing when nothing is.
     *
     * @return the checkpoint
     * @throws IllegalStateException when something is wrong with what is new: that is not to be vouched for
     */
    Optional<Seal> seal(Instant now) {
        List<Seal> stored = table.seals();
        Seal newest = stored.isEmpty() ? null : stored.get(stored.size() - 1);
        Link start = newest == null ? Link.FIRST : new Link(newest.recordNumber(), newest.recordHash());
        AuditRecord last = table.last().orElse(null);
        Optional<Seal> made = Optional.empty();
        if (last != null && last.number > start.number()) {
            Verdict verdict =
                    new Verification(start, number -> table.after(number, PAGE), List.of(), number -> {}).verdict();
            if (!verdict.whole()) {
                throw new IllegalStateException(verdict.words());
            }
            made = Optional.of(key.seal(
                    newest == null ? 1 : newest.number() + 1,
                    last.number,
                    last.hash,
                    now.truncatedTo(ChronoUnit.MILLIS)));
            table.add(made.get());
        }
        copy(made.isPresent() ? together(stored, List.of(made.get())) : stored);
        return made;
    }

    Instant newest() {
        List<Seal> stored = table.seals();
        return stored.isEmpty() ? Instant.EPOCH : stored.get(stored.size() - 1).at();
    }

    List<Seal> stored() {
        return table.seals();
    }

    /** Adds to the file what it lacks. */
    private void copy(List<Seal> stored) {
        List<Seal> there = inFile();
        try {
            Files.createDirectories(file.getParent());
            for (Seal seal : stored) {
                if (!there.contains(seal)) {
                    Files.writeString(file, seal.line() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first list, and of the second what the first lacks or has otherwise: that must show. */
    private static List<Seal> together(List<Seal> first, List<Seal> second) {
        List<Seal> all = new ArrayList<>(first);
        second.stream().filter(seal -> !first.contains(seal)).forEach(all::add);
        all.sort(Comparator.comparingLong(Seal::number).thenComparing(Seal::recordHash));
        return all;
    }

    private List<Seal> inFile() {
        return Files.exists(file) ? read(file) : List.of();
    }

    /** @throws IllegalArgumentException when a line is no checkpoint */
    static List<Seal> read(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .map(Seal::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
