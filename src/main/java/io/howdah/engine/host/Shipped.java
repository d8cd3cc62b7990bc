package io.howdah.engine.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which pieces of a server's WAL have got into its second repository, and which are still to go there: those that came into
 * the first one, and those that wait to get there.
 */
final class Shipped {

    private static final String SEGMENT = "[0-9A-F]{24}";
    private static final String HISTORY = "[0-9A-F]{8}\\.history";
    private static final String READY = ".ready";
    private static final int SEGMENT_CHARACTERS = 24;
    private static final int LONGEST = 65_536;

    private final Repository first;
    private final ServerDirectory directory;
    private final Path file;

    Shipped(Repository first, Repository second, ServerDirectory directory) {
        this.first = first;
        this.directory = directory;
        this.file = second.desk().resolve("remote-shipped");
    }

    boolean begun() {
        return Files.exists(file);
    }

    /** From now on: what came before the second repository's first backup is of no use there. */
    void begin() {
        write(new TreeSet<>(first()));
    }

    /** Histories first, then segments, oldest first. */
    Set<String> missing() {
        Set<String> shipped = read();
        Set<String> there = new TreeSet<>(java.util.Comparator.comparing((String name) -> !name.matches(HISTORY))
                .thenComparing(name -> name));
        // In this order: what moves meanwhile from one to the other is seen in one of them at least.
        there.addAll(waiting());
        there.addAll(first());
        there.removeIf(name -> shipped.stream().anyMatch(known -> covers(known, name)));
        return there;
    }

    /** Of each timeline the newest is known, and all before it is there too. */
    private static boolean covers(String known, String name) {
        return known.equals(name)
                || known.matches(SEGMENT)
                        && name.matches(SEGMENT)
                        && known.startsWith(name.substring(0, 8))
                        && known.compareTo(name) >= 0;
    }

    void add(String name) {
        Set<String> shipped = read();
        shipped.removeIf(known -> covers(name, known));
        shipped.add(name);
        write(shipped);
    }

    /** When the last of it got there, or null. */
    Instant newestAt() {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The newest segment that is there, or null. */
    String newest() {
        return read().stream()
                .filter(name -> name.matches(SEGMENT))
                .reduce((older, newer) -> newer)
                .orElse(null);
    }

    /** Where PostgreSQL still has it, complete, or null. */
    Path source(String name) {
        Path here = directory.data().resolve("pg_wal").resolve(name);
        return waiting().contains(name) && Files.exists(here) ? here : null;
    }

    private Set<String> read() {
        return new TreeSet<>(Disk.tail(file, LONGEST).lines().toList());
    }

    private void write(Collection<String> names) {
        Set<String> newest = new TreeSet<>(names);
        newest.removeIf(name -> names.stream().anyMatch(other -> !other.equals(name) && covers(other, name)));
        Disk.write(file, String.join("\n", newest) + "\n", "rw-------", null);
    }

    private Set<String> first() {
        Set<String> names = new HashSet<>();
        Path archive = first.files().resolve("archive").resolve(Repository.STANZA);
        if (!Files.isDirectory(archive)) {
            return names;
        }
        try (Stream<Path> all = Files.walk(archive, 3)) {
            all.map(path -> path.getFileName().toString()).forEach(name -> {
                String segment = name.length() > SEGMENT_CHARACTERS && name.charAt(SEGMENT_CHARACTERS) == '-'
                        ? name.substring(0, SEGMENT_CHARACTERS)
                        : name;
                keep(segment, names);
            });
        } catch (IOException | UncheckedIOException e) {
            throw EngineFault.passing(e.toString(), io.howdah.shared.ProblemCode.EngineNotResponding);
        }
        return names;
    }

    private Set<String> waiting() {
        Set<String> names = new HashSet<>();
        try (Stream<Path> all = Files.list(directory.data().resolve("pg_wal/archive_status"))) {
            all.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(READY))
                    .forEach(name -> keep(name.substring(0, name.length() - READY.length()), names));
        } catch (IOException e) {
            return names;
        }
        return names;
    }

    private static void keep(String name, Set<String> names) {
        if (name.matches(SEGMENT) || name.matches(HISTORY)) {
            names.add(name);
        }
    }
}
