package io.howdah.engine.host;

import io.howdah.engine.Compute;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

    /** @param note why limits are not enforced, or how they are */
    private record Means(Kind kind, String note) {}

    private final Path root;
    private final boolean switchedOn;

    Limits(Path root, boolean switchedOn) {
        this.root = root;
        this.switchedOn = switchedOn;
    }

    boolean enforced() {
        return means().kind() != Kind.NONE;
    }

    String note() {
        return means().note();
    }

    private Means means() {
        if (!switchedOn) {
            return new Means(
                    Kind.NONE,
                    "CPU and memory limits are not enforced on this host: switched off by its administrator.");
        }
        if (Files.exists(root.resolve("cgroup.controllers"))) {
            return version2();
        }
        if (CONTROLLERS.stream().allMatch(controller -> Files.isDirectory(root.resolve(controller)))) {
            boolean writable = CONTROLLERS.stream().allMatch(controller -> Files.isWritable(root.resolve(controller)));
            return writable
                    ? new Means(Kind.VERSION_1, "CPU and memory are enforced with control groups, version 1.")
                    : new Means(
                            Kind.NONE,
                            "CPU and memory limits are not enforced on this host: only root may set control groups here.");
        }
        return new Means(
                Kind.NONE,
                "CPU and memory limits are not enforced on this host: it has no control groups for CPU and memory.");
    }

    private Means version2() {
        try {
            List<String> offered = Arrays.asList(
                    Files.readString(root.resolve("cgroup.controllers")).strip().split("\\s+"));
            if (!offered.containsAll(CONTROLLERS)) {
                return new Means(
                        Kind.NONE,
                        "CPU and memory limits are not enforced on this host: it has no control groups for CPU and memory.");
            }
            Path ours = root.resolve(OURS);
            delegate(root);
            Files.createDirectories(ours);
            delegate(ours);
            return new Means(Kind.VERSION_2, "CPU and memory are enforced with control groups, version 2.");
        } catch (IOException e) {
            return new Means(
                    Kind.NONE,
                    "CPU and memory limits are not enforced on this host: its control groups can't be changed from here.");
        }
    }

    private static void delegate(Path group) throws IOException {
        Path control = group.resolve("cgroup.subtree_control");
        List<String> already = Files.exists(control)
                ? Arrays.asList(Files.readString(control).strip().split("\\s+"))
                : List.of();
        if (!already.containsAll(CONTROLLERS)) {
            Files.writeString(control, "+cpu +memory");
        }
    }

    /**
     * Makes the server's group with these limits, or changes them.
     *
     * @return the files into which its first process writes its id
     */
    List<Path> apply(String name, Compute compute) {
        long quota = Math.max(1_000, Math.round(compute.vCores() * PERIOD_MICROS));
        long bytes = compute.memoryMib() * 1024L * 1024L;
        try {
            switch (means().kind()) {
                case VERSION_2 -> {
                    Path group = Files.createDirectories(root.resolve(OURS).resolve(name));
                    Files.writeString(group.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
                    // Below the hard limit the kernel first takes page cache back instead of killing.
                    Files.writeString(group.resolve("memory.high"), Long.toString(bytes - bytes / 16));
                    Files.writeString(group.resolve("memory.max"), Long.toString(bytes));
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
                    return List.of(cpu.resolve("cgroup.procs"), memory.resolve("cgroup.procs"));
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
        String quota = Long.toString(Math.max(1_000, Math.round(vCores * PERIOD_MICROS)));
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
        for (String file : List.of("memory.usage_in_bytes", "memory.current")) {
            for (Path group : groups(name)) {
                String bytes = Disk.tail(group.resolve(file), 100).strip();
                if (bytes.matches("\\d{1,18}")) {
                    return Long.toString(Long.parseLong(bytes) / (1024 * 1024));
                }
            }
        }
        return "–";
    }

    private List<Path> groups(String name) {
        List<Path> groups = new ArrayList<>();
        for (Path hierarchy : List.of(root, root.resolve("cpu"), root.resolve("memory"))) {
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
