package io.howdah.server.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.shell.Zones;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class AmountsTest {

    @Test
    void bytesHaveThreeDigitsAtMostBeforeTheUnitGrows() {
        assertThat(Amounts.bytes(0)).isEqualTo("0 B");
        assertThat(Amounts.bytes(999)).isEqualTo("999 B");
        assertThat(Amounts.bytes(1000)).isEqualTo("1.0 KiB");
        assertThat(Amounts.bytes(7_602_703)).isEqualTo("7.3 MiB");
        assertThat(Amounts.bytes(123_456_789_012L)).isEqualTo("115 GiB");
        assertThat(Amounts.exactBytes(1234567)).isEqualTo("1,234,567 bytes");
    }

    @Test
    void memoryAndVCoresCarryNoIdleDigits() {
        assertThat(Amounts.memory(256)).isEqualTo("256 MiB");
        assertThat(Amounts.memory(1536)).isEqualTo("1.5 GiB");
        assertThat(Amounts.memory(8192)).isEqualTo("8 GiB");
        assertThat(Amounts.vCores(0.25)).isEqualTo("0.25");
        assertThat(Amounts.vCores(2)).isEqualTo("2");
    }

    @Test
    void timesAreToTheMinuteAndNameTheirZone() {
        Instant at = Instant.parse("2026-11-27T23:12:59Z");
        assertThat(Amounts.time(at, Zones.UTC)).isEqualTo("27 Nov 2026, 23:12 UTC");
        assertThat(Amounts.time(at, ZoneId.of("Europe/Berlin"))).isEqualTo("28 Nov 2026, 00:12 CET");
        assertThat(Amounts.time(Instant.parse("2026-07-01T10:00:00Z"), ZoneId.of("Europe/Berlin")))
                .isEqualTo("1 Jul 2026, 12:00 CEST");
    }
}
