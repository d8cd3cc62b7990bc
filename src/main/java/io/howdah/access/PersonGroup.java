package io.howdah.access;

import io.howdah.shared.UuidText;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** People who get the same roles: what is given to the group, each of them has. */
@Entity
@Table(name = "person_group")
class PersonGroup {

    @Id
    UUID id;

    String name;

    @Column(name = "created_at")
    Instant createdAt;

    @ElementCollection
    @CollectionTable(name = "person_group_member", joinColumns = @JoinColumn(name = "group_id"))
    @Column(name = "person_id")
    @Convert(converter = UuidText.class)
    Set<UUID> members = new HashSet<>();
}
