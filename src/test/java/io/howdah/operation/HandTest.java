package io.howdah.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.operation.OperationTable.Claimed;
import io.howdah.shared.Measure;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HandTest {

    private static final long MARGIN = Duration.ofSeconds(5).toNanos();

    private static Claimed claimed(Duration left) {
        return new Claimed(
                UUID.randomUUID(),
                "k",
                UUID.randomUUID(),
                "s",
                "A",
                1,
                "{}",
                1,
                Instant.EPOCH,
                false,
                "c",
                false,
                true,
                left);
    }

    private static Hand hand(Duration agoAsked) {
        return new Hand(claimed(Duration.ofMinutes(1)), System.nanoTime() - agoAsked.toNanos());
    }

    @Test
    void aFreshLeaseLetsTheWorkflowAct() {
        Hand hand = hand(Duration.ZERO);
        assertThat(hand.act(MARGIN)).isTrue();
        assertThat(hand.stopBefore(MARGIN)).isFalse();
        assertThat(hand.rested()).isTrue();
    }

    @Test
    void noStepIsBegunWhenTheLeaseIsAboutToEnd() {
        Hand hand = hand(OperationTable.LEASE.minusSeconds(4));
        assertThat(hand.act(MARGIN)).isFalse();
        assertThat(hand.rested()).isFalse();
    }

    @Test
    void aStepWhoseLeaseIsNotRenewedIsInterruptedAndDoesNotCount() {
        Hand hand = hand(OperationTable.LEASE.minusSeconds(6));
        assertThat(hand.act(MARGIN)).isTrue();
        assertThat(hand.stopBefore(Duration.ofSeconds(10).toNanos())).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(hand.stopBefore(Duration.ofSeconds(10).toNanos())).isFalse();
        assertThat(hand.rested()).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aRenewedLeaseLetsTheStepGoOn() {
        Hand hand = hand(OperationTable.LEASE.minusSeconds(6));
        assertThat(hand.act(MARGIN)).isTrue();
        hand.renewed(System.nanoTime());
        assertThat(hand.stopBefore(Duration.ofSeconds(10).toNanos())).isFalse();
        assertThat(hand.rested()).isTrue();
    }

    @Test
    void theDeadlineIsReckonedFromWhatTheDatabaseSaidWasLeft() {
        assertThat(new Hand(claimed(Duration.ofSeconds(1)), System.nanoTime()).overdue())
                .isFalse();
        assertThat(new Hand(
                                claimed(Duration.ofSeconds(1)),
                                System.nanoTime() - Duration.ofSeconds(2).toNanos())
                        .overdue())
                .isTrue();
    }

    @Test
    void onlyWhatIsNewIsNews() {
        Hand hand = hand(Duration.ZERO);
        assertThat(hand.news("copies", null)).isTrue();
        assertThat(hand.news("copies", null)).isFalse();
        assertThat(hand.news("copies", new Measure(1, 2, Measure.Unit.BYTES))).isTrue();
        hand.moved(claimed(Duration.ofMinutes(1)), System.nanoTime());
        assertThat(hand.news(null, null)).isFalse();
    }

    @Test
    void pausesEndInTheirOrderOrWhenSomebodyHurries() {
        Agenda agenda = new Agenda();
        Hand first = hand(Duration.ZERO);
        Hand second = hand(Duration.ZERO);
        Hand later = hand(Duration.ZERO);
        long now = System.nanoTime();
        agenda.add(later, now + Duration.ofHours(1).toNanos());
        agenda.add(second, now - 1);
        agenda.add(first, now - 2);
        assertThat(agenda.due(1)).containsExactly(first);
        assertThat(agenda.due(9)).containsExactly(second);
        assertThat(agenda.next()).hasValue(now + Duration.ofHours(1).toNanos());
        agenda.hurry(later.claimed().id());
        assertThat(agenda.due(9)).containsExactly(later);
        assertThat(agenda.next()).isEmpty();
    }
}
