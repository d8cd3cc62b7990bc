package io.howdah.engine.host;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How the host engine is set up.
 *
 * @param home the installation's directory
 * @param listenAddresses addresses on which servers listen; {@code *} or {@code 0.0.0.0} for all
 * @param publicName the name or address that clients are told to connect to
 * @param firstPort first port that servers may be given, inclusive
 * @param lastPort last port that servers may be given, inclusive
 * @param toolRoots directories to look for PostgreSQL in, besides the packages' own; each holds {@code bin/} or {@code
 *     <version>/bin/}
 * @param userPrefix what the names of the servers' OS users begin with, where each has its own
 * @param limits whether to enforce CPU and memory where the host can
 * @param storageLimits whether to give servers disks of their own size where the host can
 * @param spares whether to make data directories ahead
 * @param backgroundShare of the processors that backups and other work behind the servers have however busy these are,
 *     above 0 and at most 1
 * @param remote where backups go besides, or null
 */
public record HostSettings(
        Path home,
        List<String> listenAddresses,
        String publicName,
        int firstPort,
        int lastPort,
        List<Path> toolRoots,
        String userPrefix,
        boolean limits,
        boolean storageLimits,
        boolean spares,
        double backgroundShare,
        Remote remote) {

    /**
     * A place in an object store.
     *
     * @param words what people are told it is
     * @param path what the names of everything there begin with
     */
    public record Remote(String words, String path) {

        private static Remote fromEnvironment(Map<String, String> environment) {
            String kind = environment.getOrDefault("HOWDAH_BACKUP_REMOTE", "").strip();
            if (kind.isEmpty()) {
                return null;
            }
            String path = environment.getOrDefault("HOWDAH_BACKUP_REMOTE_PATH", "/howdah");
            String endpoint = environment.getOrDefault("HOWDAH_BACKUP_REMOTE_ENDPOINT", "");
            return new Remote(
                    kind + "://" + environment.getOrDefault("HOWDAH_BACKUP_REMOTE_BUCKET", "") + path
                            + (endpoint.isEmpty() ? "" : " (" + endpoint + ")"),
                    path);
        }
    }

    private static final String DEFAULT_PORTS = "25432-26431";

    public HostSettings {
        Objects.requireNonNull(home);
        listenAddresses = List.copyOf(listenAddresses);
        toolRoots = List.copyOf(toolRoots);
        if (listenAddresses.isEmpty()) {
            throw new IllegalArgumentException("A server must listen on at least one address.");
        }
        if (firstPort < 1024 || lastPort > 65535 || lastPort <= firstPort) {
            throw new IllegalArgumentException(
                    "Ports " + firstPort + "-" + lastPort + ": at least two are needed, between 1024 and 65535.");
        }
        if (!userPrefix.matches("[a-z_][a-z0-9_-]{0,18}")) {
            throw new IllegalArgumentException("\"" + userPrefix + "\" can't begin the name of an OS user.");
        }
        if (!home.isAbsolute() || !home.toString().matches("[A-Za-z0-9/._@+-]+")) {
            throw new IllegalArgumentException(
                    "HOWDAH_HOME (" + home + ") must be an absolute path of letters, digits and ._@+-");
        }
    }

    /**
     * Reads HOWDAH_HOME, HOWDAH_LISTEN, HOWDAH_PUBLIC_NAME, HOWDAH_SERVER_PORTS, HOWDAH_TOOL_ROOTS,
     * HOWDAH_USER_PREFIX, HOWDAH_LIMITS, HOWDAH_STORAGE_LIMITS, HOWDAH_SPARES, HOWDAH_BACKGROUND_SHARE,
     * and of HOWDAH_BACKUP_REMOTE where that place is.
     *
     * @throws IllegalArgumentException with a sentence for a person when a value makes no sense
     */
    public static HostSettings fromEnvironment(Map<String, String> environment) {
        Path home = Path.of(environment.getOrDefault("HOWDAH_HOME", defaultHome()));
        List<String> listen = list(environment.get("HOWDAH_LISTEN"), ",");
        if (listen.isEmpty()) {
            listen = List.copyOf(HostAddresses.all());
        }
        String publicName = environment.getOrDefault("HOWDAH_PUBLIC_NAME", "").strip();
        if (publicName.isEmpty()) {
            publicName = reachableName(listen);
        }
        String[] ports = environment
                .getOrDefault("HOWDAH_SERVER_PORTS", DEFAULT_PORTS)
                .strip()
                .split("-");
        if (ports.length != 2 || !ports[0].matches("\\d{1,5}") || !ports[1].matches("\\d{1,5}")) {
            throw new IllegalArgumentException("HOWDAH_SERVER_PORTS must look like " + DEFAULT_PORTS + ".");
        }
        List<Path> roots = list(environment.get("HOWDAH_TOOL_ROOTS"), "[,:]").stream()
                .map(Path::of)
                .toList();
        return new HostSettings(
                home.toAbsolutePath().normalize(),
                listen,
                publicName,
                Integer.parseInt(ports[0]),
                Integer.parseInt(ports[1]),
                roots,
                environment.getOrDefault("HOWDAH_USER_PREFIX", "howdah-"),
                !"off".equalsIgnoreCase(environment.get("HOWDAH_LIMITS")),
                !"off".equalsIgnoreCase(environment.get("HOWDAH_STORAGE_LIMITS")),
                "on".equalsIgnoreCase(environment.get("HOWDAH_SPARES")),
                share(environment.getOrDefault("HOWDAH_BACKGROUND_SHARE", "10").strip()),
                Remote.fromEnvironment(environment));
    }

    private static double share(String percent) {
        if (!percent.matches("[1-9]\\d?|100")) {
            throw new IllegalArgumentException(
                    "HOWDAH_BACKGROUND_SHARE must be 1 to 100 percent, not " + percent + ".");
        }
        return Integer.parseInt(percent) / 100.0;
    }

    private static String defaultHome() {
        return ServiceUsers.runsAsRoot() ? "/var/lib/howdah" : System.getProperty("user.home") + "/.local/share/howdah";
    }

    private static List<String> list(String text, String separator) {
        if (text == null) {
            return List.of();
        }
        return Arrays.stream(text.split(separator))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /**
     * The host's name only when it leads to an address that servers listen on: on many machines it resolves to
     * 127.0.1.1, where nobody listens.
     */
    private static String reachableName(List<String> listen) {
        Set<String> reachable = new LinkedHashSet<>();
        for (String address : listen) {
            if (HostAddresses.isWildcard(address)) {
                reachable.addAll(HostAddresses.all());
            } else {
                reachable.add(address);
            }
        }
        String hostName = HostAddresses.hostName();
        List<String> resolved = new ArrayList<>();
        try {
            for (InetAddress address : InetAddress.getAllByName(hostName)) {
                resolved.add(HostAddresses.text(address));
            }
        } catch (UnknownHostException e) {
            resolved.clear();
        }
        if (resolved.stream().anyMatch(reachable::contains)) {
            return hostName;
        }
        return reachable.stream()
                .filter(address -> !HostAddresses.isLoopback(address))
                .findFirst()
                .orElse("localhost");
    }
}
