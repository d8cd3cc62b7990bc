package io.howdah.backup;

import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.access.Permission;
import io.howdah.schedule.ActionArgument;
import io.howdah.schedule.ActionArgument.Kind;
import io.howdah.schedule.ScheduledAction;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Takes an on-demand backup at a time, such as before the books are closed each month, and keeps it for some days. */
@Dependent
class ScheduledBackup implements ScheduledAction {

    private static final String NAME = "backupName";
    private static final String DAYS = "keepDays";

    @Inject
    private BackupService backups;

    @Inject
    private Clock clock;

    @Override
    public String code() {
        return "backup";
    }

    @Override
    public Permission permission() {
        return Permission.BACKUPS_TAKE;
    }

    @Override
    public List<ActionArgument> arguments() {
        return List.of(
                new ActionArgument(NAME, Kind.TEXT, true, null), new ActionArgument(DAYS, Kind.TEXT, false, null));
    }

    @Override
    public Optional<Problem> check(UUID serverId, Map<String, String> arguments) {
        return wanted(arguments)
                .map(wanted -> backups.check(serverId, wanted)
                        .map(problem -> problem.at("keepUntil".equals(problem.field()) ? DAYS : NAME)))
                .orElseGet(() -> Optional.of(tooLong()));
    }

    private static Problem tooLong() {
        return Problem.of(ProblemCode.BackupKeptTooLong, BackupRules.LONGEST_KEPT.toDays())
                .at(DAYS);
    }

    private Optional<OnDemand> wanted(Map<String, String> arguments) {
        String days = arguments.getOrDefault(DAYS, "").strip();
        if (!days.matches("\\d{0,4}")) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Instant until = now.plus(days.isEmpty() ? BackupRules.USUALLY_KEPT : Duration.ofDays(Long.parseLong(days)));
        return Optional.of(new OnDemand(arguments.getOrDefault(NAME, "").strip(), null, until));
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
        OnDemand wanted = wanted(arguments).orElseThrow(() -> tooLong().raise());
        return Callers.as(caller, () -> backups.backUp(serverId, wanted));
    }
}
