package io.howdah.backup.ui;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.router.Route;
import io.howdah.access.Access;
import io.howdah.backup.LookService;
import io.howdah.server.ServerView;
import io.howdah.server.ui.ServerLayout;
import io.howdah.server.ui.ServerPage;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;

/** A server as it was at an earlier time, to be read before anything is restored. */
@CdiComponent
@PermitAll
@Route(value = "servers/:name/backups/look", layout = ServerLayout.class)
@StyleSheet("context://styles/backups.css")
public class LookPage extends ServerPage {

    private final LookPanel panel;

    @Inject
    public LookPage(LookService looks, Access access) {
        super("server.page.look", true);
        panel = new LookPanel(looks, access, this::watch);
        add(panel);
    }

    @Override
    protected boolean worksWhenDeleted() {
        return true;
    }

    @Override
    protected void show(ServerView server) {
        panel.show(server);
    }
}
