package io.howdah.engine.host;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The pooler's program, and what its version can do. */
record PgBouncer(Path program, int major, int minor) {

    private static final Pattern VERSION = Pattern.compile("PgBouncer (\\d+)\\.(\\d+)");
    private static final Map<Path, PgBouncer> SEEN = new ConcurrentHashMap<>();

    /** @throws EngineFault EngineToolMissing */
    static PgBouncer installed() {
        return SEEN.computeIfAbsent(Command.require("pgbouncer", "pgbouncer"), PgBouncer::examine);
    }

    private static PgBouncer examine(Path program) {
        String output = new Command(Duration.ofSeconds(10), program.toString(), "--version").run();
        Matcher version = VERSION.matcher(output);
        if (!version.find()) {
            throw EngineFault.toolMissing("pgbouncer", "pgbouncer");
        }
        return new PgBouncer(program, Integer.parseInt(version.group(1)), Integer.parseInt(version.group(2)));
    }

    private boolean atLeast(int wantedMinor) {
        return major > 1 || minor >= wantedMinor;
    }

    /** From 1.20 on it understands {@code options} itself. */
    String ignoredParameters() {
        return atLeast(20) ? "extra_float_digits" : "extra_float_digits,options";
    }

    String furtherSettings() {
        return (atLeast(19) ? "auth_dbname = postgres\n" : "") + (atLeast(21) ? "max_prepared_statements = 200\n" : "");
    }
}
