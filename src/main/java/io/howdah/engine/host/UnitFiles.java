package io.howdah.engine.host;

import io.howdah.shared.ProblemCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The units of one server on disk: what is known of each, and what it said. Written so that a power cut loses nothing. */
final class UnitFiles {

    private static final String OURS_ALONE = "rw-------";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path directory;

    UnitFiles(ServerDirectory server) {
        this.directory = server.units();
    }

    Optional<UnitFile> find(UUID unit) {
        try {
            return Optional.of(JSON.readValue(Files.readString(file(unit)), UnitFile.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JacksonException e) {
            throw EngineFault.lasting(file(unit) + ": " + e.getMessage(), ProblemCode.Internal);
        }
    }

    /** Begins to hold the unit, whoever held it before. */
    void take(UUID unit, UnitFile known) {
        Disk.directory(directory, "rwx------");
        write(unit, known);
    }

    /** @throws EngineFault when somebody else has taken the unit over meanwhile */
    void keep(UUID unit, UnitFile now) {
        requireHeld(unit, now.holder());
        write(unit, now);
    }

    void requireHeld(UUID unit, String holder) {
        boolean held = find(unit).filter(known -> known.holder().equals(holder)).isPresent();
        if (!held) {
            throw EngineFault.passing("unit " + unit + " was taken over", ProblemCode.EngineNotResponding);
        }
    }

    private void write(UUID unit, UnitFile now) {
        Disk.write(file(unit), JSON.writeValueAsString(now), OURS_ALONE, null);
        sync(file(unit));
        sync(directory);
    }

    private static void sync(Path path) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its end, and all it said; what was said first, since the end counts. */
    UnitFile end(UUID unit, UnitFile how, UnitOutput output) {
        requireHeld(unit, how.holder());
        Disk.write(outputFile(unit), output.text(), OURS_ALONE, null);
        write(unit, how);
        return how;
    }

    Optional<String> output(UUID unit) {
        try {
            return Optional.of(Files.readString(outputFile(unit)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void forget(UUID unit) {
        try {
            Files.deleteIfExists(outputFile(unit));
            Files.deleteIfExists(file(unit));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(UUID unit) {
        return directory.resolve(unit + ".json");
    }

    private Path outputFile(UUID unit) {
        return directory.resolve(unit + ".out");
    }
}
