package io.howdah.engine;

import io.howdah.shared.Measure;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * An engine in memory, as quick as a test needs it, that keeps the engine's promises. It can be told to fail the nth call
 * of a kind, or to answer {@link Progress.Running} a number of times first; the calls made are kept.
 */
public final class FakeEngine implements Engine {

    /** The calls that change something. */
    public enum Call {
        PROVISION,
        START,
        STOP,
        SLEEP,
        RESTART,
        REMOVE,
        SET_ADMINISTRATOR,
        CREATE_DATABASE,
        DROP_DATABASE,
        FLUSH,
        RUN_SQL,
        MAINTAIN,
        ENABLE,
        BACK_UP,
        ARCHIVE,
        EXPIRE,
        DELETE_BACKUP,
        FORGET,
        RESTORE,
        RESTORE_BESIDE,
        EXCHANGE,
        EXCHANGE_BACK,
        DISCARD,
        RECOVER,
        VERIFY,
        LOOK,
        LOAD,
        PLACE,
        UNLOAD,
        RESIZE,
        RESIZE_LATER,
        END_SESSION,
        GROW,
        COPY_STORAGE,
        SWITCH_STORAGE,
        RETURN_STORAGE,
        DROP_STORAGE,
        HOLD_CPU,
        VERIFY_REPOSITORY,
        VERIFY_FILES,
        ASK,
        SHIP,
        BACK_UP_REMOTE,
        EXPIRE_REMOTE
    }

    /** What outlives the portal: give it to a second engine to play the portal's return. */
    public static final class Host {
        final Map<ServerKey, Server> servers = new HashMap<>();
        final Map<ServerKey, FakeBackups.Repository> repositories = new HashMap<>();
        final Map<ServerKey, FakeBackups.Repository> remotes = new HashMap<>();
        private int nextPort = 25432;
    }

    /** A unit of work, and how it ended; null while it goes on. */
    static final class Unit {
        private final Instant until;
        String output;
        Progress end;

        Unit(Instant until, String output) {
            this.until = until;
            this.output = output;
        }
    }

    static final class Server {
        final Map<UUID, Unit> units = new HashMap<>();
        final Map<UUID, FakeBackups.Files> beside = new HashMap<>();
        final Map<String, Set<String>> tables = new HashMap<>();
        private Specification specification;
        private Endpoints endpoints;
        Instant startedAt;
        boolean restored;
        int timeline = 1;
        Recovered recovered = new Recovered(null, null);
        /** Where restored files come from, and the instant at which they are kept to be read. */
        ServerKey source;

        Instant lookedAt;
        /** The units of which what was loaded has its place. */
        final Set<UUID> placed = new HashSet<>();

        final Map<String, String> databases = new TreeMap<>(Map.of("postgres", "howdah_superuser"));
        private final Map<String, String> administrators = new HashMap<>();
        long usedBytes = 100L << 20;
        boolean readOnly;
        final List<DroppedSlot> droppedSlots = new ArrayList<>();
        /** Disks beside the one in use, by the change that has made them: what they hold, and their size. */
        private final Map<UUID, Disk> disks = new HashMap<>();

        private UUID storageChange;
        private StorageSwitch storageSwitch;
        private UUID change;
        private Resized resized;
        private List<SettingChange> awaitingRestart = List.of();
        private OpenTransaction inTheWay;
        private boolean asleep;
        private List<ClientInfo> clients = List.of();

        FakeBackups.Files files() {
            Map<String, Set<String>> copy = new HashMap<>();
            tables.forEach((database, names) -> copy.put(database, Set.copyOf(names)));
            return new FakeBackups.Files(Map.copyOf(databases), copy, Map.copyOf(administrators), timeline, restored);
        }

        void use(FakeBackups.Files files) {
            databases.clear();
            databases.putAll(files.databases());
            tables.clear();
            files.tables().forEach((database, names) -> tables.put(database, new HashSet<>(names)));
            administrators.clear();
            administrators.putAll(files.administrators());
            timeline = files.timeline();
            restored = files.restored();
        }
    }

    private record Disk(int gib, FakeBackups.Files files) {}

    private final Host host;
    private final Clock clock;
    private final FakeBackups backups;
    private final Map<Call, Integer> made = new HashMap<>();
    private final Map<Call, Map<Integer, Progress.Failed>> failures = new HashMap<>();
    private final Map<Call, Integer> slowness = new HashMap<>();
    private final Map<Call, Map<ServerKey, Integer>> waited = new HashMap<>();
    private final Map<ServerKey, Usage> usages = new HashMap<>();
    private final Map<ServerKey, Double> held = new HashMap<>();
    boolean recoversTooFar;
    private final Set<Call> idle = new HashSet<>();
    private final List<String> log = new ArrayList<>();

    public FakeEngine(Clock clock) {
        this(new Host(), clock);
    }

    public FakeEngine(Host host, Clock clock) {
        this.host = host;
        this.clock = clock;
        this.backups = new FakeBackups(this, host, clock);
    }

    private String remote;

    /** Gives it a second place for backups. */
    public FakeEngine withRemote(String words) {
        remote = words;
        return this;
    }

    Optional<String> remote() {
        return Optional.ofNullable(remote);
    }

    public Host host() {
        return host;
    }

    /** @param nth counts every call of the kind made from now on, from 1 */
    public synchronized void fail(Call call, int nth, Progress.Failed how) {
        int from = made.getOrDefault(call, 0);
        failures.computeIfAbsent(call, c -> new HashMap<>()).put(from + nth, how);
    }

    /** Recoveries to an instant go to the end of all there is. */
    public synchronized void recoverTooFar() {
        recoversTooFar = true;
    }

    /** Calls of the kind say from now on that they are done, and have done nothing. */
    public synchronized void failQuietly(Call call) {
        idle.add(call);
    }

    /** A failure as the engine reports it. */
    public static Progress.Failed failure(ProblemCode code, boolean passing, Object... arguments) {
        return new Progress.Failed(Problem.of(code, arguments), null, passing);
    }

    /** Each piece of work of the kind answers Running this often before it is done. */
    public synchronized void slow(Call call, int answers) {
        slowness.put(call, answers);
    }

    /** The calls that changed something or tried to, in order, e.g. {@code START 6f1c…}. */
    public synchronized List<String> calls() {
        return List.copyOf(log);
    }

    /** How many states lie beside the one in use, restored or former. */
    public synchronized int beside(ServerKey key) {
        return host.servers.get(key).beside.size() + host.servers.get(key).disks.size();
    }

    /** PostgreSQL has died and nobody brings it back. */
    public synchronized void crash(ServerKey key) {
        host.servers.get(key).startedAt = null;
    }

    interface Act {
        Progress run(Server server);
    }

    synchronized Progress perform(Call call, ServerKey key, Act act) {
        log.add(call + " " + key);
        int nth = made.merge(call, 1, Integer::sum);
        Progress.Failed failure = failures.getOrDefault(call, Map.of()).get(nth);
        if (failure != null) {
            return failure;
        }
        Map<ServerKey, Integer> waits = waited.computeIfAbsent(call, c -> new HashMap<>());
        if (waits.merge(key, 1, Integer::sum) <= slowness.getOrDefault(call, 0)) {
            return Progress.running(call.name().toLowerCase().replace('_', ' '));
        }
        waits.remove(key);
        if (idle.contains(call)) {
            return Progress.done();
        }
        return act.run(host.servers.get(key));
    }

    Progress existing(Call call, ServerKey key, Act act) {
        return perform(
                call,
                key,
                server -> server == null ? failure(ProblemCode.EngineServerUnknown, false) : act.run(server));
    }

    Progress running(Call call, ServerKey key, Act act) {
        return existing(
                call,
                key,
                server -> server.startedAt == null ? failure(ProblemCode.EngineNotResponding, true) : act.run(server));
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities("fake", true, "CPU and memory are enforced.", true, "Storage is a hard limit.");
    }

    @Override
    public List<EngineVersion> versions() {
        return List.of(new EngineVersion(17, "17.11"), new EngineVersion(15, "15.18"));
    }

    @Override
    public Room room() {
        return new Room(16, 65_536, 55_705, 1_000);
    }

    @Override
    public String certificateAuthority(ServerKey key) {
        return "-----BEGIN CERTIFICATE-----\nZmFrZQ==\n-----END CERTIFICATE-----\n";
    }

    @Override
    public Progress provision(ServerKey key, Specification specification) {
        return perform(Call.PROVISION, key, server -> {
            if (server != null) {
                return Progress.done();
            }
            for (String network : specification.allowedNetworks()) {
                if (!network.matches("[0-9a-fA-F:.]+(/\\d{1,3})?")) {
                    return failure(ProblemCode.NetworkInvalid, false, network);
                }
            }
            if (versions().stream().noneMatch(version -> version.major() == specification.majorVersion())) {
                return failure(ProblemCode.VersionNotAvailable, false, "" + specification.majorVersion(), "15, 17");
            }
            make(key, specification);
            return Progress.done();
        });
    }

    Server make(ServerKey key, Specification specification) {
        Server made = new Server();
        made.specification = specification;
        made.endpoints = new Endpoints("fake.example", host.nextPort, host.nextPort + 1);
        host.nextPort += 2;
        host.servers.put(key, made);
        host.repositories.computeIfAbsent(key, any -> new FakeBackups.Repository());
        return made;
    }

    @Override
    public Progress start(ServerKey key) {
        return existing(Call.START, key, server -> {
            if (server.startedAt == null) {
                server.startedAt = clock.instant();
                server.awaitingRestart = List.of();
            }
            server.asleep = false;
            return Progress.done();
        });
    }

    @Override
    public Progress stop(ServerKey key) {
        return existing(Call.STOP, key, server -> {
            server.startedAt = null;
            server.asleep = false;
            return Progress.done();
        });
    }

    @Override
    public Progress sleep(ServerKey key) {
        return existing(Call.SLEEP, key, server -> {
            if (server.startedAt != null && server.clients.isEmpty()) {
                server.startedAt = null;
                server.asleep = true;
            }
            return Progress.done();
        });
    }

    /** From now on these are connected, or wait. */
    public synchronized void connect(ServerKey key, ClientInfo... clients) {
        host.servers.get(key).clients = List.of(clients);
    }

    @Override
    public synchronized List<ClientInfo> clients(ServerKey key) {
        return host.servers.get(key).clients;
    }

    @Override
    public Progress restart(ServerKey key, Instant notBefore) {
        return existing(Call.RESTART, key, server -> {
            if (server.startedAt == null || server.startedAt.isBefore(notBefore)) {
                server.startedAt = clock.instant();
            }
            return Progress.done();
        });
    }

    /** A change of memory or connections restarts it; one of vCores alone does not. */
    @Override
    public Progress resize(ServerKey key, UUID change, Compute compute) {
        return existing(Call.RESIZE, key, server -> resize(server, change, compute, true));
    }

    @Override
    public Progress resizeWithoutRestart(ServerKey key, UUID change, Compute compute) {
        return existing(Call.RESIZE_LATER, key, server -> resize(server, change, compute, false));
    }

    private Progress resize(Server server, UUID change, Compute compute, boolean mayRestart) {
        Compute before = server.specification.compute();
        boolean running = server.startedAt != null;
        List<SettingChange> needed = new ArrayList<>(settings(before, compute));
        needed.addAll(server.awaitingRestart);
        boolean restart = mayRestart && running && !needed.isEmpty();
        if (restart && server.inTheWay != null) {
            return failure(
                    ProblemCode.EngineTransactionInTheWay,
                    false,
                    "" + server.inTheWay.pid(),
                    server.inTheWay.role(),
                    server.inTheWay.database(),
                    server.inTheWay.application(),
                    server.inTheWay.since(),
                    "3");
        }
        boolean known = change.equals(server.change);
        Compute first = known ? server.resized.before() : before;
        boolean restarted = restart || known && server.resized.restarted();
        server.change = change;
        server.resized = new Resized(
                first,
                compute,
                settings(first, compute),
                restarted,
                restarted ? Duration.ofMillis(300) : Duration.ZERO,
                new Resized.Traffic(120, 0));
        server.specification = server.specification.sized(compute);
        server.awaitingRestart = running && !mayRestart ? needed : List.of();
        if (restart) {
            server.startedAt = clock.instant();
        }
        return Progress.done();
    }

    @Override
    public synchronized List<SettingChange> awaitingRestart(ServerKey key) {
        return host.servers.get(key).awaitingRestart;
    }

    /** From now on that session keeps PostgreSQL from being restarted; null: nobody does. */
    public synchronized void standInTheWay(ServerKey key, OpenTransaction session) {
        host.servers.get(key).inTheWay = session;
    }

    @Override
    public synchronized OpenTransaction inTheWay(ServerKey key) {
        return host.servers.get(key).inTheWay;
    }

    @Override
    public Progress endSession(ServerKey key, OpenTransaction session) {
        return running(Call.END_SESSION, key, server -> {
            if (session.equals(server.inTheWay)) {
                server.inTheWay = null;
            }
            return Progress.done();
        });
    }

    private static List<SettingChange> settings(Compute before, Compute after) {
        List<SettingChange> changes = new ArrayList<>();
        if (before.maxConnections() != after.maxConnections()) {
            changes.add(new SettingChange(
                    "max_connections", "" + before.maxConnections(), "" + after.maxConnections(), true));
        }
        if (before.memoryMib() != after.memoryMib()) {
            changes.add(new SettingChange(
                    "shared_buffers", before.memoryMib() / 4 + " MB", after.memoryMib() / 4 + " MB", true));
        }
        return changes;
    }

    @Override
    public synchronized Resized resized(ServerKey key, UUID change) {
        Server server = host.servers.get(key);
        return server == null || !change.equals(server.change) ? null : server.resized;
    }

    @Override
    public Progress holdCpu(ServerKey key, double vCores) {
        return existing(Call.HOLD_CPU, key, server -> {
            if (server.startedAt != null) {
                held.put(key, vCores);
            }
            return Progress.done();
        });
    }

    /** The vCores it was held to last, or null. */
    public synchronized Double heldTo(ServerKey key) {
        return held.get(key);
    }

    @Override
    public synchronized ResizePlan planResize(ServerKey key, Compute compute) {
        Server server = host.servers.get(key);
        if (server == null) {
            throw Problem.of(ProblemCode.EngineServerUnknown).raise();
        }
        List<SettingChange> changes = settings(server.specification.compute(), compute);
        return new ResizePlan(changes, server.startedAt != null && !changes.isEmpty(), null);
    }

    /** The size that the server has, or null. */
    public synchronized Compute compute(ServerKey key) {
        Server server = host.servers.get(key);
        return server == null ? null : server.specification.compute();
    }

    @Override
    public Progress grow(ServerKey key, int storageGib) {
        return existing(Call.GROW, key, server -> {
            if (storageGib < server.specification.storageGib()) {
                return failure(
                        ProblemCode.StorageOnlyGrows,
                        false,
                        server.specification.name(),
                        server.specification.storageGib());
            }
            server.specification = server.specification.stored(storageGib);
            guard(server);
            return Progress.done();
        });
    }

    @Override
    public Progress copyStorage(ServerKey key, UUID change, int storageGib) {
        return running(Call.COPY_STORAGE, key, server -> {
            int least = Storage.leastGib(server.usedBytes);
            if (!change.equals(server.storageChange) && storageGib < least) {
                long margin = Storage.marginBytes((long) storageGib << 30);
                return failure(
                        ProblemCode.StorageTooSmall, false, storageGib, server.usedBytes >> 20, margin >> 20, least);
            }
            if (!change.equals(server.storageChange)) {
                server.disks.put(change, new Disk(storageGib, server.files()));
            }
            return Progress.done();
        });
    }

    /** A transaction that is in the way is waited for here too. */
    @Override
    public Progress switchStorage(ServerKey key, UUID change, int storageGib) {
        return existing(Call.SWITCH_STORAGE, key, server -> {
            if (change.equals(server.storageChange)) {
                return Progress.done();
            }
            if (!server.disks.containsKey(change)) {
                return failure(ProblemCode.StorageCopyFailed, false, "there is no copy");
            }
            if (server.inTheWay != null) {
                return failure(
                        ProblemCode.EngineTransactionInTheWay,
                        false,
                        "" + server.inTheWay.pid(),
                        server.inTheWay.role(),
                        server.inTheWay.database(),
                        server.inTheWay.application(),
                        server.inTheWay.since(),
                        "3");
            }
            int before = server.specification.storageGib();
            server.disks.put(change, new Disk(before, server.files()));
            server.specification = server.specification.stored(storageGib);
            server.storageChange = change;
            server.storageSwitch =
                    new StorageSwitch(before, storageGib, true, Duration.ofMillis(800), new Resized.Traffic(90, 0));
            server.startedAt = clock.instant();
            guard(server);
            return Progress.done();
        });
    }

    @Override
    public synchronized StorageSwitch storageSwitched(ServerKey key, UUID change) {
        Server server = host.servers.get(key);
        return server == null || !change.equals(server.storageChange) ? null : server.storageSwitch;
    }

    @Override
    public Progress returnStorage(ServerKey key, UUID change) {
        return existing(Call.RETURN_STORAGE, key, server -> {
            if (server.startedAt != null) {
                return failure(ProblemCode.Internal, false);
            }
            Disk disk = server.disks.remove(change);
            if (disk != null) {
                server.use(disk.files());
                server.specification = server.specification.stored(disk.gib());
                server.storageChange = null;
                guard(server);
            }
            return Progress.done();
        });
    }

    @Override
    public Progress dropStorage(ServerKey key, UUID change) {
        return existing(Call.DROP_STORAGE, key, server -> {
            server.disks.remove(change);
            return Progress.done();
        });
    }

    @Override
    public synchronized Storage storage(ServerKey key) {
        Server server = host.servers.get(key);
        if (server == null) {
            throw Problem.of(ProblemCode.EngineServerUnknown).raise();
        }
        return storage(server);
    }

    private static Storage storage(Server server) {
        return new Storage(
                true,
                (long) server.specification.storageGib() << 30,
                server.usedBytes,
                server.readOnly,
                server.droppedSlots);
    }

    private static void guard(Server server) {
        Storage now = storage(server);
        server.readOnly = now.readOnly() ? !now.relieved() : now.nearlyFull();
    }

    /** Its data, WAL and the like take so much from now on. */
    public synchronized void fill(ServerKey key, long bytes) {
        Server server = host.servers.get(key);
        server.usedBytes = bytes;
        guard(server);
    }

    /** A replication slot of it was dropped. */
    public synchronized void dropSlot(ServerKey key, DroppedSlot slot) {
        Server server = host.servers.get(key);
        server.droppedSlots.add(slot);
    }

    @Override
    public synchronized StorageUse storageUse(ServerKey key) {
        Server server = host.servers.get(key);
        if (server == null || server.startedAt == null) {
            throw Problem.of(ProblemCode.EngineNotResponding).raise();
        }
        return new StorageUse(
                server.databases.keySet().stream()
                        .map(name -> new StorageUse.Share(name, 7_700_000))
                        .toList(),
                33L << 20,
                List.of(),
                0,
                1L << 20);
    }

    @Override
    public Progress remove(ServerKey key) {
        return perform(Call.REMOVE, key, server -> {
            host.servers.remove(key);
            return Progress.done();
        });
    }

    @Override
    public Progress setAdministrator(ServerKey key, Administrator administrator) {
        return running(Call.SET_ADMINISTRATOR, key, server -> {
            server.administrators.put(administrator.login(), administrator.verifier());
            return Progress.done();
        });
    }

    @Override
    public Progress createDatabase(ServerKey key, String database, String owner) {
        return running(Call.CREATE_DATABASE, key, server -> {
            if (!server.administrators.containsKey(owner)) {
                return failure(ProblemCode.EngineSqlFailed, false, "role \"" + owner + "\" does not exist");
            }
            server.databases.putIfAbsent(database, owner);
            return Progress.done();
        });
    }

    @Override
    public Progress dropDatabase(ServerKey key, String database) {
        return running(Call.DROP_DATABASE, key, server -> {
            if (database.equals("postgres")) {
                return failure(ProblemCode.DatabaseNameReserved, false, database);
            }
            server.databases.remove(database);
            return Progress.done();
        });
    }

    /** Understands CREATE TABLE name, SELECT literal, SELECT session_user and SELECT pg_sleep(seconds). */
    @Override
    public Progress runSql(ServerKey key, UUID unit, SqlTask task) {
        return running(Call.RUN_SQL, key, server -> {
            Unit known = server.units.get(unit);
            if (known == null) {
                if (!server.administrators.containsKey(task.role())) {
                    return failure(ProblemCode.SqlRoleNotAllowed, false, task.role());
                }
                if (!server.databases.containsKey(task.database())) {
                    return failure(ProblemCode.DatabaseNotFound, false, task.database());
                }
                known = begin(server, task);
                server.units.put(unit, known);
            }
            return progress(known);
        });
    }

    private Unit begin(Server server, SqlTask task) {
        Set<String> tables = server.tables.computeIfAbsent(task.database(), name -> new HashSet<>());
        Set<String> made = new HashSet<>();
        Unit unit = new Unit(clock.instant().plus(task.timeout()), "");
        String[] statements = task.script().strip().split(";\\s*");
        for (int i = 0; i < statements.length; i++) {
            String statement = statements[i].strip();
            if (statement.matches("CREATE TABLE \\w+.*")) {
                String table = statement.split("\\W+")[2];
                if (tables.contains(table) || !made.add(table)) {
                    return failed(unit, i, statements.length, "relation \"" + table + "\" already exists");
                }
            } else if (statement.startsWith("SELECT pg_sleep")) {
                return unit;
            } else if (statement.equals("SELECT session_user")) {
                unit.output += task.role() + "\n";
            } else if (statement.matches("SELECT '.*'")) {
                unit.output += statement.substring(8, statement.length() - 1) + "\n";
            } else {
                return failed(unit, i, statements.length, "syntax error");
            }
        }
        tables.addAll(made);
        unit.end = Progress.done();
        return unit;
    }

    private static Unit failed(Unit unit, int statement, int statements, String message) {
        unit.output += "ERROR: " + message + "\n";
        unit.end = failure(ProblemCode.SqlFailedRolledBack, false, statement + 1, statements, message);
        return unit;
    }

    private Progress progress(Unit unit) {
        if (unit.end == null && clock.instant().isAfter(unit.until)) {
            unit.end = failure(ProblemCode.WorkTimedOut, false, "1 s");
        }
        return unit.end == null ? new Progress.Running("at work", new Measure(1, 2, Measure.Unit.STEPS)) : unit.end;
    }

    @Override
    public Progress maintain(ServerKey key, UUID unit, Maintenance work) {
        return running(Call.MAINTAIN, key, server -> {
            for (String database : work.databases()) {
                if (!server.databases.containsKey(database)) {
                    return failure(ProblemCode.DatabaseNotFound, false, database);
                }
            }
            Unit done = server.units.computeIfAbsent(unit, name -> new Unit(clock.instant(), ""));
            if (done.end == null) {
                done.output =
                        String.join("\n", work.databases().isEmpty() ? server.databases.keySet() : work.databases());
                done.end = Progress.done();
            }
            return done.end;
        });
    }

    @Override
    public synchronized String unitOutput(ServerKey key, UUID unit) {
        Server server = host.servers.get(key);
        return server == null || !server.units.containsKey(unit) ? null : server.units.get(unit).output;
    }

    @Override
    public synchronized Progress cancelUnit(ServerKey key, UUID unit) {
        Unit known = host.servers.get(key).units.computeIfAbsent(unit, name -> new Unit(clock.instant(), ""));
        if (known.end == null) {
            known.end = failure(ProblemCode.WorkCancelled, false);
        }
        return Progress.done();
    }

    @Override
    public synchronized Progress forgetUnit(ServerKey key, UUID unit) {
        Server server = host.servers.get(key);
        if (server == null) {
            return failure(ProblemCode.EngineServerUnknown, false);
        }
        server.units.entrySet().removeIf(entry -> entry.getKey().equals(unit) && entry.getValue().end != null);
        return Progress.done();
    }

    @Override
    public Progress flush(ServerKey key) {
        return existing(Call.FLUSH, key, server -> Progress.done());
    }

    @Override
    public synchronized Observation observe(ServerKey key) {
        Server server = host.servers.get(key);
        if (server == null) {
            return new Observation(Observation.State.ABSENT, null, null, null, null);
        }
        if (server.startedAt == null) {
            return server.asleep
                    ? new Observation(Observation.State.ASLEEP, server.endpoints, null, null, "Sleeping.")
                    : new Observation(Observation.State.STOPPED, server.endpoints, null, null, null);
        }
        String version = versions().stream()
                .filter(known -> known.major() == server.specification.majorVersion())
                .map(EngineVersion::full)
                .findFirst()
                .orElseThrow();
        return new Observation(Observation.State.RUNNING, server.endpoints, version, server.startedAt, null);
    }

    /** One that runs is idle, unless told otherwise: it spends a hundredth of a vCore. */
    @Override
    public synchronized Map<ServerKey, Usage> usage(Collection<ServerKey> keys) {
        Map<ServerKey, Usage> used = new HashMap<>();
        for (ServerKey key : keys) {
            Server server = host.servers.get(key);
            if (server != null && server.startedAt != null) {
                Duration idle =
                        Duration.between(server.startedAt, clock.instant()).dividedBy(100);
                used.put(key, usages.getOrDefault(key, new Usage(idle, 20, 0)));
            }
        }
        return used;
    }

    /** A server uses this from now on. */
    public synchronized void use(ServerKey key, Usage usage) {
        usages.put(key, usage);
    }

    @Override
    public synchronized List<DatabaseInfo> databases(ServerKey key) {
        return answering(key).databases.entrySet().stream()
                .map(entry -> new DatabaseInfo(entry.getKey(), entry.getValue(), "UTF8", "C.UTF-8", 7_700_000, 0))
                .collect(Collectors.toList());
    }

    @Override
    public synchronized List<String> roles(ServerKey key) {
        return answering(key).administrators.keySet().stream().sorted().toList();
    }

    @Override
    public synchronized List<SessionInfo> sessions(ServerKey key) {
        answering(key);
        return List.of();
    }

    private Server answering(ServerKey key) {
        Server server = host.servers.get(key);
        if (server == null) {
            throw Problem.of(ProblemCode.EngineServerUnknown).raise();
        }
        if (server.startedAt == null) {
            throw Problem.of(ProblemCode.EngineNotResponding).raise();
        }
        return server;
    }

    @Override
    public Optional<BackupEngine> backups() {
        return Optional.of(backups);
    }

    @Override
    public synchronized Set<ServerKey> servers() {
        return new HashSet<>(host.servers.keySet());
    }
}
