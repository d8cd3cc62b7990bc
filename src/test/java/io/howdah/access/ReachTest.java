package io.howdah.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReachTest {

    private static final UUID TEAM = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();
    private static final UUID SHOP = UUID.randomUUID();
    private static final UUID ORDERS = UUID.randomUUID();

    private static final Scope TEAM_SCOPE = Scope.team(TEAM);
    private static final Scope PROJECT = Scope.project(TEAM, SHOP);
    private static final Scope SERVER = Scope.server(TEAM, ORDERS);

    @Test
    void whatATokenAndItsHolderShareIsTheSmallerOfBoth() {
        for (Scope wide : List.of(Scope.INSTALLATION, TEAM_SCOPE)) {
            for (Scope narrow : List.of(TEAM_SCOPE, PROJECT, SERVER)) {
                assertThat(Reach.common(List.of(wide), List.of(narrow))).containsExactly(narrow);
                assertThat(Reach.common(List.of(narrow), List.of(wide))).containsExactly(narrow);
            }
        }
    }

    @Test
    void aHolderOfAProjectSharesItsServersWithATokenForOneOfThem() {
        // What lies in a project stands beside it.
        assertThat(Reach.common(List.of(PROJECT, SERVER), List.of(SERVER))).containsExactly(SERVER);
    }

    @Test
    void placesApartShareNothing() {
        assertThat(Reach.common(List.of(TEAM_SCOPE), List.of(Scope.team(OTHER))))
                .isEmpty();
        assertThat(Reach.common(List.of(PROJECT), List.of(Scope.project(TEAM, OTHER))))
                .isEmpty();
        assertThat(Reach.common(List.of(SERVER), List.of(Scope.server(TEAM, OTHER))))
                .isEmpty();
        assertThat(Reach.common(List.of(), List.of(Scope.INSTALLATION))).isEmpty();
    }

    @Test
    void aReachIsMadeOfItsPlaces() {
        Reach reach = Reach.of(List.of(Scope.team(OTHER), PROJECT, SERVER));
        assertThat(reach.everywhere()).isFalse();
        assertThat(reach.includes(PROJECT)).isTrue();
        assertThat(reach.includes(SERVER)).isTrue();
        assertThat(reach.includes(TEAM_SCOPE)).isFalse();
        assertThat(reach.includes(Scope.server(OTHER, UUID.randomUUID()))).isTrue();
        assertThat(Reach.of(List.of()).nowhere()).isTrue();
        assertThat(Reach.of(List.of(Scope.INSTALLATION)).includes(Scope.INSTALLATION))
                .isTrue();
    }
}
