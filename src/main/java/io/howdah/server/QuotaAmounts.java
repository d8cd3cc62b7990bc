package io.howdah.server;

import java.util.EnumMap;
import java.util.Map;

/** An amount of each kind that quotas count, in that kind's own unit; what is not named is none. */
public record QuotaAmounts(Map<QuotaKind, Double> byKind) {

    static final QuotaAmounts NONE = new QuotaAmounts(Map.of());

    public QuotaAmounts {
        byKind = Map.copyOf(byKind);
    }

    static QuotaAmounts of(QuotaKind kind, double amount) {
        return new QuotaAmounts(Map.of(kind, amount));
    }

    static QuotaAmounts compute(HostRoom.Share share) {
        return new QuotaAmounts(Map.of(QuotaKind.VCORES, share.vCores(), QuotaKind.MEMORY, (double) share.memoryMib()));
    }

    /** What a server counts for: its compute only while it is to run. */
    static QuotaAmounts server(HostRoom.Share compute, int storageGib, boolean runs) {
        QuotaAmounts lasting = new QuotaAmounts(Map.of(QuotaKind.SERVERS, 1.0, QuotaKind.STORAGE, (double) storageGib));
        return runs ? lasting.plus(compute(compute)) : lasting;
    }

    public double get(QuotaKind kind) {
        return byKind.getOrDefault(kind, 0.0);
    }

    QuotaAmounts plus(QuotaAmounts other) {
        Map<QuotaKind, Double> sum = new EnumMap<>(QuotaKind.class);
        sum.putAll(byKind);
        other.byKind.forEach((kind, amount) -> sum.merge(kind, amount, Double::sum));
        return new QuotaAmounts(sum);
    }
}
