package io.howdah.access;

import io.howdah.shared.Ids;
import io.howdah.shared.KeepableText;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The door itself: what people may do before they are somebody. Passwords are checked here, one-time links accepted, and
 * the first administrator made; every try is on record.
 */
@Stateless
public class SignIn {

    static final Pattern PERSON_NAME = Pattern.compile("[A-Za-z0-9._@-]{2,63}");
    private static final String FIRST_TEAM = "Default team";

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Clock clock;

    @Inject
    private Passwords passwords;

    @Inject
    private Recorder recorder;

    @Inject
    private FirstAdministrator firstAdministrator;

    @Inject
    private Event<FirstAdministrator.Made> firstAdministratorMade;

    @Inject
    private SignInRefusal refusal;

    @Inject
    private Brakes brakes;

    @Inject
    private SecondFactors factors;

    @Inject
    private Sessions sessions;

    @Inject
    private Authenticators authenticators;

    public boolean awaitsFirstAdministrator() {
        return firstAdministrator.awaited();
    }

    /** Who a signed-in name is, for the doors; empty when the person is gone or disabled. */
    public Optional<Caller> callerOf(String name, String address) {
        return find(name)
                .filter(person -> !person.disabled)
                .map(person -> new Caller(person.id, person.name, address, Ids.correlation()));
    }

    /** Why the last try of this request was refused. */
    public Optional<Problem> refusal() {
        return refusal.problem();
    }

    /** As {@link #verify(String, String, String, String)}, by somebody who has given no code yet. */
    @KeepableText.Any
    public Optional<String> verify(String name, String password, String address) {
        return verify(name, password, null, address);
    }

    /**
     * The person's name as stored, when all that is asked of them is right; else empty, and {@link #refusal()} says why.
     *
     * @param code of the authenticator app, or a recovery code; null when it was not asked for yet
     */
    @KeepableText.Any
    public Optional<String> verify(String name, String password, String code, String address) {
        // What can be nobody's name is not looked for: it may hold what the database does not take.
        Optional<Person> known = PERSON_NAME.matcher(name).matches() ? find(name) : Optional.empty();
        Caller caller = new Caller(
                known.map(person -> person.id).orElse(null),
                known.map(person -> person.name).orElse(name),
                address,
                Ids.correlation());
        Duration wait = brakes.take(name, address);
        if (!wait.isZero()) {
            recorder.signIn(caller, false, "slowed down");
            refusal.because(Problem.of(ProblemCode.SignInSlowedDown, wait.toSeconds() + 1));
            return Optional.empty();
        }
        boolean right = passwords.matches(
                password, known.map(person -> person.passwordHash).orElse(null));
        boolean expected = right && !known.get().disabled;
        boolean second = expected && factors.wantedOf(known.get().id);
        if (second && code == null) {
            brakes.giveBack(name, address);
            refusal.because(Problem.of(ProblemCode.SecondFactorNeeded));
            return Optional.empty();
        }
        if (expected && (!second || factors.accept(known.get().id, code))) {
            brakes.trust(name, address);
            signedIn(known.get());
            recorder.signIn(caller, true, second ? "with a second factor" : null);
            return Optional.of(known.get().name);
        }
        recorder.signIn(
                caller,
                false,
                second ? "wrong code" : known.isEmpty() ? "no such person" : right ? "disabled" : "wrong password");
        Duration next = brakes.next(name, address);
        refusal.because(
                next.isZero()
                        ? Problem.of(second ? ProblemCode.SecondFactorWrong : ProblemCode.SignInFailed)
                        : Problem.of(ProblemCode.SignInSlowedDown, next.toSeconds()));
        return Optional.empty();
    }

    /** Puts on record that the caller goes; the door ends the session. */
    public void leave() {
        Callers.find().ifPresent(recorder::signOut);
    }

    /** What to ask an authenticator, to sign in by a passkey. */
    public PasskeyCeremony passkeyCeremony(Site site) {
        return authenticators.forSignIn(site);
    }

    /**
     * The name of the person whose passkey has answered; else empty, and {@link #refusal()} says why. A passkey is two
     * factors by itself: nothing else is asked for.
     *
     * @param answer the browser's {@code PublicKeyCredential} in JSON
     */
    public Optional<String> verify(PasskeyCeremony ceremony, String answer, String address) {
        Passkey passkey = authenticators
                .claimed(answer)
                .map(id -> entities.find(Passkey.class, id, LockModeType.PESSIMISTIC_WRITE))
                .orElse(null);
        Person person = passkey == null ? null : entities.find(Person.class, passkey.personId);
        Caller caller = new Caller(
                person == null ? null : person.id, person == null ? "" : person.name, address, Ids.correlation());
        Optional<Long> count = person == null ? Optional.empty() : authenticators.holds(ceremony, passkey, answer);
        if (count.isEmpty() || person.disabled) {
            recorder.signIn(
                    caller, false, person == null ? "unknown passkey" : count.isEmpty() ? "passkey" : "disabled");
            refusal.because(Problem.of(ProblemCode.PasskeyRefused));
            return Optional.empty();
        }
        passkey.used(count.get(), clock.instant());
        signedIn(person);
        recorder.signIn(caller, true, "with a passkey");
        return Optional.of(person.name);
    }

    /**
     * The sign-in name a one-time link is for, or "" when it makes the first administrator.
     *
     * @throws io.howdah.shared.ProblemException LinkNotValid
     */
    public String personOf(String code) {
        return firstAdministrator.accepts(code) ? "" : invited(code).name;
    }

    /**
     * Sets the password by a one-time link, which is used up.
     *
     * @param name the first administrator's sign-in name; otherwise ignored
     * @throws io.howdah.shared.ProblemException LinkNotValid, PersonNameInvalid, DisplayNameInvalid,
     *     PasswordTooShort, PasswordTooCommon
     */
    public void acceptLink(String code, String name, String displayName, String password) {
        boolean first = firstAdministrator.accepts(code);
        Person person = first ? newFirstPerson(name) : invited(code);
        Passwords.check(password, person.name).ifPresent(problem -> {
            throw problem.raise();
        });
        person.displayName = DisplayNames.check(displayName, person.displayName);
        person.passwordHash = passwords.hash(password);
        brakes.forget(person.name);
        Caller caller = new Caller(person.id, person.name, null, Ids.correlation());
        Target target = new Target("person", person.id, person.name);
        if (first) {
            makeOwner(person);
            recorder.accepted(
                    caller, Permission.ACCESS_WRITE, Scope.INSTALLATION, target, Map.of("firstAdministrator", "true"));
        } else {
            entities.createQuery("delete from OneTimeLinkEntry l where l.personId = :person")
                    .setParameter("person", person.id)
                    .executeUpdate();
            // Whoever needed a new link may have lost the old password to somebody.
            sessions.endAll(person.id, null);
            recorder.accepted(
                    caller,
                    Permission.PROFILE_WRITE,
                    Scope.INSTALLATION,
                    target,
                    Map.of("password", "set by one-time link"));
        }
    }

    private Person newFirstPerson(String name) {
        if (name == null || !PERSON_NAME.matcher(name).matches()) {
            throw Problem.of(ProblemCode.PersonNameInvalid).at("name").raise();
        }
        // Two people may hold the link; the table lock lets only one of them be the first.
        entities.createNativeQuery("lock table person in exclusive mode").executeUpdate();
        if (!firstAdministrator.awaited()) {
            throw Problem.of(ProblemCode.LinkNotValid).raise();
        }
        Person person = new Person();
        person.id = Ids.random();
        person.name = name;
        person.displayName = name;
        person.createdAt = clock.instant();
        return person;
    }

    private void makeOwner(Person person) {
        entities.persist(person);
        Team team = new Team();
        team.id = Ids.random();
        team.name = FIRST_TEAM;
        team.createdAt = clock.instant();
        entities.persist(team);
        Assignment owner = new Assignment();
        owner.id = Ids.random();
        owner.personId = person.id;
        owner.role = Role.OWNER.title();
        owner.createdAt = clock.instant();
        entities.flush();
        entities.persist(owner);
        firstAdministratorMade.fire(new FirstAdministrator.Made(person.id));
    }

    private Person invited(String code) {
        OneTimeLinkEntry link =
                code == null ? null : entities.find(OneTimeLinkEntry.class, OneTimeLinkEntry.hash(code));
        Person person = link == null || link.validUntil.isBefore(clock.instant())
                ? null
                : entities.find(Person.class, link.personId);
        if (person == null || person.disabled || person.kind != PersonKind.PERSON) {
            throw Problem.of(ProblemCode.LinkNotValid).raise();
        }
        return person;
    }

    /** Not through the entity: two sign-ins of one person at once would stand in each other's way. */
    private void signedIn(Person person) {
        entities.createQuery("update Person p set p.lastSignInAt = :now where p.id = :person")
                .setParameter("now", clock.instant())
                .setParameter("person", person.id)
                .executeUpdate();
    }

    private Optional<Person> find(String name) {
        return entities.createQuery(
                        "select p from Person p where lower(p.name) = lower(:name) and p.kind = :person", Person.class)
                .setParameter("name", name)
                .setParameter("person", PersonKind.PERSON)
                .getResultStream()
                .findFirst();
    }
}
