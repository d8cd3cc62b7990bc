package io.howdah.server;

import io.howdah.access.Access;
import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.access.Permission;
import io.howdah.engine.SqlTask;
import io.howdah.operation.OperationOutputs;
import io.howdah.schedule.ActionArgument;
import io.howdah.schedule.ActionArgument.Kind;
import io.howdah.schedule.ScheduledAction;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Runs a script at a time. Its output may show what is in tables: it is for those who might have run it themselves. */
@Dependent
class ScheduledSql implements ScheduledAction {

    private static final Duration USUAL = Duration.ofMinutes(10);

    @Inject
    private SqlService sql;

    @Inject
    private OperationOutputs outputs;

    @Inject
    private Access access;

    @Override
    public String code() {
        return "sql-run";
    }

    @Override
    public Permission permission() {
        return Permission.SQL_RUN;
    }

    @Override
    public List<ActionArgument> arguments() {
        return List.of(
                new ActionArgument("database", Kind.DATABASE, true, null),
                new ActionArgument("role", Kind.ROLE, true, null),
                new ActionArgument("script", Kind.SCRIPT, true, null),
                new ActionArgument("timeout", Kind.DURATION_SECONDS, false, null));
    }

    private static SqlTask task(Map<String, String> values) {
        Arguments arguments = new Arguments(values);
        return new SqlTask(
                arguments.text("database"),
                arguments.text("role"),
                arguments.script("script"),
                arguments.seconds("timeout", USUAL, "1 s", Rules.LONGEST_SQL));
    }

    @Override
    public Optional<Problem> check(UUID serverId, Map<String, String> arguments) {
        SqlTask task;
        try {
            task = task(arguments);
        } catch (ProblemException e) {
            return Optional.of(e.problem());
        }
        return sql.check(serverId, task);
    }

    @Override
    public boolean needsRunningServer() {
        return true;
    }

    @Override
    public boolean idle(UUID serverId) {
        return false;
    }

    @Override
    public UUID begin(UUID serverId, Map<String, String> arguments, Caller caller, UUID runId) {
        return Callers.as(caller, () -> sql.run(serverId, task(arguments)));
    }

    @Override
    public String output(UUID operationId) {
        return outputs.find(operationId)
                .filter(kept -> access.may(permission(), kept.scope()))
                .map(OperationOutputs.Kept::text)
                .orElse(null);
    }
}
