package io.howdah.notification;

import io.howdah.access.EventKind;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;

/** What one person chose for one kind of event on one channel. */
@Entity
@Table(name = "notification_choice")
@IdClass(ChoiceEntry.Key.class)
class ChoiceEntry {

    @Id
    @Column(name = "person_id")
    UUID personId;

    @Id
    @Enumerated(EnumType.STRING)
    EventKind kind;

    @Id
    @Enumerated(EnumType.STRING)
    Channel channel;

    @Enumerated(EnumType.STRING)
    Wanted wanted;

    /** The three together. */
    static class Key implements Serializable {

        UUID personId;
        EventKind kind;
        Channel channel;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && key.personId.equals(personId)
                    && key.kind == kind
                    && key.channel == channel;
        }

        @Override
        public int hashCode() {
            return Objects.hash(personId, kind, channel);
        }
    }
}
