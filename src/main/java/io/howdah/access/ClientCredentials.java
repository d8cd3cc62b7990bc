package io.howdah.access;

import io.howdah.shared.Ids;
import io.howdah.shared.KeepableText;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Gives a service account a token for its client secret, as RFC 6749 section 4.4 says. Tries are counted like those at the
 * portal's door, and each is on record.
 */
@Stateless
public class ClientCredentials {

    static final Duration LIFE = Duration.ofHours(1);

    private static final Pattern CLIENT_ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Tokens tokens;

    @Inject
    private Recorder recorder;

    @Inject
    private Brakes brakes;

    @Inject
    private Clock clock;

    /**
     * A token that ends after {@link #LIFE}, and with the secret.
     *
     * @param clientId the service account's id
     * @throws io.howdah.shared.ProblemException ClientNotValid, TooManyTries
     */
    @KeepableText.Any
    public String token(String clientId, String secret, String address) {
        Instant now = clock.instant();
        Person account = CLIENT_ID.matcher(clientId).matches() ? account(UUID.fromString(clientId)) : null;
        Caller caller = new Caller(
                account == null ? null : account.id,
                account == null ? clientId : account.name,
                address,
                Ids.correlation());
        Duration wait = brakes.take(clientId, address);
        if (!wait.isZero()) {
            recorder.signIn(caller, false, "slowed down");
            throw Problem.of(ProblemCode.TooManyTries, wait.toSeconds() + 1).raise();
        }
        ClientSecret known = account == null ? null : known(account.id, secret);
        String fault = account == null
                ? "no such service account"
                : known == null
                        ? "wrong secret"
                        : account.disabled ? "disabled" : known.endsAt.isAfter(now) ? null : "secret ended";
        if (fault != null) {
            recorder.signIn(caller, false, fault);
            throw Problem.of(ProblemCode.ClientNotValid).raise();
        }
        brakes.trust(clientId, address);
        known.lastUsedAt = now;
        known.lastUsedAddress = address;
        recorder.signIn(caller, true, "client secret " + known.hint);
        return tokens.makeBearer(known, account.name, now.plus(LIFE));
    }

    private Person account(UUID id) {
        Person account = entities.find(Person.class, id);
        return account == null || account.kind != PersonKind.SERVICE_ACCOUNT ? null : account;
    }

    private ClientSecret known(UUID accountId, String secret) {
        byte[] hash = SecretText.hash(secret).getBytes(StandardCharsets.US_ASCII);
        List<ClientSecret> all = entities.createQuery(
                        "select s from ClientSecret s where s.personId = :account", ClientSecret.class)
                .setParameter("account", accountId)
                .getResultList();
        return all.stream()
                .filter(one -> MessageDigest.isEqual(hash, one.hash.getBytes(StandardCharsets.US_ASCII)))
                .findFirst()
                .orElse(null);
    }
}
