package io.howdah.container;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Writes what is about to be written, so that the database says what it thinks of it. */
@Stateless
public class Flush {

    @PersistenceContext
    private EntityManager entities;

    public void now() {
        entities.flush();
    }
}
