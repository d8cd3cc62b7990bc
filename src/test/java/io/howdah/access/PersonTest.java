package io.howdah.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PersonTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Person person = new Person();

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            person.failed(NOW);
        }
    }

    @Test
    void fourWrongPasswordsCostNothing() {
        fail(4);
        assertThat(person.waits(NOW)).isZero();
    }

    @Test
    void theFifthWrongPasswordCosts15SecondsAndEachFurtherOneTwiceAsMuch() {
        fail(5);
        assertThat(person.waits(NOW)).isEqualTo(Duration.ofSeconds(15));
        fail(1);
        assertThat(person.waits(NOW)).isEqualTo(Duration.ofSeconds(30));
        assertThat(person.waits(NOW.plusSeconds(30))).isZero();
    }

    @Test
    void nobodyWaitsLongerThan15Minutes() {
        fail(500);
        assertThat(person.waits(NOW)).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void aRightPasswordEndsTheWait() {
        fail(7);
        person.succeeded(NOW);
        assertThat(person.waits(NOW)).isZero();
        fail(4);
        assertThat(person.waits(NOW)).isZero();
    }
}
