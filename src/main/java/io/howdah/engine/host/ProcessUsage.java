package io.howdah.engine.host;

import io.howdah.engine.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What PostgreSQL's processes use: from the server's control group where the kernel counts there, else from /proc. No
 * session is opened for it, so that looking at a thousand servers costs about as much as looking at their files.
 */
final class ProcessUsage {

    private static final int MILLIS_PER_TICK = 10;

    /** Places among the fields of /proc/&lt;pid&gt;/stat, from the state on. */
    private static final int USER = 11;

    private static final int REAPED_SYSTEM = 14;
    private static final int LOOKS = 3;

    /** As PostgreSQL titles a client's process: role, database, where from, what it does. */
    private static final Pattern CLIENT = Pattern.compile(
            "postgres: (?!.*\\bwalsender ).* (\\[local\\]|[0-9a-fA-F.:]+\\(\\d+\\)) .*", Pattern.DOTALL);

    private static final Pattern KIB = Pattern.compile("^(RssAnon|RssShmem):\\s+(\\d+) kB$", Pattern.MULTILINE);
    private static final int KIB_PER_MIB = 1024;

    private final ProcessMark postmaster;
    private Set<Long> children = Set.of();

    private ProcessUsage(ProcessMark postmaster) {
        this.postmaster = postmaster;
    }

    /** @return empty when it has just ended */
    static Optional<Usage> of(ProcessMark postmaster, Limits limits, String group) {
        ProcessUsage processes = new ProcessUsage(postmaster);
        Duration cpu = processes.spent();
        if (!postmaster.alive()) {
            return Optional.empty();
        }
        OptionalLong held = limits.heldBytes(group);
        long memoryMib = held.isPresent()
                ? held.getAsLong() / (KIB_PER_MIB * KIB_PER_MIB)
                : processes.residentKib() / KIB_PER_MIB;
        return Optional.of(
                new Usage(limits.spentCpu(group).orElse(cpu), Math.toIntExact(memoryMib), processes.clients()));
    }

    /** Time of a child that ends passes to its parent: looks again when one came or went meanwhile. */
    private Duration spent() {
        long ticks = 0;
        for (int look = 0; look < LOOKS; look++) {
            children = children();
            ticks = ticks(postmaster.pid());
            for (long child : children) {
                ticks += ticks(child);
            }
            if (children.equals(children())) {
                break;
            }
        }
        return Duration.ofMillis(ticks * MILLIS_PER_TICK);
    }

    private Set<Long> children() {
        String pid = Long.toString(postmaster.pid());
        Path list = Path.of("/proc", pid, "task", pid, "children");
        Set<Long> found = new HashSet<>();
        if (Files.exists(list)) {
            for (String child : read(list).strip().split(" ")) {
                if (!child.isEmpty()) {
                    found.add(Long.parseLong(child));
                }
            }
        } else {
            ProcessHandle.of(postmaster.pid()).stream()
                    .flatMap(ProcessHandle::children)
                    .forEach(child -> found.add(child.pid()));
        }
        return found;
    }

    /** Its own, and those of its children that have ended. */
    private static long ticks(long pid) {
        String stat = read(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        long ticks = 0;
        for (int i = USER; i <= REAPED_SYSTEM && i < fields.length; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return ticks;
    }

    /** The memory of each, and once what they share. */
    private long residentKib() {
        long own = 0;
        long shared = 0;
        for (long pid : all()) {
            Matcher line = KIB.matcher(read(Path.of("/proc", Long.toString(pid), "status")));
            while (line.find()) {
                long kib = Long.parseLong(line.group(2));
                if (line.group(1).equals("RssAnon")) {
                    own += kib;
                } else {
                    shared = Math.max(shared, kib);
                }
            }
        }
        return own + shared;
    }

    private List<Long> all() {
        Set<Long> all = new HashSet<>(children);
        all.add(postmaster.pid());
        return List.copyOf(all);
    }

    private int clients() {
        return (int) children.stream()
                .map(pid -> read(Path.of("/proc", Long.toString(pid), "cmdline")))
                .filter(ProcessUsage::isClient)
                .count();
    }

    static boolean isClient(String title) {
        return CLIENT.matcher(title).matches();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
