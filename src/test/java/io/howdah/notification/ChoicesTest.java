package io.howdah.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.access.EventKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChoicesTest {

    @ParameterizedTest
    @CsvSource({
        "OPERATION_FAILED, EVERYTHING, MINE",
        "OPERATION_SUCCEEDED, NOTHING, NOTHING",
        "SERVER_DEGRADED, EVERYTHING, NOTHING",
        "SERVER_RECOVERED, EVERYTHING, NOTHING",
        "SCHEDULE_FAILED, EVERYTHING, MINE",
        "SCHEDULE_MISSED, EVERYTHING, MINE",
        "DRIFT, EVERYTHING, NOTHING",
        "BACKUP_FAILED, EVERYTHING, NOTHING",
        "RECOVERY_POINT_OLD, EVERYTHING, NOTHING",
        "REHEARSAL_FAILED, EVERYTHING, NOTHING",
        "STORAGE_FILLING, EVERYTHING, NOTHING",
        "STORAGE_READ_ONLY, EVERYTHING, NOTHING",
        "ACCESS_REQUESTED, EVERYTHING, MINE",
        "ACCESS_DECIDED, EVERYTHING, MINE",
        "APPROVAL_REQUESTED, EVERYTHING, MINE",
        "APPROVAL_DECIDED, EVERYTHING, MINE",
        "APPROVAL_BYPASSED, EVERYTHING, MINE",
        "AUDIT_LOG_BROKEN, EVERYTHING, MINE",
        "DELIVERY_GIVEN_UP, EVERYTHING, NOTHING"
    })
    void unlessChosenOtherwiseWhatFailedIsInThePortalAndWhatFailedOfMineComesByMail(
            EventKind kind, Wanted portal, Wanted mail) {
        Choices usual = new Choices(List.of());
        assertThat(usual.of(kind, Channel.PORTAL)).isEqualTo(portal);
        assertThat(usual.of(kind, Channel.MAIL)).isEqualTo(mail);
    }

    @Test
    void aChoiceWinsOnItsChannelAlone() {
        Choices choices = new Choices(List.of(entry(EventKind.OPERATION_FAILED, Channel.MAIL, Wanted.NOTHING)));
        assertThat(choices.of(EventKind.OPERATION_FAILED, Channel.MAIL)).isEqualTo(Wanted.NOTHING);
        assertThat(choices.of(EventKind.OPERATION_FAILED, Channel.PORTAL)).isEqualTo(Wanted.EVERYTHING);
    }

    @Test
    void nobodyMissesThatTheirMessagesAreLost() {
        Choices choices = new Choices(List.of(entry(EventKind.DELIVERY_GIVEN_UP, Channel.PORTAL, Wanted.NOTHING)));
        assertThat(choices.of(EventKind.DELIVERY_GIVEN_UP, Channel.PORTAL)).isEqualTo(Wanted.EVERYTHING);
    }

    @ParameterizedTest
    @EnumSource(EventKind.class)
    void onlyWhatConcernsSomebodyIsUsuallyLimitedToThat(EventKind kind) {
        for (Channel channel : Channel.values()) {
            assertThat(Choices.usual(kind, channel) == Wanted.MINE && !kind.concernsSomebody())
                    .isFalse();
        }
    }

    @Test
    void mineIsWhatConcernsMe() {
        assertThat(Wanted.MINE.includes(true)).isTrue();
        assertThat(Wanted.MINE.includes(false)).isFalse();
        assertThat(Wanted.EVERYTHING.includes(false)).isTrue();
        assertThat(Wanted.NOTHING.includes(true)).isFalse();
    }

    private static ChoiceEntry entry(EventKind kind, Channel channel, Wanted wanted) {
        ChoiceEntry entry = new ChoiceEntry();
        entry.kind = kind;
        entry.channel = channel;
        entry.wanted = wanted;
        return entry;
    }
}
