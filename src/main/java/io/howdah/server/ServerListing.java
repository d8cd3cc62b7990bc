package io.howdah.server;

import io.howdah.access.Reach;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The query behind the list of servers. */
final class ServerListing {

    private final EntityManager entities;
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();

    ServerListing(EntityManager entities, ServerFilter filter, Reach reach) {
        this.entities = entities;
        conditions.add(filter.deleted() ? "s.deletedAt is not null" : "s.deletedAt is null");
        if (!reach.everywhere()) {
            conditions.add("(s.teamId in :teams or s.id in :servers)");
            parameters.put("servers", reach.serversOrNone());
            parameters.put("teams", reach.teamsOrNone());
        }
        if (filter.text() != null && !filter.text().isBlank()) {
            conditions.add(
                    "(lower(s.name) like :text or exists (select t from Server t join t.tags g where t = s and (lower(key(g)) like :text or lower(value(g)) like :text)))");
            parameters.put("text", "%" + filter.text().strip().toLowerCase(Locale.ROOT) + "%");
        }
        if (filter.states() != null && !filter.states().isEmpty()) {
            conditions.add("s.state in :states");
            parameters.put("states", filter.states());
        }
        if (filter.teamId() != null) {
            conditions.add("s.teamId = :team");
            parameters.put("team", filter.teamId());
        }
        if (filter.projectId() != null) {
            conditions.add("s.projectId = :project");
            parameters.put("project", filter.projectId());
        }
        if (filter.majorVersion() != null) {
            conditions.add("s.majorVersion = :major");
            parameters.put("major", filter.majorVersion());
        }
    }

    List<Server> page(ServerOrder order, boolean ascending, int offset, int limit) {
        String by =
                switch (order) {
                    case NAME -> "lower(s.name)";
                    case STATE -> "s.state";
                    case VERSION -> "s.majorVersion";
                    case CREATED -> "s.createdAt";
                };
        String direction = ascending ? " asc" : " desc";
        return query("select s from Server s", " order by " + by + direction + ", s.id" + direction, Server.class)
                .setFirstResult(offset)
                .setMaxResults(limit)
                // One query for each collection of a whole page, not of each row.
                .setHint("eclipselink.batch.type", "IN")
                .setHint("eclipselink.batch", "s.tags")
                .setHint("eclipselink.batch", "s.allowedNetworks")
                .setHint("eclipselink.batch", "s.locks")
                .getResultList();
    }

    int count() {
        return query("select count(s) from Server s", "", Long.class)
                .getSingleResult()
                .intValue();
    }

    Map<ServerState, Integer> countByState() {
        Map<ServerState, Integer> counts = new EnumMap<>(ServerState.class);
        for (Object[] row : query("select s.state, count(s) from Server s", " group by s.state", Object[].class)
                .getResultList()) {
            counts.put((ServerState) row[0], ((Number) row[1]).intValue());
        }
        return counts;
    }

    private <T> TypedQuery<T> query(String select, String order, Class<T> type) {
        TypedQuery<T> query = entities.createQuery(select + " where " + String.join(" and ", conditions) + order, type);
        parameters.forEach(query::setParameter);
        return query;
    }
}
