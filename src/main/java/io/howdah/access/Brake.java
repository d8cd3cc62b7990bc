package io.howdah.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/**
 * How often somebody tried to sign in of late without success. Past the free tries each further one must wait twice as long
 * as the one before; a day without tries ends that.
 */
@Entity
@Table(name = "sign_in_brake")
@IdClass(Brake.Key.class)
class Brake {

    /** Stands for all accounts, or all addresses. */
    static final String ANY = "";

    private static final Duration FIRST_WAIT = Duration.ofSeconds(15);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
    private static final Duration MEMORY = Duration.ofDays(1);
    private static final Duration TRUST = Duration.ofDays(30);
    private static final int TRIES_OF_ACCOUNT_FROM_ADDRESS = 5;
    /** Many people may share an address, and one wrong password each is nothing. */
    private static final int TRIES_OF_ADDRESS = 30;

    private static final int TRIES_OF_ACCOUNT = 100;

    record Key(String account, String address) implements Serializable {}

    @Id
    String account;

    @Id
    String address;

    int tries;

    @Column(name = "last_at")
    Instant lastAt;

    @Column(name = "slow_until")
    Instant slowUntil;

    /** When the account last signed in from the address. */
    @Column(name = "trusted_at")
    Instant trustedAt;

    Brake() {}

    Brake(String account, String address) {
        this.account = account;
        this.address = address;
    }

    /** How long the next try must wait; zero when it need not. */
    Duration waits(Instant now) {
        return slowUntil == null || !slowUntil.isAfter(now) ? Duration.ZERO : Duration.between(now, slowUntil);
    }

    boolean isTrusted(Instant now) {
        return trustedAt != null && trustedAt.plus(TRUST).isAfter(now);
    }

    /** Counts a try before it is known whether it is right, so that many at once gain nothing. */
    void take(Instant now) {
        if (lastAt != null && lastAt.plus(MEMORY).isBefore(now)) {
            tries = 0;
        }
        tries++;
        lastAt = now;
        int doublings = tries - freeTries();
        if (doublings >= 0) {
            Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(doublings, 10));
            slowUntil = now.plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
        }
    }

    /** The try was no guess: it does not count. A wait that others have caused meanwhile stays. */
    void giveBack() {
        tries = Math.max(0, tries - 1);
        if (tries < freeTries()) {
            slowUntil = null;
        }
    }

    void trust(Instant now) {
        tries = 0;
        slowUntil = null;
        trustedAt = now;
    }

    private int freeTries() {
        if (account.equals(ANY)) {
            return TRIES_OF_ADDRESS;
        }
        return address.equals(ANY) ? TRIES_OF_ACCOUNT : TRIES_OF_ACCOUNT_FROM_ADDRESS;
    }
}
