package io.howdah.engine.host;

import static io.howdah.engine.host.ControlConnection.identifier;
import static io.howdah.engine.host.ControlConnection.literal;

import io.howdah.engine.Administrator;
import io.howdah.shared.Messages;
import io.howdah.shared.ProblemCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * The roles of a server that people are given: the administrator, and the group that carries what the managed service's
 * administrators may do. Neither is a superuser, nor can become one or reach the host's files and programs.
 */
final class Roles {

    /** The managed service's name for it; scripts written for that service grant to it. */
    static final String GROUP = "azure_pg_admin";

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int ADMIN_OPTION_MAJOR = 16;

    private static final List<String> HARMLESS =
            List.of("pg_monitor", "pg_signal_backend", "pg_checkpoint", "pg_maintain", "pg_signal_autovacuum_worker");

    private static final List<String> DANGEROUS =
            List.of("pg_execute_server_program", "pg_read_server_files", "pg_write_server_files");

    private Roles() {}

    /** @throws EngineFault EngineSqlFailed, EngineNotResponding */
    static void setAdministrator(ServerFile file, Administrator administrator) {
        String login = administrator.login();
        if (!administrator
                .verifier()
                .matches("SCRAM-SHA-256\\$\\d+:[A-Za-z0-9+/=]+\\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+")) {
            throw EngineFault.lasting(null, ProblemCode.EngineSqlFailed, Messages.text("engine.fault.verifier"));
        }
        if (login.equals(GROUP) || login.equals(ServerSettings.SUPERUSER) || login.startsWith("pg_")) {
            throw EngineFault.lasting(null, ProblemCode.AdministratorLoginReserved, login);
        }
        new ControlConnection(file).use(LIMIT, connection -> {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                // A verifier in a log would let its reader try passwords.
                statement.execute("SET LOCAL log_statement = 'none'");
                statement.execute("SET LOCAL log_min_error_statement = 'panic'");
                statement.execute("SET LOCAL log_min_duration_statement = -1");
                statement.execute("SET LOCAL log_min_duration_sample = -1");
                int major = connection.getMetaData().getDatabaseMajorVersion();
                if (major < ADMIN_OPTION_MAJOR) {
                    barDangerousRoles(statement);
                }
                makeGroup(connection, statement);
                makeAdministrator(connection, statement, administrator, major);
            }
            connection.commit();
            return null;
        });
    }

    /**
     * Before 16, CREATEROLE may grant every role but a superuser's, so the administrator could give itself the roles
     * that run programs on the host and read its files. As superusers they can be granted by superusers only; nobody
     * signs in as them, and membership does not pass the attribute on. The statement for it refuses reserved names.
     */
    private static void barDangerousRoles(Statement statement) throws SQLException {
        for (String role : DANGEROUS) {
            statement.execute("UPDATE pg_catalog.pg_authid SET rolsuper = true WHERE rolname = " + literal(role)
                    + " AND NOT rolsuper");
        }
    }

    private static void makeGroup(Connection connection, Statement statement) throws SQLException {
        if (!exists(connection, GROUP)) {
            statement.execute("CREATE ROLE " + GROUP + " NOLOGIN");
        }
        for (String role : HARMLESS) {
            if (exists(connection, role) && !member(connection, GROUP, role)) {
                statement.execute("GRANT " + role + " TO " + GROUP + " WITH ADMIN OPTION");
            }
        }
        statement.execute("GRANT ALL ON DATABASE postgres TO " + GROUP);
        statement.execute("GRANT ALL ON SCHEMA public TO " + GROUP);
    }

    private static void makeAdministrator(
            Connection connection, Statement statement, Administrator administrator, int major) throws SQLException {
        String login = administrator.login();
        String name = identifier(login);
        if (superuser(connection, login)) {
            throw EngineFault.lasting(null, ProblemCode.AdministratorLoginReserved, login);
        }
        String verb = exists(connection, login) ? "ALTER" : "CREATE";
        statement.execute(verb + " ROLE " + name + " LOGIN CREATEDB CREATEROLE REPLICATION INHERIT NOSUPERUSER"
                + " NOBYPASSRLS VALID UNTIL 'infinity' PASSWORD " + literal(administrator.verifier()));
        if (!member(connection, login, GROUP)) {
            statement.execute("GRANT " + GROUP + " TO " + name + " WITH ADMIN OPTION");
        }
        if (major >= ADMIN_OPTION_MAJOR) {
            // From 16 on a role's maker can't act as it without this, which people who come from before expect.
            statement.execute("ALTER ROLE " + name + " SET createrole_self_grant = 'set, inherit'");
        }
    }

    private static boolean exists(Connection connection, String role) throws SQLException {
        return any(connection, "SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = ?", role);
    }

    private static boolean superuser(Connection connection, String role) throws SQLException {
        return any(connection, "SELECT 1 FROM pg_catalog.pg_roles WHERE rolsuper AND rolname = ?", role);
    }

    private static boolean member(Connection connection, String member, String of) throws SQLException {
        return any(
                connection,
                "SELECT 1 FROM pg_catalog.pg_auth_members m JOIN pg_catalog.pg_roles r ON r.oid = m.roleid"
                        + " JOIN pg_catalog.pg_roles u ON u.oid = m.member"
                        + " WHERE u.rolname = ? AND r.rolname = ? AND m.admin_option",
                member,
                of);
    }

    private static boolean any(Connection connection, String query, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }
}
