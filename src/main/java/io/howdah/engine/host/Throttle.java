package io.howdah.engine.host;

import io.howdah.engine.DiskSpeed;
import io.howdah.shared.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Holds servers to the input and output of their size on the device that their files lie on, in the control groups of
 * {@link Limits}. It is the least of the limits: where the kernel refuses it, the server runs without.
 */
final class Throttle {

    private static final Logger LOG = Logger.getLogger(Throttle.class.getName());
    private static final Path DEVICES = Path.of("/sys/dev/block");
    private static final String VERSION_1 = "blkio";

    private final Path root;

    Throttle(Path root) {
        this.root = root;
    }

    /** In one sentence, whether it works here. */
    String note(boolean version2) {
        boolean possible = version2 ? offered() : Files.isWritable(root.resolve(VERSION_1));
        if (!possible) {
            return Messages.text("engine.limits.io.none");
        }
        return version2 ? Messages.text("engine.limits.io") : Messages.text("engine.limits.io.most");
    }

    boolean offered() {
        return Disk.tail(root.resolve("cgroup.controllers"), 1_000).matches("(?s).*\\bio\\b.*");
    }

    /** In a group of version 2. */
    void limit(Path group, DiskSpeed speed, String device) {
        if (device != null && offered()) {
            long bytes = bytes(speed);
            write(
                    group.resolve("io.max"),
                    device + " rbps=" + bytes + " wbps=" + bytes + " riops=" + speed.iops() + " wiops=" + speed.iops());
        }
    }

    /** With version 1, in the group of that name below {@code parent}, whose file for processes is added to the others. */
    List<Path> limit(List<Path> others, String parent, String name, DiskSpeed speed, String device) throws IOException {
        if (device == null || !Files.isWritable(root.resolve(VERSION_1))) {
            return others;
        }
        Path group =
                Files.createDirectories(root.resolve(VERSION_1).resolve(parent).resolve(name));
        for (String what : List.of("read", "write")) {
            write(group.resolve("blkio.throttle." + what + "_bps_device"), device + " " + bytes(speed));
            write(group.resolve("blkio.throttle." + what + "_iops_device"), device + " " + speed.iops());
        }
        List<Path> all = new ArrayList<>(others);
        all.add(group.resolve("cgroup.procs"));
        return List.copyOf(all);
    }

    private static long bytes(DiskSpeed speed) {
        return (long) speed.mibPerSecond() << 20;
    }

    private static void write(Path file, String line) {
        try {
            Files.writeString(file, line);
        } catch (IOException e) {
            LOG.log(Level.INFO, "input and output are not limited: " + file + " does not take \"{0}\"", line);
        }
    }

    /** The whole device below the directory's file system, as the kernel numbers it; null when there is no single one. */
    static String device(Path directory) {
        try {
            long number = (long) Files.getAttribute(directory, "unix:dev");
            // As the C library packs them into one number.
            long major = number >> 8 & 0xfff | number >> 32 & ~0xfffL;
            long minor = number & 0xff | number >> 12 & ~0xffL;
            Path device = DEVICES.resolve(major + ":" + minor);
            if (!Files.exists(device)) {
                return null;
            }
            return Files.exists(device.resolve("partition"))
                    ? Files.readString(device.toRealPath().getParent().resolve("dev"))
                            .strip()
                    : major + ":" + minor;
        } catch (IOException e) {
            return null;
        }
    }
}
