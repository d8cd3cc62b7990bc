package io.howdah.engine.host;

import io.howdah.TestPlace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** An S3-speaking server (S3Proxy) with a certificate of its own, over a folder. It can go away and come back. */
final class ObjectStore implements SecondPlace {

    private static final Path CLASSES = Path.of("target", "object-store.classpath");
    private static final String SECRET = "a-secret-of-the-tests";

    private final Path folder;
    private final int port = TestPlace.freePorts(1);
    private Process process;

    ObjectStore(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("objects/backups"));
        run(
                "keytool",
                "-genkeypair",
                "-alias",
                "store",
                "-keyalg",
                "RSA",
                "-storetype",
                "PKCS12",
                "-keystore",
                folder.resolve("store.p12").toString(),
                "-storepass",
                "password",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost");
        run(
                "keytool",
                "-exportcert",
                "-rfc",
                "-alias",
                "store",
                "-keystore",
                folder.resolve("store.p12").toString(),
                "-storepass",
                "password",
                "-file",
                folder.resolve("ca.crt").toString());
        Files.writeString(folder.resolve("store.conf"), """
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.secure-endpoint=https://127.0.0.1:%d
                s3proxy.keystore-path=%s
                s3proxy.keystore-password=password
                s3proxy.identity=howdah
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.identity=none
                jclouds.credential=none
                jclouds.filesystem.basedir=%s
                """.formatted(
                        port, folder.resolve("store.p12"), SECRET, folder.resolve("objects")));
        Files.writeString(folder.resolve("secret"), SECRET);
        come();
    }

    /** What a check-out has that was prepared with {@code ./howdah test st}. */
    static boolean available() {
        return Files.exists(CLASSES);
    }

    private static void run(String... words) {
        words[0] = System.getProperty("java.home") + "/bin/" + words[0];
        new Command(Duration.ofSeconds(30), words).run();
    }

    void come() throws IOException {
        process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        Files.readString(CLASSES).strip(),
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        folder.resolve("store.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("store.log").toFile())
                .start();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::answers);
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    void goAway() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "HOWDAH_BACKUP_REMOTE", "s3",
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
        return "repo-ls";
    }

    List<String> objects() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("objects"))) {
            return all.filter(Files::isRegularFile).map(Path::toString).toList();
        }
    }

    @Override
    public void close() throws Exception {
        goAway();
        Disk.delete(folder);
    }
}
