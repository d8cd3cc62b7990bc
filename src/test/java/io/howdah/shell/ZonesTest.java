package io.howdah.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ZonesTest {

    @Test
    void zonesAreFoundByPlaceAndSayTheirOffset() {
        assertThat(Zones.all(ZoneId.of("Asia/Kolkata")))
                .startsWith(ZoneId.of("Asia/Kolkata"), Zones.UTC)
                .contains(ZoneId.of("Europe/Berlin"))
                .doesNotHaveDuplicates();
        assertThat(Zones.inWords(ZoneId.of("America/New_York"), Instant.parse("2026-11-24T12:00:00Z")))
                .isEqualTo("America/New York (UTC−05:00)");
        assertThat(Zones.parse("Atlantis/Capital")).isEmpty();
    }

    @Test
    void namesAreReadable() {
        assertThat(Zones.name(ZoneId.of("America/New_York"))).isEqualTo("America/New York");
        assertThat(Zones.name(ZoneOffset.UTC)).isEqualTo("UTC");
    }

    /** Such as in what is drawn for nobody in particular. */
    @Test
    void withoutAPageTheTimeIsUtc() {
        assertThat(Zones.mine()).isEqualTo(Zones.UTC);
    }
}
