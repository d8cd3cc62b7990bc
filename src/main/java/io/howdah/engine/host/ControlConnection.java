package io.howdah.engine.host;

import io.howdah.shared.Messages;
import io.howdah.shared.ProblemCode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * The control plane's way into a server: over the Unix socket as the product's superuser, who is recognised by the
 * operating system and has no password. Always in the database {@code postgres}, with nothing but the system's own names
 * in reach, so that what people make in their databases is never run with its rights.
 */
final class ControlConnection {

    private static final int CONNECT_SECONDS = 5;
    private static final String PASSWORD_AND_DATABASE_TROUBLE = "08";

    interface Use<T> {
        T with(Connection connection) throws SQLException;
    }

    private final ServerFile file;

    ControlConnection(ServerFile file) {
        this.file = file;
    }

    /**
     * @param limit how long one statement may take
     * @throws EngineFault EngineNotResponding, EngineSqlFailed
     */
    <T> T use(Duration limit, Use<T> use) {
        try (Connection connection = open(limit)) {
            return use.with(connection);
        } catch (SQLException e) {
            throw fault(e);
        }
    }

    /** Whether the connection is gone, so that nobody has heard how the statement ended. */
    static boolean broken(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith(PASSWORD_AND_DATABASE_TROUBLE) || state.startsWith("57P");
    }

    static EngineFault fault(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        if (broken(e)) {
            return EngineFault.passing(e.getMessage(), ProblemCode.EngineNotResponding);
        }
        if (state.equals("53100")) {
            return EngineFault.passing(e.getMessage(), ProblemCode.EngineDiskFull, Messages.text("engine.full.server"));
        }
        boolean passing = state.startsWith("40") || state.startsWith("53") || state.startsWith("55P");
        String message = firstLine(e.getMessage());
        return passing
                ? EngineFault.passing(state, ProblemCode.EngineSqlFailed, message)
                : EngineFault.lasting(state, ProblemCode.EngineSqlFailed, message);
    }

    private Connection open(Duration limit) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("socketTimeout", Long.toString(limit.toSeconds() + CONNECT_SECONDS));
        properties.setProperty("ApplicationName", "howdah");
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty(
                "options",
                String.format(
                        Locale.ROOT,
                        "-c search_path=pg_catalog -c statement_timeout=%d -c default_transaction_read_only=off",
                        limit.toMillis()));
        return connect(file, ServerSettings.SUPERUSER, "postgres", properties);
    }

    /** Over the Unix socket, without a password. */
    static Connection connect(ServerFile file, String role, String database, Properties more) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(more);
        properties.setProperty("user", role);
        properties.setProperty("socketFactory", "org.newsclub.net.unix.AFUNIXSocketFactory$FactoryArg");
        properties.setProperty(
                "socketFactoryArg",
                Path.of(file.sockets(), ".s.PGSQL." + file.directPort()).toString());
        properties.setProperty("sslmode", "disable");
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
        properties.setProperty("loginTimeout", Integer.toString(CONNECT_SECONDS));
        String path = URLEncoder.encode(database, StandardCharsets.UTF_8);
        return new Driver().connect("jdbc:postgresql://localhost/" + path, properties);
    }

    static String firstLine(String message) {
        return String.valueOf(message).lines().findFirst().orElse("").replaceFirst("^(ERROR|FATAL): ", "");
    }

    static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }
}
