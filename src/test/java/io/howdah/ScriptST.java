package io.howdah;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.Installation.Said;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the command line says, and the exit codes that docs/operator-guide.md lists. */
@ExtendWith(Installation.Shared.class)
@Order(5)
class ScriptST {

    @TempDir
    Path elsewhere;

    /** Database servers run as users of their own, who must be able to enter. */
    @BeforeEach
    void letOthersIn() throws IOException {
        Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Commands of a home that does not exist yet. */
    private Said fresh(Installation installation, Map<String, String> settings, String... words) {
        java.util.HashMap<String, String> all = new java.util.HashMap<>(settings);
        all.putIfAbsent("HOWDAH_HOME", elsewhere.resolve("home").toString());
        return installation.howdah(all, words);
    }

    @Test
    void helpNamesEveryCommand(Installation installation) {
        for (String[] words : new String[][] {{"help"}, {"--help"}, {}}) {
            Said said = installation.howdah(words);
            assertThat(said.code()).isZero();
            assertThat(said.text())
                    .contains(
                            "howdah run", "howdah status", "howdah down", "howdah test", "howdah bench", "howdah help");
        }
    }

    @Test
    void whatIsNoCommandEndsWith2(Installation installation) {
        assertThat(installation.howdah("dance")).satisfies(said -> {
            assertThat(said.code()).isEqualTo(2);
            assertThat(said.text()).startsWith("There is no command \"dance\".");
        });
        assertThat(installation.howdah("run", "--fast").code()).isEqualTo(2);
    }

    @Test
    void aPortInUseIsNamedBeforeAnythingIsMade(Installation installation) throws IOException {
        int port = TestPlace.freePorts(1);
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(port));
            Said said = fresh(
                    installation,
                    Map.of(
                            "HOWDAH_HTTPS_PORT",
                            Integer.toString(port),
                            "HOWDAH_METADATA_PORT",
                            Integer.toString(TestPlace.freePorts(1))),
                    "run",
                    "--detach");
            assertThat(said.code()).isEqualTo(12);
            assertThat(said.text()).contains(Integer.toString(port));
        }
        assertThat(elsewhere.resolve("home")).doesNotExist();
    }

    @Test
    void dataOfANewerVersionAreLeftAlone(Installation installation) throws IOException {
        Path home = Files.createDirectory(elsewhere.resolve("home"));
        Files.writeString(home.resolve("version"), "99\n");
        Said said = fresh(
                installation,
                Map.of(
                        "HOWDAH_HTTPS_PORT",
                        Integer.toString(TestPlace.freePorts(1)),
                        "HOWDAH_METADATA_PORT",
                        Integer.toString(TestPlace.freePorts(1))),
                "run",
                "--detach");
        assertThat(said.code()).isEqualTo(14);
        assertThat(said.text()).contains("99");
        assertThat(home.toFile().list()).containsExactly("version");
    }

    @Test
    void aSettingThatMakesNoSenseIsNamed(Installation installation) {
        Said said = fresh(installation, Map.of("HOWDAH_GRACE_DAYS", "soon"), "run", "--detach");
        assertThat(said.code()).isEqualTo(17);
        assertThat(said.text()).contains("HOWDAH_GRACE_DAYS", "soon");
        assertThat(elsewhere.resolve("home")).doesNotExist();
    }

    @Test
    void whatNeverRanIsNotReady(Installation installation) {
        assertThat(fresh(installation, Map.of(), "status").code()).isEqualTo(3);
        assertThat(fresh(installation, Map.of(), "down").code()).isZero();
        assertThat(elsewhere.resolve("home")).doesNotExist();
    }

    @Test
    void aSecondPortalOnTheSameDataIsRefused(Installation installation) {
        Said said = installation.howdah("run", "--detach");
        assertThat(said.code()).isEqualTo(16);
        assertThat(installation.howdah("status").code()).isZero();
    }

    @Test
    void aSecondStartBuildsNothingAndKeepsAllData(Installation installation) throws SQLException {
        String before = servers(installation);
        assertThat(installation.howdah("down").code()).isZero();
        assertThat(installation.howdah("status").code()).isEqualTo(3);
        Said verified = installation.howdah("audit", "verify");
        assertThat(verified.code()).as(verified.text()).isZero();
        assertThat(verified.text()).contains("records are whole");
        Said said = installation.start();
        assertThat(said.text()).contains("Howdah is ready").doesNotContain("Building", "Making");
        assertThat(installation.howdah("status").code()).isZero();
        assertThat(servers(installation)).isEqualTo(before);
    }

    private static String servers(Installation installation) throws SQLException {
        try (Connection connection = installation.metadata();
                ResultSet row = connection
                        .createStatement()
                        .executeQuery("select concat((select string_agg(name || id || pooled_port, ',' order by name)"
                                + " from server), (select count(*) from person), (select count(*) from assignment))")) {
            row.next();
            return row.getString(1);
        }
    }
}
