package io.howdah.installation;

import io.howdah.operation.OperationEnded;
import io.howdah.server.ServerState;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** The product's own figures under {@code /metrics}: servers by state, open operations, operations ended by kind. */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class ProductMetrics {

    @Inject
    private MetricRegistry registry;

    @Resource(lookup = "jdbc/howdah-plain")
    private DataSource dataSource;

    @PostConstruct
    void register() {
        Metadata servers = describe("howdah_servers", "Live servers by state");
        for (ServerState state : ServerState.values()) {
            registry.gauge(
                    servers,
                    () -> count("select count(*) from server where deleted_at is null and state = ?", state.name()),
                    new Tag("state", state.azureName()));
        }
        registry.gauge(
                describe("howdah_operations_open", "Operations queued or running"),
                () -> count("select count(*) from operation where status in ('QUEUED', 'RUNNING') and ? = ''", ""));
    }

    public void ended(@Observes(during = TransactionPhase.AFTER_SUCCESS) OperationEnded end) {
        registry.counter(
                        describe("howdah_operations_ended", "Operations ended since this node started"),
                        new Tag("kind", end.kind()),
                        new Tag("status", end.status().name().toLowerCase(Locale.ROOT)))
                .inc();
    }

    private static Metadata describe(String name, String description) {
        return Metadata.builder().withName(name).withDescription(description).build();
    }

    private Long count(String query, String parameter) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, parameter);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
