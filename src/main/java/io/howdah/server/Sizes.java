package io.howdah.server;

import io.howdah.engine.Room;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The catalogue of compute sizes: Azure's, and smaller ones of our own. The data stands in {@code sizes.csv}. */
final class Sizes {

    private static final List<Size> ALL = read();

    private Sizes() {}

    static List<Size> all() {
        return ALL;
    }

    static Optional<Size> find(String code) {
        return ALL.stream().filter(size -> size.code().equals(code)).findFirst();
    }

    /** @throws java.util.NoSuchElementException when a stored size has left the catalogue */
    static Size of(String code) {
        return find(code).orElseThrow();
    }

    static List<Size> fitting(Room room) {
        return ALL.stream().filter(size -> fits(size, room)).toList();
    }

    static boolean fits(Size size, Room room) {
        return size.vCores() <= room.vCores() && size.memoryMib() <= room.serverMemoryMib();
    }

    private static List<Size> read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Sizes.class.getResourceAsStream("sizes.csv")), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> line.split(","))
                    .map(f -> new Size(
                            f[0],
                            f[1],
                            Double.parseDouble(f[2]),
                            Integer.parseInt(f[3]),
                            Integer.parseInt(f[4]),
                            Double.parseDouble(f[f.length > 5 ? 5 : 2])))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
