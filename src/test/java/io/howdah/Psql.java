package io.howdah;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A shell into which somebody pastes the line that the portal shows, in the folder where they keep the certificate.
 *
 * @param folder where the line is run
 * @param password goes into PGPASSWORD
 */
record Psql(Path folder, String password) {

    /** How psql ended, with all it said. */
    record Said(int code, String text) {}

    /** Runs the line and gives psql the statements on its standard input. */
    Said run(String line, String statements) {
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", line + " --no-psqlrc -v ON_ERROR_STOP=1 -At")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        shell.environment().put("PGPASSWORD", password);
        shell.environment().put("PGCONNECT_TIMEOUT", "20");
        try {
            Process process = shell.start();
            try (var input = process.getOutputStream()) {
                input.write(statements.getBytes(StandardCharsets.UTF_8));
            }
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("psql did not end: " + text);
            }
            return new Said(process.exitValue(), text.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What psql printed, which must have ended well. */
    String ask(String line, String statements) {
        Said said = run(line, statements);
        if (said.code() != 0) {
            throw new AssertionError(line + " ended with " + said.code() + ": " + said.text());
        }
        return said.text();
    }
}
