package io.howdah.engine.host;

import io.howdah.engine.Archiving;
import io.howdah.engine.BackupCatalogue;
import io.howdah.engine.BackupEngine;
import io.howdah.engine.BackupTask;
import io.howdah.engine.LoadTask;
import io.howdah.engine.Looked;
import io.howdah.engine.Progress;
import io.howdah.engine.QueryResult;
import io.howdah.engine.Question;
import io.howdah.engine.Recovered;
import io.howdah.engine.RestoreSource;
import io.howdah.engine.RestoreTarget;
import io.howdah.engine.SchemaInfo;
import io.howdah.engine.ServerKey;
import io.howdah.engine.Specification;
import io.howdah.engine.SqlTask;
import io.howdah.shared.Messages;
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
import java.util.function.BiFunction;

/** Backups of this host's servers, with pgBackRest, in a repository for each. */
final class HostBackups implements BackupEngine {

    /** Starts an ordinary server, and makes one of restored files. */
    interface Starter {
        void start(ServerFile file, Work.Course course);
    }

    private record Enable() {}

    private record Recover() {}

    private record Archive(UUID unit) {}

    private record Expire(Instant window, Set<String> kept) {}

    private record ExpireRemote(Instant window, Set<String> kept) {}

    private record Delete(String label) {}

    private record Forget() {}

    private record Beside(UUID unit) {}

    private record Exchange(UUID unit) {}

    private record ExchangeBack(UUID unit) {}

    private record Discard(UUID unit) {}

    private record Place(UUID unit) {}

    private record Unload(UUID unit) {}

    /** What it shares with the rest of the engine. */
    record House(
            HostSettings settings,
            ServerDirectories directories,
            Repositories repositories,
            ToolSets tools,
            Provisioning provisioning,
            Volumes volumes,
            Limits limits,
            Background background,
            Work work,
            Units units,
            Starter starter) {}

    private final House house;
    private final ServerDirectories directories;
    private final Repositories repositories;
    private final CatalogueReader reader = new CatalogueReader();
    private final Restoration restoration;
    private final RemoteCopies remote;

    /** What asks the second repository, which may not answer for long, must not stand in the way of the server's other work. */
    private final Work apart =
            new Work(task -> Thread.ofPlatform().daemon().name("remote").start(task));

    HostBackups(House house) {
        this.house = house;
        this.directories = house.directories();
        this.repositories = house.repositories();
        this.restoration = new Restoration(directories, repositories, reader, house.background());
        this.remote = new RemoteCopies(directories, repositories, reader, house.units());
    }

    @Override
    public Progress enable(ServerKey key) {
        return house.work()
                .perform(
                        key,
                        new Enable(),
                        Messages.text("engine.doing.backup.prepare"),
                        course -> enable(directories.require(key)));
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
    public Optional<String> remote() {
        return Optional.ofNullable(house.settings().remote()).map(HostSettings.Remote::words);
    }

    @Override
    public Progress ship(ServerKey key) {
        return remote.ship(key);
    }

    @Override
    public Archiving shipping(ServerKey key) {
        return EngineFault.raising(() -> remote.shipping(key));
    }

    @Override
    public Progress backUpRemote(ServerKey key, UUID unit, UUID name, BackupTask task) {
        return remote.backUp(key, unit, name, task);
    }

    @Override
    public BackupCatalogue remoteCatalogue(ServerKey key) {
        return EngineFault.raising(() -> remote.catalogue(key));
    }

    @Override
    public Progress expireRemote(ServerKey key, Instant window, Set<String> kept) {
        return apart.perform(
                key,
                new ExpireRemote(window, Set.copyOf(kept)),
                Messages.text("engine.doing.backup.expire.second"),
                course -> remote.expire(key, window, kept));
    }

    @Override
    public Progress backUp(ServerKey key, UUID unit, BackupTask task) {
        try {
            ServerFile file = directories.require(key);
            ServerDirectory directory = directories.of(key);
            UnitFiles files = new UnitFiles(directory);
            Repository repository = repositories.of(key);
            return house.units()
                    .perform(files, unit, Messages.text("engine.doing.backup.looking"), course -> new BackupRun(
                                    repository,
                                    PgBackRest.of(repository, file),
                                    reader,
                                    files,
                                    unit,
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
    public Progress archive(ServerKey key, UUID unit) {
        return house.work().perform(key, new Archive(unit), Messages.text("engine.doing.backup.archive"), course -> {
            Repository repository = repositories.of(key);
            try {
                WalShipping.Shipped shipped = new WalShipping(directories.require(key)).shipNow();
                repository.certain(shipped.timeline(), shipped.until());
            } catch (EngineFault e) {
                boolean full = e.failed().problem().code() == ProblemCode.ArchivingFails && repository.isFull();
                throw full
                        ? EngineFault.passing(
                                e.failed().detail(), ProblemCode.EngineDiskFull, Messages.text("engine.full.backups"))
                        : e;
            }
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
            // Where this host's repository is lost, what can be restored is what the second one has.
            if (remote().isPresent() && !repository.hasBackups() && remote.begun(key)) {
                return remote.catalogue(key);
            }
            return reader.read(repository, PgBackRest.of(repository, file)).catalogue(running, repository.certain());
        });
    }

    @Override
    public Progress expire(ServerKey key, Instant window, Set<String> kept) {
        return house.work()
                .perform(
                        key,
                        new Expire(window, Set.copyOf(kept)),
                        Messages.text("engine.doing.backup.expire"),
                        course -> {
                            Repository repository = repositories.of(key);
                            PgBackRest tool = PgBackRest.of(
                                    repository, directories.find(key).orElse(null));
                            new Expiry(reader.read(repository, tool), tool).run(window, kept);
                        });
    }

    @Override
    public Progress delete(ServerKey key, String label) {
        return byRemote().perform(key, new Delete(label), Messages.text("engine.doing.backup.delete"), course -> {
            Repository repository = repositories.of(key);
            Optional<ServerFile> owner = directories.find(key);
            PgBackRest tool = PgBackRest.of(repository, owner.orElse(null));
            CatalogueReader.Contents contents = reader.read(repository, tool);
            WalArchive.Base base = contents.base(label);
            if (remote().isPresent()) {
                remote.delete(key, base == null ? null : base.backup().unit(), label);
            }
            Expiry expiry = new Expiry(contents, tool);
            // WAL alone restores nothing; the tool itself would keep the last full one.
            if (owner.isEmpty() && expiry.all(label)) {
                forgetAll(key);
            } else {
                expiry.delete(label);
            }
        });
    }

    @Override
    public Progress forget(ServerKey key) {
        return byRemote()
                .perform(key, new Forget(), Messages.text("engine.doing.backup.delete.all"), course -> forgetAll(key));
    }

    private Work byRemote() {
        return remote().isPresent() ? apart : house.work();
    }

    /** What lies elsewhere first: its settings lie with those of what is here. */
    private void forgetAll(ServerKey key) {
        if (remote().isPresent()) {
            remote.forget(key);
        }
        repositories.delete(key);
    }

    @Override
    public Set<ServerKey> repositories() {
        return repositories.all();
    }

    @Override
    public Progress restore(ServerKey key, Specification specification, RestoreSource source) {
        return house.work().perform(key, source, Messages.text("engine.doing.restore.find"), course -> {
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
        return house.work().perform(key, new Beside(unit), Messages.text("engine.doing.restore.find"), course -> {
            ServerFile file = directories.require(key);
            ServerDirectory directory = directories.of(key);
            if (Files.exists(directory.recovery(unit))) {
                return;
            }
            if (directory.hard()) {
                house.volumes()
                        .make(directory, unit.toString(), file.specification().storageGib());
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
        return house.work().perform(key, new Exchange(unit), Messages.text("engine.doing.restore.exchange"), course -> {
            ServerDirectory directory = atRest(key);
            Path restored = directory.restored(unit);
            Path former = directory.former(unit);
            if (!Files.exists(restored)) {
                return;
            }
            // Known before anything moves, so that no start in between takes the restored files for ordinary ones.
            RecoveryFile.find(directory.recovery(unit)).ifPresent(plan -> plan.write(directory.recovery()));
            if (directory.hard()) {
                house.volumes().exchange(directory, unit);
            } else {
                if (!Files.exists(former)) {
                    move(directory.data(), former);
                }
                move(restored, directory.data());
            }
            Disk.delete(directory.recovery(unit));
            flush(key);
        });
    }

    @Override
    public Progress exchangeBack(ServerKey key, UUID unit) {
        return house.work()
                .perform(key, new ExchangeBack(unit), Messages.text("engine.doing.restore.exchange.back"), course -> {
                    ServerDirectory directory = atRest(key);
                    Path former = directory.former(unit);
                    if (directory.hard()) {
                        if (Files.isSymbolicLink(former)) {
                            Disk.delete(directory.recovery());
                            house.volumes().exchangeBack(directory, unit);
                            house.volumes()
                                    .grow(
                                            directory,
                                            directories
                                                    .require(key)
                                                    .specification()
                                                    .storageGib());
                            flush(key);
                        }
                        house.volumes().discard(directory, unit);
                    } else if (Files.exists(former)) {
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
        return house.work().perform(key, new Discard(unit), Messages.text("engine.doing.restore.discard"), course -> {
            ServerDirectory directory = directories.of(key);
            if (directory.hard()) {
                house.volumes().discard(directory, unit);
            } else {
                Path restored = directory.restored(unit);
                Leftovers.endWithin(restored);
                Disk.delete(restored);
                Disk.delete(directory.former(unit));
            }
            Disk.delete(directory.discarded(unit));
            Disk.delete(directory.recovery(unit));
            if (!Files.exists(directory.recovery())) {
                repositories.endReading(directory);
            }
        });
    }

    @Override
    public Progress recover(ServerKey key) {
        return house.work()
                .perform(key, new Recover(), Messages.text("engine.doing.starting"), course -> house.starter()
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
    public InputStream tarball(ServerKey key, String label) {
        return EngineFault.raising(() -> {
            ServerFile owner = directories.find(key).orElse(null);
            Repository repository = repositories.of(key);
            PgBackRest tool = PgBackRest.of(repository, owner);
            WalArchive.Base base = reader.read(repository, tool).base(label);
            if (base == null && remote().isPresent()) {
                repository =
                        repositories.remote(key, owner, directories.of(key)).orElseThrow();
                tool = PgBackRest.ours(repository);
                base = reader.read(repository, tool).base(label);
            }
            if (base == null) {
                throw EngineFault.lasting(null, ProblemCode.BackupNotFound, label);
            }
            return new Tarball(tool, base, house.settings().home().resolve("downloads"), house.background());
        });
    }

    @Override
    public Progress verify(ServerKey key, UUID unit) {
        try {
            ServerFile file = directories.require(key);
            UnitFiles files = new UnitFiles(directories.of(key));
            ToolSets.ToolSet tool = house.tools().require(file.specification().majorVersion());
            return house.units()
                    .perform(files, unit, Messages.text("engine.doing.check.tables"), course -> new IntegrityRun(
                                    file, tool, files, unit, course)
                            .run());
        } catch (EngineFault e) {
            return e.failed();
        }
    }

    @Override
    public Progress verifyRepository(ServerKey key, UUID unit) {
        return unit(key, (file, files) -> house.units()
                .perform(files, unit, Messages.text("engine.doing.backup.read"), course -> new RepositoryRun(
                                repositories,
                                PgBackRest.of(repositories.of(key), file),
                                reader,
                                files,
                                unit,
                                course,
                                directories.of(key).run().resolve("verify.out"))
                        .run(repositories.of(key))));
    }

    @Override
    public Recovered recovered(ServerKey key) {
        return EngineFault.raising(() ->
                RecoveryLog.read(directories.of(directories.require(key).key()).log()));
    }

    @Override
    public Progress verifyFiles(ServerKey key, UUID unit) {
        return unit(key, (file, files) -> {
            ToolSets.ToolSet tool = house.tools().require(file.specification().majorVersion());
            return house.units()
                    .perform(files, unit, Messages.text("engine.doing.check.checksums"), course -> new ChecksumRun(
                                    file, atRest(key), tool, files, unit, course)
                            .run());
        });
    }

    @Override
    public Progress ask(ServerKey key, UUID unit, Question question) {
        return unit(key, (file, files) -> house.units()
                .perform(files, unit, Messages.text("engine.doing.asking"), course -> new QuestionRun(
                                file, directories.of(key), files, unit, question)
                        .run()));
    }

    private Progress unit(ServerKey key, BiFunction<ServerFile, UnitFiles, Progress> work) {
        try {
            return work.apply(directories.require(key), new UnitFiles(directories.of(key)));
        } catch (EngineFault e) {
            return e.failed();
        }
    }

    // ---- looking at an earlier time, and bringing parts of it back

    @Override
    public Progress look(ServerKey copy, RestoreTarget.At target) {
        return house.work().perform(copy, target, Messages.text("engine.doing.look.changes"), course -> new Looking(
                        house, directories.require(copy))
                .open(target, restoration, course));
    }

    @Override
    public Looked looked(ServerKey copy) {
        return EngineFault.raising(() -> directories
                .find(copy)
                .filter(file -> directories.of(copy).provisioned())
                .map(file -> new Looking(house, file).state())
                .orElse(null));
    }

    @Override
    public QueryResult query(ServerKey key, SqlTask task, int most) {
        return EngineFault.raising(
                () -> new ReadOnlyQuery(directories.require(key), directories.of(key)).run(task, most));
    }

    @Override
    public List<SchemaInfo> schemas(ServerKey key, String database, String role) {
        return EngineFault.raising(() -> new Schemas(directories.require(key)).all(database, role));
    }

    @Override
    public List<String> taken(ServerKey key, String database, String schema, List<String> names) {
        return EngineFault.raising(() -> new Schemas(directories.require(key)).taken(database, schema, names));
    }

    @Override
    public Progress load(ServerKey key, UUID unit, LoadTask task) {
        try {
            ServerFile file = directories.require(key);
            ServerFile copy = directories.require(task.from());
            ToolSets.ToolSet tool = house.tools().require(file.specification().majorVersion());
            return house.units()
                    .perform(
                            new UnitFiles(directories.of(key)),
                            unit,
                            Messages.text("engine.doing.load.looking"),
                            course -> new LoadRun(file, directories.of(key), copy, tool, unit, task, course).run());
        } catch (EngineFault e) {
            return e.failed();
        }
    }

    @Override
    public Progress place(ServerKey key, UUID unit, LoadTask task) {
        return house.work()
                .perform(key, new Place(unit), Messages.text("engine.doing.load.place"), course -> new LoadTarget(
                                directories.require(key), directories.of(key), unit, task)
                        .place());
    }

    @Override
    public Progress unload(ServerKey key, UUID unit, LoadTask task) {
        Optional<Progress> here = house.units().cancel(unit);
        if (here.filter(Progress.Running.class::isInstance).isPresent()) {
            return here.get();
        }
        return house.work()
                .perform(key, new Unload(unit), Messages.text("engine.doing.load.undo"), course -> new LoadTarget(
                                directories.require(key), directories.of(key), unit, task)
                        .undo());
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
        directories.of(key).flush();
    }
}
