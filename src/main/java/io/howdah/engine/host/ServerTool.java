package io.howdah.engine.host;

import io.howdah.shared.ProblemCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A program of PostgreSQL's own that works on a server over its Unix socket, as the server's OS user and superuser. */
final class ServerTool {

    private static final int LOOK_MILLIS = 50;

    private ServerTool() {}

    /**
     * @param application what {@code pg_stat_activity} shows of its sessions
     * @param options settings of its sessions, e.g. {@code -c client_min_messages=warning}
     */
    static Process begin(ServerFile file, String application, String options, List<String> words) {
        return begin(file, application, options, words, true);
    }

    /** The same, with what the program complains about kept apart from what it writes. */
    static ToolStream stream(ServerFile file, String application, List<String> words) {
        return new ToolStream(begin(file, application, "-c client_min_messages=warning", words, false));
    }

    /** The same, of a program that reads what it is to write into the server. */
    static Process fed(ServerFile file, String application, List<String> words) {
        ProcessBuilder builder = prepare(file, application, "-c client_min_messages=warning", words);
        return start(builder.redirectErrorStream(true).redirectInput(ProcessBuilder.Redirect.PIPE), words);
    }

    private static Process begin(
            ServerFile file, String application, String options, List<String> words, boolean together) {
        return start(prepare(file, application, options, words).redirectErrorStream(together), words);
    }

    private static ProcessBuilder prepare(ServerFile file, String application, String options, List<String> words) {
        ProcessBuilder builder = new ProcessBuilder(ServiceUsers.as(file.user(), words));
        Map<String, String> environment = builder.environment();
        Command.clean(environment);
        environment.put("PGAPPNAME", application);
        environment.put("PGCONNECT_TIMEOUT", "10");
        environment.put("PGOPTIONS", options);
        builder.directory(Path.of("/").toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        return builder;
    }

    private static Process start(ProcessBuilder builder, List<String> words) {
        try {
            return builder.start();
        } catch (IOException e) {
            String program = Path.of(words.getFirst()).getFileName().toString();
            throw EngineFault.passing(e.getMessage(), ProblemCode.EngineCommandFailed, program, "127");
        }
    }

    /**
     * Waits for the program, and ends it when its work is cancelled.
     *
     * @param hear takes each line that it writes, in another thread
     * @return its exit code
     */
    static int follow(Process program, Units.Course course, Consumer<String> hear) {
        Thread reader = Thread.ofPlatform().daemon().start(() -> {
            try (BufferedReader lines = program.inputReader(StandardCharsets.UTF_8)) {
                lines.lines().forEach(hear);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try {
            while (!program.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (course.cancelled()) {
                    program.destroy();
                }
            }
            reader.join();
            return program.exitValue();
        } catch (InterruptedException e) {
            program.destroyForcibly();
            Thread.currentThread().interrupt();
            throw EngineFault.passing("interrupted", ProblemCode.EngineNotResponding);
        }
    }

    /** The words by which every such program finds the server. */
    static List<String> connection(ServerFile file) {
        return connection(file, ServerSettings.SUPERUSER);
    }

    static List<String> connection(ServerFile file, String role) {
        return List.of(
                "--host=" + file.sockets(), "--port=" + file.directPort(), "--username=" + role, "--no-password");
    }

    /** Said in full, since a name with an equals sign would be taken for settings of the connection. */
    static String database(String database) {
        return "dbname='" + database.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
