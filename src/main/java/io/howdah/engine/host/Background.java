package io.howdah.engine.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The work that goes behind the servers, such as backups. All of it is in one control group, which gets the less of the
 * processors the more of them is in use by others, and with the processor the disk: a low priority alone still takes a
 * third of a busy server's transactions. Without control groups the low priority has to do.
 */
final class Background {

    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(150);
    private static final long OLD_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long MICROS_PER_TICK = 10_000;
    private static final int IDLE = 3;
    private static final int WAITING = 4;
    private static final int STOLEN = 7;

    private final Limits limits;
    private final Path processors;
    private final int cores;
    private final double least;
    private long lookedAt;
    private long busy;
    private long own;

    /** @param least share of the processors that it always has, so that a backup ends on a host that is never idle */
    Background(Limits limits, double least) {
        this(limits, Path.of("/proc/stat"), Runtime.getRuntime().availableProcessors(), least);
    }

    /** @param processors what the kernel tells of the use of its processors; see {@code proc_stat(5)} */
    Background(Limits limits, Path processors, int cores, double least) {
        this.limits = limits;
        this.processors = processors;
        this.cores = cores;
        this.least = least;
    }

    /** The words of a command that is to go behind. */
    List<String> words(List<String> command) {
        giveWay();
        List<String> words = new ArrayList<>();
        List<Path> groups = limits.behind(least * cores, false);
        if (!groups.isEmpty()) {
            words.addAll(List.of(
                    "/bin/sh",
                    "-c",
                    "while [ \"$1\" != -- ]; do echo 0 >\"$1\"; shift; done; shift; exec \"$@\"",
                    "sh"));
            groups.forEach(group -> words.add(group.toString()));
            words.add("--");
        }
        words.addAll(List.of(Command.require("nice", "coreutils").toString(), "-n", "10"));
        Command.locate("ionice").ifPresent(ionice -> words.addAll(List.of(ionice.toString(), "-c", "2", "-n", "7")));
        words.addAll(command);
        return words;
    }

    /** Sees how busy the others are and takes no more than befits it; to be called a few times a second. */
    void giveWay() {
        giveWay(System.nanoTime());
    }

    synchronized void giveWay(long now) {
        long sinceLast = now - lookedAt;
        if (sinceLast < INTERVAL_NANOS && lookedAt != 0) {
            return;
        }
        long allBusy = busyMicros();
        long ownBusy = limits.behindMicros();
        if (ownBusy >= 0 && lookedAt != 0 && sinceLast < OLD_NANOS) {
            double others = (allBusy - busy - (ownBusy - own)) / (double) TimeUnit.NANOSECONDS.toMicros(sinceLast);
            limits.behind(allowed(cores, others, least), true);
        }
        lookedAt = now;
        busy = allBusy;
        own = ownBusy;
    }

    /** How many cores it may have while others use that many. */
    static double allowed(int cores, double others, double least) {
        double spare = Math.clamp(1 - others / cores, 0, 1);
        return cores * Math.max(least, spare * spare * spare);
    }

    private long busyMicros() {
        try {
            long[] ticks = Arrays.stream(
                            Files.readAllLines(processors).getFirst().strip().split("\\s+"))
                    .skip(1)
                    .limit(STOLEN + 1L)
                    .mapToLong(Long::parseLong)
                    .toArray();
            return (Arrays.stream(ticks).sum() - ticks[IDLE] - ticks[WAITING]) * MICROS_PER_TICK;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
