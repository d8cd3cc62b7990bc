package io.howdah.server;

import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.access.Permission;
import io.howdah.schedule.ActionArgument;
import io.howdah.schedule.ScheduleSubjects;
import io.howdah.schedule.ScheduledAction;
import io.howdah.shared.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Starts a server at a time. */
@Dependent
class ScheduledStart implements ScheduledAction {

    @Inject
    private ServerService servers;

    @Inject
    private ScheduleSubjects subjects;

    @Override
    public String code() {
        return "server-start";
    }

    @Override
    public Permission permission() {
        return Permission.SERVERS_START;
    }

    @Override
    public List<ActionArgument> arguments() {
        return List.of();
    }

    @Override
    public Optional<Problem> check(UUID serverId, Map<String, String> arguments) {
        return Optional.empty();
    }

    @Override
    public boolean needsRunningServer() {
        return false;
    }

    @Override
    public Effect effect() {
        return Effect.STARTS;
    }

    @Override
    public boolean idle(UUID serverId) {
        return subjects.running(serverId) && !subjects.asleep(serverId);
    }

    @Override
    public UUID begin(UUID serverId, Map<String, String> arguments, Caller caller, UUID runId) {
        return Callers.as(caller, () -> servers.start(serverId));
    }
}
