package io.howdah.shell;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import io.howdah.shell.Live.Watcher;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The refreshes that one UI owes, paid together at most four times a second, and not before the browser has been sent what
 * the last ones made. A row that is drawn again before it was sent takes scripts along that then run on nothing.
 */
final class Pulse {

    private static final long PAUSE_NANOS = Duration.ofMillis(250).toNanos();
    private static final long UNSENT_PAUSE_NANOS = Duration.ofMillis(50).toNanos();

    /** A UI may have something to send for ever, such as a script of what is hidden. */
    private static final int UNSENT_PAUSES = 10;

    private final UI ui;
    private final ScheduledExecutorService executor;
    private final Set<Watcher> owed = new LinkedHashSet<>();
    private boolean scheduled;

    /** In the UI's lock: what had been sent when the last refreshes were paid, and how often the next have waited since. */
    private int sentBefore = -1;

    private int waited;
    private long lastRun = System.nanoTime() - PAUSE_NANOS;

    private Pulse(UI ui, ScheduledExecutorService executor) {
        this.ui = ui;
        this.executor = executor;
    }

    /** The UI's own; call within its lock. */
    static Pulse of(UI ui, ScheduledExecutorService executor) {
        Pulse pulse = ComponentUtil.getData(ui, Pulse.class);
        if (pulse == null) {
            pulse = new Pulse(ui, executor);
            ComponentUtil.setData(ui, Pulse.class, pulse);
        }
        return pulse;
    }

    /** Any thread. Never runs a refresh in the caller's thread, which may be ending a transaction. */
    synchronized void add(Watcher watcher) {
        owed.add(watcher);
        if (!scheduled) {
            scheduled = true;
            long wait = Math.max(0, PAUSE_NANOS - (System.nanoTime() - lastRun));
            executor.schedule(this::pay, wait, TimeUnit.NANOSECONDS);
        }
    }

    /** A lazy list asks for its rows when the answer is written; here it does so while it is known who is asking. */
    void fetch() {
        ui.getInternals().getStateTree().runExecutionsBeforeClientResponse();
    }

    /** Whoever is signed out sees nothing any more, also when their browser stays on the page. */
    boolean ended() {
        return ui.isClosing();
    }

    private void pay() {
        try {
            ui.access(this::payUnlessUnsent);
        } catch (UIDetachedException gone) {
            take();
        }
    }

    private void payUnlessUnsent() {
        int sent = ui.getInternals().getServerSyncId();
        if (sent == sentBefore && waited < UNSENT_PAUSES && ui.getInternals().isDirty()) {
            waited++;
            executor.schedule(this::pay, UNSENT_PAUSE_NANOS, TimeUnit.NANOSECONDS);
            return;
        }
        sentBefore = sent;
        waited = 0;
        take().forEach(Watcher::run);
    }

    private synchronized List<Watcher> take() {
        List<Watcher> due = List.copyOf(owed);
        owed.clear();
        scheduled = false;
        lastRun = System.nanoTime();
        return due;
    }
}
