package io.howdah.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.howdah.engine.RecoverySpan;
import io.howdah.engine.RestoreTarget;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestorePointsTest {

    private static final Instant NOW = Instant.parse("2026-03-04T12:00:00Z");

    /** Two days; then WAL 0000…2A is missing until the next backup; then up to a minute ago. */
    private static final List<RecoverySpan> SPANS = List.of(
            span(1, "2026-03-01T02:00:00Z", "2026-03-03T06:00:00Z", false, "00000001000000000000002A"),
            span(1, "2026-03-03T10:00:00Z", "2026-03-04T11:59:00Z", true, null));

    private static RecoverySpan span(int timeline, String from, String until, boolean growing, String missing) {
        return new RecoverySpan(timeline, Instant.parse(from), Instant.parse(until), growing, missing);
    }

    private static RestorePoints points(boolean running) {
        return new RestorePoints("orders", SPANS, running);
    }

    private static Problem refused(RestorePoints points, String instant) {
        return catchThrowableOfType(ProblemException.class, () -> points.at(Instant.parse(instant), NOW))
                .problem();
    }

    @Test
    void anInstantWithinASpanIsRestoredOnItsTimeline() {
        Instant wanted = Instant.parse("2026-03-02T13:14:15Z");
        RestorePoints.Chosen chosen = points(true).at(wanted, NOW);
        assertThat(chosen.target()).isEqualTo(new RestoreTarget.At(wanted, 1));
        assertThat(chosen.archive()).isFalse();
    }

    @Test
    void theEdgesOfASpanBelongToIt() {
        for (String edge : List.of("2026-03-01T02:00:00Z", "2026-03-03T06:00:00Z", "2026-03-03T10:00:00Z")) {
            assertThat(points(false).at(Instant.parse(edge), NOW).archive()).isFalse();
        }
    }

    @Test
    void whatIsNotArchivedYetIsArchivedFirstWhileTheServerRuns() {
        assertThat(points(true).at(NOW, NOW).archive()).isTrue();
        Instant newest = SPANS.getLast().until();
        assertThat(points(true).at(newest, NOW).archive()).isTrue();
        assertThat(points(true).at(newest.minusSeconds(11), NOW).archive()).isFalse();
        assertThat(points(true).latest(NOW))
                .isEqualTo(new RestorePoints.Chosen(new RestoreTarget.Latest(1), NOW, true));
    }

    @Test
    void ofAServerThatDoesNotRunOnlyWhatIsArchivedCanBeRestored() {
        Problem problem = refused(points(false), "2026-03-04T11:59:01Z");
        assertThat(problem.code()).isEqualTo(ProblemCode.RestorePointTooLate);
        assertThat(problem.message()).contains("2026-03-04 11:59:00 UTC").contains("2026-03-04 11:59:01 UTC");
        assertThat(points(false).latest(NOW))
                .isEqualTo(new RestorePoints.Chosen(
                        new RestoreTarget.Latest(1), Instant.parse("2026-03-04T11:59:00Z"), false));
    }

    @Test
    void whoAsksForTooEarlyATimeIsToldTheFirstPossibleOne() {
        Problem problem = refused(points(true), "2026-03-01T01:59:59Z");
        assertThat(problem.code()).isEqualTo(ProblemCode.RestorePointTooEarly);
        assertThat(problem.message()).contains("2026-03-01 02:00:00 UTC");
        assertThat(problem.field()).isEqualTo("instant");
    }

    @Test
    void whoAsksForATimeInAGapIsToldItsEnds() {
        Problem problem = refused(points(true), "2026-03-03T08:00:00Z");
        assertThat(problem.code()).isEqualTo(ProblemCode.RestorePointInGap);
        assertThat(problem.message()).contains("2026-03-03 06:00:00 UTC").contains("2026-03-03 10:00:00 UTC");
    }

    @Test
    void theFutureCanNotBeRestored() {
        assertThat(refused(points(true), "2026-03-04T12:00:01Z").code()).isEqualTo(ProblemCode.RestorePointInFuture);
    }

    @Test
    void withoutABackupThereIsNothingToRestore() {
        RestorePoints none = new RestorePoints("orders", List.of(), true);
        assertThat(refused(none, "2026-03-04T11:00:00Z").code()).isEqualTo(ProblemCode.NoBackupYet);
        assertThat(catchThrowableOfType(ProblemException.class, () -> none.latest(NOW))
                        .problem()
                        .code())
                .isEqualTo(ProblemCode.NoBackupYet);
    }

    @Test
    void afterARestoreInPlaceAnInstantOfBothLivesIsThatOfTheNewerOne() {
        RestorePoints both = new RestorePoints(
                "orders",
                List.of(
                        span(1, "2026-03-01T02:00:00Z", "2026-03-04T11:00:00Z", false, null),
                        span(2, "2026-03-04T10:30:00Z", "2026-03-04T11:59:00Z", true, null)),
                true);
        assertThat(both.at(Instant.parse("2026-03-04T10:45:00Z"), NOW).target())
                .isEqualTo(new RestoreTarget.At(Instant.parse("2026-03-04T10:45:00Z"), 2));
        assertThat(both.at(Instant.parse("2026-03-04T10:15:00Z"), NOW).target())
                .isEqualTo(new RestoreTarget.At(Instant.parse("2026-03-04T10:15:00Z"), 1));
    }
}
