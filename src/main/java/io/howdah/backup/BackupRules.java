package io.howdah.backup;

import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** What somebody may ask for. */
final class BackupRules {

    /** On-demand backups of one server. */
    static final int MOST = 20;

    static final int MAX_NOTE = 512;
    static final Duration USUALLY_KEPT = Duration.ofDays(30);
    static final Duration LONGEST_KEPT = Duration.ofDays(3660);

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} _-]{0,62}");

    private BackupRules() {}

    static Optional<Problem> check(OnDemand wanted, Instant now) {
        if (wanted.name() == null || !NAME.matcher(wanted.name().strip()).matches()) {
            return Optional.of(Problem.of(ProblemCode.BackupNameInvalid).at("name"));
        }
        if (wanted.note() != null && wanted.note().length() > MAX_NOTE) {
            return Optional.of(
                    Problem.of(ProblemCode.BackupNoteTooLong, MAX_NOTE).at("note"));
        }
        boolean within = wanted.keepUntil() != null
                && wanted.keepUntil().isAfter(now)
                && !wanted.keepUntil().isAfter(now.plus(LONGEST_KEPT));
        return within
                ? Optional.empty()
                : Optional.of(Problem.of(ProblemCode.BackupKeptTooLong, LONGEST_KEPT.toDays())
                        .at("keepUntil"));
    }

    static Optional<Problem> check(Policy policy) {
        return policy.valid()
                ? Optional.empty()
                : Optional.of(Problem.of(ProblemCode.BackupPolicyInvalid, Policy.MIN_RETENTION, Policy.MAX_RETENTION)
                        .at("retentionDays"));
    }
}
