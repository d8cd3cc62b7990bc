package io.howdah.engine.host;

import io.howdah.engine.Compute;
import io.howdah.engine.Resized;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is remembered of a server's last change of size, kept as {@code run/resize.json}: it is told when the portal that
 * began it is no more.
 *
 * @param heldSince since when clients are held back, or null
 * @param heldMillis for how long they were at most
 * @param meter what the pooler had counted when the change was asked for, or null
 * @param traffic what came through it until the change was done, or null
 */
record ResizeFile(
        UUID change,
        Compute before,
        Compute after,
        boolean restarted,
        Instant heldSince,
        long heldMillis,
        PoolerMeter meter,
        Resized.Traffic traffic) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static Path of(ServerDirectory directory) {
        return directory.run().resolve("resize.json");
    }

    static Optional<ResizeFile> read(ServerDirectory directory, UUID change) {
        try {
            return Optional.of(JSON.readValue(Files.readString(of(directory)), ResizeFile.class))
                    .filter(found -> found.change().equals(change));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ResizeFile write(ServerDirectory directory) {
        Disk.write(of(directory), JSON.writeValueAsString(this), "rw-------", null);
        return this;
    }

    ResizeFile to(Compute wanted) {
        return new ResizeFile(change, before, wanted, restarted, heldSince, heldMillis, meter, traffic);
    }

    ResizeFile held(Instant since) {
        return new ResizeFile(change, before, after, restarted, since, heldMillis, meter, traffic);
    }

    ResizeFile letGo(Instant at) {
        long millis = heldSince == null ? 0 : Duration.between(heldSince, at).toMillis();
        return new ResizeFile(change, before, after, restarted, null, Math.max(heldMillis, millis), meter, traffic);
    }

    ResizeFile withRestart() {
        return new ResizeFile(change, before, after, true, heldSince, heldMillis, meter, traffic);
    }

    ResizeFile with(Resized.Traffic counted) {
        return new ResizeFile(change, before, after, restarted, heldSince, heldMillis, meter, counted);
    }

    Resized told() {
        return new Resized(
                before,
                after,
                SizeSettings.of(before).changesTo(SizeSettings.of(after)),
                restarted,
                Duration.ofMillis(heldMillis),
                traffic);
    }
}
