package io.howdah.access;

import io.howdah.shared.Ids;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Service accounts: programs that act in their own name. Each belongs to a team, holds roles like people do, and shows a
 * client secret at the token endpoint; two of these may be valid at once, so that one follows the other without a gap.
 */
@Stateless
public class ServiceAccountService {

    private static final int MOST_SECRETS = 2;
    private static final int LONGEST_DESCRIPTION = 200;

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
    private Brakes brakes;

    @Inject
    private Clock clock;

    /** Those of the teams where the caller may read access. */
    public List<ServiceAccountView> accounts() {
        Reach reach = access.reach(Permission.ACCESS_READ);
        Map<UUID, List<AssignmentView>> roles = grants.ofPeople();
        Map<Scope, PlaceView> there = places.all();
        return entities.createQuery(
                        "select p from Person p where p.kind = :account order by lower(p.name)", Person.class)
                .setParameter("account", PersonKind.SERVICE_ACCOUNT)
                .getResultStream()
                .filter(account -> reach.includes(Scope.team(account.teamId)))
                .map(account -> new ServiceAccountView(
                        account.id,
                        account.name,
                        account.displayName,
                        account.teamId,
                        there.get(Scope.team(account.teamId)).name(),
                        account.disabled,
                        roles.getOrDefault(account.id, List.of()),
                        secrets(account.id).stream().map(ClientSecret::view).toList()))
                .toList();
    }

    /** The teams in which the caller may make some. */
    public List<PlaceView> teams() {
        return places.within(access.reach(Permission.SERVICE_ACCOUNTS_WRITE)).stream()
                .filter(place -> place.scope().isTeam())
                .toList();
    }

    /**
     * Makes one without any role.
     *
     * @throws io.howdah.shared.ProblemException ServiceAccountNameInvalid, PersonNameTaken: people and service accounts
     *     share their names, so that a name on record means one of them
     */
    public UUID create(UUID teamId, String name, String description) {
        String wanted = name == null ? "" : name.strip();
        if (!SignIn.PERSON_NAME.matcher(wanted).matches()
                || description != null && description.strip().length() > LONGEST_DESCRIPTION) {
            throw Problem.of(ProblemCode.ServiceAccountNameInvalid, LONGEST_DESCRIPTION)
                    .at("name")
                    .raise();
        }
        Scope team = teamId == null ? null : Scope.team(teamId);
        places.require(Permission.SERVICE_ACCOUNTS_WRITE, team);
        Person account = new Person();
        account.id = Ids.random();
        account.kind = PersonKind.SERVICE_ACCOUNT;
        account.teamId = teamId;
        account.name = wanted;
        account.displayName = description == null ? "" : description.strip();
        account.createdAt = clock.instant();
        access.change(Permission.SERVICE_ACCOUNTS_WRITE, team, target(account), Map.of("created", "true"));
        entities.createNativeQuery("lock table person in exclusive mode").executeUpdate();
        if (!entities.createQuery("select p.id from Person p where lower(p.name) = lower(:name)")
                .setParameter("name", wanted)
                .getResultList()
                .isEmpty()) {
            throw Problem.of(ProblemCode.PersonNameTaken, wanted).at("name").raise();
        }
        entities.persist(account);
        return account.id;
    }

    /**
     * Gives it a role; one that it has there already it keeps, with the end given now.
     *
     * @param endsAt when it ends, or null
     * @throws io.howdah.shared.ProblemException GrantTooMuch when the role has more than the caller holds there
     */
    @Approvable
    public void assign(UUID accountId, String role, Scope scope, Instant endsAt) {
        Person account = account(accountId);
        if (role == null || entities.find(RoleEntry.class, role) == null) {
            throw Problem.of(ProblemCode.NotFound, "role", String.valueOf(role))
                    .at("role")
                    .raise();
        }
        PlaceView place = places.require(Permission.ACCESS_WRITE, scope);
        grants.checkEnd(endsAt);
        Caller caller = access.change(
                Permission.ACCESS_WRITE,
                scope,
                target(account),
                Map.of("role", role, "place", String.valueOf(place.path()), "given", "true", "endsAt", "" + endsAt),
                grants.protection(role));
        grants.requireMayGive(role, scope);
        grants.give(Grants.Holder.person(accountId), role, scope, endsAt, caller);
    }

    /** Nothing it shows is accepted while it is disabled. */
    public void disable(UUID accountId) {
        Person account = account(accountId);
        change(account, Map.of("disabled", "true"));
        account.disabled = true;
    }

    public void enable(UUID accountId) {
        Person account = account(accountId);
        change(account, Map.of("disabled", "false"));
        account.disabled = false;
    }

    /** With its roles, secrets and tokens. What it did stays on record. */
    public void delete(UUID accountId) {
        Person account = account(accountId);
        change(account, Map.of("deleted", "true"));
        entities.remove(account);
    }

    /**
     * Makes a client secret.
     *
     * @throws io.howdah.shared.ProblemException TokenEndInvalid, TooManySecrets, GrantTooMuch: whoever has the secret has
     *     all that the account may do
     */
    public NewSecret makeSecret(UUID accountId, Instant endsAt) {
        Person account = account(accountId);
        tokens.checkEnd(endsAt);
        Caller caller = change(account, Map.of("secret", "made", "endsAt", endsAt.toString()));
        grants.ofPeople()
                .getOrDefault(account.id, List.of())
                .forEach(role -> grants.requireMayGive(role.role(), role.scope()));
        entities.lock(account, LockModeType.PESSIMISTIC_WRITE);
        if (secrets(account.id).size() >= MOST_SECRETS) {
            throw Problem.of(ProblemCode.TooManySecrets, account.name, MOST_SECRETS)
                    .raise();
        }
        String text = SecretText.make(SecretText.Kind.CLIENT_SECRET);
        ClientSecret secret = new ClientSecret();
        secret.id = Ids.random();
        secret.personId = account.id;
        secret.hash = SecretText.hash(text);
        secret.hint = SecretText.hint(text);
        secret.createdAt = clock.instant();
        secret.createdBy = caller.name();
        secret.endsAt = endsAt;
        entities.persist(secret);
        brakes.forget(account.id.toString());
        return new NewSecret(account.name, text, endsAt);
    }

    /** Ends the secret, and at once all that was given for it. */
    public void removeSecret(UUID secretId) {
        ClientSecret secret = secretId == null ? null : entities.find(ClientSecret.class, secretId);
        Person account = secret == null ? null : entities.find(Person.class, secret.personId);
        if (account == null || !access.sees(Permission.ACCESS_READ, Scope.team(account.teamId), target(account))) {
            throw notFound("secret", secretId);
        }
        change(account, Map.of("secret", "removed", "hint", secret.hint));
        entities.remove(secret);
    }

    private List<ClientSecret> secrets(UUID accountId) {
        return entities.createQuery(
                        "select s from ClientSecret s where s.personId = :account order by s.createdAt desc",
                        ClientSecret.class)
                .setParameter("account", accountId)
                .getResultList();
    }

    private Caller change(Person account, Map<String, String> details) {
        return access.change(Permission.SERVICE_ACCOUNTS_WRITE, Scope.team(account.teamId), target(account), details);
    }

    /** Whoever may not read access in its team learns nothing of it. */
    private Person account(UUID id) {
        Callers.current();
        Person account = id == null ? null : entities.find(Person.class, id);
        if (account == null
                || account.kind != PersonKind.SERVICE_ACCOUNT
                || !access.sees(Permission.ACCESS_READ, Scope.team(account.teamId), target(account))) {
            throw notFound("serviceAccount", id);
        }
        return account;
    }

    private static Target target(Person account) {
        return new Target("serviceAccount", account.id, account.name);
    }

    private static ProblemException notFound(String what, UUID id) {
        return Problem.of(ProblemCode.NotFound, what, String.valueOf(id)).raise();
    }
}
