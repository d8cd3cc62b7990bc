package io.howdah.notification;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/** One person's copy of a notice, as the portal shows it. */
@Entity
@Table(name = "notification")
@IdClass(InboxEntry.Key.class)
class InboxEntry {

    @Id
    @Column(name = "person_id")
    UUID personId;

    @Id
    @Column(name = "notice_id")
    UUID noticeId;

    @Column(name = "read_at")
    Instant readAt;

    /** Both together. */
    static class Key implements Serializable {

        UUID personId;
        UUID noticeId;

        Key() {}

        Key(UUID personId, UUID noticeId) {
            this.personId = personId;
            this.noticeId = noticeId;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.personId.equals(personId) && key.noticeId.equals(noticeId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(personId, noticeId);
        }
    }
}
