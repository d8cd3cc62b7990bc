package io.howdah.engine.host;

import static io.howdah.engine.host.ControlConnection.literal;

import io.howdah.shared.ProblemCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Lets the control plane in as one of people's roles, without that role's password. The session's own user is that role
 * from its first moment, so nothing said in it can climb back to anything higher.
 *
 * <p>PostgreSQL 15 can't map an operating system user to "any role but superusers", so for the moment of connecting, and
 * no longer, the server's access files name this one role. They name it over the Unix socket, for the operating system
 * users that can be the product's superuser anyway: nobody gains anything meanwhile.
 */
final class RoleDoor {

    private static final Logger LOG = Logger.getLogger(RoleDoor.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration OPENING = Duration.ofSeconds(10);
    private static final String MAP = "howdah_role";
    private static final int ROLE_BYTES = 63;

    /** The access files are read, changed and put back: whoever writes them takes turns. */
    static final Object TURN = new Object();

    private final ServerFile file;
    private final ServerDirectory directory;

    RoleDoor(ServerFile file, ServerDirectory directory) {
        this.file = file;
        this.directory = directory;
    }

    /** Roles that may sign in, are no superusers nor members of one, and are not PostgreSQL's or the product's own. */
    static List<String> roles(ServerFile file) {
        return new ControlConnection(file).use(LOOK, connection -> {
            List<String> found = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("""
                            SELECT r.rolname FROM pg_roles r
                             WHERE r.rolcanlogin AND NOT r.rolsuper AND r.rolname !~ '^(pg_|howdah_)'
                               AND NOT EXISTS (SELECT 1 FROM pg_roles s
                                                WHERE s.rolsuper AND s.rolcanlogin
                                                  AND pg_has_role(r.oid, s.oid, 'MEMBER'))
                             ORDER BY r.rolname COLLATE "C"
                            """)) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found.stream().filter(RoleDoor::plain).toList();
        });
    }

    /** Whether the name means nothing but itself in the access files. */
    private static boolean plain(String role) {
        return role.getBytes(StandardCharsets.UTF_8).length <= ROLE_BYTES
                && role.matches("[^\\p{Cntrl}\"\\\\/+@][^\\p{Cntrl}\"\\\\]*");
    }

    /** @throws EngineFault SqlRoleNotAllowed, DatabaseNotFound, EngineNotResponding, EngineSqlFailed */
    Connection open(String role, String database, Properties properties) {
        if (!roles(file).contains(role)) {
            throw EngineFault.lasting(null, ProblemCode.SqlRoleNotAllowed, role);
        }
        requireDatabase(database);
        synchronized (TURN) {
            try {
                name(role);
                return connect(role, database, properties);
            } finally {
                forget();
            }
        }
    }

    /** Begins a program that connects as the role. */
    interface Guest {
        Process begin();
    }

    /**
     * Lets a program in as the role, which must connect at once: the door is shut when it is in, or has ended.
     *
     * @param application what its session is called
     * @throws EngineFault SqlRoleNotAllowed, DatabaseNotFound, EngineNotResponding
     */
    Process let(String role, String database, String application, Guest guest) {
        if (!roles(file).contains(role)) {
            throw EngineFault.lasting(null, ProblemCode.SqlRoleNotAllowed, role);
        }
        requireDatabase(database);
        synchronized (TURN) {
            try {
                name(role);
                connect(role, database, new Properties()).close();
                Process process = guest.begin();
                awaitSession(application, process);
                return process;
            } catch (SQLException e) {
                throw ControlConnection.fault(e);
            } finally {
                forget();
            }
        }
    }

    private void awaitSession(String application, Process process) {
        long until = System.nanoTime() + OPENING.toNanos();
        Backends backends = new Backends(file);
        while (process.isAlive() && backends.processes(application).isEmpty() && System.nanoTime() < until) {
            Pause.millis(20);
        }
    }

    private void requireDatabase(String database) {
        boolean there = new ControlConnection(file).use(LOOK, connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT 1 FROM pg_database WHERE datallowconn AND datname = " + literal(database))) {
                return rows.next();
            }
        });
        if (!there) {
            throw EngineFault.lasting(null, ProblemCode.DatabaseNotFound, database);
        }
    }

    /** The new files count from the postmaster's next look on, which no answer tells. */
    private Connection connect(String role, String database, Properties properties) {
        long until = System.nanoTime() + OPENING.toNanos();
        while (true) {
            try {
                return ControlConnection.connect(file, role, database, properties);
            } catch (SQLException e) {
                String state = String.valueOf(e.getSQLState());
                boolean notYet = state.startsWith("28") || state.equals("08004");
                if (!notYet || System.nanoTime() > until) {
                    throw ControlConnection.fault(e);
                }
                Pause.millis(20);
            }
        }
    }

    private void name(String role) {
        Set<String> users = new LinkedHashSet<>();
        users.add(System.getProperty("user.name"));
        if (file.user() != null) {
            // The pooler comes as the role too, as this user, and would find only this line.
            users.add(file.user());
        }
        String identities = users.stream()
                .map(user -> MAP + " \"" + user + "\" \"" + role + "\"\n")
                .collect(Collectors.joining());
        change(identityFile(), identities);
        change(accessFile(), "local all \"" + role + "\" peer map=" + MAP + "\n");
        reload();
    }

    private void forget() {
        change(accessFile(), "");
        change(identityFile(), "");
        try {
            reload();
        } catch (EngineFault e) {
            // The files are as before; a server that has just died reads them when it starts.
            LOG.log(Level.FINE, "could not make the server read its access files", e);
        }
    }

    /** Puts the lines first, in place of those that an earlier turn may have left. */
    private void change(Path path, String lines) {
        try {
            String rest = Files.readString(path)
                    .lines()
                    .filter(line -> !line.startsWith(MAP + " ") && !line.endsWith(" map=" + MAP))
                    .map(line -> line + "\n")
                    .collect(Collectors.joining());
            Disk.write(path, lines + rest, file.user() == null ? "rw-------" : "rw-r-----", file.user());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void reload() {
        new ControlConnection(file).use(LOOK, connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute("SELECT pg_reload_conf()");
            }
        });
    }

    private Path accessFile() {
        return directory.conf().resolve("pg_hba.conf");
    }

    private Path identityFile() {
        return directory.conf().resolve("pg_ident.conf");
    }
}
