package io.howdah.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.howdah.server.Size;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComputePricesTest {

    private static final Size HALF = new Size("H0.5", "Small", 0.5, 512, 50);

    @Test
    void aMonthHas730Hours() {
        ComputePrices prices = ComputePrices.fromEnvironment(
                Map.of("HOWDAH_PRICE_VCORE_HOUR", "0.04", "HOWDAH_PRICE_GIB_HOUR", "0.005", "HOWDAH_CURRENCY", "EUR"));
        assertThat(prices.monthly(HALF)).contains(new BigDecimal("16.43"));
    }

    @Test
    void withoutPricesThereIsNothingToShow() {
        assertThat(ComputePrices.fromEnvironment(Map.of()).monthly(HALF)).isEmpty();
        assertThat(ComputePrices.fromEnvironment(Map.of("HOWDAH_PRICE_VCORE_HOUR", "", "HOWDAH_PRICE_GIB_HOUR", "0"))
                        .known())
                .isFalse();
    }

    @Test
    void whatIsNoAmountIsNamed() {
        assertThatThrownBy(() -> ComputePrices.fromEnvironment(Map.of("HOWDAH_PRICE_VCORE_HOUR", "4 ct")))
                .hasMessageContaining("HOWDAH_PRICE_VCORE_HOUR");
    }
}
