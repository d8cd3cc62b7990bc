package io.howdah.access;

import io.howdah.shared.Ids;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.Sql;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** The projects of the teams: which there are, and making, renaming and deleting them. */
@Stateless
public class ProjectService {

    @PersistenceContext
    private EntityManager entities;

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    @Inject
    private Access access;

    @Inject
    private Teams teams;

    @Inject
    private ProjectGuard guard;

    @Inject
    private Clock clock;

    /** The projects in which the caller may see servers, each team's default one first. */
    public List<ProjectView> projects() {
        return within(access.reach(Permission.SERVERS_READ));
    }

    /** The projects in which the caller may create servers. */
    public List<ProjectView> forNewServers() {
        return within(access.reach(Permission.SERVERS_CREATE));
    }

    public ProjectView create(UUID teamId, String name) {
        String wanted = Names.check(name, ProblemCode.ProjectNameInvalid);
        requireTeam(teamId);
        UUID id = Ids.random();
        access.change(
                Permission.PROJECTS_WRITE,
                Scope.team(teamId),
                new Target("project", id, wanted),
                Map.of("created", "true"));
        guard.requireChangeable(Scope.team(teamId), teams.names().get(teamId));
        requireFree(teamId, wanted);
        Project project = new Project();
        project.id = id;
        project.teamId = teamId;
        project.name = wanted;
        project.createdAt = clock.instant();
        entities.persist(project);
        return view(project, teams.names(), Map.of());
    }

    public void rename(UUID projectId, String name) {
        String wanted = Names.check(name, ProblemCode.ProjectNameInvalid);
        Project project = find(projectId);
        change(project, Map.of("before", project.name, "after", wanted));
        guard.requireChangeable(Scope.project(project.teamId, project.id), project.name);
        if (!wanted.equalsIgnoreCase(project.name)) {
            requireFree(project.teamId, wanted);
        }
        project.name = wanted;
    }

    /** @throws io.howdah.shared.ProblemException ProjectIsDefault, ServerLocked, ProjectNotEmpty */
    public void delete(UUID projectId) {
        Project project = find(projectId);
        change(project, Map.of("deleted", "true"));
        if (project.standard) {
            throw Problem.of(ProblemCode.ProjectIsDefault, project.name).raise();
        }
        guard.requireDeletable(Scope.project(project.teamId, project.id), project.name);
        // No server may come into it meanwhile.
        entities.createNativeQuery("lock table server in share row exclusive mode")
                .executeUpdate();
        int servers = servers().getOrDefault(projectId, 0);
        if (servers > 0) {
            throw Problem.of(ProblemCode.ProjectNotEmpty, project.name, servers).raise();
        }
        entities.remove(project);
    }

    private void change(Project project, Map<String, String> details) {
        access.change(
                Permission.PROJECTS_WRITE,
                Scope.project(project.teamId, project.id),
                new Target("project", project.id, project.name),
                details);
    }

    private List<ProjectView> within(Reach reach) {
        Map<UUID, String> names = teams.names();
        Map<UUID, Integer> servers = servers();
        return entities.createQuery(
                        "select p from Project p, Team t where t.id = p.teamId order by lower(t.name), p.standard desc, lower(p.name)",
                        Project.class)
                .getResultStream()
                .filter(project -> reach.includes(Scope.project(project.teamId, project.id)))
                .map(project -> view(project, names, servers))
                .toList();
    }

    private static ProjectView view(Project project, Map<UUID, String> teams, Map<UUID, Integer> servers) {
        return new ProjectView(
                project.id,
                project.teamId,
                teams.get(project.teamId),
                project.name,
                project.standard,
                servers.getOrDefault(project.id, 0));
    }

    private Map<UUID, Integer> servers() {
        Map<UUID, Integer> counts = new HashMap<>();
        Sql.rows(
                dataSource,
                "select project_id, count(*) as servers from server group by project_id",
                row -> counts.put(Sql.id(row, "project_id"), row.getInt("servers")));
        return counts;
    }

    /** Who may not see it learns nothing of it. */
    private Project find(UUID id) {
        Project project = id == null ? null : entities.find(Project.class, id);
        if (project == null
                || !access.sees(
                        Permission.SERVERS_READ,
                        Scope.project(project.teamId, project.id),
                        new Target("project", project.id, project.name))) {
            throw Problem.of(ProblemCode.NotFound, "project", String.valueOf(id))
                    .raise();
        }
        return project;
    }

    private void requireTeam(UUID teamId) {
        if (teamId == null
                || !teams.exists(teamId)
                || !access.seesPlace(
                        Permission.PROJECTS_WRITE,
                        Scope.team(teamId),
                        new Target("team", teamId, teams.names().get(teamId)))) {
            throw Problem.of(ProblemCode.NotFound, "team", String.valueOf(teamId))
                    .at("team")
                    .raise();
        }
    }

    private void requireFree(UUID teamId, String name) {
        entities.createNativeQuery("lock table project in share row exclusive mode")
                .executeUpdate();
        if (!entities.createQuery("select p.id from Project p where p.teamId = :team and lower(p.name) = lower(:name)")
                .setParameter("team", teamId)
                .setParameter("name", name)
                .getResultList()
                .isEmpty()) {
            throw Problem.of(ProblemCode.ProjectNameTaken, name).at("name").raise();
        }
    }
}
