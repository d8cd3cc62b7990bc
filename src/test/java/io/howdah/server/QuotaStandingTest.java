package io.howdah.server;

import static io.howdah.server.QuotaKind.BACKUP_STORAGE;
import static io.howdah.server.QuotaKind.MEMORY;
import static io.howdah.server.QuotaKind.SERVERS;
import static io.howdah.server.QuotaKind.STORAGE;
import static io.howdah.server.QuotaKind.VCORES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a team may have, beside what it has. */
class QuotaStandingTest {

    private static final HostRoom.Share SMALL = new HostRoom.Share(0.25, 256);

    @Test
    void theRefusalTellsTheFiveFigures() {
        Problem problem = standing(Map.of(MEMORY, 1024.0), used(768))
                .lacking("orders", QuotaAmounts.compute(new HostRoom.Share(1, 512)))
                .orElseThrow();
        assertThat(problem.code()).isEqualTo(ProblemCode.QuotaExceeded);
        assertThat(problem.message())
                .contains(
                        "\"Payments\"",
                        "for memory is 1 GiB",
                        "0.75 GiB are used",
                        "\"orders\" wants 0.5 GiB",
                        "0.25 GiB are missing");
        assertThat(problem.hint()).contains("ask anna");
    }

    @Test
    void theLastBitFits() {
        QuotaStanding standing = standing(Map.of(MEMORY, 1024.0, VCORES, 0.3), used(768));
        assertThat(standing.lacking("orders", QuotaAmounts.compute(new HostRoom.Share(0.1 + 0.2, 256))))
                .isEmpty();
        assertThat(standing.lacking("orders", QuotaAmounts.compute(new HostRoom.Share(0.1, 257))))
                .isPresent();
    }

    @Test
    void whatIsNotLimitedNeverLacks() {
        assertThat(standing(Map.of(), used(1 << 30)).lacking("orders", QuotaAmounts.server(SMALL, 1 << 20, true)))
                .isEmpty();
    }

    @Test
    void whatDoesNotGrowPassesEvenWhenThereIsTooMuchOfIt() {
        QuotaStanding standing = standing(Map.of(MEMORY, 512.0, STORAGE, 100.0), used(768));
        assertThat(standing.lacking("orders", QuotaAmounts.of(STORAGE, 1))).isEmpty();
        assertThat(standing.lacking("orders", QuotaAmounts.compute(new HostRoom.Share(0, -256))))
                .isEmpty();
        assertThat(standing.lacking("orders", QuotaAmounts.compute(new HostRoom.Share(0, 1))))
                .isPresent();
    }

    @Test
    void aLimitOfNothingLetsNothingIn() {
        Optional<Problem> problem = standing(Map.of(SERVERS, 0.0), QuotaAmounts.NONE)
                .lacking("orders", QuotaAmounts.server(SMALL, 1, false));
        assertThat(problem).isPresent();
    }

    @Test
    void aStoppedServerCountsAsAServerAndForItsStorage() {
        QuotaAmounts stopped = QuotaAmounts.server(SMALL, 8, false);
        assertThat(stopped.byKind()).isEqualTo(Map.of(SERVERS, 1.0, STORAGE, 8.0));
        QuotaAmounts running = QuotaAmounts.server(SMALL, 8, true);
        assertThat(running.byKind()).isEqualTo(Map.of(SERVERS, 1.0, STORAGE, 8.0, VCORES, 0.25, MEMORY, 256.0));
        assertThat(running.plus(stopped).get(STORAGE)).isEqualTo(16);
        assertThat(running.get(BACKUP_STORAGE)).isZero();
    }

    @Test
    void memoryIsEnteredInGib() {
        assertThat(MEMORY.amount(1.5)).isEqualTo(1536);
        assertThat(MEMORY.entered(256)).isCloseTo(0.25, within(1e-9));
        assertThat(STORAGE.amount(7)).isEqualTo(7);
    }

    @Test
    void whatIsLeftMayBeLessThanNothing() {
        assertThat(new QuotaView.Line(STORAGE, 4.0, 6).left()).isEqualTo(-2);
        assertThat(new QuotaView.Line(STORAGE, 4.0, 6).part()).isEqualTo(1);
        assertThat(new QuotaView.Line(STORAGE, 4.0, 1).part()).isEqualTo(0.25);
        assertThat(new QuotaView.Line(STORAGE, 0.0, 0).part()).isEqualTo(1);
        assertThat(new QuotaView.Line(STORAGE, null, 6).left()).isNull();
    }

    private static QuotaAmounts used(int memoryMib) {
        return QuotaAmounts.of(MEMORY, memoryMib);
    }

    private static QuotaStanding standing(Map<QuotaKind, Double> limits, QuotaAmounts used) {
        return new QuotaStanding("Payments", limits, used, "anna");
    }
}
