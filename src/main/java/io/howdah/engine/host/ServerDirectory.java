package io.howdah.engine.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A server's directory, {@code servers/<id>/}, with its one member, {@code 1/}. The control plane owns all of it except
 * what PostgreSQL and PgBouncer write themselves: as a server's user one can't bend what root reads or runs.
 */
record ServerDirectory(Path root) {

    static final String FIRST_VOLUME = "first";

    Path stateFile() {
        return root.resolve("server.json");
    }

    Path member() {
        return root.resolve("1");
    }

    /** The images of its volumes, where it has any. */
    Path images() {
        return root.resolve("volumes");
    }

    Path image(String volume) {
        return images().resolve(volume + ".img");
    }

    /** Where its volumes are mounted, each under its name. */
    Path volumes() {
        return member().resolve("volumes");
    }

    /** A link to the volume in use; there is none when the server shares the host's file system. */
    Path volume() {
        return member().resolve("volume");
    }

    /** Whether its storage is a hard limit. */
    boolean hard() {
        return Files.isSymbolicLink(volume());
    }

    /** The name of the volume in use. */
    String volumeName() {
        try {
            return Files.readSymbolicLink(volume()).getFileName().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What counts towards its storage, by its real path. */
    Path base() {
        return hard() ? volumes().resolve(volumeName()) : member();
    }

    /** The same, by a path that stays the same when another volume is taken into use. */
    private Path stable() {
        return hard() ? volume() : member();
    }

    /** The database cluster; it appears whole, by a rename. */
    Path data() {
        return stable().resolve("data");
    }

    Path unfinishedData() {
        return base().resolve("data.new");
    }

    /** A data directory made ahead, on its way to be this server's. */
    Path spare() {
        return member().resolve("spare");
    }

    /** Says that there is a database cluster, also while the volume that it is on is not mounted. */
    Path filled() {
        return images().resolve("filled");
    }

    /** Settings that the engine writes. */
    Path conf() {
        return member().resolve("conf");
    }

    /** A setting that is there while the storage is nearly full. */
    Path guard() {
        return conf().resolve(ServerSettings.GUARD);
    }

    Path tls() {
        return member().resolve("tls");
    }

    Path log() {
        return stable().resolve("log");
    }

    Path pooler() {
        return member().resolve("pooler");
    }

    /** What the keepers know. */
    Path run() {
        return member().resolve("run");
    }

    /** What is known of long pieces of work. */
    Path units() {
        return run().resolve("units");
    }

    /** Files restored beside those in use, of one piece of work. */
    Path restored(UUID unit) {
        return hard() ? volumes().resolve(unit.toString()).resolve("data") : member().resolve("restored-" + unit);
    }

    /** Files that were in use before those of a piece of work. */
    Path former(UUID unit) {
        return member().resolve("former-" + unit);
    }

    Path discarded(UUID unit) {
        return member().resolve("discarded-" + unit);
    }

    /** How the files in use are to be recovered; exists until they have been. */
    Path recovery() {
        return run().resolve("recovery.json");
    }

    /** How files restored beside those in use are to be recovered. */
    Path recovery(UUID unit) {
        return run().resolve("recovery-" + unit + ".json");
    }

    /** Locks of a restore into it. */
    Path restoreLock() {
        return member().resolve("lock");
    }

    boolean provisioned() {
        return Files.exists(stateFile()) && Files.exists(hard() ? filled() : data());
    }

    /** Returns when all that was written to it would survive a power cut. */
    void flush() {
        Disk.flush(root);
        if (hard()) {
            Disk.flush(base());
        }
    }

    KeptProcess postgres() {
        return new KeptProcess(run(), "postgres");
    }

    KeptProcess pgbouncer() {
        return new KeptProcess(run(), "pgbouncer");
    }
}
