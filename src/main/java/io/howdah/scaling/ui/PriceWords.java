package io.howdah.scaling.ui;

import static io.howdah.shell.Texts.t;

import io.howdah.scaling.ComputePrices;
import io.howdah.server.Size;
import java.math.BigDecimal;

/** Prices of sizes as people read them. */
final class PriceWords {

    private PriceWords() {}

    /** For example "+29.20 EUR a month", beside the size there is; that one's own price without a sign. */
    static String beside(ComputePrices prices, Size now, Size other) {
        BigDecimal there = prices.monthly(other).orElseThrow();
        if (now.equals(other)) {
            return t("scaling.price.month", amount(there, prices));
        }
        BigDecimal more = there.subtract(prices.monthly(now).orElseThrow());
        return switch (more.signum()) {
            case 0 -> t("scaling.price.same");
            case 1 -> t("scaling.price.more", amount(more, prices));
            default -> t("scaling.price.less", amount(more.negate(), prices));
        };
    }

    static String amount(BigDecimal amount, ComputePrices prices) {
        return (amount.toPlainString() + " " + prices.currency()).strip();
    }
}
