package io.howdah.audit;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Records that have left the database: a compressed file with a line of JSON for each, oldest first, and the checkpoint that
 * vouches for the last one as its last line.
 */
final class ArchiveFile {

    private static final int PAGE = 2000;
    private static final String SEAL = "{\"checkpoint\"";

    private ArchiveFile() {}

    /**
     * Writes the file, whole or not at all.
     *
     * @param first number of the first record
     * @param seal the checkpoint of the last record
     * @throws UncheckedIOException when there is no room for it
     */
    static Path write(Path folder, AuditTable table, long first, Seal seal) {
        Path file = folder.resolve("audit-" + first + "-" + seal.recordNumber() + ".jsonl.gz");
        Path fresh = folder.resolve(file.getFileName() + ".new");
        try {
            Files.createDirectories(folder);
            try (BufferedWriter lines = new BufferedWriter(new OutputStreamWriter(
                    new GZIPOutputStream(Files.newOutputStream(fresh)), StandardCharsets.UTF_8))) {
                long last = first - 1;
                while (last < seal.recordNumber()) {
                    List<AuditRecord> page = table.after(last, (int) Math.min(PAGE, seal.recordNumber() - last));
                    if (page.isEmpty()) {
                        break;
                    }
                    for (AuditRecord record : page) {
                        lines.write(AuditExport.Format.JSON_LINES.line(record));
                        last = record.number;
                    }
                }
                lines.write(seal.line() + "\n");
            }
            // The records are removed next: the file must outlive a loss of power.
            try (FileChannel written = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            return Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Looks through a file.
     *
     * @param known the checkpoints of the log that it came from
     * @throws IllegalArgumentException when it is no such file
     */
    static Verdict verify(Path file, SealKey key, List<Seal> known) {
        Seal seal = null;
        AuditRecord first = null;
        try (BufferedReader lines = open(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (first == null) {
                    first = AuditRecord.of(line);
                }
                if (line.startsWith(SEAL)) {
                    seal = Seal.of(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (seal == null || first == null || !key.signed(seal) || !known.contains(seal)) {
            long number = seal == null ? 0 : seal.number();
            return new Verdict(0, 0, 0, new Finding(Finding.Kind.CHECKPOINT, number, number));
        }
        Link start = first.number == 1 ? Link.FIRST : new Link(first.number - 1, first.previousHash);
        if (!Seals.knows(known, start)) {
            return new Verdict(0, 0, 0, new Finding(Finding.Kind.CHANGED, first.number, first.number));
        }
        try (BufferedReader lines = open(file)) {
            return new Verification(start, number -> page(lines), List.of(seal), number -> {}).verdict();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedReader open(Path file) throws IOException {
        return new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
    }

    /** The next lines, whatever is asked for: a file is read in order. */
    private static List<AuditRecord> page(BufferedReader lines) {
        List<AuditRecord> page = new ArrayList<>();
        try {
            while (page.size() < PAGE) {
                String line = lines.readLine();
                if (line == null || line.startsWith(SEAL)) {
                    return page;
                }
                page.add(AuditRecord.of(line));
            }
            return page;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
