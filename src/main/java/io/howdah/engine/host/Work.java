package io.howdah.engine.host;

import io.howdah.engine.Progress;
import io.howdah.engine.ServerKey;
import io.howdah.shared.Measure;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The engine's work under way, at most one piece per server. A call begins a piece or joins it, waits for it a little,
 * and otherwise tells what is being done. Nothing here needs to survive the JVM: every piece looks before it acts.
 */
final class Work {

    private static final Logger LOG = Logger.getLogger(Work.class.getName());
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(900);
    private static final long MEMORY_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** What a piece of work tells about itself, and hears. */
    static final class Course {
        private volatile Progress.Running now;
        private volatile boolean superseded;

        private Course(String doing) {
            say(doing);
        }

        void say(String text) {
            say(text, null);
        }

        void say(String text, Measure measure) {
            now = new Progress.Running(text, measure);
        }

        /** Another action is asked of the server: whatever merely waits should give up. */
        boolean superseded() {
            return superseded;
        }
    }

    interface Task {
        void run(Course course);
    }

    private static final class Piece {
        private final Object action;
        private final Course course;
        private final CompletableFuture<Progress> result = new CompletableFuture<>();
        private volatile long ended;

        private Piece(Object action, String doing) {
            this.action = action;
            this.course = new Course(doing);
        }
    }

    private final Executor executor;
    private final Map<ServerKey, Piece> pieces = new HashMap<>();

    Work(Executor executor) {
        this.executor = executor;
    }

    /** @param action equal to that of an earlier call when this call asks for the same */
    Progress perform(ServerKey key, Object action, String doing, Task task) {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            Piece piece = join(key, action, doing, task);
            Progress result = await(piece, until);
            if (result == null) {
                return piece.course.now;
            }
            forget(key, piece);
            if (piece.action.equals(action)) {
                return result;
            }
        }
    }

    private synchronized Piece join(ServerKey key, Object action, String doing, Task task) {
        Piece current = pieces.get(key);
        boolean stale = current != null
                && current.result.isDone()
                && (!current.action.equals(action) || System.nanoTime() - current.ended > MEMORY_NANOS);
        if (current != null && !stale) {
            if (!current.action.equals(action)) {
                current.course.superseded = true;
            }
            return current;
        }
        Piece piece = new Piece(action, doing);
        pieces.put(key, piece);
        try {
            executor.execute(() -> run(piece, task));
        } catch (RejectedExecutionException e) {
            end(piece, new Progress.Failed(Problem.of(ProblemCode.Internal), e.getMessage(), true));
        }
        return piece;
    }

    private synchronized void forget(ServerKey key, Piece piece) {
        pieces.remove(key, piece);
    }

    private static void run(Piece piece, Task task) {
        Progress result;
        try {
            task.run(piece.course);
            result = Progress.done();
        } catch (EngineFault e) {
            LOG.log(Level.INFO, e, () -> piece.action + " failed: " + e.failed().detail());
            result = e.failed();
        } catch (UncheckedIOException e) {
            LOG.log(Level.WARNING, e, () -> piece.action + " failed");
            boolean full = String.valueOf(e.getMessage()).contains("No space left");
            Problem problem = full
                    ? Problem.of(ProblemCode.EngineDiskFull, Messages.text("engine.full.servers"))
                    : Problem.of(ProblemCode.Internal);
            result = new Progress.Failed(problem, e.getMessage(), true);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.SEVERE, e, () -> piece.action + " failed");
            result = new Progress.Failed(Problem.of(ProblemCode.Internal), e.toString(), true);
        }
        end(piece, result);
    }

    private static void end(Piece piece, Progress result) {
        piece.ended = System.nanoTime();
        piece.result.complete(result);
    }

    /** @return null when it takes longer */
    private static Progress await(Piece piece, long until) {
        try {
            return piece.result.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
