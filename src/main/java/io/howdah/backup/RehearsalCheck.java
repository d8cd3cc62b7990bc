package io.howdah.backup;

import io.howdah.shared.Ids;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** A {@link SqlCheck} of a server. */
@Entity
@Table(name = "rehearsal_check")
class RehearsalCheck {

    @Id
    UUID id;

    @Column(name = "server_id")
    UUID serverId;

    int position;
    String name;

    @Column(name = "database_name")
    String databaseName;

    String query;

    static RehearsalCheck of(UUID serverId, int position, SqlCheck check) {
        RehearsalCheck entry = new RehearsalCheck();
        entry.id = Ids.random();
        entry.serverId = serverId;
        entry.position = position;
        entry.name = check.name();
        entry.databaseName = check.database();
        entry.query = check.query();
        return entry;
    }

    SqlCheck check() {
        return new SqlCheck(name, databaseName, query);
    }
}
