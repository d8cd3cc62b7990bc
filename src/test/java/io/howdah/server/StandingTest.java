package io.howdah.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.engine.Endpoints;
import io.howdah.engine.Observation;
import io.howdah.server.Server.Wish;
import io.howdah.server.Standing.Difference;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandingTest {

    private static final Instant STARTED = Instant.parse("2026-11-24T12:00:00Z");
    private static final Endpoints ENDPOINTS = new Endpoints("db.example.org", 25432, 25433);

    private static Standing standing(Wish wish, ServerState state, boolean deleted) {
        return new Standing(
                UUID.randomUUID(),
                wish,
                state,
                null,
                "17.5",
                STARTED,
                ENDPOINTS.host(),
                ENDPOINTS.pooledPort(),
                ENDPOINTS.directPort(),
                deleted ? STARTED : null,
                null,
                wish,
                deleted ? STARTED : null);
    }

    private static Observation seen(Observation.State state, Instant startedAt, String note) {
        return new Observation(state, ENDPOINTS, "17.5", startedAt, note);
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING, false, RUNNING,  NONE,             READY",
        "RUNNING, false, STOPPED,  NOT_RUNNING,      INACCESSIBLE",
        "RUNNING, false, UNSTEADY, NOT_RUNNING,      INACCESSIBLE",
        "RUNNING, false, ASLEEP,   NONE,             STOPPED",
        "STOPPED, false, ASLEEP,   RUNNING_UNWANTED, STOPPED",
        "RUNNING, false, ABSENT,   NONE,             DISABLED",
        "STOPPED, false, RUNNING,  RUNNING_UNWANTED, READY",
        "STOPPED, false, STOPPED,  NONE,             STOPPED",
        "STOPPED, false, UNSTEADY, RUNNING_UNWANTED, INACCESSIBLE",
        "STOPPED, false, ABSENT,   NONE,             DISABLED",
        "RUNNING, true,  RUNNING,  RUNNING_UNWANTED, DISABLED",
        "RUNNING, true,  STOPPED,  NONE,             DISABLED",
        "STOPPED, true,  UNSTEADY, RUNNING_UNWANTED, DISABLED"
    })
    void theWishDecidesWhatIsMissing(
            Wish wish, boolean deleted, Observation.State seen, Difference difference, ServerState state) {
        Standing standing = standing(wish, ServerState.READY, deleted);
        assertThat(standing.difference(seen(seen, STARTED, null))).isEqualTo(difference);
        assertThat(standing.stateOf(seen(seen, STARTED, null))).isEqualTo(state);
    }

    @Test
    void aServerWhoseFilesAreGoneSaysSoUnlessItIsDeleted() {
        Observation nothing = new Observation(Observation.State.ABSENT, null, null, null, null);
        Standing lost = standing(Wish.RUNNING, ServerState.READY, false);
        assertThat(lost.explained(nothing).note()).contains("Backup and restore");
        assertThat(lost.stateOf(lost.explained(nothing))).isEqualTo(ServerState.INACCESSIBLE);
        assertThat(lost.difference(lost.explained(nothing))).isEqualTo(Difference.NONE);
        Standing deleted = standing(Wish.RUNNING, ServerState.READY, true);
        assertThat(deleted.explained(nothing)).isEqualTo(nothing);
        assertThat(deleted.stateOf(nothing)).isEqualTo(ServerState.DISABLED);
    }

    @Test
    void whatIsKnownCostsNoTransaction() {
        Standing sound = standing(Wish.RUNNING, ServerState.READY, false);
        assertThat(sound.calls(seen(Observation.State.RUNNING, STARTED.plusMillis(30), null)))
                .isFalse();
        assertThat(sound.calls(seen(Observation.State.RUNNING, STARTED.plusSeconds(5), null)))
                .isTrue();
        assertThat(sound.calls(seen(Observation.State.UNSTEADY, STARTED, "The pooler is not running.")))
                .isTrue();
        assertThat(sound.calls(new Observation(
                        Observation.State.RUNNING, new Endpoints("other", 1, 2), "17.5", STARTED, null)))
                .isTrue();
    }

    @Test
    void anotherStartWithoutAnOperationIsARestart() {
        Observation later = seen(Observation.State.RUNNING, STARTED.plusSeconds(5), null);
        assertThat(standing(Wish.RUNNING, ServerState.READY, false).restarted(later))
                .isTrue();
        assertThat(standing(Wish.RUNNING, ServerState.INACCESSIBLE, false).restarted(later))
                .isFalse();
        assertThat(standing(Wish.RUNNING, ServerState.READY, false)
                        .restarted(seen(Observation.State.RUNNING, STARTED.minusMillis(40), null)))
                .isFalse();
    }
}
