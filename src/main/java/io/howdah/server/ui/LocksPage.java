package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.Route;
import io.howdah.access.Scope;
import io.howdah.server.ServerService;
import io.howdah.server.ServerView;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;

/** The locks of a server, which keep it from being deleted or changed by mistake. */
@CdiComponent
@PermitAll
@Route(value = "servers/:name/locks", layout = ServerLayout.class)
public class LocksPage extends ServerPage {

    private final ServerService servers;
    private final Lifecycle lifecycle;
    private final LockList locks;
    private ServerView server;

    @Inject
    public LocksPage(ServerService servers, Lifecycle lifecycle) {
        super("server.page.locks", true);
        this.servers = servers;
        this.lifecycle = lifecycle;
        Paragraph intro = new Paragraph(t("server.locks.text"));
        intro.addClassName("quiet");
        locks = new LockList(
                t("server.locks.none.text"),
                t("server.locks.remove.text"),
                (kind, note) -> {
                    servers.addLock(server.id(), kind, note);
                    reload();
                },
                lock -> {
                    servers.removeLock(server.id(), lock);
                    reload();
                });
        add(intro, locks);
    }

    @Override
    protected void show(ServerView now) {
        server = now;
        locks.show(now.locks(), Scope.server(now.teamId(), now.id()), lifecycle.refusal(ServerAction.LOCK, now));
    }

    private void reload() {
        showServer(servers.byName(server.name()));
    }
}
