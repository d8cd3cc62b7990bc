package io.howdah.server;

import io.howdah.access.Access;
import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.access.Permission;
import io.howdah.engine.Maintenance;
import io.howdah.operation.OperationOutputs;
import io.howdah.schedule.ActionArgument;
import io.howdah.schedule.ActionArgument.Kind;
import io.howdah.schedule.ScheduledAction;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Maintains databases at a time. */
@Dependent
class ScheduledMaintenance implements ScheduledAction {

    private static final Duration USUAL = Duration.ofHours(6);

    @Inject
    private DatabaseService databases;

    @Inject
    private OperationOutputs outputs;

    @Inject
    private Access access;

    @Override
    public String code() {
        return "databases-maintain";
    }

    @Override
    public Permission permission() {
        return Permission.DATABASES_MAINTAIN;
    }

    @Override
    public List<ActionArgument> arguments() {
        List<String> kinds = Arrays.stream(Maintenance.Kind.values())
                .map(ScheduledMaintenance::choice)
                .toList();
        return List.of(
                new ActionArgument("kind", Kind.CHOICE, true, kinds),
                new ActionArgument("databases", Kind.DATABASES, false, null),
                new ActionArgument("timeout", Kind.DURATION_SECONDS, false, null));
    }

    private static String choice(Maintenance.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Maintenance work(Map<String, String> values) {
        Arguments arguments = new Arguments(values);
        Maintenance.Kind kind = Arrays.stream(Maintenance.Kind.values())
                .filter(known -> choice(known).equals(arguments.text("kind")))
                .findFirst()
                .orElseThrow(() -> Problem.of(ProblemCode.MaintenanceKindUnknown, arguments.text("kind"))
                        .at("kind")
                        .raise());
        return new Maintenance(
                kind,
                arguments.lines("databases"),
                arguments.seconds("timeout", USUAL, "1 min", Rules.LONGEST_MAINTENANCE));
    }

    @Override
    public Optional<Problem> check(UUID serverId, Map<String, String> arguments) {
        Maintenance work;
        try {
            work = work(arguments);
        } catch (ProblemException e) {
            return Optional.of(e.problem());
        }
        return databases.checkMaintenance(serverId, work);
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
        return Callers.as(caller, () -> databases.maintain(serverId, work(arguments)));
    }

    @Override
    public String output(UUID operationId) {
        return outputs.find(operationId)
                .filter(kept -> access.may(permission(), kept.scope()))
                .map(OperationOutputs.Kept::text)
                .orElse(null);
    }
}
