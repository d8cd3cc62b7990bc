package io.howdah.audit;

import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.access.Reach;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reading the audit log. People see the records of the teams they may audit; installation-wide ones need that scope. */
@Stateless
public class AuditService {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    /** Newest first. */
    public List<AuditRecordView> list(AuditFilter filter, int offset, int limit) {
        Reach reach = access.reach(Permission.AUDIT_READ);
        return query("select r from AuditRecord r", filter, reach, " order by r.number desc", AuditRecord.class)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultStream()
                .map(AuditRecord::view)
                .toList();
    }

    public int count(AuditFilter filter) {
        Reach reach = access.reach(Permission.AUDIT_READ);
        return query("select count(r) from AuditRecord r", filter, reach, "", Long.class)
                .getSingleResult()
                .intValue();
    }

    /** The distinct actors on record, to choose from. */
    public List<String> actors() {
        Reach reach = access.reach(Permission.AUDIT_READ);
        return query(
                        "select distinct r.actor from AuditRecord r",
                        AuditFilter.ALL,
                        reach,
                        " order by r.actor",
                        String.class)
                .getResultList();
    }

    /** The distinct actions on record, to choose from. */
    public List<String> actions() {
        Reach reach = access.reach(Permission.AUDIT_READ);
        return query(
                        "select distinct r.action from AuditRecord r",
                        AuditFilter.ALL,
                        reach,
                        " order by r.action",
                        String.class)
                .getResultList();
    }

    private <T> TypedQuery<T> query(String select, AuditFilter filter, Reach reach, String order, Class<T> type) {
        List<String> conditions = new ArrayList<>();
        Map<String, Object> parameters = new HashMap<>();
        if (!reach.everywhere()) {
            conditions.add("r.teamId in :teams");
            parameters.put("teams", reach.teamsOrNone());
        }
        if (present(filter.text())) {
            conditions.add(
                    "(lower(r.actor) like :text or lower(r.action) like :text or lower(r.targetName) like :text)");
            parameters.put("text", "%" + filter.text().strip().toLowerCase(Locale.ROOT) + "%");
        }
        equal(conditions, parameters, "actor", filter.actor());
        equal(conditions, parameters, "action", filter.action());
        equal(conditions, parameters, "targetId", filter.targetId());
        equal(conditions, parameters, "result", filter.result());
        equal(conditions, parameters, "correlationId", filter.correlationId());
        if (filter.from() != null) {
            conditions.add("r.at >= :from");
            parameters.put("from", filter.from());
        }
        if (filter.to() != null) {
            conditions.add("r.at < :to");
            parameters.put("to", filter.to());
        }
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        TypedQuery<T> query = entities.createQuery(select + where + order, type);
        parameters.forEach(query::setParameter);
        return query;
    }

    private static void equal(List<String> conditions, Map<String, Object> parameters, String field, Object value) {
        if (value != null && present(value.toString())) {
            conditions.add("r." + field + " = :" + field);
            parameters.put(field, value instanceof String text ? text.strip() : value);
        }
    }

    private static boolean present(String text) {
        return text != null && !text.isBlank();
    }
}
