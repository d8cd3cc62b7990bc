package io.howdah.notification;

import io.howdah.access.Holders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;
import java.util.UUID;

/** Where people's mail goes. */
@ApplicationScoped
class Contacts {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Holders holders;

    /** The person's own address, or their sign-in name if that is one; empty for who may no longer come in. */
    Optional<String> address(UUID person) {
        Optional<String> name = holders.name(person);
        Contact contact = find(person);
        return contact != null && contact.address != null
                ? name.map(known -> contact.address)
                : name.filter(Contact::isAddress);
    }

    /** Null while the person has never changed it. */
    Contact find(UUID person) {
        return entities.find(Contact.class, person);
    }
}
