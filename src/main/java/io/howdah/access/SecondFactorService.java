package io.howdah.access;

import io.howdah.shared.Encryption;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * One's own second factor: an authenticator app, and recovery codes for when it is lost. Changing it asks for the password
 * again, so that an unlocked screen is not enough.
 */
@Stateless
public class SecondFactorService {

    private static final int RECOVERY_CODES = 10;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private Passwords passwords;

    @Inject
    private SecondFactors factors;

    @Inject
    private Encryption encryption;

    @Inject
    private Clock clock;

    public SecondFactorView mine() {
        UUID me = access.permit(Permission.PROFILE_WRITE, Scope.INSTALLATION, null)
                .personId();
        SecondFactor factor = entities.find(SecondFactor.class, me);
        long left = entities.createQuery("select count(r) from RecoveryCode r where r.personId = :me", Long.class)
                .setParameter("me", me)
                .getSingleResult();
        return new SecondFactorView(factor == null ? null : factor.confirmedAt, (int) left);
    }

    /**
     * Begins with a new app. It is asked for at sign-in from {@link #confirm} on.
     *
     * @throws io.howdah.shared.ProblemException SignInFailed when {@code current} is wrong, SecondFactorOn
     */
    public Enrolment begin(String current) {
        Person me = change("begun", current);
        SecondFactor factor = entities.find(SecondFactor.class, me.id, LockModeType.PESSIMISTIC_WRITE);
        if (factor != null && factor.isOn()) {
            throw Problem.of(ProblemCode.SecondFactorOn).raise();
        }
        String secret = Totp.newSecret();
        if (factor == null) {
            factor = new SecondFactor();
            factor.personId = me.id;
            factor.begin(secret, encryption);
            entities.persist(factor);
        } else {
            factor.begin(secret, encryption);
        }
        return new Enrolment(secret, Totp.address(secret, me.name));
    }

    /**
     * Switches the second factor on, once a code shows that the app knows the secret.
     *
     * @return recovery codes, shown this once
     * @throws io.howdah.shared.ProblemException SecondFactorWrong
     */
    public List<String> confirm(String code) {
        Person me = record("on");
        SecondFactor factor = entities.find(SecondFactor.class, me.id, LockModeType.PESSIMISTIC_WRITE);
        if (code == null || factor == null || factor.isOn() || !factor.accepts(code, clock.instant(), encryption)) {
            throw Problem.of(ProblemCode.SecondFactorWrong).at("code").raise();
        }
        factor.confirm(clock.instant());
        return newCodes(me.id);
    }

    /**
     * New recovery codes; the old ones end.
     *
     * @throws io.howdah.shared.ProblemException SignInFailed when {@code current} is wrong, SecondFactorOff
     */
    public List<String> newRecoveryCodes(String current) {
        Person me = change("new recovery codes", current);
        if (!factors.wantedOf(me.id)) {
            throw Problem.of(ProblemCode.SecondFactorOff).raise();
        }
        return newCodes(me.id);
    }

    /** @throws io.howdah.shared.ProblemException SignInFailed when {@code current} is wrong */
    public void remove(String current) {
        factors.forget(change("off", current).id);
    }

    private Person change(String what, String current) {
        Person me = record(what);
        if (current == null || !passwords.matches(current, me.passwordHash)) {
            throw Problem.of(ProblemCode.SignInFailed).at("current").raise();
        }
        return me;
    }

    private Person record(String what) {
        Caller caller = Callers.current();
        access.change(
                Permission.PROFILE_WRITE,
                Scope.INSTALLATION,
                new Target("person", caller.personId(), caller.name()),
                Map.of("secondFactor", what));
        return entities.find(Person.class, caller.personId());
    }

    private List<String> newCodes(UUID personId) {
        entities.createQuery("delete from RecoveryCode r where r.personId = :person")
                .setParameter("person", personId)
                .executeUpdate();
        List<String> codes =
                Stream.generate(RecoveryCode::newCode).limit(RECOVERY_CODES).toList();
        for (String code : codes) {
            RecoveryCode entry = new RecoveryCode();
            entry.personId = personId;
            entry.codeHash = RecoveryCode.hash(code);
            entities.persist(entry);
        }
        return codes;
    }
}
