package io.howdah.schedule;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.quartz.utils.ConnectionProvider;

/** Gives Quartz the container's connections. */
class ContainerConnections implements ConnectionProvider {

    private final DataSource dataSource;

    ContainerConnections(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return dataSource.getConnection();
    }

    @Override
    public void initialize() {}

    /** The container closes its pools itself. */
    @Override
    public void shutdown() {}
}
