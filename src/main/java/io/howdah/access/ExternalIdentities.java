package io.howdah.access;

import io.howdah.openid.ProvenIdentity;
import io.howdah.shared.Ids;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Whom the accounts at providers belong to, within the caller's transaction. */
@Dependent
class ExternalIdentities {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Clock clock;

    Optional<ExternalIdentity> of(ProvenIdentity who) {
        return entities.createQuery(
                        "select i from ExternalIdentity i where i.issuer = :issuer and i.subject = :subject",
                        ExternalIdentity.class)
                .setParameter("issuer", who.issuer())
                .setParameter("subject", who.subject())
                .getResultStream()
                .findFirst();
    }

    List<ExternalIdentity> of(UUID personId) {
        return entities.createQuery(
                        "select i from ExternalIdentity i where i.personId = :person order by i.linkedAt",
                        ExternalIdentity.class)
                .setParameter("person", personId)
                .getResultList();
    }

    /** Only for a person who is signed in to the account, or where the administrator has chosen so. */
    ExternalIdentity link(Person person, IdentityProvider provider, ProvenIdentity who) {
        ExternalIdentity identity = new ExternalIdentity();
        identity.id = Ids.random();
        identity.providerId = provider.id;
        identity.issuer = who.issuer();
        identity.subject = who.subject();
        identity.personId = person.id;
        identity.email = who.text("email");
        identity.linkedAt = clock.instant();
        entities.persist(identity);
        return identity;
    }
}
