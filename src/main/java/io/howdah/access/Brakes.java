package io.howdah.access;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Slows down who guesses, without locking out who is guessed at: an address from which the account signed in lately is held
 * up by its own wrong tries only. Each step is a short transaction of its own, so that nobody waits for another's hashing.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Brakes {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Clock clock;

    /** How long the try must wait; when zero, it is counted until {@link #giveBack} or {@link #trust}. */
    public Duration take(String name, String address) {
        Instant now = clock.instant();
        // Always in this order, so that no two tries wait for each other.
        Brake ofAddress = locked(Brake.ANY, address);
        Brake ofAccount = locked(account(name), Brake.ANY);
        Brake ofBoth = locked(account(name), address);
        Duration wait = ofBoth.waits(now);
        if (!ofBoth.isTrusted(now)) {
            wait = longer(wait, longer(ofAccount.waits(now), ofAddress.waits(now)));
        }
        if (wait.isZero()) {
            ofAddress.take(now);
            ofAccount.take(now);
            ofBoth.take(now);
        }
        return wait;
    }

    /** Counts a try that named no account against its address. */
    public void takeFrom(String address) {
        locked(Brake.ANY, address).take(clock.instant());
    }

    /** How long tries from the address must wait that name no account. */
    public Duration waits(String address) {
        Instant now = clock.instant();
        return of(Brake.ANY, address)
                .getResultStream()
                .findFirst()
                .map(brake -> brake.waits(now))
                .orElse(Duration.ZERO);
    }

    /** How long the next try will have to wait. */
    public Duration next(String name, String address) {
        Instant now = clock.instant();
        return of(account(name), address)
                .getResultStream()
                .findFirst()
                .map(brake -> brake.waits(now))
                .orElse(Duration.ZERO);
    }

    /** The try was half of a sign-in, and right so far. */
    public void giveBack(String name, String address) {
        locked(Brake.ANY, address).giveBack();
        locked(account(name), Brake.ANY).giveBack();
        locked(account(name), address).giveBack();
    }

    /** The try was right: the account is at home at the address. */
    public void trust(String name, String address) {
        locked(Brake.ANY, address).giveBack();
        locked(account(name), Brake.ANY).giveBack();
        locked(account(name), address).trust(clock.instant());
    }

    /** All addresses may try the account afresh. */
    public void forget(String name) {
        entities.createQuery("delete from Brake b where b.account = :account")
                .setParameter("account", account(name))
                .executeUpdate();
    }

    private Brake locked(String account, String address) {
        entities.createNativeQuery(
                        "insert into sign_in_brake (account, address, tries, last_at) values (?, ?, 0, now()) on conflict do nothing")
                .setParameter(1, account)
                .setParameter(2, address)
                .executeUpdate();
        return of(account, address).setLockMode(LockModeType.PESSIMISTIC_WRITE).getSingleResult();
    }

    private TypedQuery<Brake> of(String account, String address) {
        return entities.createQuery(
                        "select b from Brake b where b.account = :account and b.address = :address", Brake.class)
                .setParameter("account", account)
                .setParameter("address", address);
    }

    private static String account(String name) {
        return OneTimeLinkEntry.hash(name.toLowerCase(Locale.ROOT));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
