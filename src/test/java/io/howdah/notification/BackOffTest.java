package io.howdah.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.notification.Delivery.Carrier;
import io.howdah.notification.Delivery.Purpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackOffTest {

    @Test
    void aWebhookIsGivenUpAfterSixTries() {
        assertThat(pauses(Purpose.NOTICE, Carrier.WEBHOOK))
                .containsExactly(
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(30),
                        Duration.ofHours(2));
    }

    @Test
    void mailIsTriedForTwoDaysAndNoLonger() {
        List<Duration> pauses = pauses(Purpose.NOTICE, Carrier.MAIL);
        Duration whole = pauses.stream().reduce(Duration.ZERO, Duration::plus);
        assertThat(whole).isBetween(Duration.ofHours(46), Duration.ofHours(48));
        assertThat(pauses.getLast()).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void aTestIsTriedOnceAndACodeNoLongerThanItHelps() {
        assertThat(pauses(Purpose.TEST, Carrier.MAIL)).isEmpty();
        assertThat(pauses(Purpose.TEST, Carrier.WEBHOOK)).isEmpty();
        assertThat(pauses(Purpose.CODE, Carrier.MAIL).stream().reduce(Duration.ZERO, Duration::plus))
                .isLessThan(Contact.CODE_VALID);
    }

    private static List<Duration> pauses(Purpose purpose, Carrier carrier) {
        List<Duration> pauses = new ArrayList<>();
        Duration age = Duration.ZERO;
        Optional<Duration> pause = BackOff.pause(purpose, carrier, 1, age);
        while (pause.isPresent() && pauses.size() < 100) {
            pauses.add(pause.get());
            age = age.plus(pause.get());
            pause = BackOff.pause(purpose, carrier, pauses.size() + 1, age);
        }
        return pauses;
    }
}
