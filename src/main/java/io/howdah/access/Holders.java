package io.howdah.access;

import io.howdah.shared.Language;
import io.howdah.shared.Sql;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** Who holds a permission where, for what the product does when nobody asks: telling people, acting in their name. */
@ApplicationScoped
public class Holders {

    private static final String AT = """
            select distinct g.person_id from grant_in_force g join person p on p.id = g.person_id
            where p.kind = 'PERSON' and g.action = ?
              and (g.team_id is null
                   or g.team_id = cast(? as uuid) and g.project_id is null and g.server_id is null
                   or g.project_id = cast(? as uuid)
                   or g.project_id = (select project_id from server where id = cast(? as uuid))
                   or g.server_id = cast(? as uuid))""";

    @PersistenceContext
    private EntityManager entities;

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    /** The people who hold the permission at the scope, by a role at it or above it; nobody who is disabled, no service account. */
    public Set<UUID> of(Permission permission, Scope scope) {
        return new HashSet<>(Sql.rows(
                dataSource,
                AT,
                row -> Sql.id(row, "person_id"),
                permission.action(),
                scope.teamId(),
                scope.projectId(),
                scope.serverId(),
                scope.serverId()));
    }

    /** The sign-in names of those who hold the permission in the whole installation, in their order. */
    public List<String> everywhere(Permission permission) {
        return Sql.rows(
                dataSource,
                "select distinct person_name from grant_in_force where action = ? and team_id is null order by person_name",
                row -> row.getString("person_name"),
                permission.action());
    }

    /** What the portal and its mails speak to them; English when they have not chosen, or nobody is known by that id. */
    public Language language(UUID person) {
        Person known = entities.find(Person.class, person);
        return known == null || known.language == null ? Language.ENGLISH : known.language;
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
