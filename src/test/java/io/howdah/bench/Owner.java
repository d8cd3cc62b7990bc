package io.howdah.bench;

import io.howdah.access.Caller;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/** The person who measures: owns the installation, and a team for the servers. */
record Owner(Caller caller, UUID team) {

    static Owner register(DataSource metadata) throws SQLException {
        UUID person = UUID.randomUUID();
        UUID team = UUID.randomUUID();
        execute(metadata, "insert into team (id, name, created_at) values (?, 'Bench', now())", team);
        execute(
                metadata,
                "insert into person (id, name, display_name, created_at, version) values (?, 'bench', 'Bench', now(), 0)",
                person);
        execute(
                metadata,
                "insert into assignment (id, person_id, role, team_id, created_at) values (?, ?, 'Owner', null, now())",
                UUID.randomUUID(),
                person);
        return new Owner(new Caller(person, "bench", "127.0.0.1", "bench"), team);
    }

    private static void execute(DataSource metadata, String statement, UUID... values) throws SQLException {
        try (Connection connection = metadata.getConnection();
                PreparedStatement prepared = connection.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
                prepared.setObject(i + 1, values[i]);
            }
            prepared.executeUpdate();
        }
    }
}
