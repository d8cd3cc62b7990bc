package io.howdah.operation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What this home remembers of the portal process that served it last, in the file {@code node}: enough to know for
 * certain that it is dead, so that its work need not wait until its leases have run out. A copy of the home on another
 * machine, or in another container, proves nothing.
 */
final class FormerSelf {

    private static final int LINES = 5;

    private final Path file;

    FormerSelf(Path home) {
        file = home.resolve("node");
    }

    /** The name that stays with the home wherever it lies; made when it has none. */
    String home() {
        return read().map(lines -> lines.get(0)).orElseGet(() -> {
            String made = UUID.randomUUID().toString();
            write(List.of(made, "", "", "", ""));
            return made;
        });
    }

    /** Whether that incarnation ran on this home and is certainly dead. */
    boolean wasAndIsDead(String incarnation) {
        return read().filter(lines -> lines.get(1).equals(incarnation))
                .filter(lines -> lines.get(4).equals(machine()))
                .map(lines -> ProcessHandle.of(Long.parseLong(lines.get(2)))
                        .map(process -> !started(process).equals(lines.get(3)))
                        .orElse(true))
                .orElse(false);
    }

    /** This process serves the home from now on. */
    void remember(String incarnation) {
        ProcessHandle self = ProcessHandle.current();
        write(List.of(home(), incarnation, Long.toString(self.pid()), started(self), machine()));
    }

    private static String started(ProcessHandle process) {
        return process.info().startInstant().map(Object::toString).orElse("");
    }

    /** The machine since its last boot, and the process numbers' name space in it. */
    private static String machine() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip() + " "
                    + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
        } catch (IOException e) {
            return "unknown " + UUID.randomUUID();
        }
    }

    private Optional<List<String>> read() {
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.size() == LINES ? Optional.of(lines) : Optional.empty();
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(List<String> lines) {
        try {
            Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "node", ".new");
            Files.write(fresh, lines);
            try {
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
