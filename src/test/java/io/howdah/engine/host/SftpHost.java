package io.howdah.engine.host;

import io.howdah.TestPlace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;

/** OpenSSH's server, which lets the user of the tests in with a key. */
final class SftpHost implements SecondPlace {

    private static final String PROGRAM = "/usr/sbin/sshd";

    private final Path folder;
    private final int port = TestPlace.freePorts(1);
    private final Process process;

    SftpHost(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("files"));
        // Where root starts it, it wants this empty folder, which its service would have made.
        if (ServiceUsers.runsAsRoot()) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
        keyPair("host");
        keyPair("user");
        Files.copy(folder.resolve("user.pub"), folder.resolve("authorized"));
        Files.writeString(
                folder.resolve("known"), "[localhost]:" + port + " " + Files.readString(folder.resolve("host.pub")));
        Files.writeString(
                folder.resolve("sshd.conf"), """
                Port %d
                ListenAddress 127.0.0.1
                HostKey %s
                AuthorizedKeysFile %s
                StrictModes no
                UsePAM no
                PasswordAuthentication no
                PermitRootLogin prohibit-password
                PidFile none
                Subsystem sftp internal-sftp
                """.formatted(port, folder.resolve("host"), folder.resolve("authorized")));
        process = new ProcessBuilder(
                        PROGRAM, "-D", "-e", "-f", folder.resolve("sshd.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sshd.log").toFile())
                .start();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(this::answers);
    }

    static boolean available() {
        return Files.exists(Path.of(PROGRAM));
    }

    private void keyPair(String name) {
        new Command(
                        Duration.ofSeconds(30),
                        "ssh-keygen",
                        "-q",
                        "-t",
                        "ecdsa",
                        "-N",
                        "",
                        "-f",
                        folder.resolve(name).toString())
                .run();
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "HOWDAH_BACKUP_REMOTE", "sftp",
                "HOWDAH_BACKUP_REMOTE_ENDPOINT", "localhost:" + port,
                "HOWDAH_BACKUP_REMOTE_KEY", System.getProperty("user.name"),
                "HOWDAH_BACKUP_REMOTE_SECRET_FILE", folder.resolve("user").toString(),
                "HOWDAH_BACKUP_REMOTE_KNOWN_HOSTS", folder.resolve("known").toString(),
                "HOWDAH_BACKUP_REMOTE_PATH", folder.resolve("files").toString());
    }

    @Override
    public String firstCall() {
        return "repo-ls";
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
        Disk.delete(folder);
    }
}
