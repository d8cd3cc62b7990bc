package io.howdah.engine.host;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** PgBouncer's own console, over its Unix socket, where it knows the control plane by its OS user. */
final class PoolerConsole implements AutoCloseable {

    private final Connection connection;

    PoolerConsole(ServerFile file) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("socketTimeout", "30");
        // Else the driver begins with a SET, which this console refuses.
        properties.setProperty("assumeMinServerVersion", "9.0");
        connection = ControlConnection.connect(
                file, file.pooledPort(), System.getProperty("user.name"), "pgbouncer", properties);
    }

    /** Returns when it has been done; PAUSE waits for all open transactions. */
    void say(String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
