package io.howdah.audit;

import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
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
        Link start = table.first().filter(first -> first.number > 1).isEmpty() ? Link.FIRST : table.archived();
        long missing = table.first().map(first -> first.number - 1).orElse(0L);
        if (missing != start.number() || !knows(known, start)) {
            return new Verdict(0, 0, 0, new Finding(Finding.Kind.REMOVED, 1, Math.max(1, missing)));
        }
        List<Seal> ahead = known.stream()
                .filter(seal -> seal.recordNumber() > start.number())
                .toList();
        return new Verification(start, number -> table.after(number, PAGE), ahead, progress).verdict();
    }

    /**
     * Signs how far the log has come, after a look at what is new; does nothing when nothing is.
     *
     * @return the checkpoint
     * @throws io.howdah.shared.ProblemException AuditLogNotWhole: what is wrong with what is new is not to be vouched for
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
                throw Problem.of(ProblemCode.AuditLogNotWhole, verdict.words()).raise();
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

    /**
     * Looks through a file of archived records.
     *
     * @throws IllegalArgumentException when it is no such file
     */
    Verdict verifyArchive(Path archive) {
        return ArchiveFile.verify(archive, key, together(table.seals(), inFile()));
    }

    /** Whether it is the beginning, or the place of a checkpoint. */
    static boolean knows(List<Seal> seals, Link link) {
        return link.equals(Link.FIRST)
                || seals.stream().anyMatch(seal -> link.equals(new Link(seal.recordNumber(), seal.recordHash())));
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
