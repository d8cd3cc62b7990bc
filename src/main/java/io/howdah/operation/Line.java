package io.howdah.operation;

import io.howdah.shared.Sql;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The line of operations before each subject, as services change and show it. Whoever changes a line holds its lock
 * until the transaction ends, so that places are given out in the order in which they become visible.
 */
@ApplicationScoped
class Line {

    /** Any number that nothing else in this database uses for an advisory lock of two numbers. */
    private static final int LOCK = 4_711_002;

    /** First of all that reads or changes a line, in the same round trip. */
    private static final String ALONE = "select pg_advisory_xact_lock(" + LOCK + ", hashtext(?)); ";

    /** What may take much longer, since it waits for room, says nothing of how long the others take. */
    private static final String JOIN = ALONE + """
            insert into operation (id, kind, subject_id, subject_name, team_id, hold, pinned_to, turn, status, step, data,
                due, allowed_seconds, expected_millis, requested_at, requested_by, correlation_id, action)
            select cast(? as uuid), kind, subject_id, ?, cast(? as uuid), hold, ?,
                not exists (
                    select 1 from operation earlier
                    where earlier.subject_id = n.subject_id and earlier.status in ('QUEUED', 'RUNNING')
                      and (n.hold = 'EXCLUSIVE' or earlier.hold = 'EXCLUSIVE')),
                'QUEUED', ?, ?, statement_timestamp(), n.allowed, coalesce(
                    (select percentile_cont(0.5) within group (order by extract(epoch from ended_at - started_at))
                     from (select ended_at, started_at from operation l
                           where l.kind = n.kind and l.subject_id = n.subject_id and l.status = 'SUCCEEDED'
                             and l.allowed_seconds = n.allowed and l.retries = 0 and l.started_at is not null
                           order by l.number desc limit 10) lately),
                    (select percentile_cont(0.5) within group (order by extract(epoch from ended_at - started_at))
                     from (select ended_at, started_at from operation l
                           where l.kind = n.kind and l.status = 'SUCCEEDED'
                             and l.allowed_seconds = n.allowed and l.retries = 0 and l.started_at is not null
                           order by l.number desc limit 10) anywhere)) * 1000,
                statement_timestamp(), ?, ?, ?
            from (select cast(? as text) as kind, cast(? as uuid) as subject_id, cast(? as text) as hold,
                cast(? as integer) as allowed) n""";

    private static final String ADVANCE = ALONE + """
            update operation o set turn = true, due = statement_timestamp()
            where o.subject_id = ? and o.status = 'QUEUED' and not o.turn and not %s""".formatted(OperationTable.BLOCKED);

    private static final String PLACES = """
            select o.id, f.id as front, f.kind as front_kind, f.status = 'RUNNING' as front_runs,
                (select count(*) from operation e
                 where e.subject_id = o.subject_id and e.number < o.number and e.status = 'QUEUED') as waiting
            from operation o
            cross join lateral (
                select e.id, e.kind, e.status from operation e
                where e.subject_id = o.subject_id and e.number < o.number and e.status in ('QUEUED', 'RUNNING')
                  and (o.hold = 'EXCLUSIVE' or e.hold = 'EXCLUSIVE')
                order by e.number desc limit 1) f
            where o.id = any(?)""";

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    /** Puts an operation at the end of its subject's line, in the running transaction. */
    void join(Operation operation, Duration allowed) {
        Sql.change(
                dataSource,
                JOIN,
                operation.subjectId.toString(),
                operation.id,
                operation.subjectName,
                operation.teamId,
                operation.pinnedTo,
                operation.step,
                operation.data,
                operation.requestedBy,
                operation.correlationId,
                operation.action,
                operation.kind,
                operation.subjectId,
                operation.hold,
                (int) allowed.toSeconds());
    }

    /**
     * Puts an ended operation back in its old place.
     *
     * @param undoing whether what begins again is its undoing; else it begins as if it had never failed
     * @param first the first step of its path
     * @return false when something behind it was begun or done meanwhile
     */
    boolean rejoin(Operation operation, String step, boolean undoing, String first, Duration allowed) {
        lock(dataSource, operation.subjectId);
        if (!superseded(List.of(operation.id)).isEmpty()) {
            return false;
        }
        boolean stillFailed = undoing && operation.cancelAskedAt == null;
        Sql.change(
                dataSource,
                """
                update operation o set
                    status = 'QUEUED', step = ?, step_id = null, step_since = null, step_tries = 0, undoing = ?,
                    failed_step = ?, ended_at = null, due = statement_timestamp(), deadline = null,
                    allowed_seconds = ?, retries = retries + 1, turn = not %s,
                    cancel_asked_at = case when ? then cancel_asked_at end,
                    cancel_asked_by = case when ? then cancel_asked_by end,
                    problem_code = case when ? then problem_code end,
                    problem_message = case when ? then problem_message end,
                    problem_hint = case when ? then problem_hint end,
                    detail = case when ? then detail end
                where o.id = ?""".formatted(OperationTable.BLOCKED),
                step,
                undoing,
                undoing ? first : null,
                (int) allowed.toSeconds(),
                undoing,
                undoing,
                stillFailed,
                stillFailed,
                stillFailed,
                stillFailed,
                operation.id);
        return true;
    }

    /** One that never began need not wait for its turn, nor for its node: only its wish is taken back. */
    void leave(Operation operation, String by) {
        boolean atOnce = operation.neverBegan();
        Sql.change(dataSource, """
                update operation set
                    cancel_asked_at = statement_timestamp(), cancel_asked_by = ?, due = statement_timestamp(),
                    turn = turn or ?, pinned_to = case when ? then '' else pinned_to end
                where id = ?""", by, atOnce, atOnce, operation.id);
    }

    /** Lets those run that nobody before them hinders any more; says how many. */
    static int advance(DataSource dataSource, UUID subjectId) {
        return Sql.change(dataSource, ADVANCE, subjectId.toString(), subjectId);
    }

    /** The same for all lines: the safety net, should an operation ever have ended without saying so. */
    int advanceAll() {
        return Sql.change(dataSource, """
                update operation o set turn = true, due = statement_timestamp()
                where o.status = 'QUEUED' and not o.turn and not %s""".formatted(OperationTable.BLOCKED));
    }

    /** The places of those among the operations that wait behind others. */
    Map<UUID, LinePlace> places(Collection<UUID> operations) {
        Map<UUID, LinePlace> places = new HashMap<>();
        if (!operations.isEmpty()) {
            Sql.rows(
                            dataSource,
                            PLACES,
                            row -> Map.entry(
                                    Sql.id(row, "id"),
                                    new LinePlace(
                                            row.getInt("waiting") + 1,
                                            Sql.id(row, "front"),
                                            Workflows.title(row.getString("front_kind")),
                                            row.getBoolean("front_runs"))),
                            operations)
                    .forEach(place -> places.put(place.getKey(), place.getValue()));
        }
        return places;
    }

    /** Those among the failed operations behind which something was done since: the world has moved on. */
    Set<UUID> superseded(Collection<UUID> failed) {
        if (failed.isEmpty()) {
            return Set.of();
        }
        return Set.copyOf(Sql.rows(dataSource, """
                select o.id from operation o
                where o.id = any(?) and exists (
                    select 1 from operation later
                    where later.subject_id = o.subject_id and later.number > o.number
                      and later.status in ('QUEUED', 'RUNNING', 'SUCCEEDED'))""", row -> Sql.id(row, "id"), failed));
    }

    /** The newest open operation on the subject among these kinds, leaving one out. */
    Optional<Operations.Asked> lastAsked(UUID subjectId, UUID without, Collection<String> kinds) {
        return Sql.rows(
                        dataSource,
                        """
                        select id, kind, data from operation
                        where subject_id = ? and status in ('QUEUED', 'RUNNING') and not undoing
                          and (cancel_asked_at is null or started_at is not null)
                        order by number desc""",
                        row -> new Operations.Asked(Sql.id(row, "id"), row.getString("kind"), row.getString("data")),
                        subjectId)
                .stream()
                .filter(asked -> !asked.operationId().equals(without) && kinds.contains(asked.kind()))
                .findFirst();
    }

    private static void lock(DataSource dataSource, UUID subjectId) {
        Sql.rows(dataSource, ALONE, row -> null, subjectId.toString());
    }
}
