package io.howdah.engine.host;

import io.howdah.shared.Messages;
import io.howdah.shared.ProblemCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One run of a program of the host, in an environment of its own: what the portal was started with must not decide how
 * a server is made.
 */
final class Command {

    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** What it printed, both streams, and how it ended. */
    record Result(int exitCode, String output) {}

    private final List<String> words;
    private final Duration timeout;
    private Path directory = Path.of("/");

    Command(Duration timeout, String... words) {
        this(timeout, List.of(words));
    }

    Command(Duration timeout, List<String> words) {
        this.words = List.copyOf(words);
        this.timeout = timeout;
    }

    Command in(Path workingDirectory) {
        directory = workingDirectory;
        return this;
    }

    /** Where the system keeps the program, if it has it. */
    static Optional<Path> locate(String program) {
        for (String directory : PATH.split(":")) {
            Path candidate = Path.of(directory, program);
            if (Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    static Path require(String program, String debianPackage) {
        return locate(program).orElseThrow(() -> EngineFault.toolMissing(program, debianPackage));
    }

    /** The program's environment for servers' processes: UTC, UTF-8, no setting of the caller's. */
    static void clean(Map<String, String> environment) {
        environment.clear();
        environment.put("PATH", PATH);
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("TZ", "UTC");
    }

    /** @throws EngineFault EngineCommandFailed unless it ended with 0 */
    String run() {
        Result result = attempt();
        if (result.exitCode() != 0) {
            if (result.output().contains("No space left on device")) {
                throw EngineFault.passing(
                        result.output(), ProblemCode.EngineDiskFull, Messages.text("engine.full.servers"));
            }
            throw EngineFault.passing(
                    result.output(), ProblemCode.EngineCommandFailed, program(), Integer.toString(result.exitCode()));
        }
        return result.output();
    }

    Result attempt() {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(words)).redirectErrorStream(true);
        clean(builder.environment());
        builder.directory(directory.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw EngineFault.passing(e.getMessage(), ProblemCode.EngineCommandFailed, program(), "127");
        }
        Thread watch = Thread.ofVirtual().start(() -> endWhenOverdue(process));
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw EngineFault.passing("interrupted", ProblemCode.EngineCommandFailed, program(), "130");
        } finally {
            watch.interrupt();
        }
    }

    private void endWhenOverdue(Process process) {
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String program() {
        return Path.of(words.getFirst()).getFileName().toString();
    }
}
