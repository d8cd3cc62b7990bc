package io.howdah.engine.host;

import io.howdah.engine.Archiving;
import io.howdah.engine.BackupCatalogue;
import io.howdah.engine.BackupEngine;
import io.howdah.engine.BackupTask;
import io.howdah.engine.Progress;
import io.howdah.engine.RestoreSource;
import io.howdah.engine.RestoreTarget;
import io.howdah.engine.ServerKey;
import io.howdah.engine.Specification;
import io.howdah.shared.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Backups of this host's servers, with pgBackRest, in a repository for each. */
final class HostBackups implements BackupEngine {

    /** Starts an ordinary server, and makes one of restored files. */
    interface Starter {
        void start(ServerFile file, Work.Course course);
    }

    private record Enable() {}

    private record Recover() {}

    private record Archive() {}

    private record Expire(Instant window, Set<String> kept) {}

    private record Delete(String label) {}

    private record Forget() {}

    private record Beside(UUID unit) {}

    private record Exchange(UUID unit) {}

    private record ExchangeBack(UUID unit) {}

    private record Discard(UUID unit) {}

    /** What it shares with the rest of the engine. */
    record House(
            HostSettings settings,
            ServerDirectories directories,
            Repositories repositories,
            ToolSets tools,
            Provisioning provisioning,
            Work work,
            Units units,
            Starter starter) {}

    private final House house;
    private final ServerDirectories directories;
    private final Repositories repositories;
    private final CatalogueReader reader = new CatalogueReader();
    private final Restoration restoration;

    HostBackups(House house) {
        this.house = house;
        this.directories = house.directories();
        this.repositories = house.repositories();
        this.restoration = new Restoration(directories, repositories, reader);
    }

    @Override
    public Progress enable(ServerKey key) {
        return house.work()
                .perform(key, new Enable(), "Preparing the backups", course -> enable(directories.require(key)));
    }

    private void enable(ServerFile file) {
        ServerDirectory directory = directories.of(file.key());
        Repository repository = repositories.lay(file, directory);
        boolean running = directory.postgres().process().isPresent();
        if (running) {
            new WalShipping(file).requireOn();
        }
        PgBackRest tool = PgBackRest.of(repository, file);
        if (!repository.hasStanza()) {
            tool.require("stanza-create", running ? "--online" : "--no-online");
        }
        new ServerSettings(file, directory, house.settings()).write();
        if (running) {
            new WalShipping(file).begin();
        }
    }

    @Override
    public Progress backUp(ServerKey key, UUID unit, BackupTask task) {
        try {
            ServerFile file = directories.require(key);
            ServerDirectory directory = directories.of(key);
            UnitFiles files = new UnitFiles(directory);
            Repository repository = repositories.of(key);
            return house.units().perform(files, unit, "Looking at the repository", course -> new BackupRun(
                            repository,
                            PgBackRest.of(repository, file),
                            reader,
                            files,
                            unit,
                            task,
                            course,
                            directory.run().resolve("backup.out"),
                            new WalShipping(file).databaseBytes())
                    .run());
        } catch (EngineFault e) {
            return e.failed();
        }
    }

    @Override
    public Progress archive(ServerKey key) {
        return house.work().perform(key, new Archive(), "Archiving the newest changes", course -> {
            WalShipping.Shipped shipped = new WalShipping(directories.require(key)).shipNow();
            repositories.of(key).certain(shipped.timeline(), shipped.until());
        });
    }

    @Override
    public Archiving archiving(ServerKey key) {
        return EngineFault.raising(() -> new WalShipping(directories.require(key)).state());
    }

    @Override
    public BackupCatalogue catalogue(ServerKey key) {
        return EngineFault.raising(() -> {
            ServerFile file = directories.find(key).orElse(null);
            boolean running =
                    file != null && directories.of(key).postgres().process().isPresent();
            Repository repository = repositories.of(key);
            return reader.read(repository, PgBackRest.of(repository, file)).catalogue(running, repository.certain());
        });
    }

    @Override
    public Progress expire(ServerKey key, Instant window, Set<String> kept) {
        return house.work().perform(key, new Expire(window, Set.copyOf(kept)), "Removing what is too old", course -> {
            Repository repository = repositories.of(key);
            PgBackRest tool = PgBackRest.of(repository, directories.find(key).orElse(null));
            new Expiry(reader.read(repository, tool), tool).run(window, kept);
        });
    }

    @Override
    public Progress delete(ServerKey key, String label) {
        return house.work().perform(key, new Delete(label), "Deleting the backup", course -> {
            Repository repository = repositories.of(key);
            Optional<ServerFile> owner = directories.find(key);
            PgBackRest tool = PgBackRest.of(repository, owner.orElse(null));
            Expiry expiry = new Expiry(reader.read(repository, tool), tool);
            // WAL alone restores nothing; the tool itself would keep the last full one.
            if (owner.isEmpty() && expiry.all(label)) {
                repositories.delete(key);
            } else {
                expiry.delete(label);
            }
        });
    }

    @Override
    public Progress forget(ServerKey key) {
        return house.work().perform(key, new Forget(), "Deleting the backups", course -> repositories.delete(key));
    }

    @Override
    public Set<ServerKey> repositories() {
        return repositories.all();
    }

    @Override
    public Progress restore(ServerKey key, Specification specification, RestoreSource source) {
        return house.work().perform(key, source, "Looking for the backup", course -> {
            house.provisioning().provision(key, specification, course, (file, directory, tool) -> {
                RecoveryFile recovery = restoration.fill(file, directory.unfinishedData(), source, course);
                recovery.write(directory.recovery());
            });
            flush(key);
            ServerFile file = directories.require(key);
            Repository own = repositories.lay(file, directories.of(key));
            if (!own.hasStanza()) {
                PgBackRest.of(own, file).require("stanza-create", "--no-online");
            }
        });
    }

    @Override
    public Progress restoreBeside(ServerKey key, UUID unit, RestoreTarget target) {
        return house.work().perform(key, new Beside(unit), "Looking for the backup", course -> {
            ServerFile file = directories.require(key);
            ServerDirectory directory = directories.of(key);
            if (Files.exists(directory.recovery(unit))) {
                return;
            }
            house.provisioning().lay(file);
            restoration
                    .fill(file, directory.restored(unit), new RestoreSource(key, target), course)
                    .write(directory.recovery(unit));
            flush(key);
        });
    }

    @Override
    public Progress exchange(ServerKey key, UUID unit) {
        return house.work().perform(key, new Exchange(unit), "Taking the restored files into use", course -> {
            ServerDirectory directory = atRest(key);
            Path restored = directory.restored(unit);
            Path former = directory.former(unit);
            if (!Files.exists(restored)) {
                return;
            }
            // Known before anything moves, so that no start in between takes the restored files for ordinary ones.
            RecoveryFile.find(directory.recovery(unit)).ifPresent(plan -> plan.write(directory.recovery()));
            if (!Files.exists(former)) {
                move(directory.data(), former);
            }
            move(restored, directory.data());
            Disk.delete(directory.recovery(unit));
            flush(key);
        });
    }

    @Override
    public Progress exchangeBack(ServerKey key, UUID unit) {
        return house.work().perform(key, new ExchangeBack(unit), "Taking the former files into use", course -> {
            ServerDirectory directory = atRest(key);
            Path former = directory.former(unit);
            if (Files.exists(former)) {
                if (Files.exists(directory.data())) {
                    Disk.delete(directory.discarded(unit));
                    move(directory.data(), directory.discarded(unit));
                }
                Disk.delete(directory.recovery());
                move(former, directory.data());
                flush(key);
            }
            Disk.delete(directory.discarded(unit));
        });
    }

    @Override
    public Progress discard(ServerKey key, UUID unit) {
        return house.work().perform(key, new Discard(unit), "Deleting files not in use", course -> {
            ServerDirectory directory = directories.of(key);
            Path restored = directory.restored(unit);
            Leftovers.endWithin(restored);
            Disk.delete(restored);
            Disk.delete(directory.former(unit));
            Disk.delete(directory.discarded(unit));
            Disk.delete(directory.recovery(unit));
        });
    }

    @Override
    public Progress recover(ServerKey key) {
        return house.work().perform(key, new Recover(), "Starting", course -> house.starter()
                .start(directories.require(key), course));
    }

    @Override
    public InputStream dump(ServerKey key, String database) {
        return EngineFault.raising(() -> {
            ServerFile file = directories.require(key);
            if (new Databases(file)
                    .all().stream().noneMatch(known -> known.name().equals(database))) {
                throw EngineFault.lasting(null, ProblemCode.DatabaseNotFound, database);
            }
            List<String> words = new ArrayList<>(List.of(
                    Command.require("nice", "coreutils").toString(),
                    "-n",
                    "10",
                    house.tools()
                            .require(file.specification().majorVersion())
                            .program("pg_dump")
                            .toString()));
            words.addAll(ServerTool.connection(file));
            words.addAll(List.of("--format=custom", "--dbname=" + ServerTool.database(database)));
            return ServerTool.stream(file, "howdah dump", words);
        });
    }

    @Override
    public Progress verify(ServerKey key, UUID unit) {
        try {
            ServerFile file = directories.require(key);
            UnitFiles files = new UnitFiles(directories.of(key));
            ToolSets.ToolSet tool = house.tools().require(file.specification().majorVersion());
            return house.units().perform(files, unit, "Checking tables and indexes", course -> new IntegrityRun(
                            file, tool, files, unit, course)
                    .run());
        } catch (EngineFault e) {
            return e.failed();
        }
    }

    /** The directory of a server of which nothing runs, also while its data directory is being exchanged. */
    private ServerDirectory atRest(ServerKey key) {
        directories.find(key).orElseThrow(EngineFault::serverUnknown);
        ServerDirectory directory = directories.of(key);
        if (directory.postgres().process().isPresent()) {
            throw EngineFault.lasting("PostgreSQL runs", ProblemCode.Internal);
        }
        return directory;
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** So that a power cut finds the files as far as the plan for their recovery says. */
    private void flush(ServerKey key) {
        Disk.flush(directories.of(key).root());
    }
}
