package io.howdah.operation;

import io.howdah.shared.Measure;
import io.howdah.shared.Problem;
import io.howdah.shared.Sql;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * What the runner writes: which operations it takes, and how their steps ended; one statement each. All times are the
 * database's. What {@code owner} no longer holds, or has moved on since, is left alone, and the answer is empty.
 */
@ApplicationScoped
public class OperationTable {

    /** Renewed by the holder's sign of life; much longer than the time between two. */
    static final Duration LEASE = Duration.ofSeconds(30);

    private static final Duration TIME_TO_UNDO = Duration.ofMinutes(10);

    /** Who stands before {@code o} in its line and keeps it from running. */
    static final String BLOCKED = """
            exists (
                select 1 from operation earlier
                where earlier.subject_id = o.subject_id and earlier.number < o.number
                  and earlier.status in ('QUEUED', 'RUNNING')
                  and (o.hold = 'EXCLUSIVE' or earlier.hold = 'EXCLUSIVE'))""";

    private static final String CLAIMED = """
            id, kind, subject_id, subject_name, step, step_id, data, step_tries, step_since, undoing, correlation_id,
            cancel_asked_at is not null and not undoing as cancelled, started_at is not null as begun,
            extract(epoch from deadline - statement_timestamp()) * 1000 as millis_left""";

    private static final String LEASE_UNTIL = "statement_timestamp() + ? * interval '1 millisecond'";

    /** One that was cancelled before it began only has its wish taken back: it need not wait for its turn. */
    private static final String CLAIM = """
            with picked as (
                select o.id from operation o
                where o.turn and o.status in ('QUEUED', 'RUNNING') and o.pinned_to in ('', ?)
                  and o.due <= statement_timestamp()
                  and (o.lease_until is null or o.lease_until < statement_timestamp() and (? or o.lease_owner = ?))
                  and not o.id = any(?)
                  and (o.cancel_asked_at is not null and o.started_at is null or not %s)
                order by o.due
                limit ?
                for update of o skip locked),
            taken as (
                update operation o set
                    lease_owner = ?, lease_until = %s, node = ?,
                    status = case when o.cancel_asked_at is not null and o.started_at is null
                        then o.status else 'RUNNING' end,
                    started_at = case when o.cancel_asked_at is not null then o.started_at
                        else coalesce(o.started_at, statement_timestamp()) end,
                    deadline = coalesce(o.deadline,
                        statement_timestamp() + o.allowed_seconds * interval '1 second'),
                    step_id = case when o.cancel_asked_at is not null and o.started_at is null then null
                        else coalesce(o.step_id, nextval('operation_step_id_seq')) end,
                    step_since = coalesce(o.step_since, statement_timestamp())
                from picked where o.id = picked.id
                returning o.*),
            shown as (
                insert into operation_step (id, operation_id, step, state, tries, started_at)
                overriding system value
                select step_id, id, step, 'RUNNING', step_tries, step_since from taken where step_id is not null
                on conflict (id) do update set state = 'RUNNING')
            select next.millis_next, taken.*
            from (select extract(epoch from min(o.due) - statement_timestamp()) * 1000 as millis_next from operation o
                where o.turn and o.status in ('QUEUED', 'RUNNING') and o.pinned_to in ('', ?)
                  and o.due > statement_timestamp()) next
            left join (select due, %s from taken) taken on true
            order by taken.due""".formatted(BLOCKED, LEASE_UNTIL, CLAIMED);

    private static final String MOVE = """
            with old as (
                select id, step as step_before, step_id as step_id_before from operation
                where id = ? and lease_owner = ? and step_id = ? and status in ('QUEUED', 'RUNNING')
                  and (? or cancel_asked_at is null or undoing)
                for update),
            moved as (
                update operation o set
                    step = ?, step_id = nextval('operation_step_id_seq'), step_since = statement_timestamp(),
                    step_tries = 0, doing = null, measure_done = null, measure_total = null, measure_unit = null,
                    lease_until = %s,
                    undoing = undoing or ?,
                    deadline = case when ? then statement_timestamp() + ? * interval '1 millisecond'
                        else deadline end,
                    failed_step = case when cast(? as text) is null then failed_step else old.step_before end,
                    problem_code = coalesce(?, problem_code), problem_message = coalesce(?, problem_message),
                    problem_hint = coalesce(?, problem_hint), detail = coalesce(?, detail)
                from old where o.id = old.id
                returning o.*, old.step_id_before),
            ended as (
                update operation_step s set
                    state = ?, doing = null, tries = s.tries + 1, ended_at = statement_timestamp()
                from moved where s.id = moved.step_id_before),
            begun as (
                insert into operation_step (id, operation_id, step, state, tries, started_at)
                overriding system value
                select step_id, id, step, 'RUNNING', 0, step_since from moved)
            select %s from moved""".formatted(LEASE_UNTIL, CLAIMED);

    private static final String AGAIN = """
            with kept as (
                update operation set
                    step_tries = step_tries + ?, doing = ?,
                    measure_done = cast(? as bigint), measure_total = cast(? as bigint), measure_unit = ?,
                    deadline = case when cast(? as bigint) > coalesce(measure_done, 0)
                        then greatest(deadline, statement_timestamp() + allowed_seconds * interval '1 second')
                        else deadline end,
                    due = case when cancel_asked_at is not null and not undoing then statement_timestamp()
                        else statement_timestamp() + ? * interval '1 millisecond' end,
                    lease_owner = case when ? then lease_owner end,
                    lease_until = case when ? then %s end
                where id = ? and lease_owner = ? and step_id = ? and status in ('QUEUED', 'RUNNING')
                returning *),
            said as (
                update operation_step s set
                    doing = kept.doing, tries = kept.step_tries, state = ?
                from kept where s.id = kept.step_id)
            select %s from kept""".formatted(LEASE_UNTIL, CLAIMED);

    /** Statements that commit by themselves: each gives its connection back at once, however long the thread goes on. */
    @Resource(lookup = "jdbc/howdah", shareable = false)
    private DataSource alone;

    /**
     * What the runner needs to take the next step.
     *
     * @param stepId the row of the step that is under way; 0 when the operation never began
     * @param tries how often the step has been begun, this time included
     * @param cancelled whether somebody wants it cancelled and it is not yet being undone
     */
    record Claimed(
            UUID id,
            String kind,
            UUID subjectId,
            String subjectName,
            String step,
            long stepId,
            String data,
            int tries,
            Instant stepSince,
            boolean undoing,
            String correlationId,
            boolean cancelled,
            boolean begun,
            Duration left) {

        private static Claimed read(ResultSet row) throws SQLException {
            return new Claimed(
                    Sql.id(row, "id"),
                    row.getString("kind"),
                    Sql.id(row, "subject_id"),
                    row.getString("subject_name"),
                    row.getString("step"),
                    row.getLong("step_id"),
                    row.getString("data"),
                    row.getInt("step_tries") + 1,
                    Sql.instant(row, "step_since"),
                    row.getBoolean("undoing"),
                    row.getString("correlation_id"),
                    row.getBoolean("cancelled"),
                    row.getBoolean("begun"),
                    Duration.ofMillis(row.getLong("millis_left")));
        }
    }

    /**
     * What a look at the table brought in.
     *
     * @param untilNext until the next operation is due for this node; empty when none is
     */
    record Harvest(List<Claimed> claimed, Optional<Duration> untilNext) {}

    /**
     * Takes operations that are due and whose turn has come, and begins their steps.
     *
     * @param held what this node has in hand already, whatever the database thinks of its lease
     * @param takeOver whether to take also what another node has let run out
     */
    Harvest claim(Holder holder, Collection<UUID> held, boolean takeOver, int limit) {
        List<Harvest> rows = Sql.rows(
                alone,
                CLAIM,
                row -> new Harvest(
                        row.getObject("id") == null ? List.of() : List.of(Claimed.read(row)),
                        Optional.ofNullable(row.getBigDecimal("millis_next"))
                                .map(millis -> Duration.ofMillis(millis.longValue() + 1))),
                holder.home(),
                takeOver,
                holder.incarnation(),
                held,
                limit,
                holder.incarnation(),
                LEASE.toMillis(),
                holder.name(),
                holder.home());
        return new Harvest(
                rows.stream().flatMap(row -> row.claimed().stream()).toList(),
                rows.getFirst().untilNext());
    }

    /** The operation as it is now, if still held. */
    Optional<Claimed> look(UUID id, String owner) {
        return Sql.row(
                alone,
                "select " + CLAIMED
                        + " from operation where id = ? and lease_owner = ? and status in ('QUEUED', 'RUNNING')",
                Claimed::read,
                id,
                owner);
    }

    /** Which of the operations held are to be cancelled. */
    List<UUID> cancelled(String owner) {
        return Sql.rows(alone, """
                select id from operation
                where lease_owner = ? and cancel_asked_at is not null and not undoing
                  and status in ('QUEUED', 'RUNNING')""", row -> Sql.id(row, "id"), owner);
    }

    /** What other nodes work on, or have just ended, for the screens of this one. */
    List<OperationChanged> movingElsewhere(String owner, String node) {
        return Sql.rows(
                alone, """
                select id, subject_id from operation where lease_owner is not null and lease_owner <> ?
                union
                select id, subject_id from (select * from operation order by number desc limit 200) newest
                where ended_at > statement_timestamp() - interval '3 seconds' and node is distinct from ?""", row -> new OperationChanged(Sql.id(row, "id"), Sql.id(row, "subject_id")), owner, node);
    }

    /** The step is done and {@code step} is begun. Empty also when the operation has been cancelled meanwhile. */
    Optional<Claimed> next(Claimed now, String owner, String step) {
        return move(now, owner, step, StepView.State.DONE, false, null, null);
    }

    /**
     * The step has failed for good, or the operation was cancelled at it, and {@code step} begins to undo.
     *
     * @param problem null when it was cancelled
     */
    Optional<Claimed> undo(Claimed now, String owner, String step, Problem problem, String detail) {
        StepView.State end = problem == null ? StepView.State.CANCELLED : StepView.State.FAILED;
        return move(now, owner, step, end, true, problem, detail);
    }

    private Optional<Claimed> move(
            Claimed now,
            String owner,
            String step,
            StepView.State end,
            boolean undoing,
            Problem problem,
            String detail) {
        return Sql.row(
                alone,
                MOVE,
                Claimed::read,
                now.id(),
                owner,
                now.stepId(),
                undoing,
                step,
                LEASE.toMillis(),
                undoing,
                undoing,
                TIME_TO_UNDO.toMillis(),
                code(problem),
                code(problem),
                problem == null ? null : problem.message(),
                problem == null ? null : problem.hint(),
                detail,
                end);
    }

    /**
     * The same step again after a pause.
     *
     * @param failed whether it counts as a try that failed
     * @param keep whether the holder goes on holding it during the pause
     */
    Optional<Claimed> again(
            Claimed now, String owner, Duration pause, String doing, Measure measure, boolean failed, boolean keep) {
        return Sql.row(
                alone,
                AGAIN,
                Claimed::read,
                failed ? 1 : 0,
                doing,
                measure == null ? null : measure.done(),
                measure == null ? null : measure.total(),
                measure == null ? null : measure.unit(),
                measure == null ? null : measure.done(),
                pause.toMillis(),
                keep,
                keep,
                LEASE.toMillis(),
                now.id(),
                owner,
                now.stepId(),
                failed ? StepView.State.RETRYING : StepView.State.RUNNING);
    }

    private static String code(Problem problem) {
        return problem == null ? null : problem.code().name();
    }
}
