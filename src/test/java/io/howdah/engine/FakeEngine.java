package io.howdah.engine;

import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
        RESTART,
        REMOVE,
        SET_ADMINISTRATOR,
        CREATE_DATABASE,
        DROP_DATABASE,
        FLUSH
    }

    /** What outlives the portal: give it to a second engine to play the portal's return. */
    public static final class Host {
        private final Map<ServerKey, Server> servers = new HashMap<>();
        private int nextPort = 25432;
    }

    private static final class Server {
        private Specification specification;
        private Endpoints endpoints;
        private Instant startedAt;
        private final Map<String, String> databases = new TreeMap<>(Map.of("postgres", "howdah_superuser"));
        private final Map<String, String> administrators = new HashMap<>();
    }

    private final Host host;
    private final Clock clock;
    private final Map<Call, Integer> made = new HashMap<>();
    private final Map<Call, Map<Integer, Progress.Failed>> failures = new HashMap<>();
    private final Map<Call, Integer> slowness = new HashMap<>();
    private final Map<Call, Map<ServerKey, Integer>> waited = new HashMap<>();
    private final List<String> log = new ArrayList<>();

    public FakeEngine(Clock clock) {
        this(new Host(), clock);
    }

    public FakeEngine(Host host, Clock clock) {
        this.host = host;
        this.clock = clock;
    }

    public Host host() {
        return host;
    }

    /** @param nth counts every call of the kind made from now on, from 1 */
    public synchronized void fail(Call call, int nth, Progress.Failed how) {
        int from = made.getOrDefault(call, 0);
        failures.computeIfAbsent(call, c -> new HashMap<>()).put(from + nth, how);
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

    /** PostgreSQL has died and nobody brings it back. */
    public synchronized void crash(ServerKey key) {
        host.servers.get(key).startedAt = null;
    }

    private interface Act {
        Progress run(Server server);
    }

    private synchronized Progress perform(Call call, ServerKey key, Act act) {
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
        return act.run(host.servers.get(key));
    }

    private Progress existing(Call call, ServerKey key, Act act) {
        return perform(
                call,
                key,
                server -> server == null ? failure(ProblemCode.EngineServerUnknown, false) : act.run(server));
    }

    private Progress running(Call call, ServerKey key, Act act) {
        return existing(
                call,
                key,
                server -> server.startedAt == null ? failure(ProblemCode.EngineNotResponding, true) : act.run(server));
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities("fake", true, "CPU and memory are enforced.");
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
            Server made = new Server();
            made.specification = specification;
            made.endpoints = new Endpoints("fake.example", host.nextPort, host.nextPort + 1);
            host.nextPort += 2;
            host.servers.put(key, made);
            return Progress.done();
        });
    }

    @Override
    public Progress start(ServerKey key) {
        return existing(Call.START, key, server -> {
            if (server.startedAt == null) {
                server.startedAt = clock.instant();
            }
            return Progress.done();
        });
    }

    @Override
    public Progress stop(ServerKey key) {
        return existing(Call.STOP, key, server -> {
            server.startedAt = null;
            return Progress.done();
        });
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
            return new Observation(Observation.State.STOPPED, server.endpoints, null, null, null);
        }
        String version = versions().stream()
                .filter(known -> known.major() == server.specification.majorVersion())
                .map(EngineVersion::full)
                .findFirst()
                .orElseThrow();
        return new Observation(Observation.State.RUNNING, server.endpoints, version, server.startedAt, null);
    }

    @Override
    public synchronized List<DatabaseInfo> databases(ServerKey key) {
        return answering(key).databases.entrySet().stream()
                .map(entry -> new DatabaseInfo(entry.getKey(), entry.getValue(), "UTF8", "C.UTF-8", 7_700_000, 0))
                .collect(Collectors.toList());
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
    public synchronized Set<ServerKey> servers() {
        return new HashSet<>(host.servers.keySet());
    }
}
