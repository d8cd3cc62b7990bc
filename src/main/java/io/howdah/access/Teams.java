package io.howdah.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The teams' names, for features that show something of a team's. */
@ApplicationScoped
public class Teams {

    @PersistenceContext
    private EntityManager entities;

    public Map<UUID, String> names() {
        Map<UUID, String> names = new HashMap<>();
        for (Team team :
                entities.createQuery("select t from Team t", Team.class).getResultList()) {
            names.put(team.id, team.name);
        }
        return names;
    }

    public boolean exists(UUID id) {
        return entities.find(Team.class, id) != null;
    }
}
