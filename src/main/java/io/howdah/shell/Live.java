package io.howdah.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.shared.Registration;
import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.approval.ApprovalChanged;
import io.howdah.notification.NotificationsChanged;
import io.howdah.operation.OperationChanged;
import io.howdah.schedule.JobChanged;
import io.howdah.schedule.ScheduleChanged;
import io.howdah.server.ServerChanged;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Keeps what people look at true: a component says what it shows, and is refreshed by server push when that changes, as
 * the person who looks at it, for as long as it is on the screen. Each UI is refreshed at most four times a second,
 * however much happens.
 */
@ApplicationScoped
public class Live {

    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();

    @Resource
    private ManagedScheduledExecutorService executor;

    /** Refreshes {@code shown} when any server changes. */
    public void servers(Component shown, Runnable refresh) {
        watch(shown, event -> event instanceof ServerChanged, refresh);
    }

    /** Refreshes {@code shown} when this server, or an operation on it, changes. */
    public void server(Component shown, UUID serverId, Runnable refresh) {
        watch(
                shown,
                event -> switch (event) {
                    case ServerChanged changed -> serverId.equals(changed.serverId());
                    case OperationChanged changed -> serverId.equals(changed.subjectId());
                    default -> false;
                },
                refresh);
    }

    /** Refreshes {@code shown} when any operation changes. */
    public void operations(Component shown, Runnable refresh) {
        watch(shown, event -> event instanceof OperationChanged, refresh);
    }

    /** Refreshes {@code shown} when this operation changes. */
    public void operation(Component shown, UUID operationId, Runnable refresh) {
        watch(
                shown,
                event -> event instanceof OperationChanged changed && operationId.equals(changed.operationId()),
                refresh);
    }

    /** Refreshes {@code shown} when any schedule, or a run of one, or a run of the product's own jobs, changes. */
    public void schedules(Component shown, Runnable refresh) {
        watch(shown, event -> event instanceof ScheduleChanged || event instanceof JobChanged, refresh);
    }

    /** Refreshes {@code shown} when a schedule of this server, or a run of one, changes. */
    public void schedules(Component shown, UUID serverId, Runnable refresh) {
        watch(shown, event -> event instanceof ScheduleChanged changed && serverId.equals(changed.serverId()), refresh);
    }

    /** Refreshes {@code shown} when any server or operation changes. */
    public void everything(Component shown, Runnable refresh) {
        watch(shown, event -> event instanceof ServerChanged || event instanceof OperationChanged, refresh);
    }

    /** Refreshes {@code shown} when something in the notifications or deliveries of who looks at it changes. */
    public void notifications(Component shown, Runnable refresh) {
        UUID me = Callers.current().personId();
        watch(shown, event -> event instanceof NotificationsChanged changed && me.equals(changed.personId()), refresh);
    }

    /** Refreshes {@code shown} when a request for approval, or somebody's emergency access, changes. */
    public void approvals(Component shown, Runnable refresh) {
        watch(shown, event -> event instanceof ApprovalChanged, refresh);
    }

    private void watch(Component shown, Predicate<Object> concerns, Runnable refresh) {
        Caller caller = Callers.current();
        Registration[] current = new Registration[1];
        shown.addAttachListener(event -> current[0] = begin(event.getUI(), concerns, refresh, caller));
        shown.addDetachListener(event -> {
            if (current[0] != null) {
                current[0].remove();
                current[0] = null;
            }
        });
        shown.getUI().ifPresent(ui -> current[0] = begin(ui, concerns, refresh, caller));
    }

    private Registration begin(UI ui, Predicate<Object> concerns, Runnable refresh, Caller caller) {
        Watcher watcher = new Watcher(Pulse.of(ui, executor), concerns, refresh, caller);
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    void serverChanged(@Observes(during = TransactionPhase.AFTER_SUCCESS) ServerChanged event) {
        tell(event);
    }

    void operationChanged(@Observes(during = TransactionPhase.AFTER_SUCCESS) OperationChanged event) {
        tell(event);
    }

    void scheduleChanged(@Observes(during = TransactionPhase.AFTER_SUCCESS) ScheduleChanged event) {
        tell(event);
    }

    void jobChanged(@Observes(during = TransactionPhase.AFTER_SUCCESS) JobChanged event) {
        tell(event);
    }

    void notificationsChanged(@Observes(during = TransactionPhase.AFTER_SUCCESS) NotificationsChanged event) {
        tell(event);
    }

    void approvalChanged(@Observes(during = TransactionPhase.AFTER_SUCCESS) ApprovalChanged event) {
        tell(event);
    }

    private void tell(Object event) {
        for (Watcher watcher : watchers) {
            if (watcher.concerns.test(event)) {
                watcher.pulse.add(watcher);
            }
        }
    }

    boolean watches(Watcher watcher) {
        return watchers.contains(watcher);
    }

    /** Compared by identity: two components may watch the same thing. */
    final class Watcher {

        private final Pulse pulse;
        private final Predicate<Object> concerns;
        private final Runnable refresh;
        private final Caller caller;

        private Watcher(Pulse pulse, Predicate<Object> concerns, Runnable refresh, Caller caller) {
            this.pulse = pulse;
            this.concerns = concerns;
            this.refresh = refresh;
            this.caller = caller;
        }

        /** In the UI's lock. Does nothing when the component has left the screen meanwhile. */
        void run() {
            if (watches(this) && !pulse.ended()) {
                try {
                    Callers.as(caller, () -> {
                        refresh.run();
                        pulse.fetch();
                    });
                } catch (RuntimeException failed) {
                    // One that fails must not keep the others on the page from being refreshed.
                    VaadinSession.getCurrent().getErrorHandler().error(new ErrorEvent(failed));
                }
            }
        }
    }
}
