package io.howdah.scaling;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** That a server goes to sleep when nobody has used it for a while. */
@Entity
@Table(name = "idle_stop")
class IdleStop {

    @Id
    @Column(name = "server_id")
    UUID serverId;

    int minutes;

    /** Names of applications that count as nobody, separated by commas. */
    String ignored;

    /** Since when nobody was seen, or null. */
    @Column(name = "idle_since")
    Instant idleSince;

    Set<String> ignoredNames() {
        return Arrays.stream(ignored.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }
}
