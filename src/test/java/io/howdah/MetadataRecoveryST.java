package io.howdah;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.Installation.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the control plane knows comes back where only the backups and the backup key are left. */
@ExtendWith(Installation.Shared.class)
@Order(6)
class MetadataRecoveryST {

    @TempDir
    Path place;

    private Path home;
    private Map<String, String> settings;

    @BeforeEach
    void letTheServiceUserIn() throws IOException {
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
        home = place.resolve("home");
        settings = Map.of(
                "HOWDAH_HOME", home.toString(), "HOWDAH_METADATA_PORT", Integer.toString(TestPlace.freePorts(1)));
    }

    @Test
    void anInstallationComesBackFromItsBackups(Installation installation) throws Exception {
        assertWell(installation.howdah(settings, "start-metadata"));
        try {
            assertThat(installation.howdah(settings, "back-up-metadata").text()).contains("full");
            // The next one is not due.
            assertThat(installation.howdah(settings, "back-up-metadata").text()).isBlank();
            ask("CREATE TABLE marker AS SELECT 'after the backup' AS text");
        } finally {
            assertWell(installation.howdah(settings, "down"));
        }
        String masterKey = Files.readString(home.resolve("secrets/master.key"));
        Path key = Files.copy(home.resolve("secrets/backup.key"), place.resolve("kept.key"));
        Path backups = place.resolve("kept");
        Files.move(home.resolve("backups"), backups);
        assertThat(installation.howdah(settings, restore(key, backups)).code()).isEqualTo(15);
        assertThat(new ProcessBuilder("rm", "-rf", home.toString()).start().waitFor())
                .isZero();

        Path wrong = Files.writeString(place.resolve("wrong.key"), "wrong\n");
        Said refused = installation.howdah(settings, restore(wrong, backups));
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.text()).contains("does not open");
        assertThat(home).doesNotExist();

        try {
            assertWell(installation.howdah(settings, restore(key, backups)));
            assertThat(ask("SELECT text FROM marker")).isEqualTo("after the backup");
            assertThat(Files.readString(home.resolve("secrets/master.key"))).isEqualTo(masterKey);
            assertThat(Files.getPosixFilePermissions(home.resolve("secrets/backup.key")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            // From here on it is backed up as before.
            assertThat(installation.howdah(settings, "back-up-metadata", "now").text())
                    .contains("Backed up");
        } finally {
            assertWell(installation.howdah(settings, "down"));
        }
    }

    private static String[] restore(Path key, Path backups) {
        return new String[] {"restore-metadata", "--key", key.toString(), "--from", backups.toString()};
    }

    private static void assertWell(Said said) {
        assertThat(said.code()).as(said.text()).isZero();
    }

    private String ask(String statement) throws SQLException, IOException {
        String address = "jdbc:postgresql://127.0.0.1:" + settings.get("HOWDAH_METADATA_PORT") + "/howdah";
        String password = Files.readString(home.resolve("secrets/metadata-owner-password"))
                .strip();
        try (Connection connection = DriverManager.getConnection(address, "howdah_owner", password);
                Statement run = connection.createStatement()) {
            if (!run.execute(statement)) {
                return null;
            }
            ResultSet rows = run.getResultSet();
            rows.next();
            return rows.getString(1);
        }
    }
}
