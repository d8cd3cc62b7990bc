package io.howdah.engine.host;

import io.howdah.engine.Specification;
import io.howdah.shared.Messages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Disks of a size of their own: an XFS file system in an image file, whose room on the host is taken when it is made. A
 * server has one for its data, WAL, temporary files and logs, and for a while a second one beside it when its files are
 * exchanged. Which one is in use says a link that is replaced in one step. Where the host can't have them, servers share
 * its file system.
 */
final class Volumes {

    private static final Logger LOG = Logger.getLogger(Volumes.class.getName());
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final long BYTES_PER_GIB = 1L << 30;
    /** What the file system takes for its own log, so that people get what they asked for. */
    private static final long OVERHEAD_BYTES = 64L << 20;

    private static final long SMALLEST_BYTES = 320L << 20;
    /** What the places of trials are called in the home's run directory, and how long none takes. */
    private static final String TRIAL = "volume-";

    private static final Duration TRIAL_TAKES = Duration.ofMinutes(5);
    private static final int DETACH_TRIES = 100;
    private static final int POLL_MILLIS = 20;

    /** Why there can be none, by the installation's directory: found out once, by making one. Empty when there can be. */
    private static final Map<Path, String> OBSTACLES = new ConcurrentHashMap<>();

    private final HostSettings settings;

    Volumes(HostSettings settings) {
        this.settings = settings;
    }

    boolean possible() {
        return obstacle().isEmpty();
    }

    /** In one sentence, why storage is or isn't a hard limit here. */
    String note() {
        return possible() ? Messages.text("engine.storage.hard") : Messages.text("engine.storage.soft", obstacle());
    }

    private String obstacle() {
        if (!settings.storageLimits()) {
            return Messages.text("engine.storage.off");
        }
        return OBSTACLES.computeIfAbsent(settings.home(), this::tryOut);
    }

    private String tryOut(Path home) {
        if (!ServiceUsers.runsAsRoot()) {
            return Messages.text("engine.storage.root");
        }
        for (String program : List.of("mkfs.xfs", "xfs_growfs", "losetup", "mount", "umount", "fallocate")) {
            if (Command.locate(program).isEmpty()) {
                return Messages.text("engine.storage.program", program);
            }
        }
        clearTrials(home);
        Path place = home.resolve("run").resolve(TRIAL + UUID.randomUUID());
        ServerDirectory trial = new ServerDirectory(place);
        try {
            Disk.directory(home, "rwx--x--x");
            Disk.directory(place, "rwx------");
            make(trial, "trial", SMALLEST_BYTES);
            attach(trial, "trial");
            return "";
        } catch (EngineFault | UncheckedIOException e) {
            return Messages.text("engine.storage.mount");
        } finally {
            detachAll(trial);
            Disk.delete(place);
        }
    }

    /** Removes what a portal that was killed while it tried left behind. */
    private void clearTrials(Path home) {
        Instant before = Instant.now().minus(TRIAL_TAKES);
        try (DirectoryStream<Path> places = Files.newDirectoryStream(home.resolve("run"), TRIAL + "*")) {
            for (Path place : places) {
                if (Files.getLastModifiedTime(place).toInstant().isBefore(before)) {
                    detachAll(new ServerDirectory(place));
                    Disk.delete(place);
                }
            }
        } catch (NoSuchFileException e) {
            // The home is a new one.
        } catch (IOException | UncheckedIOException | EngineFault e) {
            LOG.log(Level.INFO, "What a trial of disks left behind could not be removed.", e);
        }
    }

    /** Gives a server that is being made a volume, if it is to have a limit that the host can hold it to. */
    void give(ServerDirectory directory, Specification specification) {
        if (directory.hard() || specification.storageGib() == Specification.UNLIMITED || !possible()) {
            return;
        }
        make(directory, ServerDirectory.FIRST_VOLUME, specification.storageGib());
        link(directory.volume(), Path.of("volumes", ServerDirectory.FIRST_VOLUME));
    }

    /** Done at once when it is there. An image appears whole, by a rename; what a crash left of it is made anew. */
    void make(ServerDirectory directory, String name, int gib) {
        make(directory, name, bytes(gib));
    }

    private void make(ServerDirectory directory, String name, long bytes) {
        Path image = directory.image(name);
        if (Files.exists(image)) {
            return;
        }
        Disk.directory(directory.images(), "rwx------");
        Disk.directory(directory.member(), "rwx--x--x");
        Path fresh = image.resolveSibling(image.getFileName() + ".new");
        try {
            Files.deleteIfExists(fresh);
            Files.createFile(fresh);
            allocate(fresh, bytes);
            // Nothing is given back to the host: the room that was taken stays taken.
            run("mkfs.xfs", "xfsprogs", "-q", "-K", "-l", "size=" + OVERHEAD_BYTES, fresh.toString());
            Files.move(fresh, image, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (EngineFault e) {
            fresh.toFile().delete();
            throw e;
        }
    }

    private static void allocate(Path image, long bytes) {
        run("fallocate", "util-linux", "--length", Long.toString(bytes), image.toString());
    }

    private static long bytes(int gib) {
        return gib * BYTES_PER_GIB + OVERHEAD_BYTES;
    }

    /** Mounts those of the server's volumes that aren't, after a reboot. */
    void attachAll(ServerDirectory directory) {
        names(directory).forEach(name -> attach(directory, name));
    }

    void attach(ServerDirectory directory, String name) {
        Path place = directory.volumes().resolve(name);
        if (mounted(place)) {
            return;
        }
        Disk.directory(directory.volumes(), "rwx--x--x");
        Disk.directory(place, "rwx------");
        Path image = directory.image(name);
        releaseUnused(image);
        String device = run("losetup", "mount", "--find", "--show", "--direct-io=on", image.toString())
                .strip();
        try {
            run("mount", "mount", "-t", "xfs", "-o", "noatime,nodev,nosuid", device, place.toString());
        } finally {
            // One in use goes when it is unmounted, whoever does that.
            attempt("losetup", "mount", "--detach", device);
        }
    }

    /** Who may do what in the volumes. The server's user can't bend anything but what lies in directories of its own. */
    void lay(ServerDirectory directory, String user) throws IOException {
        for (String name : names(directory)) {
            Path place = directory.volumes().resolve(name);
            Disk.directory(directory.volumes(), user == null ? "rwx------" : "rwxr-x---");
            ServiceUsers.share(directory.volumes(), user);
            Disk.directory(place, user == null ? "rwx------" : "rwxr-x---");
            ServiceUsers.share(place, user);
            // The data directory says where its settings are in relation to itself.
            Path settings = place.resolve("conf");
            if (!Files.isSymbolicLink(settings)) {
                Files.createSymbolicLink(settings, Path.of("..", "..", "conf"));
            }
        }
    }

    /** Brings the volume in use to at least that size, online. Does nothing when it is larger. */
    void grow(ServerDirectory directory, int gib) {
        growTo(directory, bytes(gib));
    }

    /** Lets the volume in use be larger than its size by so much more, so that PostgreSQL does not stop for want of WAL. */
    void overdraw(ServerDirectory directory, long bytes) {
        growTo(directory, size(directory.image(directory.volumeName())) + bytes);
    }

    /** By how much it is larger than that size. */
    long overdrawn(ServerDirectory directory, int gib) {
        return size(directory.image(directory.volumeName())) - bytes(gib);
    }

    private void growTo(ServerDirectory directory, long bytes) {
        String name = directory.volumeName();
        Path image = directory.image(name);
        attach(directory, name);
        if (size(image) < bytes) {
            allocate(image, bytes);
        }
        // Each of these may be the one that a crash left undone.
        for (String device : devices(image)) {
            run("losetup", "mount", "--set-capacity", device);
        }
        run("xfs_growfs", "xfsprogs", "-d", directory.volumes().resolve(name).toString());
    }

    private static long size(Path image) {
        try {
            return Files.size(image);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes a volume into use in place of the one in use, which stays as the former one of that piece of work. */
    void exchange(ServerDirectory directory, UUID unit) {
        if (directory.volumeName().equals(unit.toString())) {
            return;
        }
        if (!Files.isSymbolicLink(directory.former(unit))) {
            link(directory.former(unit), Path.of("volumes", directory.volumeName()));
        }
        link(directory.volume(), Path.of("volumes", unit.toString()));
    }

    /** Takes the former one of that piece of work into use again, if there is one. */
    void exchangeBack(ServerDirectory directory, UUID unit) {
        Path former = directory.former(unit);
        if (Files.isSymbolicLink(former)) {
            link(directory.volume(), Path.of("volumes", target(former)));
            former.toFile().delete();
        }
    }

    /** Deletes what a piece of work made or put aside, unless it is in use or to be kept for another. */
    void discard(ServerDirectory directory, UUID unit) {
        List<String> candidates = new ArrayList<>(List.of(unit.toString()));
        Path former = directory.former(unit);
        if (Files.isSymbolicLink(former)) {
            candidates.add(target(former));
        }
        List<String> kept = new ArrayList<>(List.of(directory.volumeName()));
        for (Path other : children(directory.member())) {
            if (other.getFileName().toString().startsWith("former-")
                    && Files.isSymbolicLink(other)
                    && !other.equals(former)) {
                kept.add(target(other));
            }
        }
        candidates.removeAll(kept);
        candidates.forEach(name -> delete(directory, name));
        if (Files.isSymbolicLink(former)) {
            former.toFile().delete();
        }
    }

    private void delete(ServerDirectory directory, String name) {
        Path place = directory.volumes().resolve(name);
        Leftovers.endWithin(place);
        detach(place);
        releaseUnused(directory.image(name));
        Disk.delete(place);
        directory.image(name).toFile().delete();
        directory.images().resolve(name + ".img.new").toFile().delete();
    }

    /** Of a server of which nothing runs. */
    void detachAll(ServerDirectory directory) {
        for (Path place : children(directory.volumes())) {
            detach(place);
        }
        for (Path image : children(directory.images())) {
            releaseUnused(image);
        }
    }

    private void detach(Path place) {
        for (int i = 1; mounted(place); i++) {
            // Somebody who merely looks around there must not keep a server from being removed.
            Command.Result result = i < DETACH_TRIES
                    ? attempt("umount", "mount", place.toString())
                    : new Command(TIMEOUT, Command.require("umount", "mount").toString(), "--lazy", place.toString())
                            .attempt();
            if (result.exitCode() != 0) {
                Pause.millis(POLL_MILLIS);
            }
        }
    }

    /** A crash between two steps leaves devices behind that nothing is mounted from. */
    private static void releaseUnused(Path image) {
        for (String device : devices(image)) {
            attempt("losetup", "mount", "--detach", device);
        }
    }

    private static List<String> devices(Path image) {
        if (!Files.exists(image)) {
            return List.of();
        }
        return attempt("losetup", "mount", "--noheadings", "--output", "NAME", "--associated", image.toString())
                .output()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("/dev/loop"))
                .toList();
    }

    private static List<String> names(ServerDirectory directory) {
        return children(directory.images()).stream()
                .map(image -> image.getFileName().toString())
                .filter(image -> image.endsWith(".img"))
                .map(image -> image.substring(0, image.length() - ".img".length()))
                .toList();
    }

    private static List<Path> children(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean mounted(Path place) {
        try {
            return Files.isDirectory(place)
                    && !Files.getAttribute(place, "unix:dev", LinkOption.NOFOLLOW_LINKS)
                            .equals(Files.getAttribute(place.getParent(), "unix:dev"));
        } catch (IOException e) {
            return false;
        }
    }

    /** The file system of the volume in use, or null while it is not mounted. */
    static FileStore store(ServerDirectory directory) throws IOException {
        Path place = directory.base();
        return mounted(place) ? Files.getFileStore(place) : null;
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).getFileName().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void link(Path link, Path target) {
        Path fresh = link.resolveSibling(link.getFileName() + ".new");
        try {
            Files.deleteIfExists(fresh);
            Files.createSymbolicLink(fresh, target);
            Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String run(String program, String debianPackage, String... words) {
        return command(program, debianPackage, words).run();
    }

    private static Command.Result attempt(String program, String debianPackage, String... words) {
        return command(program, debianPackage, words).attempt();
    }

    private static Command command(String program, String debianPackage, String... words) {
        List<String> all = new ArrayList<>();
        all.add(Command.require(program, debianPackage).toString());
        all.addAll(List.of(words));
        return new Command(TIMEOUT, all);
    }
}
