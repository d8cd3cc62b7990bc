package io.howdah.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Somebody who may sign in. Five wrong passwords in a row slow the account down, longer with each further one; a right
 * password or a new link ends that.
 */
@Entity
@Table(name = "person")
class Person {

    private static final int FREE_TRIES = 5;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(15);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    @Id
    UUID id;

    String name;

    @Column(name = "display_name")
    String displayName;

    /** Null until the person has accepted the one-time link. */
    @Column(name = "password_hash")
    String passwordHash;

    boolean disabled;

    @Column(name = "failed_tries")
    int failedTries;

    @Column(name = "slow_until")
    Instant slowUntil;

    @Column(name = "last_sign_in_at")
    Instant lastSignInAt;

    @Column(name = "created_at")
    Instant createdAt;

    @Version
    int version;

    void failed(Instant now) {
        failedTries++;
        if (failedTries >= FREE_TRIES) {
            int doublings = Math.min(failedTries - FREE_TRIES, 10);
            Duration wait = FIRST_WAIT.multipliedBy(1L << doublings);
            slowUntil = now.plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
        }
    }

    void succeeded(Instant now) {
        trustAgain();
        lastSignInAt = now;
    }

    void trustAgain() {
        failedTries = 0;
        slowUntil = null;
    }

    /** How long the next try must wait; zero when it need not. */
    Duration waits(Instant now) {
        return slowUntil == null || !slowUntil.isAfter(now) ? Duration.ZERO : Duration.between(now, slowUntil);
    }
}
