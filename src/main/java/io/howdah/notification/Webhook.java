package io.howdah.notification;

import io.howdah.access.EventKind;
import io.howdah.shared.Encryption;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A program of somebody's own that is told what happens. Its address is kept as secret as its key: many carry a token.
 */
@Entity
@Table(name = "webhook")
class Webhook {

    private static final String PURPOSE = "webhook";

    @Id
    UUID id;

    @Column(name = "person_id")
    UUID personId;

    private String address;
    private String secret;
    private String kinds;
    boolean paused;

    @Column(name = "created_at")
    Instant createdAt;

    @Version
    int version;

    URI address(Encryption encryption) {
        return URI.create(encryption.decrypt(address, PURPOSE, id + " address"));
    }

    void address(URI wanted, Encryption encryption) {
        address = encryption.encrypt(wanted.toString(), PURPOSE, id + " address");
    }

    String secret(Encryption encryption) {
        return encryption.decrypt(secret, PURPOSE, id + " secret");
    }

    void secret(String wanted, Encryption encryption) {
        secret = encryption.encrypt(wanted, PURPOSE, id + " secret");
    }

    Set<EventKind> kinds() {
        return kinds.isEmpty()
                ? Set.of()
                : Arrays.stream(kinds.split(","))
                        .map(EventKind::valueOf)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(EventKind.class)));
    }

    void kinds(Set<EventKind> wanted) {
        kinds = wanted.stream().sorted().map(EventKind::name).collect(Collectors.joining(","));
    }
}
