package io.howdah.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.server.Size;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoscalePolicyTest {

    private static final Size SMALL = new Size("S1", "Test", 1, 1024, 50);
    private static final Size LARGE = new Size("S4", "Test", 4, 4096, 50);
    private static final Size BURSTABLE = new Size("B4", "Test", 4, 4096, 50, 0.9);
    private static final ComputePrices FREE = ComputePrices.fromEnvironment(Map.of());
    private static final ComputePrices PRICES = new ComputePrices(new BigDecimal("0.10"), BigDecimal.ZERO, "EUR");

    private static AutoscalePolicy policy(int cpu, int memory, int coolDown, String ceiling) {
        return new AutoscalePolicy("S1", "S4", cpu, memory, coolDown, ceiling == null ? null : new BigDecimal(ceiling));
    }

    @Test
    void oneWithinReasonIsTaken() {
        assertThat(policy(20, 90, 10, null).check(SMALL, LARGE, FREE)).isEmpty();
        assertThat(policy(90, 20, 240, "73").check(SMALL, SMALL, PRICES)).isEmpty();
        assertThat(policy(90, 20, 240, "1").check(SMALL, SMALL, FREE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "19, 80, 30, targetCpuPercent",
        "91, 80, 30, targetCpuPercent",
        "70, 91, 30, targetMemoryPercent",
        "70, 80, 9, coolDownMinutes",
        "70, 80, 241, coolDownMinutes",
    })
    void whatIsOutOfRangeIsNamed(int cpu, int memory, int coolDown, String field) {
        Problem problem =
                policy(cpu, memory, coolDown, null).check(SMALL, LARGE, FREE).orElseThrow();
        assertThat(problem.code()).isEqualTo(ProblemCode.AutoscaleOutOfRange);
        assertThat(problem.field()).isEqualTo(field);
    }

    @Test
    void boundsAreInOrderAndOfSizesThatHaveTheirProcessorForGood() {
        assertThat(policy(70, 80, 30, null).check(LARGE, SMALL, FREE).map(Problem::code))
                .contains(ProblemCode.AutoscaleBoundsInvalid);
        assertThat(policy(70, 80, 30, null).check(SMALL, BURSTABLE, FREE).map(Problem::code))
                .contains(ProblemCode.AutoscaleSizeBurstable);
    }

    @Test
    void theCeilingLeavesAtLeastTheSmallestSize() {
        assertThat(policy(70, 80, 30, "72.99").check(SMALL, LARGE, PRICES).map(Problem::code))
                .contains(ProblemCode.AutoscaleCeilingTooLow);
    }
}
