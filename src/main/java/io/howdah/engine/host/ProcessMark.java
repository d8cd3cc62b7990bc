package io.howdah.engine.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process by its id and the time it was started, in clock ticks since boot: ids are used again, so only both together
 * say that it is still the same process.
 */
record ProcessMark(long pid, long startTicks) {

    private static final long TICKS_PER_SECOND = 100;
    private static final int START_TIME = 19;

    /** Reads {@code pid starttime}; empty when there is no such file or the process is gone. */
    static Optional<ProcessMark> livingFrom(Path file) {
        String[] words = Disk.tail(file, 100).strip().split("\\s+");
        if (words.length != 2 || !words[0].matches("\\d{1,10}") || !words[1].matches("\\d{1,18}")) {
            return Optional.empty();
        }
        ProcessMark mark = new ProcessMark(Long.parseLong(words[0]), Long.parseLong(words[1]));
        return mark.alive() ? Optional.of(mark) : Optional.empty();
    }

    /** The living process that has this id now. */
    static Optional<ProcessMark> of(long pid) {
        String[] fields = new ProcessMark(pid, 0).fields();
        return Optional.ofNullable(fields)
                .map(found -> new ProcessMark(pid, Long.parseLong(found[START_TIME])))
                .filter(ProcessMark::alive);
    }

    /** False also for a process that ended and only waits for its parent to take notice. */
    boolean alive() {
        String[] fields = fields();
        return fields != null
                && !fields[0].equals("Z")
                && !fields[0].equals("X")
                && Long.parseLong(fields[START_TIME]) == startTicks;
    }

    /** Whether it is held by a signal or a debugger. */
    boolean frozen() {
        String[] fields = fields();
        return fields != null && (fields[0].equals("T") || fields[0].equals("t"));
    }

    /** To about 20 ms. */
    Instant startedAt(Instant now) {
        try {
            String uptime = Files.readString(Path.of("/proc/uptime"));
            long uptimeMillis = Math.round(Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) * 1000);
            return now.minus(Duration.ofMillis(uptimeMillis)).plusMillis(startTicks * 1000 / TICKS_PER_SECOND);
        } catch (IOException e) {
            return now;
        }
    }

    void terminate() {
        if (alive()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        }
    }

    void kill() {
        if (alive()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /** The fields of /proc/&lt;pid&gt;/stat from the state on; the name before may hold anything. */
    private String[] fields() {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        } catch (IOException e) {
            return null;
        }
    }
}
