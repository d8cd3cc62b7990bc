package io.howdah;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Where the tests of the whole system put their homes, and which ports they use. */
public final class TestPlace {

    private TestPlace() {}

    /**
     * A directory that the servers' own OS users can enter: below HOWDAH_TEST_DIR, which is removed after the tests, or
     * below the system's one for temporary files.
     */
    public static Path home(String name) {
        try {
            String root = System.getenv("HOWDAH_TEST_DIR");
            if (root != null) {
                return Files.createDirectories(Path.of(root, name));
            }
            Path home = Files.createTempDirectory("howdah-" + name + "-");
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first of {@code count} ports in a row that nobody uses now, below those that the kernel hands out. */
    public static int freePorts(int count) {
        return ThreadLocalRandom.current()
                .ints(15_000, 31_000)
                .filter(first -> IntStream.range(first, first + count).allMatch(TestPlace::free))
                .findFirst()
                .orElseThrow();
    }

    /** Whether nobody listens there, on any address. */
    public static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
