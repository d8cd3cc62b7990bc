package io.howdah.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.engine.BackupKind;
import io.howdah.engine.RecoverySpan;
import io.howdah.maintenance.MaintenanceWindow;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When rehearsals are due, what they choose, and what may be asked in them. */
class RehearsalPlanTest {

    private static final Policy POLICY = new Policy(7, 2, 30, DayOfWeek.SUNDAY, BackupKind.INCREMENTAL);
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    private static final MaintenanceWindow WINDOW = new MaintenanceWindow(
            DayOfWeek.SUNDAY, LocalTime.of(1, 0), Duration.ofHours(1), ZoneId.of("Europe/Berlin"), false);

    /** Wednesdays at 05:30. */
    private static final RehearsalPlan PLAN = RehearsalPlan.of(RehearsalDay.WEDNESDAY, POLICY, WINDOW);

    @Test
    void unlessChosenOtherwiseItBeginsWithTheMaintenanceWindowWhateverTheClocksDo() {
        RehearsalPlan plan = RehearsalPlan.of(RehearsalDay.of(true, null), POLICY, WINDOW);
        assertThat(plan.choice()).isEqualTo(RehearsalDay.WINDOW);
        // Clocks go forward on 29 March.
        assertThat(plan.lastSlot(Instant.parse("2026-03-28T12:00:00Z")))
                .isEqualTo(Instant.parse("2026-03-22T00:00:00Z"));
        assertThat(plan.nextSlot(Instant.parse("2026-03-29T12:00:00Z")))
                .isEqualTo(Instant.parse("2026-04-04T23:00:00Z"));
        assertThat(plan.due(LONG_AGO, Instant.parse("2026-03-29T00:00:05Z"), Instant.parse("2026-04-04T22:59:59Z")))
                .isFalse();
        assertThat(plan.due(LONG_AGO, Instant.parse("2026-03-29T00:00:05Z"), Instant.parse("2026-04-04T23:00:00Z")))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(RehearsalDay.class)
    void aChoiceIsKnownFromWhatIsKeptOfIt(RehearsalDay day) {
        assertThat(RehearsalDay.of(day != RehearsalDay.NEVER, day.weekday())).isEqualTo(day);
    }

    // 2026-03-04 is a Wednesday.
    @ParameterizedTest
    @CsvSource({
        "2026-02-25T05:30:10Z, 2026-03-04T05:29:59Z, false",
        "2026-02-25T05:30:10Z, 2026-03-04T05:30:00Z, true",
        "2026-03-04T05:30:10Z, 2026-03-04T09:00:00Z, false",
        // The portal was down on two Wednesdays: one rehearsal makes up for both.
        "2026-02-18T05:30:10Z, 2026-03-06T11:00:00Z, true",
        "2026-03-06T11:00:00Z, 2026-03-06T11:01:00Z, false",
        ", 2026-03-06T11:00:00Z, true"
    })
    void oneIsDueOnceAWeekAndWhenItWasMissed(Instant last, Instant now, boolean due) {
        assertThat(PLAN.due(LONG_AGO, last, now)).isEqualTo(due);
    }

    @Test
    void aServerThatIsYoungerThanTheLastSlotWaitsForTheNext() {
        Instant created = Instant.parse("2026-03-05T12:00:00Z");
        assertThat(PLAN.due(created, null, created.plusSeconds(600))).isFalse();
        assertThat(PLAN.due(created, null, Instant.parse("2026-03-11T05:30:00Z")))
                .isTrue();
        assertThat(PLAN.nextSlot(created)).isEqualTo(Instant.parse("2026-03-11T05:30:00Z"));
    }

    @Test
    void aPlanThatIsOffHasNothingDueAndNothingNext() {
        RehearsalPlan off = RehearsalPlan.of(RehearsalDay.NEVER, POLICY, WINDOW);
        assertThat(off.due(LONG_AGO, null, Instant.parse("2026-03-06T11:00:00Z")))
                .isFalse();
        assertThat(off.nextSlot(Instant.parse("2026-03-06T11:00:00Z"))).isNull();
    }

    @Test
    void theInstantLiesInWhatCanBeRestoredAndOnItsTimeline() {
        Instant from = Instant.parse("2026-03-01T00:00:00Z");
        RecoverySpan one = new RecoverySpan(1, from, from.plus(Duration.ofHours(1)), false, null);
        RecoverySpan point =
                new RecoverySpan(2, from.plus(Duration.ofHours(5)), from.plus(Duration.ofHours(5)), true, null);
        RecoverySpan other =
                new RecoverySpan(3, from.plus(Duration.ofHours(9)), from.plus(Duration.ofHours(10)), true, null);
        List<RecoverySpan> spans = List.of(one, point, other);
        Random random = new Random(7);
        var chosen = IntStream.range(0, 500)
                .mapToObj(i -> RehearsalStart.choose(spans, random))
                .toList();
        assertThat(chosen).allMatch(choice -> spans.stream()
                .anyMatch(span -> span.timeline() == choice.timeline()
                        && !choice.instant().isBefore(span.from())
                        && !choice.instant().isAfter(span.until())));
        assertThat(chosen.stream().filter(choice -> choice.timeline() == 1).count())
                .isBetween(200L, 300L);
        assertThat(RehearsalStart.choose(List.of(point), random).instant()).isEqualTo(point.from());
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE FROM orders", "SELECT 1; DELETE FROM orders", "", "EXPLAIN SELECT 1", "SELECTED"})
    void aCheckIsOneQueryThatReads(String query) {
        assertThat(RehearsalRules.check(List.of(new SqlCheck("orders", "shop", query)))
                        .map(Problem::code))
                .contains(ProblemCode.RehearsalChecksInvalid);
    }

    @Test
    void checksAreFewAndHaveNamesOfTheirOwn() {
        SqlCheck fine = RehearsalRules.tidied(new SqlCheck(" orders ", "shop", "SELECT count(*) > 0 FROM orders ;\n"));
        assertThat(fine).isEqualTo(new SqlCheck("orders", "shop", "SELECT count(*) > 0 FROM orders"));
        assertThat(RehearsalRules.check(List.of(fine))).isEmpty();
        assertThat(RehearsalRules.check(List.of(fine, fine))).isPresent();
        assertThat(RehearsalRules.check(IntStream.range(0, 11)
                        .mapToObj(i -> new SqlCheck("c" + i, "shop", "TABLE orders"))
                        .toList()))
                .isPresent();
        assertThat(fine.toString()).doesNotContain("count");
    }
}
