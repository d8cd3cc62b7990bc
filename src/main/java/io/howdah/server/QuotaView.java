package io.howdah.server;

import java.util.List;
import java.util.UUID;

/** What a team may have, and what it has, of each kind. */
public record QuotaView(UUID teamId, String teamName, List<Line> lines) {

    public QuotaView {
        lines = List.copyOf(lines);
    }

    /**
     * One kind, in its own unit.
     *
     * @param limit null when it is not limited
     */
    public record Line(QuotaKind kind, Double limit, double used) {

        /** Below zero when the team has more than it may, e.g. since it may have less; null without a limit. */
        public Double left() {
            return limit == null ? null : limit - used;
        }

        /** The used part of the limit, 1 at most. */
        public double part() {
            return limit == null ? 0 : limit <= used ? 1 : used / limit;
        }
    }
}
