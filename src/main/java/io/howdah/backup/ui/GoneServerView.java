package io.howdah.backup.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.howdah.access.Access;
import io.howdah.backup.BackupService;
import io.howdah.backup.DownloadService;
import io.howdah.backup.LookService;
import io.howdah.backup.RehearsalService;
import io.howdah.backup.RestoreService;
import io.howdah.backup.ServerBackups;
import io.howdah.server.ServerService;
import io.howdah.shared.ProblemException;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.Live;
import io.howdah.shell.Page;
import io.howdah.shell.PageHeader;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import java.util.UUID;

/** A server that exists in its backups alone, and can be made anew from them. */
@CdiComponent
@PermitAll
@Route("backups/:server")
@StyleSheet("context://styles/servers.css")
@StyleSheet("context://styles/backups.css")
public class GoneServerView extends Page implements BeforeEnterObserver {

    private final BackupPanel.Services services;
    private final Live live;
    private final PageHeader header = new PageHeader("");
    private final Div body = new Div();

    @Inject
    public GoneServerView(
            BackupService backups,
            RestoreService restores,
            LookService looks,
            RehearsalService rehearsals,
            DownloadService downloads,
            ServerService servers,
            Access access,
            Live live) {
        super("ui.page.backups");
        this.live = live;
        services = new BackupPanel.Services(backups, restores, looks, rehearsals, downloads, servers, access);
        add(header, body);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        String wanted = event.getRouteParameters().get("server").orElse("");
        body.removeAll();
        try {
            UUID id = UUID.fromString(wanted);
            ServerBackups there = services.backups().ofServer(id);
            if (!there.gone()) {
                event.forwardTo("servers/" + there.name() + "/backups");
                return;
            }
            setName(there.name());
            header.setTitle(there.name());
            header.below(new Span(t("backup.gone.what")), new Anchor("backups", t("backup.gone.all")));
            BackupPanel panel =
                    new BackupPanel(services, operation -> UI.getCurrent().navigate("operations/" + operation));
            panel.show(id);
            live.server(panel, id, () -> panel.show(id));
            body.add(panel);
        } catch (IllegalArgumentException | ProblemException absent) {
            header.setTitle(t("ui.page.backups"));
            body.add(new EmptyState(
                    Glyph.HARD_DRIVE,
                    t("backup.gone.none"),
                    t("backup.gone.none.text"),
                    new Anchor("backups", t("backup.gone.all"))));
        }
    }
}
