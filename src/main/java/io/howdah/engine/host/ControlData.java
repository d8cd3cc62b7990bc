package io.howdah.engine.host;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What the control file of a data directory says, by {@code pg_controldata}. */
record ControlData(String said) {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    static ControlData read(ServerFile file, ToolSets.ToolSet tools, Path data) {
        return new ControlData(new Command(
                        TIMEOUT,
                        ServiceUsers.as(
                                file.user(),
                                List.of(tools.program("pg_controldata").toString(), data.toString())))
                .run());
    }

    /** Whether PostgreSQL ended in good order as a primary. */
    boolean shutDown() {
        return fact("Database cluster state").equals("shut down");
    }

    /** Where the record of its last checkpoint begins, as PostgreSQL writes positions. */
    String lastCheckpoint() {
        return fact("Latest checkpoint location");
    }

    private String fact(String name) {
        return said.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }
}
