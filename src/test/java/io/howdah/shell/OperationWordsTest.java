package io.howdah.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.operation.LinePlace;
import io.howdah.operation.OperationStatus;
import io.howdah.operation.OperationView;
import io.howdah.operation.OperationView.Cancelling;
import io.howdah.operation.OperationView.Place;
import io.howdah.shared.Measure;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationWordsTest {

    private static final Instant THEN = Instant.parse("2026-03-01T12:00:00Z");
    private static final Place HERE = new Place("one", THEN, null);

    private static OperationView view(
            OperationStatus status, boolean undoing, LinePlace line, String cancelledBy, Place place, Instant started) {
        Cancelling cancelling = new Cancelling(true, null, false, cancelledBy == null ? null : THEN, cancelledBy);
        return new OperationView(
                UUID.randomUUID(),
                "server-stop",
                "Stop server",
                UUID.randomUUID(),
                "orders",
                null,
                status,
                undoing,
                status == OperationStatus.RUNNING ? "Stopping" : null,
                1,
                4,
                line,
                new Measure(1, 2, Measure.Unit.STEPS),
                THEN,
                started,
                null,
                null,
                null,
                "anna",
                "c",
                null,
                null,
                false,
                cancelling,
                place,
                List.of());
    }

    private static String words(
            OperationStatus status, boolean undoing, LinePlace line, String cancelledBy, Place place, Instant started) {
        return OperationWords.sentence(view(status, undoing, line, cancelledBy, place, started));
    }

    @Test
    void whoWaitsHearsItsPlaceAndWhatFor() {
        LinePlace third = new LinePlace(3, UUID.randomUUID(), "Create server", true);
        assertThat(words(OperationStatus.QUEUED, false, third, null, HERE, null))
                .isEqualTo("Third in line. Waits for \"Create server\", which runs.");
        LinePlace seventh = new LinePlace(7, UUID.randomUUID(), "Stop server", false);
        assertThat(words(OperationStatus.QUEUED, false, seventh, null, HERE, null))
                .isEqualTo("Number 7 in line. Waits for \"Stop server\", which is in line too.");
        assertThat(words(OperationStatus.QUEUED, false, null, null, HERE, null)).isEqualTo("Waits to be begun.");
        assertThat(words(OperationStatus.QUEUED, false, null, null, new Place("far", null, THEN), null))
                .contains("\"far\" has not been seen");
    }

    @Test
    void whatIsCancelledSaysByWhomAndHowFarThatIs() {
        assertThat(words(OperationStatus.RUNNING, false, null, "bert", HERE, THEN))
                .isEqualTo("Being cancelled, as bert asked.");
        assertThat(words(OperationStatus.RUNNING, true, null, "bert", HERE, THEN))
                .isEqualTo("Puts things back. Stopping");
        assertThat(words(OperationStatus.CANCELLED, true, null, "bert", HERE, THEN))
                .isEqualTo("Cancelled by bert. What had been done is undone.");
        assertThat(words(OperationStatus.CANCELLED, false, null, "bert", HERE, null))
                .isEqualTo("Cancelled by bert before it began.");
        assertThat(words(OperationStatus.SUCCEEDED, false, null, "bert", HERE, THEN))
                .contains("before it could be cancelled");
    }

    @ParameterizedTest
    @CsvSource({
        "512, 1024, BYTES, 512 bytes of 1.0 KiB",
        "1288490188, 3650722201, BYTES, 1.2 GiB of 3.4 GiB",
        "16777216, 0, LSN, 16.0 MiB of WAL",
        "1, 2, MEMBERS, 1 of 2 members",
        "7, 9, STEPS, 7 of 9 done"
    })
    void figuresHaveUnits(long done, long total, Measure.Unit unit, String words) {
        assertThat(OperationWords.measure(new Measure(done, total, unit))).isEqualTo(words);
        assertThat(OperationWords.measure(null)).isEmpty();
    }

    @Test
    void theBarMovesWithinAStep() {
        assertThat(view(OperationStatus.RUNNING, false, null, null, HERE, THEN).progress())
                .isEqualTo((1 + 0.5) / 4);
    }

    @Test
    void theWordsOfTheCountdownKeepAPlaceForTheNumber() {
        assertThat(Texts.t("ui.operation.timeLeft")).contains("{0}");
        assertThat(Texts.t("ui.step.triesAgainIn")).contains("{0}");
    }
}
