package io.howdah.engine.host;

import io.howdah.shared.ProblemCode;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The time for which a server's pooler holds its clients back: transactions that are open end, new ones wait. Nobody's
 * transaction is cut: if one stays open too long, the hold is given up. A guard outside the portal (see {@code
 * resume.sh}) ends a hold whose portal has died.
 */
final class ClientHold {

    static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Logger LOG = Logger.getLogger(ClientHold.class.getName());
    /** PgBouncer turns clients away that have waited for 120 s. */
    private static final String LONGEST_SECONDS = "100";

    private final ServerFile file;
    private final ServerDirectory directory;
    private final Path home;
    private PoolerConsole console;
    private boolean held;

    ClientHold(ServerFile file, ServerDirectory directory, Path home) {
        this.file = file;
        this.directory = directory;
        this.home = home;
    }

    private Path mark() {
        return directory.run().resolve("pause");
    }

    private Path guarded() {
        return directory.run().resolve("resumed");
    }

    /** Whether a hold was begun and nobody has ended it, as a portal that died leaves one for some seconds. */
    boolean left() {
        return Files.exists(mark());
    }

    /** Ends a hold that a portal which died has left, and its guard with it. */
    void endLeft() {
        if (left()) {
            end();
        }
    }

    /** When the guard ended the last hold; empty when it did not have to. */
    Optional<Instant> endedByGuard() {
        try {
            return Files.exists(guarded())
                    ? Optional.of(Files.getLastModifiedTime(guarded()).toInstant())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns when no transaction is open through the pooler any more and none begins.
     *
     * @throws EngineFault EngineTransactionInTheWay, EnginePoolerNotHeld; then nobody is held back
     */
    void begin() {
        String name = UUID.randomUUID().toString();
        try {
            Files.deleteIfExists(guarded());
            console = new PoolerConsole(file);
            Disk.write(mark(), name + "\n", "rw-------", null);
            guard(name);
            console.say("PAUSE", PATIENCE);
            held = true;
        } catch (SocketTimeoutException e) {
            throw inTheWay();
        } catch (IOException e) {
            throw notHeld(e.getMessage());
        } finally {
            if (!held) {
                end();
            }
        }
    }

    private static EngineFault notHeld(String detail) {
        return EngineFault.passing(detail, ProblemCode.EnginePoolerNotHeld, Long.toString(PATIENCE.toSeconds()));
    }

    /** The portal's own process is watched, by its id and when it was started. */
    private void guard(String name) throws IOException {
        ProcessMark self = ProcessMark.of(ProcessHandle.current().pid()).orElseThrow();
        ProcessBuilder builder = new ProcessBuilder(
                        Command.require("setsid", "util-linux").toString(),
                        "/bin/sh",
                        KeptProcess.install(home, "resume").toString(),
                        directory.run().toString(),
                        name,
                        Long.toString(self.pid()),
                        Long.toString(self.startTicks()),
                        LONGEST_SECONDS)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(Path.of("/dev/null").toFile());
        Command.clean(builder.environment());
        builder.start();
    }

    private EngineFault inTheWay() {
        return new OpenTransactions(file)
                .longest(Duration.ZERO)
                .map(open -> EngineFault.lasting(
                        null,
                        ProblemCode.EngineTransactionInTheWay,
                        Integer.toString(open.pid()),
                        open.role(),
                        open.database(),
                        open.application(),
                        open.since().truncatedTo(ChronoUnit.SECONDS),
                        Long.toString(PATIENCE.toSeconds())))
                .orElseGet(() -> notHeld(null));
    }

    /** Has the pooler read its settings again, while its clients wait for something else anyway. */
    void reread() {
        try {
            console.say("RELOAD");
        } catch (IOException e) {
            LOG.log(Level.WARNING, e, () -> file.id() + ": the pooler keeps its old settings until it restarts");
        }
    }

    /** Lets the clients go on; nothing happens when they are not held. */
    void end() {
        try {
            if (held) {
                resume(console);
            } else {
                // The one that said PAUSE may still be waiting for its answer.
                try (PoolerConsole fresh = new PoolerConsole(file)) {
                    resume(fresh);
                }
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, e, () -> file.id() + ": the pooler's console does not answer, it gets a signal");
            KeptProcess pooler = directory.pgbouncer();
            pooler.process().ifPresent(process -> pooler.signal(process, "USR2"));
        }
        leave();
    }

    /** Leaves the pooler paused for good, and has nobody watch over that any more. */
    void leave() {
        held = false;
        try {
            Files.deleteIfExists(mark());
            if (console != null) {
                console.close();
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, e, () -> file.id() + ": after a pause");
        }
    }

    private static void resume(PoolerConsole console) throws IOException {
        try {
            console.say("RESUME");
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("not paused")) {
                throw e;
            }
        }
    }
}
