package io.howdah.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.UUID;

/** An actor, action or target that stands in the log at least once. The database adds them by itself. */
@Entity
@Table(name = "audit_word")
@IdClass(AuditWord.Key.class)
class AuditWord {

    enum Kind {
        ACTOR("actor"),
        ACTION("action"),
        TARGET("targetName");

        private final String field;

        Kind(String field) {
            this.field = field;
        }

        /** The field of a record that holds it. */
        String field() {
            return field;
        }
    }

    /** All of it. */
    record Key(Kind kind, UUID teamId, String value) implements Serializable {}

    @Id
    @Enumerated(EnumType.STRING)
    Kind kind;

    @Id
    @Column(name = "team_id")
    UUID teamId;

    @Id
    String value;
}
