package io.howdah.backup.ui;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.router.Route;
import io.howdah.access.Access;
import io.howdah.backup.BackupService;
import io.howdah.backup.DownloadService;
import io.howdah.backup.RestoreService;
import io.howdah.server.ServerService;
import io.howdah.server.ServerView;
import io.howdah.server.ui.ServerLayout;
import io.howdah.server.ui.ServerPage;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;

/** A server's backups, and how it is taken back to an earlier time. */
@CdiComponent
@PermitAll
@Route(value = "servers/:name/backups", layout = ServerLayout.class)
@StyleSheet("context://styles/backups.css")
public class BackupPage extends ServerPage {

    private final BackupPanel panel;

    @Inject
    public BackupPage(
            BackupService backups,
            RestoreService restores,
            DownloadService downloads,
            ServerService servers,
            Access access) {
        super("server.page.backups", true);
        panel = new BackupPanel(new BackupPanel.Services(backups, restores, downloads, servers, access), this::watch);
        add(panel);
    }

    @Override
    protected boolean worksWhenDeleted() {
        return true;
    }

    @Override
    protected void show(ServerView server) {
        panel.show(server.id());
    }
}
