package io.howdah.engine.host;

import io.howdah.engine.Compute;
import io.howdah.engine.DiskSpeed;
import io.howdah.shared.Messages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Holds servers to their CPU and memory with control groups, {@code howdah/<short name>} below the root: of version 2, or
 * of version 1 with a hierarchy for each controller. Where neither can be written, servers run without limits.
 */
final class Limits {

    /** The usual mount point. */
    static final Path ROOT = Path.of("/sys/fs/cgroup");

    private static final String OURS = "howdah";
    private static final int PERIOD_MICROS = 100_000;
    private static final String BEHIND = "behind";
    /** As little as a process of priority 10 has beside one of the usual priority. */
    private static final String BEHIND_WEIGHT = "10";

    private static final String BEHIND_SHARES = "110";
    private static final List<String> CONTROLLERS = List.of("cpu", "memory");

    private enum Kind {
        VERSION_2,
        VERSION_1,
        NONE
    }

    /** @param note the text that says why limits are not enforced, or how they are */
    private record Means(Kind kind, String note) {}

    private final Path root;
    private final boolean switchedOn;
    private final Throttle throttle;

    Limits(Path root, boolean switchedOn) {
        this.root = root;
        this.switchedOn = switchedOn;
        this.throttle = new Throttle(root);
    }

    boolean enforced() {
        return means().kind() != Kind.NONE;
    }

    String note() {
        Means means = means();
        String note = Messages.text(means.note());
        return means.kind() == Kind.NONE ? note : note + " " + throttle.note(means.kind() == Kind.VERSION_2);
    }

    private Means means() {
        if (!switchedOn) {
            return new Means(Kind.NONE, "engine.limits.off");
        }
        if (Files.exists(root.resolve("cgroup.controllers"))) {
            return version2();
        }
        if (CONTROLLERS.stream().allMatch(controller -> Files.isDirectory(root.resolve(controller)))) {
            boolean writable = CONTROLLERS.stream().allMatch(controller -> Files.isWritable(root.resolve(controller)));
            return writable
                    ? new Means(Kind.VERSION_1, "engine.limits.version-1")
                    : new Means(Kind.NONE, "engine.limits.root");
        }
        return new Means(Kind.NONE, "engine.limits.none");
    }

    private Means version2() {
        try {
            List<String> offered = Arrays.asList(
                    Files.readString(root.resolve("cgroup.controllers")).strip().split("\\s+"));
            if (!offered.containsAll(CONTROLLERS)) {
                return new Means(Kind.NONE, "engine.limits.none");
            }
            Path ours = root.resolve(OURS);
            delegate(root);
            Files.createDirectories(ours);
            delegate(ours);
            return new Means(Kind.VERSION_2, "engine.limits.version-2");
        } catch (IOException e) {
            return new Means(Kind.NONE, "engine.limits.fixed");
        }
    }

    private void delegate(Path group) throws IOException {
        Path control = group.resolve("cgroup.subtree_control");
        List<String> already = Files.exists(control)
                ? Arrays.asList(Files.readString(control).strip().split("\\s+"))
                : List.of();
        if (!already.containsAll(CONTROLLERS)) {
            Files.writeString(control, "+cpu +memory");
        }
        if (throttle.offered() && !already.contains("io")) {
            Files.writeString(control, "+cpu +memory +io");
        }
    }

    /**
     * Makes the server's group with these limits, or changes them.
     *
     * @param device that its files lie on, as the kernel numbers it; null when there is no single one
     * @return the files into which its first process writes its id
     */
    List<Path> apply(String name, Compute compute, String device) {
        long quota = quota(compute.vCores());
        long bytes = compute.memoryMib() * 1024L * 1024L;
        DiskSpeed speed = DiskSpeed.of(compute.vCores());
        try {
            switch (means().kind()) {
                case VERSION_2 -> {
                    Path group = Files.createDirectories(root.resolve(OURS).resolve(name));
                    Files.writeString(group.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
                    // Below the hard limit the kernel first takes page cache back instead of killing.
                    Files.writeString(group.resolve("memory.high"), Long.toString(bytes - bytes / 16));
                    Files.writeString(group.resolve("memory.max"), Long.toString(bytes));
                    throttle.limit(group, speed, device);
                    return List.of(group.resolve("cgroup.procs"));
                }
                case VERSION_1 -> {
                    Path cpu = Files.createDirectories(
                            root.resolve("cpu").resolve(OURS).resolve(name));
                    Files.writeString(cpu.resolve("cpu.cfs_period_us"), Integer.toString(PERIOD_MICROS));
                    Files.writeString(cpu.resolve("cpu.cfs_quota_us"), Long.toString(quota));
                    Path memory = Files.createDirectories(
                            root.resolve("memory").resolve(OURS).resolve(name));
                    Files.writeString(memory.resolve("memory.limit_in_bytes"), Long.toString(bytes));
                    List<Path> processes = List.of(cpu.resolve("cgroup.procs"), memory.resolve("cgroup.procs"));
                    return throttle.limit(processes, OURS, name, speed, device);
                }
                default -> {
                    return List.of();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes the group of the work that goes behind all servers, with that much of the processors.
     *
     * @param anew whether a group that is there is changed
     * @return the files into which such work writes its id; none where there are no groups
     */
    List<Path> behind(double vCores, boolean anew) {
        String quota = Long.toString(quota(vCores));
        try {
            switch (means().kind()) {
                case VERSION_2 -> {
                    Path group = root.resolve(OURS).resolve(BEHIND);
                    if (anew || !Files.exists(group)) {
                        Files.createDirectories(group);
                        Files.writeString(group.resolve("cpu.weight"), BEHIND_WEIGHT);
                        Files.writeString(group.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
                    }
                    return List.of(group.resolve("cgroup.procs"));
                }
                case VERSION_1 -> {
                    Path cpu = root.resolve("cpu").resolve(OURS).resolve(BEHIND);
                    if (anew || !Files.exists(cpu)) {
                        Files.createDirectories(cpu);
                        Files.writeString(cpu.resolve("cpu.shares"), BEHIND_SHARES);
                        Files.writeString(cpu.resolve("cpu.cfs_period_us"), Integer.toString(PERIOD_MICROS));
                        Files.writeString(cpu.resolve("cpu.cfs_quota_us"), quota);
                    }
                    Path times = root.resolve("cpuacct").resolve(OURS).resolve(BEHIND);
                    Files.createDirectories(times);
                    return List.of(cpu.resolve("cgroup.procs"), times.resolve("cgroup.procs"));
                }
                default -> {
                    return List.of();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long quota(double vCores) {
        return Math.max(1_000, Math.round(vCores * PERIOD_MICROS));
    }

    /** Changes how much of the processor a server gets that has a group; its memory stays. */
    void holdCpu(String name, double vCores) {
        long quota = quota(vCores);
        for (Path group : groups(name)) {
            rewrite(group.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
            rewrite(group.resolve("cpu.cfs_quota_us"), Long.toString(quota));
        }
    }

    private static void rewrite(Path file, String content) {
        try {
            if (Files.exists(file) && !Files.readString(file).strip().equals(content)) {
                Files.writeString(file, content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The processor time that the work behind the servers has taken so far; -1 where nobody counts it. */
    long behindMicros() {
        String version2 = Disk.tail(root.resolve(OURS).resolve(BEHIND).resolve("cpu.stat"), 4_096);
        String version1 =
                Disk.tail(root.resolve("cpuacct").resolve(OURS).resolve(BEHIND).resolve("cpuacct.usage"), 100);
        return version2.lines()
                .filter(line -> line.startsWith("usage_usec "))
                .mapToLong(line -> Long.parseLong(line.substring("usage_usec ".length())))
                .findFirst()
                .orElse(version1.isBlank() ? -1 : Long.parseLong(version1.strip()) / 1_000);
    }

    /** What its processes hold now, in MiB, as the kernel counts it; a dash when it does not. */
    String usedMemoryMib(String name) {
        OptionalLong bytes = usedBytes(name);
        return bytes.isPresent() ? Long.toString(bytes.getAsLong() / (1024 * 1024)) : "–";
    }

    private OptionalLong usedBytes(String name) {
        return number(name, List.of("memory.usage_in_bytes", "memory.current"));
    }

    /** The same in bytes, without copies of files, which the kernel takes back when it wants to; empty when not known. */
    OptionalLong heldBytes(String name) {
        OptionalLong used = usedBytes(name);
        if (used.isEmpty()) {
            return used;
        }
        long files = 0;
        // Version 1 tells of the group alone under the plain names, and of those below it under "total_".
        for (String kind : List.of("inactive_file", "active_file")) {
            files += Math.max(fact(name, "memory.stat", kind), fact(name, "memory.stat", "total_" + kind));
        }
        return OptionalLong.of(Math.max(0, used.getAsLong() - files));
    }

    /** Processor time that its processes have spent in all, as the kernel counts it; empty when it does not. */
    Optional<Duration> spentCpu(String name) {
        long micros = fact(name, "cpu.stat", "usage_usec");
        if (micros > 0) {
            return Optional.of(Duration.of(micros, ChronoUnit.MICROS));
        }
        OptionalLong nanos = number(name, List.of("cpuacct.usage"));
        return nanos.isPresent() ? Optional.of(Duration.ofNanos(nanos.getAsLong())) : Optional.empty();
    }

    private OptionalLong number(String name, List<String> files) {
        for (String file : files) {
            for (Path group : groups(name)) {
                String text = Disk.tail(group.resolve(file), 100).strip();
                if (text.matches("\\d{1,18}")) {
                    return OptionalLong.of(Long.parseLong(text));
                }
            }
        }
        return OptionalLong.empty();
    }

    /** The value behind the word at the beginning of a line; 0 when there is no such line. */
    private long fact(String name, String file, String word) {
        for (Path group : groups(name)) {
            for (String line : Disk.tail(group.resolve(file), 10_000).split("\n")) {
                if (line.startsWith(word + " ")
                        && line.substring(word.length() + 1).matches("\\d{1,18}")) {
                    return Long.parseLong(line.substring(word.length() + 1));
                }
            }
        }
        return 0;
    }

    private List<Path> groups(String name) {
        List<Path> groups = new ArrayList<>();
        for (Path hierarchy : List.of(root, root.resolve("cpu"), root.resolve("memory"), root.resolve("blkio"))) {
            Path group = hierarchy.resolve(OURS).resolve(name);
            if (Files.isDirectory(group)) {
                groups.add(group);
            }
        }
        return groups;
    }

    /** Ends every process in the server's groups. */
    void kill(String name) {
        for (Path group : groups(name)) {
            for (String pid :
                    Disk.tail(group.resolve("cgroup.procs"), 1_000_000).split("\\s+")) {
                if (pid.matches("[1-9]\\d{0,9}")) {
                    ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
                }
            }
        }
    }

    /** @return false while a process that was killed still counts as a member */
    boolean remove(String name) {
        boolean removed = true;
        for (Path group : groups(name)) {
            // A group is removed as a directory, with the files that the kernel shows in it.
            removed &= group.toFile().delete();
            group.getParent().toFile().delete();
        }
        return removed;
    }
}
