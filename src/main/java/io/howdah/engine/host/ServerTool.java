package io.howdah.engine.host;

import io.howdah.shared.ProblemCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A program of PostgreSQL's own that works on a server over its Unix socket, as the server's OS user and superuser. */
final class ServerTool {

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

    private static Process begin(
            ServerFile file, String application, String options, List<String> words, boolean together) {
        ProcessBuilder builder = new ProcessBuilder(ServiceUsers.as(file.user(), words)).redirectErrorStream(together);
        Map<String, String> environment = builder.environment();
        Command.clean(environment);
        environment.put("PGAPPNAME", application);
        environment.put("PGCONNECT_TIMEOUT", "10");
        environment.put("PGOPTIONS", options);
        builder.directory(Path.of("/").toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        try {
            return builder.start();
        } catch (IOException e) {
            String program = Path.of(words.getFirst()).getFileName().toString();
            throw EngineFault.passing(e.getMessage(), ProblemCode.EngineCommandFailed, program, "127");
        }
    }

    /** The words by which every such program finds the server. */
    static List<String> connection(ServerFile file) {
        return List.of(
                "--host=" + file.sockets(),
                "--port=" + file.directPort(),
                "--username=" + ServerSettings.SUPERUSER,
                "--no-password");
    }

    /** Said in full, since a name with an equals sign would be taken for settings of the connection. */
    static String database(String database) {
        return "dbname='" + database.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
