package io.howdah.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.howdah.engine.Compute;
import io.howdah.engine.Specification;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostSettingsTest {

    private static final Map<String, String> FIXED = Map.of(
            "HOWDAH_HOME", "/srv/howdah", "HOWDAH_LISTEN", "127.0.0.1, 192.0.2.9", "HOWDAH_PUBLIC_NAME", "db.example");

    private static Map<String, String> with(String name, String value) {
        Map<String, String> environment = new java.util.HashMap<>(FIXED);
        environment.put(name, value);
        return environment;
    }

    @Test
    void readsTheEnvironment() {
        HostSettings settings = HostSettings.fromEnvironment(with("HOWDAH_LIMITS", "off"));
        assertThat(settings.home()).isEqualTo(Path.of("/srv/howdah"));
        assertThat(settings.listenAddresses()).containsExactly("127.0.0.1", "192.0.2.9");
        assertThat(settings.publicName()).isEqualTo("db.example");
        assertThat(settings.firstPort()).isEqualTo(25432);
        assertThat(settings.lastPort()).isEqualTo(26431);
        assertThat(settings.limits()).isFalse();
        assertThat(settings.backgroundShare()).isEqualTo(0.1);
    }

    @Test
    void theShareOfTheWorkBehindIsAPercentage() {
        assertThat(HostSettings.fromEnvironment(with("HOWDAH_BACKGROUND_SHARE", "25"))
                        .backgroundShare())
                .isEqualTo(0.25);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "101", "10 %", "-5", "0.5"})
    void refusesAShareThatIsNone(String share) {
        assertThatThrownBy(() -> HostSettings.fromEnvironment(with("HOWDAH_BACKGROUND_SHARE", share)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 100");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "25432", "80-90", "30000-29000", "1-2-3", "25432-99999"})
    void refusesPortsThatAreNoRange(String ports) {
        assertThatThrownBy(() -> HostSettings.fromEnvironment(with("HOWDAH_SERVER_PORTS", ports)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/srv/with space", "/srv/*", "/srv/it's"})
    void refusesAHomeThatSettingsFilesCouldMisread(String home) {
        assertThatThrownBy(() -> HostSettings.fromEnvironment(with("HOWDAH_HOME", home)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "256, 25, 64, 192, 2, 16",
        "1024, 50, 256, 768, 5, 64",
        "2048, 50, 512, 1536, 10, 128",
        "8192, 1718, 2048, 6144, 4, 512"
    })
    void memorySettingsFollowTheSize(int memory, int connections, int buffers, int cache, int work, int maintenance) {
        Specification specification =
                new Specification("orders-db", 15, new Compute(1, memory, connections), 32, List.of());
        ServerFile file =
                new ServerFile(UUID.randomUUID(), "ab12", null, "/run/x", 25432, 25433, specification, Instant.EPOCH);
        String conf = new ServerSettings(
                        file, new ServerDirectory(Path.of("/srv/s")), HostSettings.fromEnvironment(FIXED))
                .postgres();
        assertThat(conf.lines())
                .contains(
                        "shared_buffers = " + buffers + "MB",
                        "effective_cache_size = " + cache + "MB",
                        "work_mem = " + work + "MB",
                        "maintenance_work_mem = " + maintenance + "MB",
                        "max_connections = " + connections,
                        "max_wal_size = 3276MB");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "::1, ::1",
        "fd00::2, fd00::2",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:3:4:5:6",
        "fe00::, fe00::"
    })
    void addressesAreWrittenTheUsualWay(String given, String written) throws UnknownHostException {
        assertThat(HostAddresses.text(InetAddress.getByName(given))).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "all", "10.0.0.0/8 trust", "host", "10.0.0.0/8\nlocal", "1"})
    void whatIsNoNetworkIsRefused(String text) {
        assertThatThrownBy(() -> ServerSettings.network(text)).isInstanceOf(EngineFault.class);
    }
}
