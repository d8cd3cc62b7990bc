package io.howdah.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which clients may wake a server. */
class AllowedNetworksTest {

    private static final AllowedNetworks NETWORKS =
            new AllowedNetworks(List.of("127.0.0.0/8", "::1/128", "10.1.0.0/16", "2001:db8::/32"));

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "10.1.255.3, true",
        "10.2.0.1, false",
        "192.0.2.1, false",
        "::1, true",
        "2001:db8:7::1, true",
        "2001:db9::1, false",
        "unix, true",
        "a.name, false",
        "'', false"
    })
    void onlyThoseWhoMayReachItWakeIt(String address, boolean included) {
        assertThat(NETWORKS.include(address)).isEqualTo(included);
    }
}
