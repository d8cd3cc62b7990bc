package io.howdah.access;

import io.howdah.shared.Ids;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** The tokens that people have made, and the rules for making them. */
@Dependent
class Tokens {

    private static final int MOST_OF_ONE_HOLDER = 50;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Grants grants;

    @Inject
    private Clock clock;

    int longestDays() {
        TokenLimit limit = entities.find(TokenLimit.class, TokenLimit.ONLY);
        return limit == null ? TokenLimit.USUAL_DAYS : limit.days;
    }

    /** @throws io.howdah.shared.ProblemException TokenEndInvalid */
    void checkEnd(Instant endsAt) {
        int days = longestDays();
        Instant now = clock.instant();
        // A day that is chosen ends at its end, which lies a day further on.
        if (endsAt == null || !endsAt.isAfter(now) || endsAt.isAfter(now.plus(Duration.ofDays(days + 1L)))) {
            throw Problem.of(ProblemCode.TokenEndInvalid, days).at("endsAt").raise();
        }
    }

    /** Those not revoked, the newest first. */
    Stream<TokenView> all() {
        Map<UUID, AssignmentView> roles = grants.ofTokens();
        return entities.createQuery(
                        "select t, p from AccessToken t, Person p where p.id = t.personId and t.secretId is null"
                                + " and t.revokedAt is null order by t.createdAt desc",
                        Object[].class)
                .getResultStream()
                .map(row -> view((AccessToken) row[0], (Person) row[1], roles));
    }

    /** Whoever makes it must hold the role there, and has been asked for that already. */
    NewSecret make(UUID id, Person holder, String name, String role, Scope scope, Instant endsAt, Caller maker) {
        long others = entities.createQuery(
                        "select count(t) from AccessToken t where t.personId = :holder and t.secretId is null"
                                + " and t.revokedAt is null",
                        Long.class)
                .setParameter("holder", holder.id)
                .getSingleResult();
        if (others >= MOST_OF_ONE_HOLDER) {
            throw Problem.of(ProblemCode.TooManyTokens, MOST_OF_ONE_HOLDER).raise();
        }
        String text = SecretText.make(
                holder.kind == PersonKind.PERSON
                        ? SecretText.Kind.PERSONAL_TOKEN
                        : SecretText.Kind.SERVICE_ACCOUNT_TOKEN);
        add(id, holder.id, null, name, text, endsAt, maker.name());
        entities.flush();
        grants.give(Grants.Holder.token(id), role, scope, null, maker);
        return new NewSecret(name, text, endsAt);
    }

    /** For a secret that was shown: as good as the service account, for a short time. */
    String makeBearer(ClientSecret secret, String accountName, Instant endsAt) {
        String text = SecretText.make(SecretText.Kind.BEARER);
        add(Ids.random(), secret.personId, secret.id, "client secret " + secret.hint, text, endsAt, accountName);
        return text;
    }

    private void add(UUID id, UUID holder, UUID secret, String name, String text, Instant endsAt, String createdBy) {
        AccessToken token = new AccessToken();
        token.id = id;
        token.personId = holder;
        token.secretId = secret;
        token.name = name;
        token.hash = SecretText.hash(text);
        token.createdAt = clock.instant();
        token.createdBy = createdBy;
        token.endsAt = endsAt;
        entities.persist(token);
    }

    private static TokenView view(AccessToken token, Person holder, Map<UUID, AssignmentView> roles) {
        return new TokenView(
                token.id,
                token.name,
                holder.name,
                holder.kind,
                roles.get(token.id),
                token.createdAt,
                token.createdBy,
                token.endsAt,
                token.lastUsedAt,
                token.lastUsedAddress);
    }
}
