package io.howdah.server;

import static io.howdah.server.LockKind.CAN_NOT_DELETE;
import static io.howdah.server.LockKind.READ_ONLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.howdah.access.Scope;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which of the locks over a server is in the way. */
class LockViewTest {

    private static final UUID TEAM = UUID.randomUUID();
    private static final LockView TEAM_READ_ONLY = lock(Scope.team(TEAM), "Payments", READ_ONLY, "anna");
    private static final LockView PROJECT_KEPT =
            lock(Scope.project(TEAM, UUID.randomUUID()), "Web shop", CAN_NOT_DELETE, "bert");
    private static final LockView SERVER_KEPT =
            lock(Scope.server(TEAM, UUID.randomUUID()), "orders", CAN_NOT_DELETE, "carla");
    private static final LockView SERVER_READ_ONLY =
            lock(Scope.server(TEAM, UUID.randomUUID()), "orders", READ_ONLY, "dora");

    @Test
    void theStrictestCountsWhereverItSits() {
        assertThat(LockView.stopping(List.of(SERVER_KEPT, PROJECT_KEPT, TEAM_READ_ONLY), CAN_NOT_DELETE, READ_ONLY))
                .contains(TEAM_READ_ONLY);
        assertThat(LockView.stopping(List.of(TEAM_READ_ONLY, PROJECT_KEPT), CAN_NOT_DELETE, READ_ONLY))
                .contains(TEAM_READ_ONLY);
    }

    @Test
    void ofEquallyStrictOnesTheNearestIsNamed() {
        assertThat(LockView.stopping(List.of(TEAM_READ_ONLY, SERVER_READ_ONLY), READ_ONLY))
                .contains(SERVER_READ_ONLY);
        assertThat(LockView.stopping(List.of(SERVER_KEPT, PROJECT_KEPT), CAN_NOT_DELETE))
                .contains(SERVER_KEPT);
    }

    @Test
    void whatMerelyForbidsDeletingForbidsNoChange() {
        assertThat(LockView.stopping(List.of(SERVER_KEPT, PROJECT_KEPT), READ_ONLY))
                .isEmpty();
        assertThatCode(() -> Requirements.requireUnlocked("orders", List.of(PROJECT_KEPT), READ_ONLY))
                .doesNotThrowAnyException();
    }

    @Test
    void theErrorNamesTheLockWhereItSitsAndWhoSetIt() {
        ProblemException raised = catchThrowableOfType(
                ProblemException.class,
                () -> Requirements.requireUnlocked("orders", List.of(TEAM_READ_ONLY), CAN_NOT_DELETE, READ_ONLY));
        Problem problem = raised.problem();
        assertThat(problem.code()).isEqualTo(ProblemCode.ServerLocked);
        assertThat(problem.message()).contains("orders", "ReadOnly", "anna", "the team \"Payments\"");
        assertThat(problem.hint()).contains("the team \"Payments\"", "anna");
    }

    private static LockView lock(Scope scope, String place, LockKind kind, String by) {
        return new LockView(UUID.randomUUID(), scope, place, kind, "", by, Instant.EPOCH);
    }
}
