package io.howdah.engine.host;

import io.howdah.engine.Progress;
import io.howdah.shared.Measure;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Long pieces of work with a name each. They run beside the server's other work: nobody waits hours to stop a server
 * because a script runs on it. How a unit ended stands on disk; here is only what runs in this process.
 */
final class Units {

    private static final Logger LOG = Logger.getLogger(Units.class.getName());
    private static final Duration PATIENCE = Duration.ofMillis(900);

    /** What a unit's work tells about itself, and hears. */
    static final class Course {
        private volatile String doing;
        private volatile Measure measure;
        private volatile boolean cancelled;
        private volatile UnitOutput output = new UnitOutput("");
        private final Background background;

        private Course(String doing, Background background) {
            this.doing = doing;
            this.background = background;
        }

        Background background() {
            return background;
        }

        void say(String text) {
            say(text, null);
        }

        /** @param of how much there is to do, or 0 when nobody knows */
        void say(String text, int part, int of) {
            say(text, of == 0 ? null : new Measure(part, of, Measure.Unit.STEPS));
        }

        void say(String text, Measure how) {
            doing = text;
            measure = how;
        }

        private Progress progress() {
            return new Progress.Running(doing, measure);
        }

        void speakThrough(UnitOutput mouth) {
            output = mouth;
        }

        boolean cancelled() {
            return cancelled;
        }
    }

    /** Ends with what it has written into its unit's file, or with an {@link EngineFault} when nothing was begun. */
    interface Task {
        UnitFile run(Course course);
    }

    private record Running(Course course, CompletableFuture<Progress> result) {}

    private final Map<UUID, Running> running = new ConcurrentHashMap<>();
    private final Background background;

    Units(Background background) {
        this.background = background;
    }

    Progress perform(UnitFiles files, UUID unit, String doing, Task task) {
        Running work;
        synchronized (this) {
            work = running.get(unit);
            if (work == null) {
                Optional<UnitFile> known = files.find(unit);
                if (known.isPresent() && known.get().ended()) {
                    return known.get().progress();
                }
                work = begin(unit, doing, task);
            }
        }
        return await(unit, work);
    }

    private Running begin(UUID unit, String doing, Task task) {
        Running work = new Running(new Course(doing, background), new CompletableFuture<>());
        running.put(unit, work);
        // A thread of the platform's own: waiting on a Unix socket would hold a virtual thread's carrier.
        Thread.ofPlatform().daemon().name("unit-" + unit).start(() -> work.result.complete(end(work.course, task)));
        return work;
    }

    private static Progress end(Course course, Task task) {
        try {
            return task.run(course).progress();
        } catch (EngineFault e) {
            LOG.log(Level.INFO, e, () -> course.doing + " failed: " + e.failed().detail());
            return e.failed();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.SEVERE, e, () -> course.doing + " failed");
            return new Progress.Failed(Problem.of(ProblemCode.Internal), e.toString(), true);
        }
    }

    private Progress await(UUID unit, Running work) {
        try {
            Progress result = work.result.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            running.remove(unit, work);
            return result;
        } catch (TimeoutException e) {
            return work.course.progress();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return work.course.progress();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks the unit to end, if it runs here. */
    Optional<Progress> cancel(UUID unit) {
        Running work = running.get(unit);
        if (work == null) {
            return Optional.empty();
        }
        work.course.cancelled = true;
        Progress result = await(unit, work);
        return Optional.of(result instanceof Progress.Running ? result : Progress.done());
    }

    Optional<String> output(UUID unit) {
        return Optional.ofNullable(running.get(unit)).map(work -> work.course.output.text());
    }

    boolean runs(UUID unit) {
        Running work = running.get(unit);
        return work != null && !work.result.isDone();
    }
}
