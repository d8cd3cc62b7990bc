package io.howdah.server;

import io.howdah.engine.Maintenance;
import io.howdah.engine.SqlTask;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What names, logins, passwords, networks and tags may look like. The rules are those of Azure Database for PostgreSQL
 * flexible server ("Create a server", resource naming rules for Microsoft.DBforPostgreSQL), plus the names that Howdah
 * keeps for itself.
 */
final class Rules {

    static final int MIN_STORAGE_GIB = 1;
    static final int MAX_STORAGE_GIB = 32 * 1024;
    static final int MAX_TAGS = 50;
    static final int MAX_NOTE = 512;

    static final int MAX_SCRIPT_KIB = 64;
    static final int MAX_STATEMENTS = 1_000;
    static final Duration SHORTEST_SQL = Duration.ofSeconds(1);
    static final Duration LONGEST_SQL = Duration.ofHours(6);
    static final Duration SHORTEST_MAINTENANCE = Duration.ofMinutes(1);
    static final Duration LONGEST_MAINTENANCE = Duration.ofHours(24);

    private static final Pattern SERVER_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{1,61}[A-Za-z0-9]");
    private static final Pattern LOGIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");
    private static final Pattern DATABASE = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,62}");
    /** Pages beside the servers' own, under {@code /servers/…}. */
    private static final Set<String> RESERVED_NAMES = Set.of("create");

    private static final Set<String> RESERVED_LOGINS = Set.of(
            "azure_superuser", "azure_pg_admin", "admin", "administrator", "root", "guest", "public", "postgres");
    private static final Set<String> RESERVED_DATABASES = Set.of("postgres", "template0", "template1", "pgbouncer");
    private static final int PRIVATE_IPV4_BITS = 8;
    private static final int PRIVATE_IPV6_BITS = 7;
    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

    private Rules() {}

    static Optional<Problem> serverName(String name) {
        if (name == null || !SERVER_NAME.matcher(name).matches()) {
            return Optional.of(Problem.of(ProblemCode.ServerNameInvalid).at("name"));
        }
        return RESERVED_NAMES.contains(name.toLowerCase(Locale.ROOT))
                ? Optional.of(Problem.of(ProblemCode.ServerNameReserved, name).at("name"))
                : Optional.empty();
    }

    static Optional<Problem> administratorLogin(String login) {
        if (login == null || !LOGIN.matcher(login).matches()) {
            return Optional.of(Problem.of(ProblemCode.AdministratorLoginInvalid).at("administratorLogin"));
        }
        String lower = login.toLowerCase(Locale.ROOT);
        return RESERVED_LOGINS.contains(lower) || lower.startsWith("pg_") || lower.startsWith("howdah_")
                ? Optional.of(Problem.of(ProblemCode.AdministratorLoginReserved, login)
                        .at("administratorLogin"))
                : Optional.empty();
    }

    static Optional<Problem> administratorPassword(String password, String login) {
        if (password == null || password.length() < 8 || password.length() > 128 || classes(password) < 3) {
            return Optional.of(
                    Problem.of(ProblemCode.AdministratorPasswordInvalid).at("administratorPassword"));
        }
        return sharesThreeCharacters(password, login)
                ? Optional.of(Problem.of(ProblemCode.AdministratorPasswordContainsLogin)
                        .at("administratorPassword"))
                : Optional.empty();
    }

    private static long classes(String password) {
        return List.of("[a-z]", "[A-Z]", "[0-9]", "[^a-zA-Z0-9]").stream()
                .filter(kind -> Pattern.compile(kind).matcher(password).find())
                .count();
    }

    private static boolean sharesThreeCharacters(String password, String login) {
        String text = password.toLowerCase(Locale.ROOT);
        String name = login == null ? "" : login.toLowerCase(Locale.ROOT);
        for (int i = 0; i + 3 <= name.length(); i++) {
            if (text.contains(name.substring(i, i + 3))) {
                return true;
            }
        }
        return false;
    }

    static Optional<Problem> database(String name) {
        if (name == null || !DATABASE.matcher(name).matches()) {
            return Optional.of(Problem.of(ProblemCode.DatabaseNameInvalid).at("database"));
        }
        String lower = name.toLowerCase(Locale.ROOT);
        return RESERVED_DATABASES.contains(lower) || lower.startsWith("pg_") || lower.startsWith("howdah_")
                ? Optional.of(Problem.of(ProblemCode.DatabaseNameReserved, name).at("database"))
                : Optional.empty();
    }

    static Optional<Problem> storage(int gib) {
        return gib >= MIN_STORAGE_GIB && gib <= MAX_STORAGE_GIB
                ? Optional.empty()
                : Optional.of(Problem.of(ProblemCode.StorageOutOfRange, MIN_STORAGE_GIB, MAX_STORAGE_GIB)
                        .at("storageGib"));
    }

    static Optional<Problem> network(String network) {
        return canonicalNetwork(network).isPresent()
                ? Optional.empty()
                : Optional.of(Problem.of(ProblemCode.NetworkInvalid, String.valueOf(network))
                        .at("allowedNetworks"));
    }

    /**
     * The network as pg_hba writes it, host bits cleared: {@code 203.0.113.7} becomes {@code 203.0.113.7/32}. Names are
     * never looked up.
     */
    static Optional<String> canonicalNetwork(String network) {
        if (network == null) {
            return Optional.empty();
        }
        String[] parts = network.strip().split("/", 2);
        boolean v4 = isIpv4(parts[0]);
        if (!v4 && !IPV6.matcher(parts[0]).matches()) {
            return Optional.empty();
        }
        try {
            byte[] address = java.net.InetAddress.getByName(parts[0]).getAddress();
            int bits = address.length * 8;
            int prefix = parts.length == 1 ? bits : Integer.parseInt(parts[1]);
            if (prefix < 0 || prefix > bits || v4 != (bits == 32)) {
                return Optional.empty();
            }
            BigInteger mask = BigInteger.ONE
                    .shiftLeft(bits)
                    .subtract(BigInteger.ONE)
                    .xor(BigInteger.ONE.shiftLeft(bits - prefix).subtract(BigInteger.ONE));
            byte[] masked = new BigInteger(1, address).and(mask).toByteArray();
            byte[] full = new byte[address.length];
            int length = Math.min(masked.length, full.length);
            System.arraycopy(masked, masked.length - length, full, full.length - length, length);
            return Optional.of(java.net.InetAddress.getByAddress(full).getHostAddress() + "/" + prefix);
        } catch (java.net.UnknownHostException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether clients may come from so wide a network that it can't be one's own: shorter than /8, the widest private one
     * of IPv4, or than /7, that of IPv6.
     */
    static boolean isOpen(String network) {
        return canonicalNetwork(network)
                .filter(canonical -> Integer.parseInt(canonical.substring(canonical.indexOf('/') + 1))
                        < (canonical.contains(":") ? PRIVATE_IPV6_BITS : PRIVATE_IPV4_BITS))
                .isPresent();
    }

    private static boolean isIpv4(String address) {
        Matcher parts = IPV4.matcher(address);
        if (!parts.matches()) {
            return false;
        }
        for (int i = 1; i <= 4; i++) {
            if (Integer.parseInt(parts.group(i)) > 255) {
                return false;
            }
        }
        return true;
    }

    /** What can be told of a script without its server. */
    static Optional<Problem> sql(SqlTask task) {
        if (isBlank(task.database())) {
            return required("database");
        }
        if (isBlank(task.role())) {
            return required("role");
        }
        if (isBlank(task.script())) {
            return Optional.of(Problem.of(ProblemCode.ScriptEmpty).at("script"));
        }
        if (task.script().getBytes(StandardCharsets.UTF_8).length > MAX_SCRIPT_KIB * 1024) {
            return Optional.of(Problem.of(ProblemCode.ScriptTooLong, MAX_SCRIPT_KIB, MAX_STATEMENTS)
                    .at("script"));
        }
        return within(task.timeout(), SHORTEST_SQL, "1 s", LONGEST_SQL);
    }

    static Optional<Problem> maintenance(Maintenance work) {
        return within(work.timeout(), SHORTEST_MAINTENANCE, "1 min", LONGEST_MAINTENANCE);
    }

    private static Optional<Problem> within(Duration time, Duration least, String leastInWords, Duration most) {
        return time != null && time.compareTo(least) >= 0 && time.compareTo(most) <= 0
                ? Optional.empty()
                : Optional.of(Problem.of(ProblemCode.TimeoutOutOfRange, leastInWords, most.toHours() + " h")
                        .at("timeout"));
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }

    private static Optional<Problem> required(String field) {
        return Optional.of(Problem.of(ProblemCode.Required, field).at(field));
    }

    static Optional<Problem> tags(Map<String, String> tags) {
        if (tags.size() > MAX_TAGS) {
            return Optional.of(Problem.of(ProblemCode.TooManyTags, MAX_TAGS).at("tags"));
        }
        boolean bad = tags.entrySet().stream()
                .anyMatch(tag -> tag.getKey() == null
                        || tag.getKey().isBlank()
                        || tag.getKey().length() > 128
                        || tag.getValue() == null
                        || tag.getValue().length() > 256);
        return bad ? Optional.of(Problem.of(ProblemCode.TagInvalid).at("tags")) : Optional.empty();
    }
}
