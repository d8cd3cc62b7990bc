package io.howdah.server;

import io.howdah.engine.Engine;
import io.howdah.engine.ServerKey;
import io.howdah.operation.Nodes;
import io.howdah.shared.DatabaseException;
import io.howdah.shared.Sql;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import javax.sql.DataSource;

/** Makes the servers that lie on this node's host its own, should nobody have said yet whose they are. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionManagement(TransactionManagementType.BEAN)
public class AdoptServers {

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    @Inject
    private Engine engine;

    @Inject
    private Nodes nodes;

    @PostConstruct
    void adopt() {
        if (!engine.capabilities().shared()) {
            engine.servers().stream()
                    .map(ServerKey::id)
                    .forEach(id -> DatabaseException.untilThere(() -> Sql.change(
                            dataSource, "update server set node = ? where id = ? and node is null", nodes.home(), id)));
        }
    }
}
