package io.howdah.engine.host;

import io.howdah.engine.ServerKey;
import io.howdah.shared.ProblemCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * How restored files are to be recovered. As long as it lies in a server's directory, the server is not an ordinary one
 * yet: it replays WAL from that repository at every start, and takes no clients.
 *
 * @param source the server whose repository they come from
 * @param first the first segment to be replayed
 * @param last the last one that may be needed
 * @param timeline to follow; 0 for that of the backup
 * @param instant to stop after, or null to go to the end of what there is
 * @param immediate whether to stop as soon as the backup is consistent
 * @param look how it is kept at the instant to be read; null when it is to become an ordinary server
 */
record RecoveryFile(
        UUID source, String first, String last, int timeline, Instant instant, boolean immediate, Look look) {

    /**
     * How it is kept at its instant.
     *
     * @param connections at least as many as the source has had: with fewer, nothing can be read while WAL is replayed
     * @param end the last segment there was when this was planned; all that counts is in it or before it
     */
    record Look(int connections, String end) {}

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final DateTimeFormatter POSTGRES =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS'+00'").withZone(ZoneOffset.UTC);

    static Optional<RecoveryFile> find(Path file) {
        try {
            return Optional.of(JSON.readValue(Files.readString(file), RecoveryFile.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JacksonException e) {
            throw EngineFault.lasting(file + ": " + e.getMessage(), ProblemCode.Internal);
        }
    }

    void write(Path file) {
        Disk.write(file, JSON.writeValueAsString(this), "rw-------", null);
    }

    ServerKey from() {
        return new ServerKey(source);
    }

    /** The same, up to the end of what there is. */
    RecoveryFile toTheEnd() {
        return new RecoveryFile(source, first, last, timeline, null, immediate, look);
    }

    /** The same, to be kept at its instant. */
    RecoveryFile looking(Look how) {
        return new RecoveryFile(source, first, last, timeline, instant, immediate, how);
    }

    /** Its instant as PostgreSQL is told of it. */
    String target() {
        return POSTGRES.format(instant);
    }

    /** What it means for PostgreSQL. */
    String settings(Repository repository, ServerDirectory restored) {
        StringBuilder lines = new StringBuilder("# Written by Howdah for the time of a recovery.\n");
        line(lines, "restore_command", repository.restoreCommand(restored));
        line(lines, "recovery_target_timeline", timeline == 0 ? "current" : Integer.toString(timeline));
        line(lines, "recovery_target_action", look == null ? "promote" : "pause");
        if (immediate) {
            line(lines, "recovery_target", "immediate");
        } else if (instant != null) {
            line(lines, "recovery_target_time", target());
        }
        if (look != null) {
            line(lines, "hot_standby", "on");
            line(lines, "max_connections", Integer.toString(look.connections()));
            line(lines, "default_transaction_read_only", "on");
            // Where WAL ends before the instant, it asks for more as often as this.
            line(lines, "wal_retrieve_retry_interval", "15s");
            return lines.toString();
        }
        // Nobody looks meanwhile, so it does not matter that a smaller size has fewer slots than the source had.
        line(lines, "hot_standby", "off");
        return lines.toString();
    }

    private static void line(StringBuilder lines, String name, String value) {
        lines.append(name).append(" = '").append(value.replace("'", "''")).append("'\n");
    }
}
