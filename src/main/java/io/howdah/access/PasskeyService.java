package io.howdah.access;

import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** One's own passkeys: telephones, computers and sticks that sign one in without a password. */
@Stateless
public class PasskeyService {

    private static final int MOST = 20;
    private static final int LONGEST_NAME = 60;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private Passwords passwords;

    @Inject
    private Authenticators authenticators;

    @Inject
    private Clock clock;

    public List<PasskeyView> mine() {
        Caller me = access.permit(Permission.PROFILE_WRITE, Scope.INSTALLATION, null);
        return ofPerson(me).stream()
                .map(key -> new PasskeyView(key.id, key.name, key.createdAt, key.lastUsedAt))
                .toList();
    }

    /**
     * What to ask an authenticator, to make one more.
     *
     * @throws io.howdah.shared.ProblemException SignInFailed when {@code current} is wrong, TooManyPasskeys
     */
    public PasskeyCeremony begin(String current, Site site) {
        Caller me = access.permit(Permission.PROFILE_WRITE, Scope.INSTALLATION, null);
        Person person = entities.find(Person.class, me.personId());
        if (current == null || !passwords.matches(current, person.passwordHash)) {
            throw Problem.of(ProblemCode.SignInFailed).at("current").raise();
        }
        List<String> has = ofPerson(me).stream().map(key -> key.id).toList();
        if (has.size() >= MOST) {
            throw Problem.of(ProblemCode.TooManyPasskeys, MOST).raise();
        }
        return authenticators.forNewPasskey(site, person, has);
    }

    /**
     * Keeps the passkey that an authenticator has made.
     *
     * @param answer the browser's {@code PublicKeyCredential} in JSON
     * @throws io.howdah.shared.ProblemException PasskeyNameInvalid, PasskeyRefused
     */
    public void add(PasskeyCeremony ceremony, String name, String answer) {
        String wanted = name(name);
        record(wanted, "added");
        Authenticators.Made made = authenticators
                .made(ceremony, answer)
                .filter(key -> entities.find(Passkey.class, key.id()) == null)
                .orElseThrow(() -> Problem.of(ProblemCode.PasskeyRefused).raise());
        Passkey passkey = new Passkey();
        passkey.id = made.id();
        passkey.personId = Callers.current().personId();
        passkey.name = wanted;
        passkey.credential = made.credential();
        passkey.relyingParty = ceremony.site().host();
        passkey.signCount = made.signCount();
        passkey.createdAt = clock.instant();
        entities.persist(passkey);
    }

    /** @throws io.howdah.shared.ProblemException PasskeyNameInvalid, NotFound */
    public void rename(String id, String name) {
        String wanted = name(name);
        record(wanted, "renamed");
        own(id).rename(wanted);
    }

    /** @throws io.howdah.shared.ProblemException NotFound */
    public void remove(String id) {
        access.permit(Permission.PROFILE_WRITE, Scope.INSTALLATION, null);
        Passkey passkey = own(id);
        record(passkey.name, "removed");
        entities.remove(passkey);
    }

    private List<Passkey> ofPerson(Caller caller) {
        return entities.createQuery(
                        "select k from Passkey k where k.personId = :person order by k.createdAt", Passkey.class)
                .setParameter("person", caller.personId())
                .getResultList();
    }

    private Passkey own(String id) {
        Passkey passkey = id == null ? null : entities.find(Passkey.class, id);
        if (passkey == null || !passkey.personId.equals(Callers.current().personId())) {
            if (passkey != null) {
                access.attempted(
                        Permission.PROFILE_WRITE,
                        Scope.INSTALLATION,
                        new Target("person", passkey.personId, passkey.name));
            }
            throw Problem.of(ProblemCode.NotFound, "passkey", "").raise();
        }
        return passkey;
    }

    private static String name(String name) {
        String wanted = name == null ? "" : name.strip();
        if (wanted.isEmpty() || wanted.length() > LONGEST_NAME) {
            throw Problem.of(ProblemCode.PasskeyNameInvalid, LONGEST_NAME)
                    .at("name")
                    .raise();
        }
        return wanted;
    }

    private void record(String name, String what) {
        Caller me = Callers.current();
        access.change(
                Permission.PROFILE_WRITE,
                Scope.INSTALLATION,
                new Target("person", me.personId(), me.name()),
                Map.of("passkey", what, "passkeyName", name));
    }
}
