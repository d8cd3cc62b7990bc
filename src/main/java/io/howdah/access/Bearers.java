package io.howdah.access;

import io.howdah.shared.Ids;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The door for programs: whose token is it? Asked anew for every request, so that what is revoked, has ended or belongs to
 * somebody who was disabled is refused at once; each refusal is on record.
 */
@Stateless
public class Bearers {

    private static final Duration BETWEEN_NOTES = Duration.ofMinutes(1);

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Recorder recorder;

    @Inject
    private Brakes brakes;

    @Inject
    private Clock clock;

    /**
     * Who shows the token.
     *
     * @throws io.howdah.shared.ProblemException TokenNotValid, TooManyTries
     */
    public Caller callerOf(String text, String address) {
        Instant now = clock.instant();
        AccessToken token = find(text).orElse(null);
        Person holder = token == null ? null : entities.find(Person.class, token.personId);
        Caller caller = new Caller(
                holder == null ? null : holder.id,
                holder == null ? "" : holder.name,
                address,
                Ids.correlation(),
                token == null ? null : new TokenUse(token.id, token.name, token.isNarrowed()));
        // Where it was used last it is let in even while somebody else there guesses.
        Duration wait = token != null && address.equals(token.lastUsedAddress) ? Duration.ZERO : brakes.waits(address);
        if (!wait.isZero()) {
            recorder.signIn(caller, false, "slowed down");
            throw Problem.of(ProblemCode.TooManyTries, wait.toSeconds() + 1).raise();
        }
        String fault = fault(token, holder, now);
        if (fault != null) {
            if (token == null) {
                brakes.takeFrom(address);
            }
            recorder.signIn(caller, false, fault);
            throw Problem.of(ProblemCode.TokenNotValid).raise();
        }
        noteUse(token, address, now);
        return caller;
    }

    private Optional<AccessToken> find(String text) {
        return SecretText.kind(text)
                .filter(kind -> kind != SecretText.Kind.CLIENT_SECRET)
                .flatMap(kind -> entities.createQuery(
                                "select t from AccessToken t where t.hash = :hash", AccessToken.class)
                        .setParameter("hash", SecretText.hash(text))
                        .getResultStream()
                        .findFirst());
    }

    private static String fault(AccessToken token, Person holder, Instant now) {
        if (token == null) {
            return "unknown token";
        }
        if (token.revokedAt != null) {
            return "token revoked";
        }
        if (!token.endsAt.isAfter(now)) {
            return "token ended";
        }
        return holder.disabled ? "disabled" : null;
    }

    /** Not through the entity: requests of one token at once would stand in each other's way. */
    private void noteUse(AccessToken token, String address, Instant now) {
        Instant due = now.minus(BETWEEN_NOTES);
        if (token.lastUsedAt == null || token.lastUsedAt.isBefore(due)) {
            entities.createQuery("update AccessToken t set t.lastUsedAt = :now, t.lastUsedAddress = :address"
                            + " where t.id = :token and (t.lastUsedAt is null or t.lastUsedAt < :due)")
                    .setParameter("now", now)
                    .setParameter("address", address)
                    .setParameter("token", token.id)
                    .setParameter("due", due)
                    .executeUpdate();
        }
    }
}
