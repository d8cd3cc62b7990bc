package io.howdah.access;

import io.howdah.shared.Encryption;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.UUID;

/** What the door asks for beside the password, within the caller's transaction. */
@ApplicationScoped
class SecondFactors {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Clock clock;

    @Inject
    private Encryption encryption;

    boolean wantedOf(UUID personId) {
        SecondFactor factor = entities.find(SecondFactor.class, personId);
        return factor != null && factor.isOn();
    }

    /** Whether the code is one of the app or a recovery code; it is used up. */
    boolean accept(UUID personId, String code) {
        SecondFactor factor = entities.find(SecondFactor.class, personId, LockModeType.PESSIMISTIC_WRITE);
        if (factor != null && factor.isOn() && factor.accepts(code, clock.instant(), encryption)) {
            return true;
        }
        return entities.createQuery("delete from RecoveryCode r where r.personId = :person and r.codeHash = :hash")
                        .setParameter("person", personId)
                        .setParameter("hash", RecoveryCode.hash(code))
                        .executeUpdate()
                == 1;
    }

    /** Nothing but the password is asked for from here on. */
    void forget(UUID personId) {
        entities.createQuery("delete from SecondFactor f where f.personId = :person")
                .setParameter("person", personId)
                .executeUpdate();
        entities.createQuery("delete from RecoveryCode r where r.personId = :person")
                .setParameter("person", personId)
                .executeUpdate();
    }

    void forgetPasskeys(UUID personId) {
        entities.createQuery("delete from Passkey k where k.personId = :person")
                .setParameter("person", personId)
                .executeUpdate();
    }
}
