package io.howdah.server.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.server.LockKind;
import io.howdah.server.LockView;
import io.howdah.server.ServerState;
import io.howdah.server.ServerView;
import io.howdah.server.Size;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ServerActionTest {

    private static final Set<ServerAction> LIFECYCLE = EnumSet.of(
            ServerAction.START,
            ServerAction.STOP,
            ServerAction.RESTART,
            ServerAction.RESET_PASSWORD,
            ServerAction.DELETE);

    @Test
    void theStateSaysWhatIsPossible() {
        assertThat(possible(ServerState.READY))
                .containsExactlyInAnyOrder(
                        ServerAction.STOP, ServerAction.RESTART, ServerAction.RESET_PASSWORD, ServerAction.DELETE);
        assertThat(possible(ServerState.STOPPED)).containsExactlyInAnyOrder(ServerAction.START, ServerAction.DELETE);
        assertThat(possible(ServerState.INACCESSIBLE)).containsExactlyInAnyOrderElementsOf(LIFECYCLE);
        assertThat(possible(ServerState.DISABLED)).containsExactly(ServerAction.DELETE);
    }

    @Test
    void whatIsUnderWayForbidsNothingSinceOperationsWaitInLine() {
        for (ServerState state : ServerState.values()) {
            if (state.inTransition()) {
                assertThat(possible(state)).as(state.name()).isEqualTo(possible(ServerState.READY));
            }
        }
    }

    @Test
    void aLockForbidsWhatItsKindForbidsAndCanAlwaysBeRemoved() {
        ServerView undeletable = server(ServerState.READY, LockKind.CAN_NOT_DELETE, null);
        assertThat(ServerAction.DELETE.refusal(undeletable, any -> true))
                .hasValueSatisfying(
                        why -> assertThat(why).contains("CanNotDelete").contains("bert"));
        assertThat(ServerAction.STOP.refusal(undeletable, any -> true)).isEmpty();
        ServerView readOnly = server(ServerState.READY, LockKind.READ_ONLY, null);
        for (ServerAction action : LIFECYCLE) {
            assertThat(action.refusal(readOnly, any -> true)).as(action.name()).isPresent();
        }
        assertThat(ServerAction.TAG.refusal(readOnly, any -> true)).isPresent();
        assertThat(ServerAction.LOCK.refusal(readOnly, any -> true)).isEmpty();
    }

    @Test
    void aMissingPermissionIsNamed() {
        assertThat(ServerAction.STOP.refusal(
                        server(ServerState.READY, null, null), needed -> needed != Permission.SERVERS_STOP))
                .hasValueSatisfying(
                        why -> assertThat(why).contains("servers/stop").contains("Payments"));
    }

    @Test
    void aDeletedServerCanOnlyComeBackOrGoForGood() {
        ServerView deleted = server(ServerState.DISABLED, null, Instant.EPOCH);
        Set<ServerAction> possible = Arrays.stream(ServerAction.values())
                .filter(action -> action.refusal(deleted, any -> true).isEmpty())
                .collect(Collectors.toSet());
        assertThat(possible).containsExactlyInAnyOrder(ServerAction.UNDELETE, ServerAction.PURGE);
        assertThat(ServerAction.UNDELETE.refusal(server(ServerState.DROPPING, null, Instant.EPOCH), any -> true))
                .isPresent();
        assertThat(ServerAction.UNDELETE.refusal(server(ServerState.READY, null, null), any -> true))
                .isPresent();
    }

    private static Set<ServerAction> possible(ServerState state) {
        return LIFECYCLE.stream()
                .filter(action ->
                        action.refusal(server(state, null, null), any -> true).isEmpty())
                .collect(Collectors.toSet());
    }

    private static ServerView server(ServerState state, LockKind lock, Instant deletedAt) {
        return new ServerView(
                UUID.randomUUID(),
                "orders-db",
                UUID.randomUUID(),
                "Payments",
                UUID.randomUUID(),
                "Web shop",
                state,
                null,
                17,
                "17.5",
                new Size("B1ms", "Burstable", 1, 2048, 50),
                8,
                "dbadmin",
                "orders",
                null,
                List.of(),
                Map.of(),
                lock == null
                        ? List.of()
                        : List.of(new LockView(
                                UUID.randomUUID(),
                                Scope.team(UUID.randomUUID()),
                                "Payments",
                                lock,
                                "",
                                "bert",
                                Instant.EPOCH)),
                Instant.EPOCH,
                "anna",
                null,
                null,
                deletedAt,
                deletedAt,
                state != ServerState.STOPPED);
    }
}
