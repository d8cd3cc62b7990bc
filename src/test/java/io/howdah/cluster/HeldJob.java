package io.howdah.cluster;

import io.howdah.shared.StandingJob;
import jakarta.enterprise.context.Dependent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** A standing job that goes on for as long as a file lies in the cluster's directory, and notes who is at it. */
@Dependent
public class HeldJob implements StandingJob {

    static final String NAME = "held-job";

    private static final String HOLD = "hold-job";
    private static final String DIARY = "held-job";

    static void hold(Path directory) throws IOException {
        Files.createFile(directory.resolve(HOLD));
    }

    static void letGo(Path directory) throws IOException {
        Files.delete(directory.resolve(HOLD));
    }

    /** What the runs that were held noted: "begin" or "end", and the node. */
    static List<String> diary(Path directory) throws IOException {
        Path diary = directory.resolve(DIARY);
        return Files.exists(diary) ? Files.readAllLines(diary) : List.of();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(2);
    }

    @Override
    public String run() {
        Path directory = Path.of(System.getenv("HOWDAH_CLUSTER_DIRECTORY"));
        if (Files.exists(directory.resolve(HOLD))) {
            note(directory, "begin");
            Awaitility.await()
                    .pollInSameThread()
                    .atMost(Duration.ofMinutes(5))
                    .until(() -> !Files.exists(directory.resolve(HOLD)));
            note(directory, "end");
        }
        return null;
    }

    private static void note(Path directory, String what) {
        try {
            Files.writeString(
                    directory.resolve(DIARY),
                    what + " " + System.getenv("HOWDAH_NODE") + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
