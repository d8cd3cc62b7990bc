package io.howdah.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.howdah.engine.Progress;
import io.howdah.engine.ServerKey;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkTest {

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Work work = new Work(executor);
    private final ServerKey key = new ServerKey(UUID.randomUUID());
    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    @AfterEach
    void end() {
        executor.close();
    }

    @Test
    void workThatEndedUnseenCountsForWhoAskedForIt() {
        assertThat(perform("first")).isInstanceOf(Progress.Running.class);
        gate.countDown();
        await().until(() -> ended.get() == 1);

        assertThat(perform("first")).isInstanceOf(Progress.Done.class);
        assertThat(begun).hasValue(1);
    }

    @Test
    void anotherActionRunsAfterOneThatEndedUnseen() {
        assertThat(perform("first")).isInstanceOf(Progress.Running.class);
        gate.countDown();
        await().until(() -> ended.get() == 1);

        assertThat(perform("second")).isInstanceOf(Progress.Done.class);
        assertThat(begun).hasValue(2);
    }

    private Progress perform(String action) {
        return work.perform(key, action, "Working", course -> {
            begun.incrementAndGet();
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            ended.incrementAndGet();
        });
    }
}
