package io.howdah.engine.host;

import io.howdah.shared.Messages;
import io.howdah.shared.ProblemCode;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * What became of a script that was interrupted: by the end of this program, or of the server. PostgreSQL itself is asked,
 * after the script's session has been seen to be no more.
 */
final class SqlAftermath {

    private static final int MOST_ATTEMPTS = 3;
    private static final Duration RETURN = Duration.ofMinutes(2);

    private final Backends backends;
    private final UnitFiles files;
    private final UUID unit;
    private final Units.Course course;
    private final UnitOutput output;
    private final String holder = UUID.randomUUID().toString();

    SqlAftermath(Backends backends, UnitFiles files, UUID unit, Units.Course course, UnitOutput output) {
        this.backends = backends;
        this.files = files;
        this.unit = unit;
        this.course = course;
        this.output = output;
    }

    /**
     * Takes the unit over from whoever held it.
     *
     * @return how it has ended; or one in state READY: the script may be run
     */
    UnitFile settle() {
        Optional<UnitFile> before = files.find(unit);
        if (before.isEmpty()) {
            UnitFile fresh = UnitFile.fresh(holder);
            files.take(unit, fresh);
            return fresh;
        }
        UnitFile now = before.get().takenBy(holder);
        files.take(unit, now);
        if (now.state() == UnitFile.State.RUNNING) {
            course.say(Messages.text("engine.doing.script"));
            awaitServer();
            if (now.backend() != 0) {
                backends.terminateAndAwait(now.backend(), now.backendSince());
                return now.transaction() == null ? interrupted(now) : fate(now);
            }
        }
        return now;
    }

    private UnitFile interrupted(UnitFile now) {
        output.last("Interrupted at statement " + now.statement() + " of " + now.statements() + ".");
        return files.end(unit, now.failed(null, ProblemCode.SqlInterrupted, now.statement(), now.statements()), output);
    }

    private UnitFile fate(UnitFile now) {
        return switch (backends.fate(now.transaction())) {
            case COMMITTED -> {
                output.last("It was interrupted; PostgreSQL says that its transaction was committed.");
                yield files.end(unit, now.done(), output);
            }
            case FORGOTTEN -> files.end(unit, now.failed(null, ProblemCode.SqlOutcomeUnknown), output);
            case ABORTED -> {
                output.last("It was interrupted; PostgreSQL says that nothing of it was kept.");
                UnitFile after =
                        now.attempts() < MOST_ATTEMPTS ? now.again() : now.failed(null, ProblemCode.SqlRolledBack);
                yield files.end(unit, after, output);
            }
        };
    }

    /** The unit, a script or not, is never to be begun, or begun again. */
    UnitFile cancel() {
        try {
            backends.terminate(MaintenanceRun.application(unit));
        } catch (EngineFault notRunning) {
            if (files.find(unit).filter(known -> known.backend() != 0).isPresent()) {
                throw notRunning;
            }
        }
        UnitFile now = settle();
        return now.ended() ? now : files.end(unit, now.failed(null, ProblemCode.WorkCancelled), output);
    }

    private void awaitServer() {
        long until = System.nanoTime() + RETURN.toNanos();
        while (true) {
            try {
                backends.processes("");
                return;
            } catch (EngineFault e) {
                if (!e.failed().passing() || System.nanoTime() > until || course.cancelled()) {
                    throw e;
                }
                Pause.millis(200);
            }
        }
    }
}
