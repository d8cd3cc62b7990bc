package io.howdah.engine.host;

import io.howdah.TestPlace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.awaitility.Awaitility;

/** A store that speaks as Azure Blob Storage does (Azurite), with a certificate of its own. */
final class AzureStore implements SecondPlace {

    private static final Path PROGRAM = Path.of("target/azurite/node_modules/.bin/azurite-blob");
    private static final String KEY = Base64.getEncoder().encodeToString("a-secret-of-the-tests".getBytes());

    private final Path folder;
    private final int port = TestPlace.freePorts(1);
    private final Process process;

    AzureStore(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("objects"));
        new Command(
                        Duration.ofSeconds(30),
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-subj",
                        "/CN=localhost",
                        "-addext",
                        "subjectAltName=DNS:localhost",
                        "-keyout",
                        folder.resolve("key.pem").toString(),
                        "-out",
                        folder.resolve("ca.crt").toString())
                .run();
        Files.writeString(folder.resolve("secret"), KEY);
        ProcessBuilder builder = new ProcessBuilder(
                        PROGRAM.toString(),
                        "--silent",
                        "--disableTelemetry",
                        "--skipApiVersionCheck",
                        "--blobPort",
                        Integer.toString(port),
                        "--location",
                        folder.resolve("objects").toString(),
                        "--cert",
                        folder.resolve("ca.crt").toString(),
                        "--key",
                        folder.resolve("key.pem").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("store.log").toFile());
        builder.environment().put("AZURITE_ACCOUNTS", "howdah:" + KEY);
        process = builder.start();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::answers);
    }

    /** What a check-out has that was prepared with {@code ./howdah test}. */
    static boolean available() {
        return Files.exists(PROGRAM);
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
                "HOWDAH_BACKUP_REMOTE", "azure",
                "HOWDAH_BACKUP_REMOTE_BUCKET", "backups",
                "HOWDAH_BACKUP_REMOTE_ENDPOINT", "localhost:" + port,
                "HOWDAH_BACKUP_REMOTE_ADDRESSING", "path",
                "HOWDAH_BACKUP_REMOTE_KEY", "howdah",
                "HOWDAH_BACKUP_REMOTE_SECRET_FILE", folder.resolve("secret").toString(),
                "HOWDAH_BACKUP_REMOTE_CA", folder.resolve("ca.crt").toString(),
                "HOWDAH_BACKUP_REMOTE_PATH", "/test");
    }

    @Override
    public String firstCall() {
        return "repo-create";
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
        Disk.delete(folder);
    }
}
