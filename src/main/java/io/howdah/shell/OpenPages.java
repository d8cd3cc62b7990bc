package io.howdah.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.WrappedSession;
import io.howdah.access.PortalSession;
import io.howdah.access.Sessions;
import io.howdah.access.SessionsEnded;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pages that are open at this node, by the session they belong to: when that ends they close at once, without waiting
 * for their person to press anything.
 */
@ApplicationScoped
public class OpenPages {

    private static final Logger LOG = LoggerFactory.getLogger(OpenPages.class);

    /** What other nodes have ended is looked up as often as this. */
    private static final long LOOK_SECONDS = 3;

    private final Map<UI, UUID> pages = new ConcurrentHashMap<>();
    private final AtomicBoolean looking = new AtomicBoolean();

    @Resource
    private ManagedScheduledExecutorService executor;

    @Inject
    private Sessions sessions;

    /** Whose a session is; empty when nobody has signed in to it. */
    public static Optional<UUID> session(WrappedSession session) {
        try {
            return session == null
                    ? Optional.empty()
                    : Optional.ofNullable((UUID) session.getAttribute(PortalSession.ID));
        } catch (IllegalStateException ended) {
            // The container has ended it while the request was on its way.
            return Optional.empty();
        }
    }

    void begin(@Observes ServiceInitEvent event) {
        event.getSource().addUIInitListener(init -> {
            UI ui = init.getUI();
            session(ui.getSession().getSession()).ifPresent(session -> {
                pages.put(ui, session);
                ui.addDetachListener(detached -> pages.remove(ui));
                if (looking.compareAndSet(false, true)) {
                    executor.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
                }
            });
        });
    }

    /** The page finds its own way from here, such as to a provider's sign-out; the session's others are closed as ever. */
    void leave(UI ui) {
        pages.remove(ui);
    }

    void ended(@Observes(during = TransactionPhase.AFTER_SUCCESS) SessionsEnded event) {
        close(event.sessions());
    }

    private void look() {
        try {
            Set<UUID> open = Set.copyOf(pages.values());
            if (!open.isEmpty()) {
                close(sessions.ended(open));
            }
        } catch (RuntimeException away) {
            // An exception would end the schedule; the database may be back at the next look.
            LOG.debug("Could not look up which sessions have ended", away);
        }
    }

    private void close(Set<UUID> ended) {
        pages.forEach((ui, session) -> {
            if (ended.contains(session) && pages.remove(ui) != null) {
                // Not in this thread, which may hold another page's lock or be ending a transaction.
                executor.execute(() -> close(ui));
            }
        });
    }

    private static void close(UI ui) {
        try {
            ui.access(() -> {
                ui.getPage().setLocation("sign-in");
                ui.push();
                ui.close();
            });
        } catch (UIDetachedException gone) {
            // The page was closed meanwhile.
        }
    }
}
