package io.howdah.installation;

import io.howdah.shared.Messages;
import io.howdah.shared.StandingJob;
import jakarta.enterprise.context.Dependent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Backs up what the control plane itself knows, as the servers are backed up: its WAL goes out continuously, and this takes
 * the backups that it needs to be restored from. The script that starts everything does it, since it also brings it back.
 */
@Dependent
class BackUpMetadata implements StandingJob {

    @Override
    public String name() {
        return "back-up-metadata";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public String run() {
        String script = System.getenv("HOWDAH_SCRIPT");
        if (script == null) {
            return null;
        }
        try {
            Process process = new ProcessBuilder(script, "back-up-metadata")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
            return said.isEmpty() ? null : Messages.text("job.back-up-metadata.did");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
