package io.howdah.access;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A role that can be given. */
@Entity
@Table(name = "role")
class RoleEntry {

    @Id
    String name;

    int position;
}
