package io.howdah.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannedChangeViewTest {

    private static final Instant SOON = Instant.parse("2026-03-02T12:10:00Z");

    private static PlannedChangeView waiting(WaitsFor what, Instant due, String failure) {
        return new PlannedChangeView(UUID.randomUUID(), "H1", what, due, null, SOON, "Ada", null, null, failure);
    }

    @ParameterizedTest
    @CsvSource({
        "TIME, -1, true",
        "TIME, 1, false",
        "WINDOW, -1, true",
        "WINDOW, 1, false",
        "ROOM, 1, true",
        "TRANSACTION, 1, true"
    })
    void whatIsDueSoonOrMerelyKeptWaitingComesBeforeAutoscale(WaitsFor what, int seconds, boolean first) {
        assertThat(waiting(what, SOON.plusSeconds(seconds), null).comesFirst(SOON))
                .isEqualTo(first);
    }

    @Test
    void whatCameToNothingKeepsNobodyWaiting() {
        assertThat(waiting(WaitsFor.ROOM, SOON, "there is no such size").comesFirst(SOON))
                .isFalse();
    }
}
