package io.howdah.engine.host;

import io.howdah.engine.ServerKey;
import io.howdah.engine.Specification;
import io.howdah.shared.ProblemCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * All servers of this host, by their directories, which are the truth: a stopped server's ports stay its own because its
 * directory names them.
 */
final class ServerDirectories {

    private static final String REMOVING = ".removing";
    private static final int SOCKET_PATH_BYTES = 107;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HostSettings settings;
    private final Clock clock;
    private final Path servers;

    ServerDirectories(HostSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.servers = settings.home().resolve("servers");
    }

    ServerDirectory of(ServerKey key) {
        return new ServerDirectory(servers.resolve(key.toString()));
    }

    /** Where the server's directory goes first when it is removed, so that a half-deleted one is never taken for whole. */
    ServerDirectory removing(ServerKey key) {
        return new ServerDirectory(servers.resolve(key + REMOVING));
    }

    Optional<ServerFile> find(ServerKey key) {
        return read(of(key).stateFile());
    }

    /** @throws EngineFault EngineServerUnknown */
    ServerFile require(ServerKey key) {
        return find(key).filter(file -> of(key).provisioned()).orElseThrow(EngineFault::serverUnknown);
    }

    static Optional<ServerFile> read(Path stateFile) {
        try {
            return Optional.of(JSON.readValue(Files.readString(stateFile), ServerFile.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JacksonException e) {
            throw EngineFault.lasting(stateFile + ": " + e.getMessage(), ProblemCode.Internal);
        }
    }

    /** Every server with a directory, half-made and half-removed ones included. */
    Set<ServerKey> all() {
        Set<ServerKey> keys = new HashSet<>();
        if (Files.isDirectory(servers)) {
            try (Stream<Path> children = Files.list(servers)) {
                children.map(child -> child.getFileName().toString().replace(REMOVING, ""))
                        .filter(name -> name.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"))
                        .forEach(name -> keys.add(new ServerKey(UUID.fromString(name))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return keys;
    }

    /** Gives the server its ports, user and sockets, once and for all. */
    synchronized ServerFile reserve(ServerKey key, Specification specification) {
        Optional<ServerFile> known = find(key);
        if (known.isPresent()) {
            return known.get();
        }
        List<ServerFile> others =
                all().stream().flatMap(other -> find(other).stream()).toList();
        String shortName = shortName(key, others);
        int port = freePair(others);
        ServerFile file = new ServerFile(
                key.id(),
                shortName,
                ServiceUsers.runsAsRoot() ? settings.userPrefix() + shortName : null,
                sockets(shortName, port + 1).toString(),
                port,
                port + 1,
                specification,
                clock.instant());
        Disk.directory(settings.home(), "rwx--x--x");
        Disk.directory(servers, "rwx--x--x");
        Disk.directory(of(key).root(), "rwx--x--x");
        Disk.write(of(key).stateFile(), JSON.writeValueAsString(file), "rw-------", null);
        return file;
    }

    /** Remembers what has become of a server that is known already. */
    synchronized void update(ServerFile file) {
        Disk.write(of(file.key()).stateFile(), JSON.writeValueAsString(file), "rw-------", null);
    }

    /** Ids that carry the time begin alike when they were made within a minute. */
    private static String shortName(ServerKey key, List<ServerFile> others) {
        String digits = key.toString().replace("-", "");
        String name = digits.substring(0, 8);
        boolean taken = others.stream().anyMatch(other -> other.shortName().equals(name));
        return taken ? digits.substring(digits.length() - 12) : name;
    }

    private Path sockets(String shortName, int port) {
        Path usual = settings.home().resolve("run").resolve(shortName);
        if (usual.resolve(".s.PGSQL." + port + ".lock").toString().length() <= SOCKET_PATH_BYTES) {
            return usual;
        }
        return Path.of(ServiceUsers.runsAsRoot() ? "/run" : "/tmp", "howdah-" + shortName);
    }

    private int freePair(List<ServerFile> others) {
        Set<Integer> reserved = new HashSet<>();
        for (ServerFile other : others) {
            reserved.add(other.pooledPort());
            reserved.add(other.directPort());
        }
        for (int port = settings.firstPort(); port < settings.lastPort(); port += 2) {
            if (!reserved.contains(port) && !reserved.contains(port + 1) && free(port) && free(port + 1)) {
                return port;
            }
        }
        throw EngineFault.lasting(
                null,
                ProblemCode.EngineNoPortFree,
                Integer.toString(settings.firstPort()),
                Integer.toString(settings.lastPort()));
    }

    /** Whether a server could listen on the port on every address. */
    boolean free(int port) {
        for (String address : settings.listenAddresses()) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(address.equals("*") ? new InetSocketAddress(port) : new InetSocketAddress(address, port));
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }
}
