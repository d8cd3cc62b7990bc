package io.howdah.server;

import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.util.Map;
import java.util.Optional;

/**
 * What a team may have and what it has.
 *
 * @param limits of the kinds that are limited
 * @param whom who can give it more
 */
record QuotaStanding(String teamName, Map<QuotaKind, Double> limits, QuotaAmounts used, String whom) {

    /** So little over a limit comes from adding fractions. */
    private static final double NOTHING = 1e-9;

    QuotaStanding {
        limits = Map.copyOf(limits);
    }

    /**
     * The first kind of which the team would have too much. What is not to grow never lacks, however much there is of it
     * already.
     *
     * @param what that wants more, as people call it
     */
    Optional<Problem> lacking(String what, QuotaAmounts more) {
        for (QuotaKind kind : QuotaKind.values()) {
            double wanted = more.get(kind);
            Double limit = limits.get(kind);
            double missing = limit == null ? 0 : used.get(kind) + wanted - limit;
            if (wanted > 0 && missing > NOTHING) {
                return Optional.of(Problem.of(
                        ProblemCode.QuotaExceeded,
                        teamName,
                        kind.title(),
                        kind.text(limit),
                        kind.text(used.get(kind)),
                        what,
                        kind.text(wanted),
                        kind.text(missing),
                        whom));
            }
        }
        return Optional.empty();
    }
}
