package io.howdah.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AlarmTest {

    private static final long FAR = Duration.ofHours(1).toNanos();

    private final Alarm alarm = new Alarm();

    private CompletableFuture<Long> heard() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                alarm.await();
                return System.nanoTime();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void whatRangBeforeSomebodyWaitedIsHeardOnce() throws Exception {
        alarm.ring();
        alarm.ring();
        heard().get(10, TimeUnit.SECONDS);
        CompletableFuture<Long> next = heard();
        assertThat(next).isNotDone();
        alarm.ring();
        next.get(10, TimeUnit.SECONDS);
    }

    @Test
    void theEarliestTimeCounts() throws Exception {
        long begun = System.nanoTime();
        long early = begun + Duration.ofMillis(50).toNanos();
        alarm.ringAt(begun + FAR);
        CompletableFuture<Long> heard = heard();
        alarm.ringAt(early);
        alarm.ringAt(begun + FAR);
        assertThat(heard.get(10, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(early);
    }

    @Test
    void aTimeThatIsStillToComeSurvivesARing() throws Exception {
        long later = System.nanoTime() + Duration.ofMillis(200).toNanos();
        alarm.ringAt(later);
        alarm.ring();
        heard().get(10, TimeUnit.SECONDS);
        assertThat(heard().get(10, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(later);
    }

    @Test
    void aTimeThatHasPassedRingsAtOnce() throws Exception {
        alarm.ringAt(System.nanoTime() - 1);
        heard().get(10, TimeUnit.SECONDS);
    }
}
