package io.howdah.notification;

import io.howdah.notification.Delivery.Carrier;
import io.howdah.notification.Delivery.Purpose;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How long to wait after a failed try, and when to give up: a webhook after six tries within three hours, since what it
 * says is soon stale; mail after two days, since mail servers are mended in the morning. A test is tried once.
 */
final class BackOff {

    static final Duration MAIL_PATIENCE = Duration.ofDays(2);
    private static final Duration CODE_PATIENCE = Duration.ofMinutes(20);

    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2));

    private BackOff() {}

    /**
     * @param tries how many have failed, at least 1
     * @param age how long ago the first could have been made
     * @return empty to give up
     */
    static Optional<Duration> pause(Purpose purpose, Carrier carrier, int tries, Duration age) {
        Duration next = PAUSES.get(Math.min(tries, PAUSES.size()) - 1);
        boolean again =
                switch (purpose) {
                    case TEST -> false;
                    case CODE -> age.plus(next).compareTo(CODE_PATIENCE) <= 0;
                    case NOTICE ->
                        carrier == Carrier.WEBHOOK
                                ? tries <= PAUSES.size()
                                : age.plus(next).compareTo(MAIL_PATIENCE) <= 0;
                };
        return again ? Optional.of(next) : Optional.empty();
    }
}
