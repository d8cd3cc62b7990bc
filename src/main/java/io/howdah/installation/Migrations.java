package io.howdah.installation;

import io.howdah.shared.DatabaseException;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;

/**
 * Brings the metadata database to the schema of this version before anything else starts. Everything that reads the
 * database at start-up is {@code @DependsOn("Migrations")}. Migrations run as the owner of the tables, a role that nothing
 * else uses.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class Migrations {

    private static final Logger LOG = Logger.getLogger(Migrations.class.getName());

    @Resource(lookup = "jdbc/howdah-owner")
    private DataSource dataSource;

    @PostConstruct
    void begin() {
        DatabaseException.untilThere(this::migrate);
    }

    private void migrate() {
        Flyway flyway = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .failOnMissingLocations(true)
                .load();
        // Flyway finds nothing, and says nothing, when the container hides the folder from its scanner.
        if (flyway.info().all().length == 0) {
            throw new IllegalStateException("no migrations found in db/migration");
        }
        MigrateResult result = flyway.migrate();
        if (result.migrationsExecuted > 0) {
            LOG.log(Level.INFO, "metadata schema is now at version {0}", result.targetSchemaVersion);
        }
    }
}
