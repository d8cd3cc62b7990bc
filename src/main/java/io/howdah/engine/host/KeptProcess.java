package io.howdah.engine.host;

import io.howdah.shared.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A process of a server and the keeper that is its parent (see {@code keep.sh}). Both outlive this JVM: everything known
 * about them is read from files and from /proc.
 */
final class KeptProcess {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /**
     * @param directory its working directory, in which nothing else of the program works
     * @param ownPidFiles files it writes itself that begin with its id
     * @param stopSignal asks it to end in good order
     * @param program the real path of what it executes
     * @param groups the {@code cgroup.procs} files it belongs in
     */
    record Launch(
            Path directory,
            List<Path> ownPidFiles,
            String stopSignal,
            Path program,
            List<Path> groups,
            List<String> command) {}

    private final Path run;
    private final String name;

    KeptProcess(Path run, String name) {
        this.run = run;
        this.name = name;
    }

    /** Puts the keeper's script where servers survive an upgrade of the portal. */
    static Path install(Path home) {
        return install(home, "keep");
    }

    /** Puts a script there under its name, without its ending. */
    static Path install(Path home, String name) {
        try (InputStream script = KeptProcess.class.getResourceAsStream(name + ".sh")) {
            Path installed = home.resolve("bin").resolve(name);
            Disk.directory(installed.getParent(), "rwx--x--x");
            Disk.write(installed, new String(script.readAllBytes(), StandardCharsets.UTF_8), "rwxr-xr-x", null);
            return installed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<ProcessMark> process() {
        return ProcessMark.livingFrom(run.resolve(name + ".pid"));
    }

    Optional<ProcessMark> keeper() {
        return ProcessMark.livingFrom(run.resolve(name + ".keeper"));
    }

    boolean wanted() {
        return Files.exists(run.resolve(name + ".want"));
    }

    void want() {
        try {
            if (!wanted()) {
                Files.createFile(run.resolve(name + ".want"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void unwant() {
        try {
            Files.deleteIfExists(run.resolve(name + ".want"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How often it ended since its keeper began. */
    int deaths() {
        return (int) Disk.tail(run.resolve(name + ".deaths"), 10_000).lines().count();
    }

    String output() {
        return Disk.tail(run.resolve(name + ".out"), 4_000);
    }

    /** Starts a keeper unless there is one; a second one would notice and end. The caller has called {@link #want}. */
    void keep(Path script, Launch launch) {
        if (keeper().isPresent()) {
            return;
        }
        try {
            Files.deleteIfExists(run.resolve(name + ".deaths"));
            // What the last run printed is of no use any more, unless that run goes on and is about to be adopted.
            if (process().isEmpty()) {
                Files.deleteIfExists(run.resolve(name + ".out"));
            }
            List<String> words = new ArrayList<>(List.of(
                    Command.require("setsid", "util-linux").toString(),
                    "/bin/sh",
                    script.toString(),
                    run.toString(),
                    name,
                    launch.directory().toString(),
                    joined(" ", launch.ownPidFiles()),
                    launch.stopSignal(),
                    launch.program().toString(),
                    launch.groups().isEmpty() ? "-" : joined(":", launch.groups())));
            words.addAll(launch.command());
            Path nowhere = Path.of("/dev/null");
            ProcessBuilder builder = new ProcessBuilder(words)
                    .redirectInput(nowhere.toFile())
                    .redirectOutput(nowhere.toFile())
                    .redirectError(run.resolve(name + ".keeper.out").toFile());
            Command.clean(builder.environment());
            builder.directory(Path.of("/").toFile());
            builder.start();
        } catch (IOException e) {
            throw EngineFault.passing(e.getMessage(), ProblemCode.EngineCommandFailed, "setsid", "127");
        }
    }

    private static String joined(String separator, List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(separator));
    }

    /** Asks keeper and process to end in good order and returns at once; {@link #gone} tells when they have. */
    void end(String stopSignal) {
        Optional<ProcessMark> keeper = keeper();
        if (keeper.isPresent()) {
            keeper.get().terminate();
        } else {
            process().ifPresent(process -> signal(process, stopSignal));
        }
    }

    void signal(ProcessMark process, String signal) {
        if (process.alive()) {
            new Command(TIMEOUT, "/bin/sh", "-c", "kill -s \"$1\" \"$2\"", "kill", signal, Long.toString(process.pid()))
                    .attempt();
        }
    }

    boolean gone() {
        return keeper().isEmpty() && process().isEmpty();
    }

    /** The keeper first, or it would start the process again. */
    void kill() {
        keeper().ifPresent(ProcessMark::kill);
        process().ifPresent(ProcessMark::kill);
    }
}
