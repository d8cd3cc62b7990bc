package io.howdah.operation;

import jakarta.enterprise.context.Dependent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A workflow that does, for each subject, what a test says; without a word from one it runs through at once. */
@Dependent
final class ScriptedIT implements Workflow<ScriptedIT.Step, ScriptedIT.Request> {

    static final String KIND = "test-scripted";

    enum Step {
        FIRST,
        SECOND,
        FORWARD,
        UNDO
    }

    record Request() {}

    /** What a test knows of its subject, and what it lets go on. */
    static final class Script {
        final Map<Step, AtomicInteger> taken = new ConcurrentHashMap<>();
        final AtomicInteger withdrawn = new AtomicInteger();
        final Map<Step, Outcome<Step>> instead = new ConcurrentHashMap<>();
        final Map<Step, CountDownLatch> held = new ConcurrentHashMap<>();

        int taken(Step step) {
            return taken.computeIfAbsent(step, s -> new AtomicInteger()).get();
        }
    }

    private static final Map<UUID, Script> SCRIPTS = new ConcurrentHashMap<>();

    static Script of(UUID subject) {
        return SCRIPTS.computeIfAbsent(subject, s -> new Script());
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Class<Step> steps() {
        return Step.class;
    }

    @Override
    public Class<Request> data() {
        return Request.class;
    }

    @Override
    public List<Step> path() {
        return List.of(Step.FIRST, Step.SECOND, Step.FORWARD);
    }

    @Override
    public boolean onlyForward(Step step) {
        return step == Step.FORWARD;
    }

    @Override
    public Duration deadline() {
        return Duration.ofMinutes(2);
    }

    @Override
    public Optional<Step> undo(Step failed, Request data) {
        return failed == Step.UNDO ? Optional.empty() : Optional.of(Step.UNDO);
    }

    @Override
    public void withdraw(Context<Request> context) {
        of(context.subjectId()).withdrawn.incrementAndGet();
    }

    @Override
    public Outcome<Step> run(Step step, Context<Request> context) {
        Script script = of(context.subjectId());
        script.taken.computeIfAbsent(step, s -> new AtomicInteger()).incrementAndGet();
        CountDownLatch held = script.held.get(step);
        if (held != null) {
            try {
                held.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        Outcome<Step> instead = script.instead.get(step);
        if (instead != null) {
            return instead;
        }
        return switch (step) {
            case FIRST -> Outcome.next(Step.SECOND);
            case SECOND -> Outcome.next(Step.FORWARD);
            case FORWARD, UNDO -> Outcome.done();
        };
    }
}
