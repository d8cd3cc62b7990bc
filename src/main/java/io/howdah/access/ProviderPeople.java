package io.howdah.access;

import io.howdah.openid.ProvenIdentity;
import io.howdah.openid.Registration;
import io.howdah.shared.Encryption;
import io.howdah.shared.Ids;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Who somebody at a provider is here: known by issuer and subject; or, where an administrator chose so, found by a verified
 * address, or made. One transaction each; the door writes afterwards how it ended.
 */
@Stateless
public class ProviderPeople {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Clock clock;

    @Inject
    private Encryption encryption;

    @Inject
    private Recorder recorder;

    @Inject
    private SecondFactors factors;

    @Inject
    private ExternalIdentities identities;

    @Inject
    private ProviderGrants grants;

    @Inject
    private Grants given;

    @Inject
    private ProviderSessions sessions;

    /**
     * How a sign-in ended.
     *
     * @param personId null when nobody was recognised
     * @param name the person's name, or what the provider calls them
     * @param refused null when they are in
     * @param note for the audit log
     */
    public record Entered(UUID personId, String name, Problem refused, String note) {}

    /** A provider that exists, and how it knows us. */
    public record Known(UUID id, Registration registration) {}

    public List<ProviderChoice> choices() {
        return entities.createQuery("select p from IdentityProvider p order by lower(p.name)", IdentityProvider.class)
                .getResultStream()
                .map(provider -> new ProviderChoice(provider.id, provider.name))
                .toList();
    }

    public Optional<Known> provider(UUID id) {
        return Optional.ofNullable(id == null ? null : entities.find(IdentityProvider.class, id))
                .map(this::known);
    }

    public Optional<Known> byIssuer(String issuer) {
        return entities.createQuery("select p from IdentityProvider p where p.issuer = :issuer", IdentityProvider.class)
                .setParameter("issuer", issuer)
                .getResultStream()
                .findFirst()
                .map(this::known);
    }

    /** The sign-in name of the person that somebody at a provider is here, if they are anybody. */
    public Optional<String> nameOf(ProvenIdentity who) {
        return identities.of(who).map(identity -> entities.find(Person.class, identity.personId).name);
    }

    public Entered enter(ProviderCredential by, String address) {
        IdentityProvider provider = entities.find(IdentityProvider.class, by.providerId());
        ProvenIdentity who = by.identity();
        if (provider == null || !provider.issuer.equals(who.issuer())) {
            return nobody(who, Problem.of(ProblemCode.SignInTimedOut), "the provider has been changed");
        }
        String email = who.verifiedEmail();
        ExternalIdentity identity = identities.of(who).orElse(null);
        Person person = identity == null ? null : entities.find(Person.class, identity.personId);
        if (!provider.admits(email)) {
            return email == null
                    ? refused(person, who, ProblemCode.IdentityWithoutEmail, provider, "no verified e-mail address")
                    : refused(person, who, ProblemCode.IdentityNotAllowed, provider, "not of an admitted domain");
        }
        if (person == null && provider.linksByEmail && email != null) {
            person = byName(email).orElse(null);
        }
        if (person != null && person.disabled) {
            return refused(person, who, ProblemCode.IdentityDisabled, provider, "disabled");
        }
        boolean asked = person != null && factors.wantedOf(person.id) && !vouched(provider, who);
        if (asked && by.code() == null) {
            return new Entered(person.id, person.name, Problem.of(ProblemCode.SecondFactorNeeded), null);
        }
        if (asked && !factors.accept(person.id, by.code())) {
            return new Entered(
                    person.id,
                    person.name,
                    Problem.of(ProblemCode.SecondFactorWrong),
                    note(provider, who, "wrong code"));
        }
        Map<String, String> changes = new HashMap<>();
        if (person == null) {
            if (!provider.makesPeople) {
                return refused(null, who, ProblemCode.IdentityUnknown, provider, "nobody here");
            }
            String name = nameFor(who);
            if (name == null) {
                return refused(null, who, ProblemCode.IdentityWithoutEmail, provider, "no usable name");
            }
            entities.createNativeQuery("lock table person in exclusive mode").executeUpdate();
            if (byName(name).isPresent()) {
                return refused(null, who, ProblemCode.IdentityNameTaken, name, provider, "name taken: " + name);
            }
            person = make(name, who, provider);
            changes.put("made", "true");
        }
        if (identity == null) {
            identity = identities.link(person, provider, who);
            changes.put("linked", who.subject());
        }
        identity.email = who.text("email");
        identity.lastUsedAt = clock.instant();
        person.lastSignInAt = clock.instant();
        boolean overage = provider.groupsClaim != null && who.leftOut(provider.groupsClaim);
        if (provider.groupsClaim != null && !overage) {
            changes.putAll(grants.apply(person, provider, who.values(provider.groupsClaim)));
        }
        sessions.begin(by.session(), provider.id, person.id, who.subject(), who.session());
        if (!changes.isEmpty()) {
            changes.put("provider", provider.name);
            recorder.accepted(
                    new Caller(person.id, person.name, address, Ids.correlation()),
                    Permission.ACCESS_WRITE,
                    Scope.INSTALLATION,
                    new Target("person", person.id, person.name),
                    changes);
        }
        String how = asked ? "with a second factor" : vouched(provider, who) ? "with its second factor" : "";
        return new Entered(
                person.id,
                person.name,
                null,
                note(provider, who, overage ? (how + " too many groups for a token, left as they were").strip() : how));
    }

    private Known known(IdentityProvider provider) {
        return new Known(provider.id, provider.registration(encryption));
    }

    private static boolean vouched(IdentityProvider provider, ProvenIdentity who) {
        return provider.trustsSecondFactor && who.severalFactors(provider.acrValues());
    }

    private Person make(String name, ProvenIdentity who, IdentityProvider provider) {
        Person person = new Person();
        person.id = Ids.random();
        person.name = name;
        person.displayName = who.text("name") == null ? name : who.text("name");
        person.createdAt = clock.instant();
        entities.persist(person);
        entities.flush();
        if (provider.defaultRole != null) {
            given.give(
                    Grants.Holder.person(person.id),
                    provider.defaultRole,
                    provider.defaultScope(),
                    null,
                    new Caller(null, provider.name, null, null));
        }
        return person;
    }

    /** The verified address before what the provider calls them; null when neither can be a sign-in name. */
    private static String nameFor(ProvenIdentity who) {
        return Stream.of(who.verifiedEmail(), who.text("preferred_username"))
                .filter(name -> name != null && SignIn.PERSON_NAME.matcher(name).matches())
                .findFirst()
                .orElse(null);
    }

    private Optional<Person> byName(String name) {
        return entities.createQuery("select p from Person p where lower(p.name) = lower(:name)", Person.class)
                .setParameter("name", name)
                .getResultStream()
                .findFirst();
    }

    private static Entered refused(
            Person person, ProvenIdentity who, ProblemCode code, IdentityProvider provider, String why) {
        return refused(person, who, code, provider.name, provider, why);
    }

    private static Entered refused(
            Person person, ProvenIdentity who, ProblemCode code, String word, IdentityProvider provider, String why) {
        Problem problem = Problem.of(code, word);
        return person == null
                ? nobody(who, problem, note(provider, who, why))
                : new Entered(person.id, person.name, problem, note(provider, who, why));
    }

    private static Entered nobody(ProvenIdentity who, Problem problem, String note) {
        String name = nameFor(who);
        return new Entered(null, name == null ? who.subject() : name, problem, note);
    }

    private static String note(IdentityProvider provider, ProvenIdentity who, String how) {
        return "by " + provider.name + ", subject " + who.subject() + (how.isEmpty() ? "" : ", " + how);
    }
}
