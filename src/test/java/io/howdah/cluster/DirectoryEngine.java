package io.howdah.cluster;

import io.howdah.engine.Administrator;
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
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * An engine that several nodes share: each server is a file in a directory, and starting it means writing so. It is as
 * quick as told, keeps the engine's promises, and leaves a diary of which node did what when, by the host's monotonic
 * clock, in which a test finds two nodes at one server.
 */
public final class DirectoryEngine implements Engine {

    private static final Map<String, Object> MONITORS = new ConcurrentHashMap<>();

    private final Path servers;
    private final Path diary;
    private final String node;
    private final int slownessMillis;

    /** @param slownessMillis starts and stops take up to that long */
    public DirectoryEngine(Path directory, String node, int slownessMillis) {
        this.servers = directory.resolve("servers");
        this.diary = directory.resolve(
                "diary-" + node + "-" + ProcessHandle.current().pid());
        this.node = node;
        this.slownessMillis = slownessMillis;
        try {
            Files.createDirectories(servers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a server's file holds. */
    private record State(boolean running, long startedAt, long busyUntil, int port, Set<String> databases) {

        String text() {
            return running + " " + startedAt + " " + busyUntil + " " + port + " " + String.join(",", databases);
        }

        static State of(String text) {
            String[] words = text.strip().split(" ");
            return new State(
                    Boolean.parseBoolean(words[0]),
                    Long.parseLong(words[1]),
                    Long.parseLong(words[2]),
                    Integer.parseInt(words[3]),
                    new TreeSet<>(List.of(words[4].split(","))));
        }

        State with(boolean nowRunning, long at) {
            return new State(nowRunning, at, 0, port, databases);
        }

        State busy(long until) {
            return new State(running, startedAt, until, port, databases);
        }
    }

    private interface Act {
        Progress on(State state);
    }

    public boolean knows(ServerKey key) {
        return Files.exists(file(key));
    }

    private Path file(ServerKey key) {
        return servers.resolve(key.toString());
    }

    private State read(ServerKey key) {
        try {
            return State.of(Files.readString(file(key)));
        } catch (NoSuchFileException absent) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(ServerKey key, State state) {
        Path made = servers.resolve(key + ".new-" + node);
        try {
            Files.writeString(made, state.text());
            Files.move(made, file(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Progress perform(String call, ServerKey key, Act act) {
        long begun = System.nanoTime();
        Path lock = servers.resolve("." + key);
        synchronized (MONITORS.computeIfAbsent(key.toString(), any -> new Object())) {
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                note("begin", call, key, begun);
                Progress progress = act.on(read(key));
                note(held.isValid() ? "end" : "lost", call, key, System.nanoTime());
                return progress;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private synchronized void note(String what, String call, ServerKey key, long nanos) throws IOException {
        Files.writeString(
                diary,
                String.join(" ", what, Long.toString(nanos), node, call, key.toString()) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private Progress existing(String call, ServerKey key, Act act) {
        return perform(
                call,
                key,
                state -> state == null
                        ? new Progress.Failed(Problem.of(ProblemCode.EngineServerUnknown), null, false)
                        : act.on(state));
    }

    /** A change that takes its time: it goes on by itself, and whoever asks again learns how far it is. */
    private Progress change(String call, ServerKey key, boolean done, State state, State wanted) {
        if (done) {
            return Progress.done();
        }
        long now = System.currentTimeMillis();
        if (slownessMillis > 0 && state.busyUntil() == 0) {
            write(key, state.busy(now + ThreadLocalRandom.current().nextInt(slownessMillis)));
            return Progress.running(call);
        }
        if (state.busyUntil() > now) {
            return Progress.running(call);
        }
        write(key, wanted);
        return Progress.done();
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                "directory", true, "CPU and memory are enforced.", true, "Storage is a hard limit.", true);
    }

    @Override
    public List<EngineVersion> versions() {
        return List.of(new EngineVersion(15, "15.18"));
    }

    @Override
    public Room room() {
        return new Room(64, 4_194_304, 4_000_000, 100_000);
    }

    @Override
    public String certificateAuthority(ServerKey key) {
        return "-----BEGIN CERTIFICATE-----\nZmFrZQ==\n-----END CERTIFICATE-----\n";
    }

    @Override
    public Progress provision(ServerKey key, Specification specification) {
        return perform("PROVISION", key, state -> {
            if (state == null) {
                int port = 30_000 + Math.abs(key.id().hashCode() % 10_000);
                write(key, new State(false, 0, 0, port, Set.of("postgres")));
            }
            return Progress.done();
        });
    }

    @Override
    public Progress start(ServerKey key) {
        return existing(
                "START",
                key,
                state -> change("START", key, state.running(), state, state.with(true, System.currentTimeMillis())));
    }

    @Override
    public Progress stop(ServerKey key) {
        return existing("STOP", key, state -> change("STOP", key, !state.running(), state, state.with(false, 0)));
    }

    @Override
    public Progress restart(ServerKey key, Instant notBefore) {
        return existing(
                "RESTART",
                key,
                state -> change(
                        "RESTART",
                        key,
                        state.running() && state.startedAt() >= notBefore.toEpochMilli(),
                        state,
                        state.with(true, System.currentTimeMillis())));
    }

    @Override
    public Progress remove(ServerKey key) {
        return perform("REMOVE", key, state -> {
            try {
                Files.deleteIfExists(file(key));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return Progress.done();
        });
    }

    @Override
    public Progress resize(ServerKey key, UUID change, Compute compute) {
        return existing("RESIZE", key, state -> Progress.done());
    }

    @Override
    public Progress sleep(ServerKey key) {
        return existing("SLEEP", key, state -> Progress.done());
    }

    @Override
    public List<ClientInfo> clients(ServerKey key) {
        return List.of();
    }

    @Override
    public Progress resizeWithoutRestart(ServerKey key, UUID change, Compute compute) {
        return existing("RESIZE_LATER", key, state -> Progress.done());
    }

    @Override
    public List<SettingChange> awaitingRestart(ServerKey key) {
        return List.of();
    }

    @Override
    public OpenTransaction inTheWay(ServerKey key) {
        return null;
    }

    @Override
    public Progress endSession(ServerKey key, OpenTransaction session) {
        return existing("END_SESSION", key, state -> Progress.done());
    }

    @Override
    public Resized resized(ServerKey key, UUID change) {
        return null;
    }

    @Override
    public Progress holdCpu(ServerKey key, double vCores) {
        return Progress.done();
    }

    @Override
    public ResizePlan planResize(ServerKey key, Compute compute) {
        return new ResizePlan(List.of(), false, null);
    }

    @Override
    public Progress grow(ServerKey key, int storageGib) {
        return existing("GROW", key, state -> Progress.done());
    }

    @Override
    public Progress copyStorage(ServerKey key, UUID change, int storageGib) {
        return existing("COPY_STORAGE", key, state -> Progress.done());
    }

    @Override
    public Progress switchStorage(ServerKey key, UUID change, int storageGib) {
        return existing("SWITCH_STORAGE", key, state -> Progress.done());
    }

    @Override
    public StorageSwitch storageSwitched(ServerKey key, UUID change) {
        return null;
    }

    @Override
    public Progress returnStorage(ServerKey key, UUID change) {
        return existing("RETURN_STORAGE", key, state -> Progress.done());
    }

    @Override
    public Progress dropStorage(ServerKey key, UUID change) {
        return existing("DROP_STORAGE", key, state -> Progress.done());
    }

    @Override
    public Storage storage(ServerKey key) {
        return new Storage(true, 1L << 30, 100L << 20, false, List.of());
    }

    @Override
    public StorageUse storageUse(ServerKey key) {
        return new StorageUse(List.of(), 0, List.of(), 0, 0);
    }

    @Override
    public Progress setAdministrator(ServerKey key, Administrator administrator) {
        return existing("SET_ADMINISTRATOR", key, state -> Progress.done());
    }

    @Override
    public Progress createDatabase(ServerKey key, String database, String owner) {
        return existing("CREATE_DATABASE", key, state -> {
            Set<String> databases = new TreeSet<>(state.databases());
            databases.add(database);
            write(key, new State(state.running(), state.startedAt(), state.busyUntil(), state.port(), databases));
            return Progress.done();
        });
    }

    @Override
    public Progress dropDatabase(ServerKey key, String database) {
        return existing("DROP_DATABASE", key, state -> {
            Set<String> databases = new TreeSet<>(state.databases());
            databases.remove(database);
            write(key, new State(state.running(), state.startedAt(), state.busyUntil(), state.port(), databases));
            return Progress.done();
        });
    }

    @Override
    public Progress runSql(ServerKey key, UUID unit, SqlTask task) {
        return existing("RUN_SQL", key, state -> Progress.done());
    }

    @Override
    public Progress maintain(ServerKey key, UUID unit, Maintenance work) {
        return existing("MAINTAIN", key, state -> Progress.done());
    }

    @Override
    public String unitOutput(ServerKey key, UUID unit) {
        return "";
    }

    @Override
    public Progress cancelUnit(ServerKey key, UUID unit) {
        return Progress.done();
    }

    @Override
    public Progress forgetUnit(ServerKey key, UUID unit) {
        return Progress.done();
    }

    @Override
    public List<String> roles(ServerKey key) {
        return List.of("dba");
    }

    @Override
    public Progress flush(ServerKey key) {
        return existing("FLUSH", key, state -> Progress.done());
    }

    @Override
    public Observation observe(ServerKey key) {
        State state = read(key);
        if (state == null) {
            return new Observation(Observation.State.ABSENT, null, null, null, null);
        }
        Endpoints endpoints = new Endpoints("directory.example", state.port(), state.port() + 1);
        return state.running()
                ? new Observation(
                        Observation.State.RUNNING, endpoints, "15.18", Instant.ofEpochMilli(state.startedAt()), null)
                : new Observation(Observation.State.STOPPED, endpoints, null, null, null);
    }

    @Override
    public Map<ServerKey, Usage> usage(Collection<ServerKey> keys) {
        return Map.of();
    }

    @Override
    public List<DatabaseInfo> databases(ServerKey key) {
        State state = read(key);
        List<DatabaseInfo> found = new ArrayList<>();
        for (String name : state == null ? Set.<String>of() : state.databases()) {
            found.add(new DatabaseInfo(name, "dba", "UTF8", "C.UTF-8", 7_700_000, 0));
        }
        return found;
    }

    @Override
    public List<SessionInfo> sessions(ServerKey key) {
        return List.of();
    }

    @Override
    public Set<ServerKey> servers() {
        Set<ServerKey> found = new HashSet<>();
        try (Stream<Path> files = Files.list(servers)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("[0-9a-f-]{36}"))
                    .forEach(name -> found.add(new ServerKey(UUID.fromString(name))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** One call, as the diary has it; {@code ended} is null when the node did not live to see its end. */
    public record Entry(String node, String call, UUID server, long begun, Long ended) {}

    /** The calls of all nodes, a call's begin and end put together. */
    public static List<Entry> diary(Path directory) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(each -> each.getFileName().toString().startsWith("diary-"))
                    .toList()) {
                Map<String, Long> open = new LinkedHashMap<>();
                for (String line : Files.readAllLines(file)) {
                    String[] words = line.split(" ");
                    if (words.length < 5) {
                        continue;
                    }
                    String call = words[2] + " " + words[3] + " " + words[4];
                    if (words[0].equals("begin")) {
                        open.put(call, Long.parseLong(words[1]));
                    } else {
                        entries.add(new Entry(
                                words[2],
                                words[3],
                                UUID.fromString(words[4]),
                                open.remove(call),
                                Long.parseLong(words[1])));
                    }
                }
                open.forEach((call, begun) -> {
                    String[] words = call.split(" ");
                    entries.add(new Entry(words[0], words[1], UUID.fromString(words[2]), begun, null));
                });
            }
        }
        return entries;
    }
}
