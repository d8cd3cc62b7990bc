package io.howdah.access;

import io.howdah.shared.Sql;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** The teams' projects, for features that show or place something in them. */
@ApplicationScoped
public class Projects {

    @PersistenceContext
    private EntityManager entities;

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    public Map<UUID, String> names() {
        Map<UUID, String> names = new HashMap<>();
        for (Project project :
                entities.createQuery("select p from Project p", Project.class).getResultList()) {
            names.put(project.id, project.name);
        }
        return names;
    }

    /** The project if it is one of the team's, or the team's default one for null; else empty. */
    public Optional<UUID> of(UUID teamId, UUID projectId) {
        return entities.createQuery("select p from Project p where p.teamId = :team", Project.class)
                .setParameter("team", teamId)
                .getResultStream()
                .filter(project -> projectId == null ? project.standard : project.id.equals(projectId))
                .map(project -> project.id)
                .findFirst();
    }

    /** Where a server lies; empty once it is gone. */
    public Optional<UUID> ofServer(UUID serverId) {
        return Sql.row(
                dataSource, "select project_id from server where id = ?", row -> Sql.id(row, "project_id"), serverId);
    }
}
