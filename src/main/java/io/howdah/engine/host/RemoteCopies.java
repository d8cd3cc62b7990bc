package io.howdah.engine.host;

import io.howdah.engine.Archiving;
import io.howdah.engine.BackupCatalogue;
import io.howdah.engine.BackupTask;
import io.howdah.engine.Progress;
import io.howdah.engine.ServerKey;
import io.howdah.shared.Measure;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * The second repositories, in an object store that may be slow or away. Nothing of a server waits for them: PostgreSQL hands
 * its WAL to the first one alone, and from there, or from what waits to get there, it is carried on.
 */
final class RemoteCopies {

    private static final Logger LOG = Logger.getLogger(RemoteCopies.class.getName());
    private static final long PATIENCE_MILLIS = 900;
    private static final int AT_ONCE = 4;

    private final ServerDirectories directories;
    private final Repositories repositories;
    private final CatalogueReader reader;
    private final Units units;
    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final Map<ServerKey, CompletableFuture<Progress>> shipments = new ConcurrentHashMap<>();
    private final Map<ServerKey, Progress.Running> doing = new ConcurrentHashMap<>();

    RemoteCopies(ServerDirectories directories, Repositories repositories, CatalogueReader reader, Units units) {
        this.directories = directories;
        this.repositories = repositories;
        this.reader = reader;
        this.units = units;
    }

    /** What one server has: its file, or null when it is gone, and both its repositories. */
    private record Pair(ServerFile file, ServerDirectory directory, Repository first, Repository second) {
        PgBackRest tool() {
            return PgBackRest.ours(second);
        }

        Shipped shipped() {
            return new Shipped(first, second, directory);
        }
    }

    private Pair reachable(ServerKey key) {
        Pair pair = pair(key);
        repositories.requireRemote();
        return pair;
    }

    private Pair pair(ServerKey key) {
        ServerFile file = directories.find(key).orElse(null);
        ServerDirectory directory = directories.of(key);
        Repository second = repositories
                .remote(key, file, directory)
                .orElseThrow(() -> EngineFault.lasting(null, ProblemCode.RemoteNotSetUp));
        return new Pair(file, directory, repositories.of(key), second);
    }

    /** Joins what is under way; how it ended is told once. */
    Progress ship(ServerKey key) {
        CompletableFuture<Progress> shipment = shipments.computeIfAbsent(
                key,
                any -> CompletableFuture.supplyAsync(
                        () -> attempt(key),
                        task -> Thread.ofPlatform().daemon().name("ship-" + key).start(task)));
        try {
            Progress ended = shipment.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            shipments.remove(key, shipment);
            return ended;
        } catch (TimeoutException e) {
            return doing.getOrDefault(key, new Progress.Running(Messages.text("engine.doing.backup.ship.wait"), null));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Progress.Running(Messages.text("engine.doing.backup.ship"), null);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private Progress attempt(ServerKey key) {
        turns.acquireUninterruptibly();
        try {
            ship(reachable(key));
            return Progress.done();
        } catch (EngineFault e) {
            LOG.log(
                    Level.INFO,
                    e,
                    () -> "WAL of " + key + " was not copied: " + e.failed().detail());
            return e.failed();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.SEVERE, e, () -> "WAL of " + key + " was not copied");
            return new Progress.Failed(Problem.of(ProblemCode.Internal), e.toString(), true);
        } finally {
            doing.remove(key);
            turns.release();
        }
    }

    private void ship(Pair pair) {
        if (pair.file() == null || !Files.isDirectory(pair.directory().data())) {
            return;
        }
        prepare(pair);
        Map<Integer, Instant> certain = pair.first().certain();
        Shipped shipped = pair.shipped();
        Set<String> missing = shipped.missing();
        Path outbox = pair.second().desk().resolve("outbox");
        Disk.delete(outbox);
        if (!missing.isEmpty()) {
            Disk.directory(outbox, "rwx------");
        }
        int done = 0;
        for (String name : missing) {
            doing.put(
                    pair.second().server(),
                    new Progress.Running(
                            Messages.text("engine.doing.backup.ship"),
                            new Measure(done++, missing.size(), Measure.Unit.STEPS)));
            carry(pair, shipped, name, outbox);
            shipped.add(name);
        }
        certain.forEach(pair.second()::certain);
    }

    private void carry(Pair pair, Shipped shipped, String name, Path outbox) {
        Path source = shipped.source(name);
        if (source == null) {
            source = outbox.resolve(name);
            PgBackRest.ours(pair.first()).require("archive-get", name, source.toString());
        }
        pair.tool().require("archive-push", source.toString());
        try {
            Files.deleteIfExists(outbox.resolve(name));
        } catch (IOException e) {
            throw EngineFault.passing(e.toString(), ProblemCode.EngineNotResponding);
        }
    }

    private static void prepare(Pair pair) {
        Shipped shipped = pair.shipped();
        if (!shipped.begun()) {
            boolean running = pair.directory().postgres().process().isPresent();
            pair.tool().require("stanza-create", running ? "--online" : "--no-online");
            shipped.begin();
        }
    }

    Archiving shipping(ServerKey key) {
        Shipped shipped = pair(key).shipped();
        return new Archiving(
                shipped.newest(),
                shipped.newestAt(),
                null,
                shipped.begun() ? shipped.missing().size() : 0);
    }

    /** @param name the unit that it is known as, which is that of the first repository's backup */
    Progress backUp(ServerKey key, UUID unit, UUID name, BackupTask task) {
        try {
            Pair pair = reachable(key);
            if (pair.file() == null) {
                throw EngineFault.serverUnknown();
            }
            UnitFiles files = new UnitFiles(pair.directory());
            return units.perform(files, unit, Messages.text("engine.doing.backup.looking.second"), course -> {
                prepare(pair);
                return new BackupRun(
                                pair.second(),
                                pair.tool(),
                                reader,
                                files,
                                unit,
                                name,
                                task,
                                course,
                                pair.directory().run().resolve("remote-backup.out"),
                                new WalShipping(pair.file()).databaseBytes())
                        .run();
            });
        } catch (EngineFault e) {
            return e.failed();
        }
    }

    /** Whether there may be anything; of a server that is gone nobody knows. */
    boolean begun(ServerKey key) {
        Pair pair = pair(key);
        return pair.file() == null || pair.shipped().begun();
    }

    BackupCatalogue catalogue(ServerKey key) {
        Pair pair = reachable(key);
        boolean running =
                pair.file() != null && pair.directory().postgres().process().isPresent();
        return reader.read(pair.second(), pair.tool())
                .catalogue(running, pair.second().certain());
    }

    /** @param kept labels of the first repository or of the second */
    void expire(ServerKey key, Instant window, Set<String> kept) {
        Pair pair = reachable(key);
        Set<UUID> units = reader.read(pair.first(), PgBackRest.of(pair.first(), pair.file())).bases().stream()
                .map(WalArchive.Base::backup)
                .filter(backup -> kept.contains(backup.label()) && backup.unit() != null)
                .map(io.howdah.engine.BackupInfo::unit)
                .collect(Collectors.toSet());
        CatalogueReader.Contents contents = reader.read(pair.second(), pair.tool());
        if (contents.bases().isEmpty()) {
            return;
        }
        Set<String> labels = contents.bases().stream()
                .map(WalArchive.Base::backup)
                .filter(backup ->
                        kept.contains(backup.label()) || backup.unit() != null && units.contains(backup.unit()))
                .map(io.howdah.engine.BackupInfo::label)
                .collect(Collectors.toSet());
        new Expiry(contents, pair.tool()).run(window, labels);
    }

    /** Removes the backup that is known as that unit, if there is another. */
    void delete(ServerKey key, UUID name, String label) {
        Pair pair = reachable(key);
        CatalogueReader.Contents contents = reader.read(pair.second(), pair.tool());
        Expiry expiry = new Expiry(contents, pair.tool());
        contents.bases().stream()
                .map(WalArchive.Base::backup)
                .filter(backup -> backup.label().equals(label) || name != null && name.equals(backup.unit()))
                .map(io.howdah.engine.BackupInfo::label)
                .filter(twin -> !expiry.all(twin))
                .toList()
                .forEach(expiry::delete);
    }

    /** Removes all that is there of a server. */
    void forget(ServerKey key) {
        Pair pair = reachable(key);
        pair.tool().require("repo-rm", "--recurse", "archive");
        pair.tool().require("repo-rm", "--recurse", "backup");
    }
}
