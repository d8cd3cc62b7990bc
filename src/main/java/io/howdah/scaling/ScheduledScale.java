package io.howdah.scaling;

import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.access.Permission;
import io.howdah.schedule.ActionArgument;
import io.howdah.schedule.ActionArgument.Kind;
import io.howdah.schedule.ScheduledAction;
import io.howdah.server.ServerSizing;
import io.howdah.server.Size;
import io.howdah.server.SizedServer;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Moves a server to a size at a time: small at night, large at the end of the month. */
@Dependent
class ScheduledScale implements ScheduledAction {

    static final String CODE = "server-scale";

    private static final String SIZE = "size";

    @Inject
    private ScalingService scaling;

    @Inject
    private ServerSizing sizing;

    @Override
    public String code() {
        return CODE;
    }

    @Override
    public Permission permission() {
        return Permission.SERVERS_SCALE;
    }

    @Override
    public List<ActionArgument> arguments() {
        return List.of(new ActionArgument(
                SIZE, Kind.SIZE, true, sizing.fitting().stream().map(Size::code).toList()));
    }

    @Override
    public Optional<Problem> check(UUID serverId, Map<String, String> arguments) {
        // Whether there is room for it is seen when its time has come.
        return scaling.check(serverId, code(arguments)).filter(problem -> !PlannedChanges.noRoom(problem));
    }

    private static String code(Map<String, String> arguments) {
        return arguments.getOrDefault(SIZE, "").strip();
    }

    @Override
    public boolean needsRunningServer() {
        return false;
    }

    @Override
    public boolean idle(UUID serverId) {
        return false;
    }

    @Override
    public boolean idle(UUID serverId, Map<String, String> arguments) {
        return sizing.find(serverId)
                .map(SizedServer::wished)
                .filter(wished -> wished.code().equals(code(arguments)))
                .isPresent();
    }

    @Override
    public UUID begin(UUID serverId, Map<String, String> arguments, Caller caller, UUID runId) {
        return Callers.as(
                caller, () -> scaling.scale(serverId, code(arguments), Messages.text("scaling.why.timetable")));
    }
}
