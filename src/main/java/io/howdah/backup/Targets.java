package io.howdah.backup;

import io.howdah.engine.RestoreTarget;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What a choice of a state comes to in a server's backups, or why it can't be restored. */
@Dependent
class Targets {

    @Inject
    private BackupViews views;

    @Inject
    private Clock clock;

    /** @param base the backup that is copied, or null when none is known */
    record Resolved(RestorePoints.Chosen chosen, BackupView base) {

        long bytes() {
            return base == null ? 0 : base.databaseBytes();
        }

        String baseLabel() {
            return base == null ? null : base.label();
        }
    }

    /** @throws io.howdah.shared.ProblemException saying what is possible instead */
    Resolved resolve(RecoveryState state, TargetChoice choice) {
        List<BackupView> there = there(state.serverId);
        if (choice.kind() == TargetChoice.Kind.BACKUP) {
            BackupView backup = there.stream()
                    .filter(one -> one.id().equals(choice.backupId()))
                    .findFirst()
                    .orElseThrow(() -> Problem.of(ProblemCode.BackupGone, state.name)
                            .at("backup")
                            .raise());
            return new Resolved(
                    new RestorePoints.Chosen(new RestoreTarget.Backup(backup.label()), backup.endedAt(), false),
                    backup);
        }
        RestorePoints points = points(state);
        Instant now = clock.instant();
        RestorePoints.Chosen chosen =
                choice.kind() == TargetChoice.Kind.LATEST ? points.latest(now) : points.at(choice.instant(), now);
        return new Resolved(chosen, base(there, chosen.at()));
    }

    private RestorePoints points(RecoveryState state) {
        return new RestorePoints(state.name, state.spans(), views.running(state.serverId));
    }

    private List<BackupView> there(UUID serverId) {
        return views.backups(serverId).stream()
                .filter(backup -> !backup.underWay())
                .toList();
    }

    private static BackupView base(List<BackupView> there, Instant at) {
        return there.stream()
                .filter(backup -> !backup.endedAt().isAfter(at))
                .findFirst()
                .orElse(null);
    }
}
