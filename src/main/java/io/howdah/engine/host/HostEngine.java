package io.howdah.engine.host;

import com.sun.management.OperatingSystemMXBean;
import io.howdah.engine.Administrator;
import io.howdah.engine.BackupEngine;
import io.howdah.engine.Capabilities;
import io.howdah.engine.ClientInfo;
import io.howdah.engine.Compute;
import io.howdah.engine.DatabaseInfo;
import io.howdah.engine.Endpoints;
import io.howdah.engine.Engine;
import io.howdah.engine.EngineVersion;
import io.howdah.engine.Maintenance;
import io.howdah.engine.Observation;
import io.howdah.engine.OpenTransaction;
import io.howdah.engine.Progress;
import io.howdah.engine.ResizePlan;
import io.howdah.engine.Resized;
import io.howdah.engine.Room;
import io.howdah.engine.ServerKey;
import io.howdah.engine.SessionInfo;
import io.howdah.engine.SettingChange;
import io.howdah.engine.Specification;
import io.howdah.engine.SqlTask;
import io.howdah.engine.Storage;
import io.howdah.engine.StorageSwitch;
import io.howdah.engine.StorageUse;
import io.howdah.engine.Usage;
import io.howdah.shared.Messages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs each server as PostgreSQL and PgBouncer processes of this Linux host, under {@code servers/<id>/} of the
 * installation's directory. It keeps no state of its own: what exists and runs is read from there and from /proc, so
 * another engine on the same directory goes on where this one ended.
 */
public final class HostEngine implements Engine {

    private static final Logger LOG = Logger.getLogger(HostEngine.class.getName());
    private static final long BYTES_PER_MIB = 1024L * 1024L;
    private static final long BYTES_PER_GIB = 1024L * BYTES_PER_MIB;
    private static final int KEPT_FOR_HOST_MIB = 1024;

    private enum Simple {
        PROVISION,
        START,
        STOP,
        SLEEP,
        REMOVE,
        FLUSH
    }

    private record Restart(Instant notBefore) {}

    private record Resize(UUID change, Compute compute, boolean restart) {}

    private record Grow(int storageGib) {}

    private record CopyStorage(UUID change, int storageGib) {}

    private record SwitchStorage(UUID change, int storageGib) {}

    private record ReturnStorage(UUID change) {}

    private record DropStorage(UUID change) {}

    private record Create(String database, String owner) {}

    private record Drop(String database) {}

    private final HostSettings settings;
    private final Clock clock;
    private final Work work;
    private final Units units;
    private final Background background;
    private final ServerDirectories directories;
    private final ToolSets tools;
    private final Limits limits;
    private final CertificateAuthority authority;
    private final Spares spares;
    private final Repositories repositories;
    private final Volumes volumes;
    private final StorageGuard guard;
    private final Provisioning provisioning;
    private final HostBackups backups;

    /** @param executor runs what takes longer than a call may wait; one thread per server at work */
    public HostEngine(HostSettings settings, Executor executor, Clock clock) {
        this(settings, executor, clock, Limits.ROOT);
    }

    HostEngine(HostSettings settings, Executor executor, Clock clock, Path controlGroups) {
        this.settings = settings;
        this.clock = clock;
        this.work = new Work(executor);
        this.directories = new ServerDirectories(settings, clock);
        this.tools = new ToolSets(settings.toolRoots());
        this.limits = new Limits(controlGroups, settings.limits());
        this.background = new Background(limits, settings.backgroundShare());
        this.units = new Units(background);
        this.authority = new CertificateAuthority(settings.home(), clock);
        this.spares = new Spares(settings);
        this.repositories = new Repositories(settings);
        this.volumes = new Volumes(settings);
        this.guard = new StorageGuard(settings, directories, volumes, clock);
        this.provisioning = new Provisioning(settings, directories, tools, authority, spares, repositories, volumes);
        this.backups = new HostBackups(new HostBackups.House(
                settings,
                directories,
                repositories,
                tools,
                provisioning,
                volumes,
                limits,
                background,
                work,
                units,
                this::start));
    }

    /** Makes ahead, in the background, what the first server would have to wait for, and guards the servers' storage. */
    public void makeReady() {
        guard.begin();
        tools.newest().ifPresent(spares::refill);
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                HostAddresses.hostName(), limits.enforced(), limits.note(), volumes.possible(), volumes.note());
    }

    @Override
    public List<EngineVersion> versions() {
        return tools.versions();
    }

    @Override
    public Room room() {
        OperatingSystemMXBean host = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        int total = (int) (host.getTotalMemorySize() / BYTES_PER_MIB);
        int promised = Math.max(0, total - Math.max(KEPT_FOR_HOST_MIB, total * 15 / 100));
        Path home = settings.home();
        while (!Files.exists(home)) {
            home = home.getParent();
        }
        try {
            long free = Files.getFileStore(home).getUsableSpace();
            return new Room(host.getAvailableProcessors(), total, promised, (int) (free / BYTES_PER_GIB));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String certificateAuthority(ServerKey key) {
        return EngineFault.raising(() -> authority.certificate());
    }

    @Override
    public Progress provision(ServerKey key, Specification specification) {
        return work.perform(
                key,
                Simple.PROVISION,
                Messages.text("engine.doing.files"),
                course -> provisioning.provision(key, specification, course));
    }

    @Override
    public Progress start(ServerKey key) {
        return work.perform(
                key,
                Simple.START,
                Messages.text("engine.doing.starting"),
                course -> start(directories.require(key), course));
    }

    private void start(ServerFile file, Work.Course course) {
        ServerDirectory directory = directories.of(file.key());
        ToolSets.ToolSet tool = tools.require(file.specification().majorVersion());
        ServiceUsers.ensure(file.user());
        provisioning.lay(file);
        provisioning.certify(file);
        new ServerSettings(file, directory, settings).write();
        guard.beforeStart(file);
        List<Path> groups =
                limits.apply(file.shortName(), file.specification().compute(), Throttle.device(directory.base()));
        RecoveryFile.find(directory.recovery()).ifPresent(plan -> new Recovery(settings, directories, repositories)
                .run(file, plan, tool, groups, course));
        processes(file).start(tool, groups, directories, course);
        new ClientHold(file, directory, settings.home()).endLeft();
        sleep(file).end();
    }

    private Sleep sleep(ServerFile file) {
        return new Sleep(file, directories.of(file.key()), settings);
    }

    private ServerProcesses processes(ServerFile file) {
        return new ServerProcesses(file, directories.of(file.key()), settings);
    }

    @Override
    public Progress stop(ServerKey key) {
        return work.perform(key, Simple.STOP, Messages.text("engine.doing.stopping"), course -> {
            ServerFile file = directories.require(key);
            processes(file).stop(course);
            sleep(file).forget();
        });
    }

    @Override
    public Progress sleep(ServerKey key) {
        return work.perform(
                key, Simple.SLEEP, Messages.text("engine.doing.sleep"), course -> sleep(directories.require(key))
                        .begin(course));
    }

    @Override
    public List<ClientInfo> clients(ServerKey key) {
        return read(key, file -> sleep(file).clients());
    }

    @Override
    public Progress restart(ServerKey key, Instant notBefore) {
        return work.perform(key, new Restart(notBefore), Messages.text("engine.doing.restarting"), course -> {
            ServerFile file = directories.require(key);
            ServerProcesses processes = processes(file);
            Optional<Instant> started = processes.startedAt(clock);
            if (started.isPresent() && started.get().isBefore(notBefore)) {
                processes.endPostgres(course);
            }
            start(file, course);
        });
    }

    @Override
    public Progress resize(ServerKey key, UUID change, Compute compute) {
        return resize(
                key,
                new Resize(change, compute, true),
                (resizing, means, course) ->
                        resizing.run(change, compute, means, known -> start(known, course), course));
    }

    @Override
    public Progress resizeWithoutRestart(ServerKey key, UUID change, Compute compute) {
        return resize(
                key,
                new Resize(change, compute, false),
                (resizing, means, course) ->
                        resizing.runWithoutRestart(change, compute, means, known -> start(known, course)));
    }

    private interface Resizer {
        void resize(Resizing resizing, Resizing.Means means, Work.Course course);
    }

    private Progress resize(ServerKey key, Resize wanted, Resizer resizer) {
        return work.perform(key, wanted, Messages.text("engine.doing.looking"), course -> {
            ServerFile file = directories.require(key);
            Resizing.Means means = new Resizing.Means(
                    directories, limits, tools.require(file.specification().majorVersion()), clock);
            resizer.resize(new Resizing(file, directories.of(key), settings), means, course);
        });
    }

    @Override
    public Resized resized(ServerKey key, UUID change) {
        return ResizeFile.read(directories.of(key), change)
                .map(ResizeFile::told)
                .orElse(null);
    }

    @Override
    public Progress holdCpu(ServerKey key, double vCores) {
        return following(key, (file, files) -> {
            limits.holdCpu(file.shortName(), vCores);
            return Progress.done();
        });
    }

    @Override
    public ResizePlan planResize(ServerKey key, Compute compute) {
        return read(key, file -> new Resizing(file, directories.of(key), settings).plan(compute));
    }

    @Override
    public List<SettingChange> awaitingRestart(ServerKey key) {
        return read(key, file -> new Resizing(file, directories.of(key), settings).awaitingRestart());
    }

    @Override
    public OpenTransaction inTheWay(ServerKey key) {
        return read(
                key,
                file -> new OpenTransactions(file).longest(ClientHold.PATIENCE).orElse(null));
    }

    @Override
    public Progress endSession(ServerKey key, OpenTransaction session) {
        return work.perform(
                key, session, Messages.text("engine.doing.session"), course -> new Backends(directories.require(key))
                        .terminateAndAwait(session.pid(), session.connectedAt()));
    }

    @Override
    public Progress grow(ServerKey key, int storageGib) {
        return work.perform(key, new Grow(storageGib), Messages.text("engine.doing.storage.grow"), course -> new Growth(
                        settings, directories, volumes, guard)
                .run(directories.require(key), storageGib));
    }

    @Override
    public Progress copyStorage(ServerKey key, UUID change, int storageGib) {
        return work.perform(
                key,
                new CopyStorage(change, storageGib),
                Messages.text("engine.doing.storage.looking"),
                course -> shrinking(key, change, storageGib).copy(course));
    }

    @Override
    public Progress switchStorage(ServerKey key, UUID change, int storageGib) {
        return work.perform(
                key,
                new SwitchStorage(change, storageGib),
                Messages.text("engine.doing.storage.catch-up"),
                course -> shrinking(key, change, storageGib).change(known -> start(known, course), course));
    }

    @Override
    public StorageSwitch storageSwitched(ServerKey key, UUID change) {
        return ShrinkFile.read(directories.of(key), change)
                .filter(ShrinkFile::switched)
                .map(ShrinkFile::told)
                .orElse(null);
    }

    @Override
    public Progress returnStorage(ServerKey key, UUID change) {
        return work.perform(
                key, new ReturnStorage(change), Messages.text("engine.doing.storage.former"), course -> shrinking(
                                key, change)
                        .goBack());
    }

    @Override
    public Progress dropStorage(ServerKey key, UUID change) {
        return work.perform(
                key, new DropStorage(change), Messages.text("engine.doing.storage.drop"), course -> shrinking(
                                key, change)
                        .drop());
    }

    private Shrinking shrinking(ServerKey key, UUID change) {
        return shrinking(key, change, directories.require(key).specification().storageGib());
    }

    private Shrinking shrinking(ServerKey key, UUID change, int storageGib) {
        return new Shrinking(
                directories.require(key),
                new Shrinking.House(settings, directories, tools, provisioning, volumes, limits, guard, background),
                change,
                storageGib);
    }

    @Override
    public Storage storage(ServerKey key) {
        return read(key, guard::storage);
    }

    @Override
    public StorageUse storageUse(ServerKey key) {
        return read(key, file -> new StorageMeter(file, directories.of(key)).use());
    }

    @Override
    public Progress remove(ServerKey key) {
        return work.perform(key, Simple.REMOVE, Messages.text("engine.doing.removing"), course -> new Removal(
                        directories, limits, repositories, volumes)
                .remove(key, course));
    }

    @Override
    public Progress setAdministrator(ServerKey key, Administrator administrator) {
        return work.perform(
                key,
                administrator,
                Messages.text("engine.doing.administrator"),
                course -> Roles.setAdministrator(directories.require(key), administrator));
    }

    @Override
    public Progress createDatabase(ServerKey key, String database, String owner) {
        return work.perform(
                key,
                new Create(database, owner),
                Messages.text("engine.doing.database.create"),
                course -> new Databases(directories.require(key)).create(database, owner));
    }

    @Override
    public Progress dropDatabase(ServerKey key, String database) {
        return work.perform(
                key, new Drop(database), Messages.text("engine.doing.database.drop"), course -> new Databases(
                                directories.require(key))
                        .drop(database));
    }

    @Override
    public Progress runSql(ServerKey key, UUID unit, SqlTask task) {
        return following(
                key,
                (file, files) ->
                        units.perform(files, unit, Messages.text("engine.doing.connecting"), course -> new SqlRun(
                                        file, directories.of(key), files, unit, task, course)
                                .run()));
    }

    @Override
    public Progress maintain(ServerKey key, UUID unit, Maintenance wanted) {
        return following(
                key,
                (file, files) -> units.perform(files, unit, Messages.text("engine.doing.databases"), course -> {
                    ToolSets.ToolSet tool = tools.require(file.specification().majorVersion());
                    return new MaintenanceRun(file, tool, files, unit, wanted, course).run();
                }));
    }

    @Override
    public String unitOutput(ServerKey key, UUID unit) {
        return units.output(unit)
                .or(() -> new UnitFiles(directories.of(key)).output(unit))
                .orElse(null);
    }

    @Override
    public Progress cancelUnit(ServerKey key, UUID unit) {
        return following(key, (file, files) -> {
            Optional<Progress> here = units.cancel(unit);
            if (here.filter(Progress.Running.class::isInstance).isPresent()) {
                return here.get();
            }
            Progress ending = units.perform(files, unit, Messages.text("engine.doing.interrupted"), course -> {
                UnitOutput output = new UnitOutput(files.output(unit).orElse(""));
                return new SqlAftermath(new Backends(file), files, unit, course, output).cancel();
            });
            return files.find(unit).filter(UnitFile::ended).isPresent() ? Progress.done() : ending;
        });
    }

    @Override
    public Progress forgetUnit(ServerKey key, UUID unit) {
        return following(key, (file, files) -> {
            if (files.find(unit).filter(known -> !known.ended()).isEmpty() && !units.runs(unit)) {
                files.forget(unit);
            }
            return Progress.done();
        });
    }

    private Progress following(ServerKey key, BiFunction<ServerFile, UnitFiles, Progress> question) {
        try {
            return question.apply(directories.require(key), new UnitFiles(directories.of(key)));
        } catch (EngineFault e) {
            return e.failed();
        }
    }

    @Override
    public Progress flush(ServerKey key) {
        return work.perform(key, Simple.FLUSH, Messages.text("engine.doing.flush"), course -> {
            directories.require(key);
            directories.of(key).flush();
        });
    }

    @Override
    public Observation observe(ServerKey key) {
        Optional<ServerFile> found = EngineFault.raising(() -> directories.find(key));
        if (found.isEmpty() || !directories.of(key).provisioned()) {
            boolean leftovers = Files.exists(directories.of(key).root())
                    || Files.exists(directories.removing(key).root());
            return leftovers
                    ? new Observation(
                            Observation.State.UNSTEADY, null, null, null, Messages.text("engine.note.incomplete"))
                    : new Observation(Observation.State.ABSENT, null, null, null, null);
        }
        ServerFile file = found.get();
        Endpoints endpoints = new Endpoints(settings.publicName(), file.pooledPort(), file.directPort());
        ServerProcesses processes = processes(file);
        if (!processes.wanted() && processes.nothingRuns()) {
            return new Observation(Observation.State.STOPPED, endpoints, null, null, null);
        }
        if (sleep(file).asleep()) {
            return new Observation(
                    Observation.State.ASLEEP, endpoints, null, null, Messages.text("engine.note.asleep"));
        }
        String trouble = processes.trouble();
        String note = trouble == null && processes.unguarded() ? Messages.text("engine.note.unguarded") : trouble;
        Optional<Instant> started = processes.startedAt(clock);
        return new Observation(
                trouble == null ? Observation.State.RUNNING : Observation.State.UNSTEADY,
                endpoints,
                started.isPresent() ? processes.version() : null,
                started.orElse(null),
                note);
    }

    @Override
    public Map<ServerKey, Usage> usage(Collection<ServerKey> keys) {
        Map<ServerKey, Usage> used = new HashMap<>();
        for (ServerKey key : keys) {
            try {
                directories
                        .find(key)
                        .flatMap(file -> directories
                                .of(key)
                                .postgres()
                                .process()
                                .flatMap(postmaster -> ProcessUsage.of(postmaster, limits, file.shortName())))
                        .ifPresent(usage -> used.put(key, usage));
            } catch (EngineFault | UncheckedIOException e) {
                LOG.log(Level.FINE, "what server " + key + " uses could not be seen", e);
            }
        }
        return used;
    }

    @Override
    public List<DatabaseInfo> databases(ServerKey key) {
        return read(key, file -> new Databases(file).all());
    }

    @Override
    public List<String> roles(ServerKey key) {
        return read(key, RoleDoor::roles);
    }

    @Override
    public List<SessionInfo> sessions(ServerKey key) {
        return read(key, file -> new Databases(file).sessions());
    }

    @Override
    public Optional<BackupEngine> backups() {
        return Optional.of(backups);
    }

    @Override
    public Set<ServerKey> servers() {
        return directories.all();
    }

    private <T> T read(ServerKey key, Function<ServerFile, T> question) {
        return EngineFault.raising(() -> question.apply(directories.require(key)));
    }
}
