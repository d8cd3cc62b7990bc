package io.howdah.scaling;

import io.howdah.server.Size;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;

/**
 * What the installation's administrator says an hour of a size costs. Without prices nothing about money is shown.
 *
 * @param vCoreHour {@code HOWDAH_PRICE_VCORE_HOUR}
 * @param gibHour {@code HOWDAH_PRICE_GIB_HOUR}, of memory
 * @param currency {@code HOWDAH_CURRENCY}, e.g. EUR
 */
public record ComputePrices(BigDecimal vCoreHour, BigDecimal gibHour, String currency) {

    private static final BigDecimal HOURS_A_MONTH = BigDecimal.valueOf(730);
    private static final BigDecimal MIB_PER_GIB = BigDecimal.valueOf(1024);

    /** @throws IllegalStateException when a price is no amount */
    public static ComputePrices fromEnvironment(Map<String, String> environment) {
        return new ComputePrices(
                amount(environment, "HOWDAH_PRICE_VCORE_HOUR"),
                amount(environment, "HOWDAH_PRICE_GIB_HOUR"),
                environment.getOrDefault("HOWDAH_CURRENCY", "").strip());
    }

    private static BigDecimal amount(Map<String, String> environment, String name) {
        String text = environment.getOrDefault(name, "").strip();
        if (!text.matches("|\\d{1,9}(\\.\\d{1,6})?")) {
            throw new IllegalStateException(name + " must be an amount such as 0.04, not \"" + text + "\"");
        }
        return text.isEmpty() ? BigDecimal.ZERO : new BigDecimal(text);
    }

    public boolean known() {
        return vCoreHour.signum() + gibHour.signum() > 0;
    }

    /** For a month of 730 hours; empty without prices. */
    public Optional<BigDecimal> monthly(Size size) {
        if (!known()) {
            return Optional.empty();
        }
        BigDecimal memory =
                gibHour.multiply(BigDecimal.valueOf(size.memoryMib())).divide(MIB_PER_GIB, 9, RoundingMode.HALF_UP);
        return Optional.of(vCoreHour
                .multiply(BigDecimal.valueOf(size.vCores()))
                .add(memory)
                .multiply(HOURS_A_MONTH)
                .setScale(2, RoundingMode.HALF_UP));
    }
}
