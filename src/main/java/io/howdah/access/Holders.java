package io.howdah.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Who holds a permission where, for what the product does when nobody asks: telling people, acting in their name. */
@ApplicationScoped
public class Holders {

    @PersistenceContext
    private EntityManager entities;

    /**
     * The people who hold the permission at the team, by a role in it or in the whole installation; nobody who is
     * disabled.
     */
    public Set<UUID> of(Permission permission, UUID teamId) {
        return new HashSet<>(entities.createQuery("""
                        select distinct a.personId from Assignment a, RoleAction r, Person p
                        where a.role = r.role and r.action = :action and p.id = a.personId and p.disabled = false
                          and (a.teamId is null or a.teamId = :team)""", UUID.class)
                .setParameter("action", permission.action())
                .setParameter("team", teamId)
                .getResultList());
    }

    /** The sign-in names of those who hold the permission in the whole installation, in their order. */
    public List<String> everywhere(Permission permission) {
        return entities.createQuery("""
                        select distinct p.name from Assignment a, RoleAction r, Person p
                        where a.role = r.role and r.action = :action and p.id = a.personId and p.disabled = false
                          and a.teamId is null order by p.name""", String.class)
                .setParameter("action", permission.action())
                .getResultList();
    }

    /** The sign-in name of somebody who may come in; empty when they are gone or disabled. */
    public Optional<String> name(UUID personId) {
        List<String> names = entities.createQuery(
                        "select p.name from Person p where p.id = :person and p.disabled = false", String.class)
                .setParameter("person", personId)
                .getResultList();
        return names.stream().findFirst();
    }

    public Optional<UUID> byName(String name) {
        return entities.createQuery("select p.id from Person p where lower(p.name) = lower(:name)", UUID.class)
                .setParameter("name", name)
                .getResultStream()
                .findFirst();
    }
}
