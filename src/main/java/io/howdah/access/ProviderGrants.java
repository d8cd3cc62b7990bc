package io.howdah.access;

import io.howdah.shared.Ids;
import io.howdah.shared.Sql;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * What people have by the claims of a provider. It comes and goes with the claims, at each sign-in; what was given here is
 * left alone.
 */
@Dependent
class ProviderGrants {

    private static final String MEMBERSHIPS =
            "select group_id from person_group_member where person_id = ? and provider_id = ?";
    private static final String JOIN =
            "insert into person_group_member (group_id, person_id, provider_id) values (?, ?, ?) on conflict do nothing";
    private static final String LEAVE =
            "delete from person_group_member where group_id = ? and person_id = ? and provider_id = ?";

    private static final String UNMAPPED_ROLES = """
            delete from assignment a where a.provider_id = ? and not exists (
                select 1 from identity_provider_mapping m
                where m.provider_id = a.provider_id and m.role = a.role
                  and m.team_id is not distinct from a.team_id
                  and m.project_id is not distinct from a.project_id
                  and m.server_id is not distinct from a.server_id)""";
    private static final String UNMAPPED_GROUPS = """
            delete from person_group_member a where a.provider_id = ? and not exists (
                select 1 from identity_provider_mapping m
                where m.provider_id = a.provider_id and m.group_id = a.group_id)""";

    @PersistenceContext
    private EntityManager entities;

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    @Inject
    private Places places;

    @Inject
    private Clock clock;

    private record Given(String role, Scope scope) {}

    List<ProviderMapping> mappings(UUID providerId) {
        return entities.createQuery(
                        "select m from ProviderMapping m where m.providerId = :provider order by m.value",
                        ProviderMapping.class)
                .setParameter("provider", providerId)
                .getResultList();
    }

    /**
     * Gives and takes until the person has what the values come to.
     *
     * @return what was given and taken, in words for the audit log; empty when nothing was
     */
    Map<String, String> apply(Person person, IdentityProvider provider, Set<String> values) {
        List<ProviderMapping> meant = mappings(provider.id).stream()
                .filter(mapping -> values.contains(mapping.value))
                .toList();
        List<String> given = new ArrayList<>();
        List<String> taken = new ArrayList<>();
        roles(person, provider, meant, given, taken);
        groups(person, provider, meant, given, taken);
        Map<String, String> changes = new TreeMap<>();
        if (!given.isEmpty()) {
            changes.put("given", given.toString());
        }
        if (!taken.isEmpty()) {
            changes.put("taken", taken.toString());
        }
        return changes;
    }

    /** Takes from everybody what no mapping of the provider's gives any more. */
    void takeUnmapped(UUID providerId) {
        entities.flush();
        Sql.change(dataSource, UNMAPPED_ROLES, providerId);
        Sql.change(dataSource, UNMAPPED_GROUPS, providerId);
    }

    private void roles(
            Person person,
            IdentityProvider provider,
            List<ProviderMapping> meant,
            List<String> given,
            List<String> taken) {
        Map<Scope, PlaceView> there = places.all();
        Set<Given> wanted = meant.stream()
                .filter(mapping -> mapping.role != null)
                .map(mapping -> new Given(mapping.role, mapping.scope()))
                .collect(Collectors.toSet());
        for (Assignment has : entities.createQuery(
                        "select a from Assignment a where a.personId = :person", Assignment.class)
                .setParameter("person", person.id)
                .getResultList()) {
            if (!wanted.remove(new Given(has.role, has.scope())) && provider.id.equals(has.providerId)) {
                entities.remove(has);
                taken.add(words(has.role, there.get(has.scope())));
            }
        }
        for (Given role : wanted) {
            Assignment assignment = new Assignment();
            assignment.id = Ids.random();
            assignment.personId = person.id;
            assignment.role = role.role();
            assignment.teamId = role.scope().teamId();
            assignment.projectId = role.scope().projectId();
            assignment.serverId = role.scope().serverId();
            assignment.createdAt = clock.instant();
            assignment.givenBy = provider.name;
            assignment.providerId = provider.id;
            entities.persist(assignment);
            given.add(words(role.role(), there.get(role.scope())));
        }
    }

    private void groups(
            Person person,
            IdentityProvider provider,
            List<ProviderMapping> meant,
            List<String> given,
            List<String> taken) {
        entities.flush();
        Set<UUID> wanted = meant.stream()
                .map(mapping -> mapping.groupId)
                .filter(group -> group != null)
                .collect(Collectors.toSet());
        Set<UUID> has = new HashSet<>(
                Sql.rows(dataSource, MEMBERSHIPS, row -> Sql.id(row, "group_id"), person.id, provider.id));
        for (UUID group : wanted) {
            if (!has.contains(group) && Sql.change(dataSource, JOIN, group, person.id, provider.id) > 0) {
                given.add(entities.find(PersonGroup.class, group).name);
            }
        }
        for (UUID group : has) {
            if (!wanted.contains(group)) {
                Sql.change(dataSource, LEAVE, group, person.id, provider.id);
                taken.add(entities.find(PersonGroup.class, group).name);
            }
        }
    }

    private static String words(String role, PlaceView place) {
        return place == null || place.path() == null ? role : role + " in " + place.path();
    }
}
