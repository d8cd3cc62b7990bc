package io.howdah.operation;

import io.howdah.operation.OperationTable.Claimed;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.Sql;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * The transactions in which operations end. Whoever wants to know is told in the same one; what one of them was owed and
 * could not take is kept in {@code operation_untold} until they have taken it, once.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
public class EndTable {

    private static final Logger LOG = Logger.getLogger(EndTable.class.getName());

    private static final String FINISH = """
            with ended as (
                update operation set
                    status = case when coalesce(?, problem_code) is not null then 'FAILED'
                        when undoing or ? then 'CANCELLED' else 'SUCCEEDED' end,
                    failed_step = case when cast(? as text) is null then failed_step else step end,
                    problem_code = coalesce(?, problem_code), problem_message = coalesce(?, problem_message),
                    problem_hint = coalesce(?, problem_hint), detail = coalesce(?, detail),
                    data = case when coalesce(?, problem_code) is null then '{}' else data end,
                    ended_at = statement_timestamp(), doing = null,
                    measure_done = null, measure_total = null, measure_unit = null,
                    lease_owner = null, lease_until = null
                where id = ? and lease_owner = ? and status in ('QUEUED', 'RUNNING')
                returning *),
            step as (
                update operation_step s set
                    state = ?, doing = null, tries = s.tries + 1, ended_at = statement_timestamp()
                from ended where s.id = ? and s.operation_id = ended.id and s.ended_at is null)
            select * from ended""";

    @Resource(lookup = "jdbc/howdah")
    private DataSource transaction;

    @Inject
    private Event<OperationEnded> ends;

    /** Somebody who could not be told of an operation's end yet. */
    record Untold(UUID operation, String observer) {}

    /**
     * The operation is over: well, or with {@code problem}, or with the problem that made it undo, or cancelled.
     *
     * @param last how its last step ended
     * @return how many operations behind it in the line have their turn now
     */
    public int finish(Claimed now, String owner, StepView.State last, Problem problem, String detail) {
        Optional<OperationEnded> end = write(now, owner, last, problem, detail);
        end.ifPresent(ends::fire);
        return end.isEmpty() ? 0 : over(end.get(), now, detail);
    }

    /** The same, without telling anybody yet. */
    public int finish(
            Claimed now,
            String owner,
            StepView.State last,
            Problem problem,
            String detail,
            Collection<String> observers) {
        Optional<OperationEnded> end = write(now, owner, last, problem, detail);
        if (end.isEmpty()) {
            return 0;
        }
        for (String observer : observers) {
            Sql.change(transaction, """
                    insert into operation_untold (operation_id, observer, tries, due)
                    values (?, ?, 0, statement_timestamp())""", now.id(), observer);
        }
        return over(end.get(), now, detail);
    }

    private Optional<OperationEnded> write(
            Claimed now, String owner, StepView.State last, Problem problem, String detail) {
        String code = problem == null ? null : problem.code().name();
        return Sql.row(
                transaction,
                FINISH,
                EndTable::ended,
                code,
                last == StepView.State.CANCELLED,
                code,
                code,
                problem == null ? null : problem.message(),
                problem == null ? null : problem.hint(),
                detail,
                code,
                now.id(),
                owner,
                last,
                now.stepId());
    }

    /** Locks in one order everywhere: operation, audit log, line. */
    private int over(OperationEnded end, Claimed now, String detail) {
        int freed = Line.advance(transaction, now.subjectId());
        log(end, detail);
        return freed;
    }

    /** Who is still to be told, and when that is due. */
    public List<Untold> untold() {
        return Sql.rows(
                transaction,
                "select operation_id, observer from operation_untold where due <= statement_timestamp() order by due limit 100",
                row -> new Untold(Sql.id(row, "operation_id"), row.getString("observer")));
    }

    /** Tells one of them, together with the note that they have been told. */
    public void tell(Untold untold, Consumer<OperationEnded> observer) {
        int mine = Sql.change(
                transaction,
                "delete from operation_untold where operation_id = ? and observer = ?",
                untold.operation(),
                untold.observer());
        if (mine == 1) {
            Sql.row(transaction, "select * from operation where id = ?", EndTable::ended, untold.operation())
                    .ifPresent(observer);
        }
    }

    /** It did not work, and is tried again after the pause. */
    public void putOff(Untold untold, Duration first, Duration longest) {
        Sql.change(transaction, """
                update operation_untold set tries = tries + 1,
                    due = statement_timestamp() + least(? * power(2, least(tries, 20)), ?) * interval '1 millisecond'
                where operation_id = ? and observer = ?""", first.toMillis(), longest.toMillis(), untold.operation(), untold.observer());
    }

    private static OperationEnded ended(ResultSet row) throws SQLException {
        String code = row.getString("problem_code");
        return new OperationEnded(
                Sql.id(row, "id"),
                row.getString("kind"),
                row.getString("action"),
                Sql.id(row, "subject_id"),
                row.getString("subject_name"),
                Sql.id(row, "team_id"),
                OperationStatus.valueOf(row.getString("status")),
                row.getString("requested_by"),
                row.getString("correlation_id"),
                code == null
                        ? null
                        : new Problem(
                                ProblemCode.valueOf(code),
                                row.getString("problem_message"),
                                row.getString("problem_hint"),
                                null));
    }

    private static void log(OperationEnded end, String detail) {
        String how =
                switch (end.status()) {
                    case SUCCEEDED -> "succeeded";
                    case CANCELLED -> "was cancelled";
                    default -> "failed with " + end.problem().code();
                };
        LOG.log(Level.INFO, "{0} of {1} {2}{3}; operation {4}, correlation id {5}", new Object[] {
            end.kind(),
            end.subjectName(),
            how,
            detail == null ? "" : ": " + detail,
            end.operationId(),
            end.correlationId()
        });
    }
}
