package io.howdah.scaling;

import io.howdah.server.Size;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Within which sizes a server follows its load, and how.
 *
 * @param minSize the code of the smallest size it may get
 * @param maxSize that of the largest
 * @param targetCpuPercent of a size's vCores that may be in use
 * @param targetMemoryPercent of a size's memory that may be in use
 * @param coolDownMinutes how long it keeps a size before it is given a smaller one
 * @param monthlyCeiling no size costs more a month; null for none
 */
public record AutoscalePolicy(
        String minSize,
        String maxSize,
        int targetCpuPercent,
        int targetMemoryPercent,
        int coolDownMinutes,
        BigDecimal monthlyCeiling) {

    public static final int MIN_TARGET = 20;
    public static final int MAX_TARGET = 90;
    public static final int MIN_COOL_DOWN = 10;
    public static final int MAX_COOL_DOWN = 240;

    Duration coolDown() {
        return Duration.ofMinutes(coolDownMinutes);
    }

    /** The first rule that it breaks, with its field's name. */
    Optional<Problem> check(Size min, Size max, ComputePrices prices) {
        for (Size size : List.of(min, max)) {
            if (size.burstable()) {
                return Optional.of(Problem.of(ProblemCode.AutoscaleSizeBurstable, size.code())
                        .at(size == min ? "minSize" : "maxSize"));
            }
        }
        if (min.vCores() > max.vCores() || min.memoryMib() > max.memoryMib()) {
            return Optional.of(Problem.of(ProblemCode.AutoscaleBoundsInvalid, min.code(), max.code())
                    .at("maxSize"));
        }
        return range("targetCpuPercent", targetCpuPercent, MIN_TARGET, MAX_TARGET)
                .or(() -> range("targetMemoryPercent", targetMemoryPercent, MIN_TARGET, MAX_TARGET))
                .or(() -> range("coolDownMinutes", coolDownMinutes, MIN_COOL_DOWN, MAX_COOL_DOWN))
                .or(() -> affordable(min, prices)
                        ? Optional.empty()
                        : Optional.of(Problem.of(
                                        ProblemCode.AutoscaleCeilingTooLow,
                                        min.code(),
                                        prices.monthly(min).orElseThrow().toPlainString(),
                                        monthlyCeiling.toPlainString())
                                .at("monthlyCeiling")));
    }

    private static Optional<Problem> range(String field, int value, int lowest, int highest) {
        return value >= lowest && value <= highest
                ? Optional.empty()
                : Optional.of(Problem.of(ProblemCode.AutoscaleOutOfRange, lowest, highest, value)
                        .at(field));
    }

    /** Whether the size costs no more than the ceiling, where there is one and prices are known. */
    boolean affordable(Size size, ComputePrices prices) {
        return monthlyCeiling == null
                || prices.monthly(size)
                        .filter(price -> price.compareTo(monthlyCeiling) > 0)
                        .isEmpty();
    }

    /**
     * The sizes it goes through, from the smallest on: those between the bounds, of their tiers, each larger than the one
     * before. Of several alike the bounds themselves come first, then the first of the catalogue.
     */
    static List<Size> ladder(List<Size> catalogue, Size min, Size max) {
        List<Size> between = catalogue.stream()
                .filter(size -> !size.burstable())
                .filter(size -> size.tier().equals(min.tier()) || size.tier().equals(max.tier()))
                .filter(size -> within(size, min, max))
                .sorted(Comparator.comparingDouble(Size::vCores)
                        .thenComparingInt(Size::memoryMib)
                        .thenComparing(size -> !size.equals(min) && !size.equals(max)))
                .toList();
        List<Size> ladder = new ArrayList<>();
        for (Size size : between) {
            boolean larger = ladder.isEmpty() || AutoscaleDecision.larger(size, ladder.getLast());
            // The largest must stay reachable.
            if (larger && (size.equals(max) || AutoscaleDecision.larger(max, size))) {
                ladder.add(size);
            }
        }
        return List.copyOf(ladder);
    }

    private static boolean within(Size size, Size min, Size max) {
        return size.vCores() >= min.vCores()
                && size.vCores() <= max.vCores()
                && size.memoryMib() >= min.memoryMib()
                && size.memoryMib() <= max.memoryMib();
    }
}
