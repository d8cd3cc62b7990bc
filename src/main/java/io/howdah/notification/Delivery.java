package io.howdah.notification;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One message to one mail address or webhook, until it has arrived or was given up. Its id goes out with every try, so
 * that a receiver knows a repeat.
 */
@Entity
@Table(name = "delivery")
class Delivery {

    /** What the message is for. */
    enum Purpose {
        NOTICE,
        TEST,
        /** Carries the code that confirms a new mail address; the code is made when it is sent, and kept nowhere. */
        CODE
    }

    /** What carries it. */
    enum Carrier {
        MAIL,
        WEBHOOK
    }

    @Id
    UUID id;

    @Enumerated(EnumType.STRING)
    Purpose purpose;

    @Enumerated(EnumType.STRING)
    @Column(name = "channel")
    Carrier carrier;

    @Column(name = "notice_id")
    UUID noticeId;

    @Column(name = "person_id")
    UUID personId;

    @Column(name = "webhook_id")
    UUID webhookId;

    @Enumerated(EnumType.STRING)
    DeliveryState state;

    String reason;
    int tries;

    @Column(name = "created_at")
    Instant createdAt;

    /** When its tries began: later than its creation when somebody has sent it again. */
    @Column(name = "begun_at")
    Instant begunAt;

    Instant due;

    @Column(name = "lease_owner")
    String leaseOwner;

    @Column(name = "lease_until")
    Instant leaseUntil;

    @Column(name = "ended_at")
    Instant endedAt;

    void drop(String why, Instant now) {
        state = DeliveryState.DROPPED;
        reason = why;
        endedAt = now;
        leaseOwner = null;
        leaseUntil = null;
    }

    DeliveryView view(NoticeEntry notice, List<DeliveryTry> taken) {
        return new DeliveryView(
                id,
                notice == null ? null : notice.kind,
                notice == null ? null : notice.title,
                state,
                reason,
                createdAt,
                due,
                endedAt,
                taken.stream()
                        .map(each -> new DeliveryView.Try(each.at, each.status, each.millis, each.answer, each.error))
                        .toList());
    }
}
