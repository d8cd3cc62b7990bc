package io.howdah.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** How many days tokens and client secrets may be made for. There is one at most. */
@Entity
@Table(name = "token_limit")
class TokenLimit {

    static final int ONLY = 1;
    static final int USUAL_DAYS = 365;
    static final int MOST_DAYS = 3650;

    @Id
    int id = ONLY;

    int days;

    @Column(name = "changed_at")
    Instant changedAt;

    @Column(name = "changed_by")
    String changedBy;
}
