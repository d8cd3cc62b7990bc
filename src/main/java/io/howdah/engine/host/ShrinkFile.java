package io.howdah.engine.host;

import io.howdah.engine.Resized;
import io.howdah.engine.StorageSwitch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is remembered of a server's last change to smaller storage, kept as {@code run/shrink.json}.
 *
 * @param switched whether the smaller one is in use
 * @param meter what the pooler had counted when clients were about to be held back, or null
 */
record ShrinkFile(
        UUID change,
        int gibBefore,
        int gibAfter,
        boolean switched,
        boolean kept,
        long heldMillis,
        PoolerMeter meter,
        Resized.Traffic traffic) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static ShrinkFile begun(UUID change, int gibBefore, int gibAfter, PoolerMeter meter) {
        return new ShrinkFile(change, gibBefore, gibAfter, false, false, 0, meter, null);
    }

    private static Path of(ServerDirectory directory) {
        return directory.run().resolve("shrink.json");
    }

    static Optional<ShrinkFile> read(ServerDirectory directory, UUID change) {
        try {
            return Optional.of(JSON.readValue(Files.readString(of(directory)), ShrinkFile.class))
                    .filter(found -> found.change().equals(change));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ShrinkFile write(ServerDirectory directory) {
        Disk.write(of(directory), JSON.writeValueAsString(this), "rw-------", null);
        return this;
    }

    ShrinkFile switched(boolean former, Duration held, Resized.Traffic counted) {
        return new ShrinkFile(change, gibBefore, gibAfter, true, former, held.toMillis(), meter, counted);
    }

    StorageSwitch told() {
        return new StorageSwitch(gibBefore, gibAfter, kept, Duration.ofMillis(heldMillis), traffic);
    }
}
