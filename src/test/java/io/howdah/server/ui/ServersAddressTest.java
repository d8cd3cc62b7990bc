package io.howdah.server.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.router.QueryParameters;
import io.howdah.server.ServerOrder;
import io.howdah.server.ServerState;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ServersAddressTest {

    private static final UUID PROJECT = UUID.fromString("3f0e5c1a-8a3c-4c55-9a55-0f8a3c4c559a");
    private static final ServersAddress FULL = new ServersAddress(
            "orders", Set.of(ServerState.STOPPED, ServerState.READY), PROJECT, 17, ServerOrder.CREATED, false, true);

    @Test
    void whatAnAddressSaysIsWhatItWasMadeFrom() {
        assertThat(read(FULL.parameters())).isEqualTo(FULL);
        assertThat(read(ServersAddress.ALL.parameters())).isEqualTo(ServersAddress.ALL);
        assertThat(FULL.parameters())
                .isEqualTo(Map.of(
                        "q",
                        "orders",
                        "state",
                        "Ready,Stopped",
                        "project",
                        PROJECT.toString(),
                        "version",
                        "17",
                        "sort",
                        "-created",
                        "show",
                        "deleted"));
    }

    @Test
    void thePlainListHasAPlainAddress() {
        assertThat(ServersAddress.ALL.parameters()).isEmpty();
    }

    @Test
    void whatMakesNoSenseIsPassedOver() {
        ServersAddress read =
                read(Map.of("state", "Ready,Sleeping", "version", "new", "sort", "-colour", "show", "everything"));
        assertThat(read.states()).containsExactly(ServerState.READY);
        assertThat(read.version()).isNull();
        assertThat(read.order()).isEqualTo(ServerOrder.NAME);
        assertThat(read.deleted()).isFalse();
    }

    @Test
    void theFilterTakesTheTeamFromTheFrame() {
        UUID team = UUID.randomUUID();
        assertThat(FULL.filter(team).teamId()).isEqualTo(team);
        assertThat(FULL.filter(null).teamId()).isNull();
        assertThat(FULL.filter(team).states()).containsExactlyInAnyOrder(ServerState.READY, ServerState.STOPPED);
    }

    @Test
    void wideningKeepsOrderAndTab() {
        assertThat(FULL.narrowed()).isTrue();
        assertThat(FULL.widened().narrowed()).isFalse();
        assertThat(FULL.widened().order()).isEqualTo(ServerOrder.CREATED);
        assertThat(FULL.widened().deleted()).isTrue();
    }

    private static ServersAddress read(Map<String, String> parameters) {
        return ServersAddress.of(QueryParameters.simple(parameters));
    }
}
