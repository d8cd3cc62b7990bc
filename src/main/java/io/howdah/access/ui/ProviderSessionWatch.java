package io.howdah.access.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinSession;
import io.howdah.access.ProviderSessions;
import io.howdah.access.ProviderTie;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Takes pages that are open off the screen when the provider has ended their session. Looks once a second, since another
 * node may be the one that was told.
 */
@ApplicationScoped
public class ProviderSessionWatch {

    private static final Logger LOG = Logger.getLogger(ProviderSessionWatch.class.getName());
    private static final long PAUSE_SECONDS = 1;

    private final Map<UUID, VaadinSession> open = new ConcurrentHashMap<>();

    @Inject
    private ProviderSessions sessions;

    @Resource
    private ManagedScheduledExecutorService executor;

    void begin(@Observes ServiceInitEvent event) {
        event.getSource().addUIInitListener(init -> {
            VaadinSession session = init.getUI().getSession();
            if (session.getSession().getAttribute(ProviderTie.ATTRIBUTE) instanceof ProviderTie tie) {
                open.put(tie.session(), session);
            }
        });
        event.getSource()
                .addSessionDestroyListener(gone -> open.forEach((id, session) -> {
                    if (session == gone.getSession() && open.remove(id) != null) {
                        sessions.end(id);
                    }
                }));
        executor.scheduleWithFixedDelay(this::look, PAUSE_SECONDS, PAUSE_SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        if (open.isEmpty()) {
            return;
        }
        try {
            Set<UUID> ended = new HashSet<>(open.keySet());
            ended.removeAll(sessions.lasting(ended));
            ended.forEach(this::end);
        } catch (RuntimeException failed) {
            // A failure that left this method would end the looking for good.
            LOG.log(Level.WARNING, "It could not be seen which sessions have ended at providers", failed);
        }
    }

    private void end(UUID id) {
        VaadinSession session = open.remove(id);
        if (session != null) {
            session.access(() -> session.getUIs().forEach(ProviderSessionWatch::leave));
        }
    }

    private static void leave(UI ui) {
        ui.getPage().setLocation(EndedSessionExit.PATH);
    }
}
