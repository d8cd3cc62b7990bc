package io.howdah.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A role that can be given: one of the product's, or one that this installation has made. */
@Entity
@Table(name = "role")
class RoleEntry {

    @Id
    String name;

    int position;

    @Column(name = "ready_made")
    boolean readyMade;

    String description = "";
}
