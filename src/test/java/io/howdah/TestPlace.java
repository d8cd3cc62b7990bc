package io.howdah;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Where the tests of the whole system put their homes, and which ports they use. */
public final class TestPlace {

    /** Ports are handed out in blocks of so many. */
    private static final int BLOCK = 20;

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

    /**
     * The first of {@code count} ports in a row that nobody uses now, below those that the kernel hands out. Of tests in
     * other processes of the same run none gets them as well, though nobody may listen there yet.
     */
    public static int freePorts(int count) {
        return ThreadLocalRandom.current()
                .ints(15_000 / BLOCK, 31_000 / BLOCK)
                .map(block -> block * BLOCK)
                .filter(first -> IntStream.range(first, first + count).allMatch(TestPlace::free)
                        && IntStream.rangeClosed(first / BLOCK, (first + count - 1) / BLOCK)
                                .allMatch(TestPlace::reserve))
                .findFirst()
                .orElseThrow();
    }

    private static boolean reserve(int block) {
        String root = System.getenv("HOWDAH_TEST_DIR");
        if (root == null) {
            return true;
        }
        try {
            Files.createFile(Files.createDirectories(Path.of(root, "ports")).resolve(Integer.toString(block)));
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
