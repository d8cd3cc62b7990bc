package io.howdah.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BrakeTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Brake brake = new Brake("account", "203.0.113.9");

    private static void take(Brake brake, int times) {
        for (int i = 0; i < times; i++) {
            brake.take(NOW);
        }
    }

    @Test
    void fourWrongPasswordsCostNothing() {
        take(brake, 4);
        assertThat(brake.waits(NOW)).isZero();
    }

    @Test
    void theFifthWrongPasswordCosts15SecondsAndEachFurtherOneTwiceAsMuch() {
        take(brake, 5);
        assertThat(brake.waits(NOW)).isEqualTo(Duration.ofSeconds(15));
        take(brake, 1);
        assertThat(brake.waits(NOW)).isEqualTo(Duration.ofSeconds(30));
        assertThat(brake.waits(NOW.plusSeconds(30))).isZero();
    }

    @Test
    void nobodyWaitsLongerThan15Minutes() {
        take(brake, 500);
        assertThat(brake.waits(NOW)).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void aRightPasswordEndsTheWaitAndIsRememberedFor30Days() {
        take(brake, 7);
        brake.trust(NOW);
        assertThat(brake.waits(NOW)).isZero();
        assertThat(brake.isTrusted(NOW.plus(Duration.ofDays(29)))).isTrue();
        assertThat(brake.isTrusted(NOW.plus(Duration.ofDays(31)))).isFalse();
        take(brake, 4);
        assertThat(brake.waits(NOW)).isZero();
    }

    @Test
    void aDayWithoutTriesForgets() {
        take(brake, 7);
        brake.take(NOW.plus(Duration.ofHours(25)));
        assertThat(brake.waits(NOW.plus(Duration.ofHours(25)))).isZero();
    }

    @Test
    void aTryThatWasHalfRightDoesNotCount() {
        take(brake, 4);
        brake.take(NOW);
        brake.giveBack();
        assertThat(brake.waits(NOW)).isZero();
        brake.take(NOW);
        assertThat(brake.waits(NOW)).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void anAddressHas30TriesAndAnAccountFromAnywhere100() {
        Brake address = new Brake(Brake.ANY, "203.0.113.9");
        take(address, 29);
        assertThat(address.waits(NOW)).isZero();
        take(address, 1);
        assertThat(address.waits(NOW)).isEqualTo(Duration.ofSeconds(15));
        Brake account = new Brake("account", Brake.ANY);
        take(account, 99);
        assertThat(account.waits(NOW)).isZero();
        take(account, 1);
        assertThat(account.waits(NOW)).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void aRightTryBesideManyWrongOnesTakesNoWaitAway() {
        take(brake, 8);
        Duration wait = brake.waits(NOW);
        brake.giveBack();
        assertThat(brake.waits(NOW)).isEqualTo(wait);
    }
}
