package io.howdah.backup;

import io.howdah.engine.QueryResult;
import io.howdah.engine.TableName;
import java.util.List;

/** The tables of a database, with how many rows each has: small ones are counted, of large ones PostgreSQL's estimate is taken. */
final class LookTables {

    static final int MOST = 500;

    /** What is smaller is counted. */
    static final long COUNTED_BYTES = 8L << 20;

    private LookTables() {}

    /**
     * Counts within one query, as far as the role may read; partitions count for their table.
     *
     * @param countedBytes of larger tables the estimate is taken
     */
    static String query(long countedBytes) {
        return """
            SELECT n.nspname, c.relname, t.bytes,
                   CASE WHEN NOT t.readable THEN -1
                        WHEN t.bytes < %1$d THEN (pg_catalog.xpath('/row/c/text()', pg_catalog.query_to_xml(
                             pg_catalog.format('SELECT count(*) AS c FROM %%I.%%I', n.nspname, c.relname),
                             false, true, '')))[1]::text::bigint
                        ELSE t.estimate END,
                   t.bytes < %1$d
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             CROSS JOIN LATERAL (
                   SELECT sum(pg_catalog.pg_table_size(p.oid)) AS bytes,
                          sum(greatest(p.reltuples, 0))::bigint AS estimate,
                          pg_catalog.has_schema_privilege(n.oid, 'USAGE')
                          AND pg_catalog.has_table_privilege(c.oid, 'SELECT') AS readable
                     FROM (SELECT c.oid UNION SELECT relid FROM pg_catalog.pg_partition_tree(c.oid)) parts (oid)
                     JOIN pg_catalog.pg_class p ON p.oid = parts.oid) t
             WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
               AND n.nspname !~ '^(pg_|information_schema$)'
             ORDER BY n.nspname, c.relname
            """.formatted(countedBytes);
    }

    static List<TableAsOf> of(QueryResult found) {
        return found.rows().stream()
                .map(row -> new TableAsOf(
                        new TableName(row.get(0), row.get(1)),
                        Long.parseLong(row.get(3)),
                        row.get(4).startsWith("t"),
                        Long.parseLong(row.get(2))))
                .toList();
    }
}
