package io.howdah.engine.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A server's directory, {@code servers/<id>/}, with its one member, {@code 1/}. The control plane owns all of it except
 * what PostgreSQL and PgBouncer write themselves: as a server's user one can't bend what root reads or runs.
 */
record ServerDirectory(Path root) {

    Path stateFile() {
        return root.resolve("server.json");
    }

    Path member() {
        return root.resolve("1");
    }

    /** The database cluster; it appears whole, by a rename. */
    Path data() {
        return member().resolve("data");
    }

    Path unfinishedData() {
        return member().resolve("data.new");
    }

    /** Settings that the engine writes. */
    Path conf() {
        return member().resolve("conf");
    }

    Path tls() {
        return member().resolve("tls");
    }

    Path log() {
        return member().resolve("log");
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
        return member().resolve("restored-" + unit);
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
        return Files.exists(stateFile()) && Files.exists(data());
    }

    KeptProcess postgres() {
        return new KeptProcess(run(), "postgres");
    }

    KeptProcess pgbouncer() {
        return new KeptProcess(run(), "pgbouncer");
    }
}
