package io.howdah.engine.host;

import io.howdah.engine.DatabaseInfo;
import io.howdah.engine.Maintenance;
import io.howdah.shared.Messages;
import io.howdah.shared.ProblemCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs PostgreSQL's own upkeep programs, those of the server's version, over one database after the other. They go
 * gently: with pauses as autovacuum makes them, and behind everybody else at the disk. What is done stays done, so one
 * that was interrupted goes on with the next database.
 */
final class MaintenanceRun {

    private static final Logger LOG = Logger.getLogger(MaintenanceRun.class.getName());
    private static final int LOOK_MILLIS = 1_000;
    private static final Duration HEED = Duration.ofSeconds(5);
    private static final Duration TOOL = Duration.ofSeconds(5);

    private final ServerFile file;
    private final ToolSets.ToolSet tools;
    private final Backends backends;
    private final UnitFiles files;
    private final UUID unit;
    private final Maintenance work;
    private final Units.Course course;
    private final UnitOutput output;
    private final String application;
    private final long until;
    private UnitFile now;
    private ProblemCode reason;

    MaintenanceRun(
            ServerFile file,
            ToolSets.ToolSet tools,
            UnitFiles files,
            UUID unit,
            Maintenance work,
            Units.Course course) {
        this.file = file;
        this.tools = tools;
        this.backends = new Backends(file);
        this.files = files;
        this.unit = unit;
        this.work = work;
        this.course = course;
        this.output = new UnitOutput(files.output(unit).orElse(""));
        this.application = application(unit);
        this.until = System.nanoTime() + work.timeout().toNanos();
        course.speakThrough(output);
    }

    static String application(UUID unit) {
        return "howdah maintenance " + unit;
    }

    UnitFile run() {
        List<String> databases = databases();
        String holder = UUID.randomUUID().toString();
        Optional<UnitFile> before = files.find(unit);
        now = before.orElseGet(() -> UnitFile.fresh(holder)).takenBy(holder);
        files.take(unit, now);
        // Whatever an earlier attempt left at work would do the same work twice.
        backends.terminate(application);
        List<String> finished = new ArrayList<>(now.finished());
        List<String> failed = new ArrayList<>();
        for (String database : databases) {
            if (finished.contains(database)) {
                continue;
            }
            int past = finished.size() + failed.size();
            course.say(words(past, databases.size(), database, null), past, databases.size());
            if (maintain(database, past, databases.size())) {
                finished.add(database);
                now = now.finished(finished);
                files.keep(unit, now);
            } else if (reason != null) {
                return ended();
            } else {
                failed.add(database);
            }
        }
        return failed.isEmpty()
                ? files.end(unit, now.done(), output)
                : files.end(
                        unit,
                        now.failed(
                                null,
                                ProblemCode.MaintenanceFailed,
                                String.join(", ", failed),
                                failed.size(),
                                databases.size()),
                        output);
    }

    private UnitFile ended() {
        output.last(reason == ProblemCode.WorkCancelled ? "Cancelled." : "Ended: its time was over.");
        UnitFile how = reason == ProblemCode.WorkCancelled
                ? now.failed(null, ProblemCode.WorkCancelled)
                : now.failed(null, ProblemCode.WorkTimedOut, work.timeout().toMinutes() + " min");
        return files.end(unit, how, output);
    }

    private List<String> databases() {
        List<String> there =
                new Databases(file).all().stream().map(DatabaseInfo::name).toList();
        work.databases().stream()
                .filter(name -> !there.contains(name))
                .findFirst()
                .ifPresent(missing -> {
                    throw EngineFault.lasting(null, ProblemCode.DatabaseNotFound, missing);
                });
        return work.databases().isEmpty() ? there : work.databases();
    }

    /** Whether the program ended well; if not, and there is no reason of ours, the output says why. */
    private boolean maintain(String database, int before, int all) {
        output.line(database + ":");
        Process program = begin(database);
        Thread reader = Thread.ofPlatform().daemon().name("maintenance-" + unit).start(() -> read(program));
        long asked = 0;
        try {
            while (!program.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                decide();
                if (reason != null) {
                    asked = asked == 0 ? System.nanoTime() : asked;
                    end(program, asked);
                } else {
                    look(database, before, all);
                }
            }
            reader.join();
        } catch (InterruptedException e) {
            program.destroyForcibly();
            Thread.currentThread().interrupt();
            throw EngineFault.passing("interrupted", ProblemCode.EngineNotResponding);
        }
        return program.exitValue() == 0 && reason == null;
    }

    private void decide() {
        if (reason == null && course.cancelled()) {
            reason = ProblemCode.WorkCancelled;
        } else if (reason == null && System.nanoTime() > until) {
            reason = ProblemCode.WorkTimedOut;
        }
    }

    private void end(Process program, long asked) {
        program.destroy();
        if (System.nanoTime() - asked > HEED.toNanos()) {
            program.destroyForcibly();
        }
        quietly(() -> backends.cancel(application));
    }

    private void look(String database, int before, int all) {
        quietly(() -> {
            double part = backends.measure(application);
            String doing = backends.doing(application);
            String percent = doing == null || part < 0 ? "" : " (" + Math.round(part * 100) + " %)";
            course.say(words(before, all, database, doing) + percent, before, all);
            backends.processes(application).forEach(MaintenanceRun::behindOthers);
        });
    }

    /** A server that does not answer just now is no reason to end: the program will say so if it matters. */
    private static void quietly(Runnable look) {
        try {
            look.run();
        } catch (EngineFault e) {
            LOG.log(Level.FINE, e, () -> "the server can't be asked how far its upkeep is");
        }
    }

    private static String words(int before, int all, String database, String doing) {
        return doing == null
                ? Messages.text("engine.doing.maintenance", before + 1, all, database)
                : Messages.text("engine.doing.maintenance.command", before + 1, all, database, doing);
    }

    /** As far as the host's disk scheduler heeds it. */
    private static void behindOthers(int process) {
        Command.locate("ionice").ifPresent(ionice -> new Command(
                        TOOL, ionice.toString(), "-c", "2", "-n", "7", "-p", Integer.toString(process))
                .attempt());
    }

    private Process begin(String database) {
        return ServerTool.begin(
                file, application, "-c vacuum_cost_delay=2ms -c client_min_messages=warning", command(database));
    }

    private List<String> command(String database) {
        boolean reindex = work.kind() == Maintenance.Kind.REINDEX;
        List<String> words = new ArrayList<>(List.of(
                tools.program(reindex ? "reindexdb" : "vacuumdb").toString(),
                "--host=" + file.sockets(),
                "--port=" + file.directPort(),
                "--username=" + ServerSettings.SUPERUSER,
                "--no-password",
                "--echo",
                // Two at once make reindexdb go table by table, so that one sees where it is.
                reindex ? "--jobs=2" : "--jobs=1",
                "--dbname=" + ServerTool.database(database)));
        switch (work.kind()) {
            case VACUUM -> {}
            case ANALYZE -> words.add("--analyze-only");
            case VACUUM_ANALYZE -> words.add("--analyze");
            case REINDEX -> words.add("--concurrently");
        }
        return words;
    }

    /** Of what the program echoes, its own questions to the system's tables are of no interest. */
    private void read(Process program) {
        try (BufferedReader lines = program.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.matches("(VACUUM|ANALYZE|REINDEX|WARNING|ERROR|FATAL|DETAIL|HINT|vacuumdb|reindexdb).*")) {
                    output.line(line.matches("(VACUUM|ANALYZE|REINDEX).*") ? "  " + line : line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
