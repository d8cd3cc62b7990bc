package io.howdah.access;

import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.Sql;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** One's own accounts at providers: linking one to the account here, and letting it go. */
@Stateless
public class IdentityService {

    @PersistenceContext
    private EntityManager entities;

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    @Inject
    private Access access;

    @Inject
    private ExternalIdentities identities;

    @Inject
    private ProviderDoor door;

    @Inject
    private Passwords passwords;

    public List<IdentityView> mine() {
        Caller me = access.permit(Permission.PROFILE_WRITE, Scope.INSTALLATION, null);
        return identities.of(me.personId()).stream()
                .map(identity -> new IdentityView(
                        identity.id,
                        entities.find(IdentityProvider.class, identity.providerId).name,
                        identity.email,
                        identity.linkedAt,
                        identity.lastUsedAt))
                .toList();
    }

    /** Whether the password is asked for before linking: of whoever has one. */
    public boolean asksPassword() {
        Caller me = access.permit(Permission.PROFILE_WRITE, Scope.INSTALLATION, null);
        return entities.find(Person.class, me.personId()).passwordHash != null;
    }

    /**
     * Begins linking; the browser's session keeps what comes, and the browser goes to its request's address.
     *
     * @param current the person's password; ignored when they have none
     * @throws io.howdah.shared.ProblemException SignInFailed when it is wrong, NotFound, ProviderAway, ProviderNotUsable
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public PendingSignIn begin(UUID providerId, String current, Site site) {
        Caller me = access.permit(Permission.PROFILE_WRITE, Scope.INSTALLATION, null);
        Person person = entities.find(Person.class, me.personId());
        if (person.passwordHash != null && (current == null || !passwords.matches(current, person.passwordHash))) {
            throw Problem.of(ProblemCode.SignInFailed).at("current").raise();
        }
        return door.begin(providerId, site, me.personId());
    }

    /**
     * Links what the provider has proven to the account of who is signed in.
     *
     * @param pending as {@link #begin} gave it
     * @throws io.howdah.shared.ProblemException SignInTimedOut when somebody else is signed in by now, NotFound,
     *     IdentityNotAllowed, IdentityLinkedElsewhere
     */
    public void link(PendingSignIn pending, ProviderCredential by) {
        Caller me = access.permit(Permission.PROFILE_WRITE, Scope.INSTALLATION, null);
        if (!me.personId().equals(pending.person())) {
            throw Problem.of(ProblemCode.SignInTimedOut).raise();
        }
        IdentityProvider provider = entities.find(IdentityProvider.class, by.providerId());
        if (provider == null) {
            throw Problem.of(ProblemCode.NotFound, "provider", by.providerId()).raise();
        }
        record(provider.name, "linked");
        if (!provider.admits(by.identity().verifiedEmail())) {
            throw Problem.of(ProblemCode.IdentityNotAllowed, provider.name).raise();
        }
        ExternalIdentity known = identities.of(by.identity()).orElse(null);
        if (known != null && !known.personId.equals(me.personId())) {
            throw Problem.of(ProblemCode.IdentityLinkedElsewhere, provider.name).raise();
        }
        if (known == null) {
            identities.link(entities.find(Person.class, me.personId()), provider, by.identity());
        }
    }

    /**
     * Lets an account at a provider go.
     *
     * @throws io.howdah.shared.ProblemException NotFound, IdentityIsOnlyWay when nothing else lets the person in
     */
    public void unlink(UUID id) {
        Caller me = access.permit(Permission.PROFILE_WRITE, Scope.INSTALLATION, null);
        List<ExternalIdentity> mine = identities.of(me.personId());
        ExternalIdentity identity = mine.stream()
                .filter(each -> each.id.equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.of(ProblemCode.NotFound, "identity", String.valueOf(id))
                        .raise());
        record(entities.find(IdentityProvider.class, identity.providerId).name, "unlinked");
        boolean others = mine.size() > 1
                || entities.find(Person.class, me.personId()).passwordHash != null
                || !entities.createQuery("select k.id from Passkey k where k.personId = :person", String.class)
                        .setParameter("person", me.personId())
                        .getResultList()
                        .isEmpty();
        if (!others) {
            throw Problem.of(ProblemCode.IdentityIsOnlyWay).raise();
        }
        entities.remove(identity);
        // What came by the provider goes with it.
        for (String table : List.of("assignment", "person_group_member")) {
            Sql.change(
                    dataSource,
                    "delete from " + table + " where person_id = ? and provider_id = ?",
                    me.personId(),
                    identity.providerId);
        }
    }

    private void record(String provider, String what) {
        Caller me = Callers.current();
        access.change(
                Permission.PROFILE_WRITE,
                Scope.INSTALLATION,
                new Target("person", me.personId(), me.name()),
                Map.of("identity", what, "provider", provider));
    }
}
