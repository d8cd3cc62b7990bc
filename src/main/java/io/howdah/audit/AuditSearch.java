package io.howdah.audit;

import io.howdah.access.Reach;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds records among millions: pages begin behind a number and not at an offset, times become numbers, and parts of words
 * become the whole words that stand in the log, so that each search reads an index from its newest end.
 */
final class AuditSearch {

    /** What so many words hold is in so many records that reading from the newest on finds it soon. */
    private static final int MOST_WORDS = 200;

    /** Records of before times were kept in order may be out of it by as much as the nodes' clocks differed. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(2);

    private final EntityManager entities;
    private final Reach reach;
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();

    AuditSearch(EntityManager entities, Reach reach) {
        this.entities = entities;
        this.reach = reach;
    }

    List<AuditRecord> page(AuditFilter filter, long before, int limit) {
        if (!condition(filter)) {
            return List.of();
        }
        conditions.add("r.number < :before");
        parameters.put("before", before);
        planned();
        return query("select r from AuditRecord r", " order by r.number desc", AuditRecord.class)
                .setMaxResults(limit)
                .getResultList();
    }

    int count(AuditFilter filter) {
        return condition(filter)
                ? query("select count(r) from AuditRecord r", "", Long.class)
                        .getSingleResult()
                        .intValue()
                : 0;
    }

    /** In order. */
    List<String> words(AuditWord.Kind kind) {
        return words(kind, "%", Integer.MAX_VALUE);
    }

    private List<String> words(AuditWord.Kind kind, String pattern, int limit) {
        String within = reach.everywhere() ? "" : " and w.teamId in :teams";
        TypedQuery<String> query = entities.createQuery(
                        "select distinct w.value from AuditWord w where w.kind = :kind and lower(w.value) like :pattern"
                                + within + " order by w.value",
                        String.class)
                .setParameter("kind", kind)
                .setParameter("pattern", pattern)
                .setMaxResults(limit);
        if (!reach.everywhere()) {
            query.setParameter("teams", reach.teamsOrNone());
        }
        return query.getResultList();
    }

    /** One plan for all values would read millions of rows for the rare ones. */
    private void planned() {
        entities.createNativeQuery("select set_config('plan_cache_mode', 'force_custom_plan', true)")
                .getSingleResult();
    }

    /** @return whether anything can be found at all */
    private boolean condition(AuditFilter filter) {
        conditions.clear();
        parameters.clear();
        if (!reach.everywhere()) {
            conditions.add(
                    reach.servers().isEmpty()
                            ? "r.teamId in :teams"
                            : "(r.teamId in :teams or r.targetId in :servers)");
            parameters.put("teams", reach.teamsOrNone());
            if (!reach.servers().isEmpty()) {
                parameters.put("servers", reach.servers());
            }
        }
        equal("actor", filter.actor());
        equal("action", filter.action());
        equal("targetId", filter.targetId());
        equal("result", filter.result());
        equal("correlationId", filter.correlationId());
        return text(filter.text()) && since(filter.from()) && until(filter.to());
    }

    private boolean text(String text) {
        if (!present(text)) {
            return true;
        }
        String pattern = "%" + text.strip().toLowerCase(Locale.ROOT).replaceAll("([\\\\%_])", "\\\\$1") + "%";
        List<String> either = new ArrayList<>();
        for (AuditWord.Kind kind : AuditWord.Kind.values()) {
            List<String> words = words(kind, pattern, MOST_WORDS + 1);
            // Words are kept by team: those of single servers are not known.
            if (words.size() > MOST_WORDS || !reach.servers().isEmpty()) {
                either.add("lower(r." + kind.field() + ") like :pattern");
                parameters.put("pattern", pattern);
            } else if (!words.isEmpty()) {
                either.add("r." + kind.field() + " in :" + kind.field() + "s");
                parameters.put(kind.field() + "s", words);
            }
        }
        conditions.add("(" + String.join(" or ", either) + ")");
        return !either.isEmpty();
    }

    private boolean since(Instant from) {
        if (from == null) {
            return true;
        }
        Long first = firstNumber(from.minus(CLOCKS_DIFFER));
        if (first == null) {
            return false;
        }
        conditions.add("r.number >= :first and r.at >= :from");
        parameters.put("first", first);
        parameters.put("from", from);
        return true;
    }

    private boolean until(Instant to) {
        if (to == null) {
            return true;
        }
        Long behind = firstNumber(to.plus(CLOCKS_DIFFER));
        if (behind != null) {
            conditions.add("r.number < :behind");
            parameters.put("behind", behind);
        }
        conditions.add("r.at < :to");
        parameters.put("to", to);
        return true;
    }

    private Long firstNumber(Instant at) {
        return entities.createQuery("select r.number from AuditRecord r where r.at >= :at order by r.at", Long.class)
                .setParameter("at", at)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .orElse(null);
    }

    private void equal(String field, Object value) {
        if (value != null && present(value.toString())) {
            conditions.add("r." + field + " = :" + field);
            parameters.put(field, value instanceof String text ? text.strip() : value);
        }
    }

    private static boolean present(String text) {
        return text != null && !text.isBlank();
    }

    private <T> TypedQuery<T> query(String select, String order, Class<T> type) {
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        TypedQuery<T> query = entities.createQuery(select + where + order, type);
        parameters.forEach(query::setParameter);
        return query;
    }
}
