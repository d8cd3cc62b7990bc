package io.howdah.backup.ui;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.howdah.access.Access;
import io.howdah.backup.BackupService;
import io.howdah.backup.DownloadService;
import io.howdah.backup.LookService;
import io.howdah.backup.RehearsalService;
import io.howdah.backup.RestoreService;
import io.howdah.server.ServerService;
import io.howdah.server.ServerView;
import io.howdah.server.ui.ServerLayout;
import io.howdah.server.ui.ServerPage;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;

/** A server's backups, and how it is taken back to an earlier time. */
@CdiComponent
@PermitAll
@Route(value = "servers/:name/backups", layout = ServerLayout.class)
@StyleSheet("context://styles/backups.css")
public class BackupPage extends ServerPage implements BeforeEnterObserver {

    /** In its address: the time to be restored. */
    static final String AT = "at";

    private final BackupPanel panel;
    private Optional<Instant> preset = Optional.empty();

    @Inject
    public BackupPage(
            BackupService backups,
            RestoreService restores,
            LookService looks,
            RehearsalService rehearsals,
            DownloadService downloads,
            ServerService servers,
            Access access) {
        super("server.page.backups", true);
        panel = new BackupPanel(
                new BackupPanel.Services(backups, restores, looks, rehearsals, downloads, servers, access),
                this::watch);
        add(panel);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        preset = BackupWords.instant(event.getLocation().getQueryParameters(), AT);
    }

    @Override
    protected boolean worksWhenDeleted() {
        return true;
    }

    @Override
    protected void show(ServerView server) {
        panel.show(server.id());
        preset.ifPresent(panel::preset);
        preset = Optional.empty();
    }
}
