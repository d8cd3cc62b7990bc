package io.howdah.access;

import io.howdah.shared.Ids;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Tokens for automation: people make them for themselves and for service accounts, and revoke them. A token never gives
 * more than its maker held and its holder has.
 */
@Stateless
public class TokenService {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private Grants grants;

    @Inject
    private Places places;

    @Inject
    private Tokens tokens;

    @Inject
    private Clock clock;

    /** The caller's own, the newest first. */
    public List<TokenView> mine() {
        Caller me = access.permit(Permission.PROFILE_WRITE, Scope.INSTALLATION, null);
        return tokens.all().filter(token -> token.holder().equals(me.name())).toList();
    }

    /** All that act where the caller may read access, the newest first. */
    public List<TokenView> all() {
        Reach reach = access.reach(Permission.ACCESS_READ);
        return tokens.all().filter(token -> reach.includes(scope(token.role()))).toList();
    }

    /** For how many days, at most, a token or a client secret can be made. */
    public int longestDays() {
        access.reach(Permission.ACCESS_READ);
        return tokens.longestDays();
    }

    /** Where the caller's own tokens can act: wherever the caller sees servers. */
    public List<PlaceView> places() {
        return places.within(access.reach(Permission.SERVERS_READ));
    }

    /** @throws io.howdah.shared.ProblemException TokenLimitOutOfRange */
    public void setLongestDays(int days) {
        if (days < 1 || days > TokenLimit.MOST_DAYS) {
            throw Problem.of(ProblemCode.TokenLimitOutOfRange, TokenLimit.MOST_DAYS)
                    .at("days")
                    .raise();
        }
        Caller caller = access.change(
                Permission.TOKENS_WRITE,
                Scope.INSTALLATION,
                new Target("tokenLimit", null, "tokens"),
                Map.of("days", tokens.longestDays() + " -> " + days));
        TokenLimit limit = new TokenLimit();
        limit.days = days;
        limit.changedAt = clock.instant();
        limit.changedBy = caller.name();
        entities.merge(limit);
    }

    /**
     * Makes a token for the caller.
     *
     * @throws io.howdah.shared.ProblemException TokenNameInvalid, NotFound (role, place), TokenEndInvalid, TooManyTokens,
     *     GrantTooMuch when the role has more than the caller holds there
     */
    public NewSecret makeMine(String name, String role, Scope scope, Instant endsAt) {
        String wanted = check(name, role, endsAt);
        PlaceView place = places.require(Permission.PROFILE_WRITE, scope);
        UUID id = Ids.random();
        Caller me = access.change(
                Permission.PROFILE_WRITE,
                Scope.INSTALLATION,
                new Target("token", id, wanted),
                details(role, place, endsAt));
        grants.requireMayGive(role, scope);
        return tokens.make(id, entities.find(Person.class, me.personId()), wanted, role, scope, endsAt, me);
    }

    /** As {@link #makeMine}, for a service account. */
    public NewSecret makeFor(UUID accountId, String name, String role, Scope scope, Instant endsAt) {
        String wanted = check(name, role, endsAt);
        PlaceView place = places.require(Permission.SERVICE_ACCOUNTS_WRITE, scope);
        Person account = accountId == null ? null : entities.find(Person.class, accountId);
        if (account == null
                || account.kind != PersonKind.SERVICE_ACCOUNT
                || !access.sees(
                        Permission.ACCESS_READ,
                        Scope.team(account.teamId),
                        new Target("serviceAccount", account.id, account.name))) {
            throw notFound("serviceAccount", accountId);
        }
        UUID id = Ids.random();
        Map<String, String> details = details(role, place, endsAt);
        details.put("holder", account.name);
        Caller caller = access.change(
                Permission.SERVICE_ACCOUNTS_WRITE,
                Scope.team(account.teamId),
                new Target("token", id, wanted),
                details);
        grants.requireMayGive(role, scope);
        return tokens.make(id, account, wanted, role, scope, endsAt, caller);
    }

    /** Ends one's own token, or another's where the caller may: nothing that shows it is let in from now on. */
    public void revoke(UUID tokenId) {
        AccessToken token = tokenId == null ? null : entities.find(AccessToken.class, tokenId);
        if (token == null || token.secretId != null || token.revokedAt != null) {
            throw notFound("token", tokenId);
        }
        Person holder = entities.find(Person.class, token.personId);
        Scope scope = holder.kind == PersonKind.SERVICE_ACCOUNT
                ? Scope.team(holder.teamId)
                : scope(grants.ofTokens().get(token.id));
        boolean own = holder.id.equals(Callers.current().personId());
        Target target = new Target("token", token.id, token.name);
        if (!own && !access.sees(Permission.ACCESS_READ, scope, target)) {
            throw notFound("token", tokenId);
        }
        Map<String, String> details = Map.of("revoked", "true", "holder", holder.name);
        if (own) {
            access.change(Permission.PROFILE_WRITE, Scope.INSTALLATION, target, details);
        } else if (holder.kind == PersonKind.SERVICE_ACCOUNT) {
            access.change(Permission.SERVICE_ACCOUNTS_WRITE, scope, target, details);
        } else {
            access.change(Permission.TOKENS_WRITE, scope, target, details);
        }
        token.revokedAt = clock.instant();
        entities.createQuery("delete from Assignment a where a.tokenId = :token")
                .setParameter("token", token.id)
                .executeUpdate();
    }

    /** The place may be gone, and the role at it: then the token is worth nothing, and the installation's to clear away. */
    private static Scope scope(AssignmentView role) {
        return role == null ? Scope.INSTALLATION : role.scope();
    }

    private String check(String name, String role, Instant endsAt) {
        String wanted = Names.check(name, ProblemCode.TokenNameInvalid);
        if (role == null || entities.find(RoleEntry.class, role) == null) {
            throw Problem.of(ProblemCode.NotFound, "role", String.valueOf(role))
                    .at("role")
                    .raise();
        }
        tokens.checkEnd(endsAt);
        return wanted;
    }

    private static Map<String, String> details(String role, PlaceView place, Instant endsAt) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("made", "true");
        details.put("role", role);
        details.put("place", String.valueOf(place.path()));
        details.put("endsAt", endsAt.toString());
        return details;
    }

    private static ProblemException notFound(String what, UUID id) {
        return Problem.of(ProblemCode.NotFound, what, String.valueOf(id)).raise();
    }
}
