package io.howdah.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.monitoring.UsageSample;
import io.howdah.scaling.AutoscaleDecision.Limit;
import io.howdah.scaling.AutoscaleDecision.Reason;
import io.howdah.scaling.AutoscaleDecision.Rule;
import io.howdah.scaling.AutoscaleDecision.Situation;
import io.howdah.server.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoscaleDecisionTest {

    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final UUID SERVER = UUID.randomUUID();
    private static final Size S1 = new Size("S1", "Test", 1, 1024, 50);
    private static final Size S2 = new Size("S2", "Test", 2, 2048, 50);
    private static final Size S4 = new Size("S4", "Test", 4, 4096, 50);
    private static final Size S8 = new Size("S8", "Test", 8, 8192, 50);
    private static final List<Size> LADDER = List.of(S1, S2, S4, S8);
    private static final Rule RULE = new Rule(LADDER, 0.7, 0.8, Duration.ofMinutes(30));

    private static Size size(String code) {
        return LADDER.stream()
                .filter(one -> one.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private static List<UsageSample> minutes(int minutes, double vCores, int memoryMib) {
        List<UsageSample> samples = new ArrayList<>();
        for (int i = minutes - 1; i >= 0; i--) {
            samples.add(new UsageSample(SERVER, NOON.minusSeconds(60L * i), vCores, memoryMib, 1));
        }
        return samples;
    }

    private static AutoscaleDecision decide(Size size, Instant changedAt, List<UsageSample> samples) {
        return AutoscaleDecision.of(RULE, new Situation(size, changedAt, samples, NOON, Map.of()));
    }

    /** Sixty steady minutes at a size that was given an hour ago. */
    @ParameterizedTest
    @CsvSource({
        "S1, 0.5, 300, S1, FITS",
        "S2, 1.0, 300, S2, FITS",
        "S1, 0.8, 300, S2, CPU_HIGH",
        "S1, 1.0, 300, S4, CPU_HIGH",
        "S2, 2.0, 300, S8, CPU_HIGH",
        "S2, 1.5, 1700, S4, CPU_HIGH",
        "S1, 0.1, 900, S2, MEMORY_HIGH",
        "S8, 7.0, 300, S8, AT_LARGEST",
        "S8, 0.1, 300, S4, QUIET",
        "S2, 0.1, 300, S1, QUIET",
        "S2, 0.1, 700, S2, FITS",
        "S2, 0.6, 300, S2, FITS",
        "S1, 0.0, 10, S1, FITS",
    })
    void aSteadyLoadHasItsSize(String size, double vCores, int memoryMib, String to, Reason reason) {
        AutoscaleDecision decision = decide(size(size), NOON.minusSeconds(3600), minutes(60, vCores, memoryMib));
        assertThat(decision.reason()).isEqualTo(reason);
        assertThat(decision.to()).isEqualTo(to.equals(size) ? null : size(to));
    }

    @Test
    void threeMinutesAreEnoughToGrowAndOneIsNot() {
        List<UsageSample> one = minutes(60, 0.1, 300);
        one.set(59, new UsageSample(SERVER, NOON, 1, 300, 1));
        assertThat(decide(S1, null, one).to()).isNull();
        List<UsageSample> three = new ArrayList<>(minutes(60, 0.1, 300).subList(0, 57));
        three.addAll(minutes(3, 0.8, 300));
        assertThat(decide(S1, null, three).to()).isEqualTo(S2);
    }

    @Test
    void whatWasSeenBeforeAChangeDoesNotCountAfterIt() {
        assertThat(decide(S2, NOON.minusSeconds(120), minutes(60, 2, 300)).reason())
                .isEqualTo(Reason.UNKNOWN);
        assertThat(decide(S2, NOON.minusSeconds(300), minutes(60, 2, 300)).to()).isEqualTo(S8);
    }

    @Test
    void itShrinksOnlyWhenTheWholeCoolDownWasQuiet() {
        assertThat(decide(S4, NOON.minusSeconds(29 * 60), minutes(60, 0.1, 300)))
                .isEqualTo(new AutoscaleDecision(null, Reason.COOLING, List.of("S2")));
        List<UsageSample> busyBefore = minutes(60, 0.1, 300);
        for (int i = 35; i < 38; i++) {
            busyBefore.set(i, new UsageSample(SERVER, busyBefore.get(i).at(), 2, 300, 1));
        }
        assertThat(decide(S4, null, busyBefore).reason()).isEqualTo(Reason.FITS);
        assertThat(decide(S4, null, minutes(20, 0.1, 300)).reason()).isEqualTo(Reason.COOLING);
        assertThat(decide(S4, null, minutes(30, 0.1, 300)).to()).isEqualTo(S2);
    }

    @Test
    void nothingIsDecidedOnWhatIsOldOrMissing() {
        List<UsageSample> old = minutes(60, 1, 300).subList(0, 55);
        assertThat(decide(S1, null, old).reason()).isEqualTo(Reason.UNKNOWN);
        assertThat(decide(S1, null, List.of()).reason()).isEqualTo(Reason.UNKNOWN);
    }

    @Test
    void whatCannotBeHadIsNamedAndTheNextBestIsTaken() {
        Map<String, Limit> ceiling = Map.of("S4", Limit.CEILING, "S8", Limit.CEILING);
        assertThat(AutoscaleDecision.of(RULE, new Situation(S2, null, minutes(60, 2, 300), NOON, ceiling)))
                .isEqualTo(new AutoscaleDecision(null, Reason.CEILING, List.of("S8")));
        assertThat(AutoscaleDecision.of(RULE, new Situation(S1, null, minutes(60, 1, 300), NOON, ceiling))
                        .to())
                .isEqualTo(S2);
        Map<String, Limit> full = Map.of("S8", Limit.NO_ROOM);
        assertThat(AutoscaleDecision.of(RULE, new Situation(S2, null, minutes(60, 2, 300), NOON, full))
                        .to())
                .isEqualTo(S4);
        assertThat(AutoscaleDecision.of(RULE, new Situation(S4, null, minutes(60, 4, 300), NOON, full))
                        .reason())
                .isEqualTo(Reason.NO_ROOM);
    }

    @Test
    void aSizeOutOfTheBoundsIsBroughtWithin() {
        Size tiny = new Size("S0", "Test", 0.5, 512, 50);
        Size huge = new Size("S16", "Test", 16, 16384, 50);
        assertThat(decide(tiny, NOON.minusSeconds(1), List.of()).to()).isEqualTo(S1);
        assertThat(decide(huge, NOON.minusSeconds(60), List.of()).reason()).isEqualTo(Reason.COOLING);
        assertThat(decide(huge, NOON.minusSeconds(1800), List.of()).to()).isEqualTo(S8);
    }

    @Test
    void aLadderHasTheSizesBetweenItsEndsEachLargerThanTheOneBefore() {
        Size twin = new Size("S2a", "Test", 2, 2048, 50);
        Size other = new Size("E2", "Other", 2, 4096, 50);
        Size burstable = new Size("B2", "Test", 2, 3000, 50, 0.4);
        List<Size> catalogue = List.of(S1, S2, twin, other, burstable, S4, S8);
        assertThat(AutoscalePolicy.ladder(catalogue, S1, S4)).containsExactly(S1, S2, S4);
        assertThat(AutoscalePolicy.ladder(catalogue, twin, S4)).containsExactly(twin, S4);
        assertThat(AutoscalePolicy.ladder(catalogue, S1, other)).containsExactly(S1, S2, other);
        assertThat(AutoscalePolicy.ladder(catalogue, S2, S2)).containsExactly(S2);
    }

    /** What a server that wants so much uses of a size. */
    private static List<Size> follow(double wantsVCores, int wantsMib, Size first, int minutes) {
        List<Size> sizes = new ArrayList<>(List.of(first));
        List<UsageSample> samples = new ArrayList<>();
        Size size = first;
        Instant changedAt = null;
        for (int i = 1; i <= minutes; i++) {
            Instant now = NOON.plusSeconds(60L * i);
            samples.add(new UsageSample(
                    SERVER, now, Math.min(wantsVCores, size.vCores()), Math.min(wantsMib, size.memoryMib()), 1));
            AutoscaleDecision decision =
                    AutoscaleDecision.of(RULE, new Situation(size, changedAt, samples, now, Map.of()));
            if (decision.to() != null) {
                size = decision.to();
                changedAt = now;
                sizes.add(size);
            }
        }
        return sizes;
    }

    @Property(tries = 300)
    void aSteadyLoadIsFollowedWithoutGoingBackAndForth(
            @ForAll @DoubleRange(min = 0, max = 12) double vCores,
            @ForAll @IntRange(min = 10, max = 12_000) int memoryMib,
            @ForAll @IntRange(min = 0, max = 3) int from) {
        List<Size> sizes = follow(vCores, memoryMib, LADDER.get(from), 400);
        assertThat(LADDER).containsAll(sizes);
        boolean shrunk = false;
        for (int i = 1; i < sizes.size(); i++) {
            boolean grows = AutoscaleDecision.larger(sizes.get(i), sizes.get(i - 1));
            assertThat(shrunk && grows).as("grows again: %s", sizes).isFalse();
            shrunk |= !grows;
        }
        // At rest in the end.
        assertThat(follow(vCores, memoryMib, sizes.getLast(), 100)).containsExactly(sizes.getLast());
    }

    @Property(tries = 300)
    void itStaysWithinItsBoundsAndKeepsTheCoolDownWhateverComes(
            @ForAll @net.jqwik.api.constraints.Size(min = 60, max = 240)
                    List<@DoubleRange(min = 0, max = 10) Double> load,
            @ForAll @IntRange(min = 0, max = 3) int from) {
        Size size = LADDER.get(from);
        Instant changedAt = null;
        List<UsageSample> samples = new ArrayList<>();
        for (int i = 0; i < load.size(); i++) {
            Instant now = NOON.plusSeconds(60L * i);
            samples.add(new UsageSample(SERVER, now, Math.min(load.get(i), size.vCores()), 200, 1));
            AutoscaleDecision decision =
                    AutoscaleDecision.of(RULE, new Situation(size, changedAt, samples, now, Map.of()));
            if (decision.to() == null) {
                continue;
            }
            assertThat(LADDER).contains(decision.to());
            assertThat(decision.to()).isNotEqualTo(size);
            if (AutoscaleDecision.larger(size, decision.to())) {
                assertThat(LADDER.indexOf(size) - LADDER.indexOf(decision.to())).isEqualTo(1);
                assertThat(changedAt == null || !now.isBefore(changedAt.plus(RULE.coolDown())))
                        .isTrue();
            }
            size = decision.to();
            changedAt = now;
        }
    }
}
