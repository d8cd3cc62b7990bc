package io.howdah.backup.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Route;
import io.howdah.backup.BackupService;
import io.howdah.backup.FleetRow;
import io.howdah.server.ui.Amounts;
import io.howdah.server.ui.WindowWidth;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.Live;
import io.howdah.shell.Page;
import io.howdah.shell.PageHeader;
import io.howdah.shell.RelativeTime;
import io.howdah.shell.TeamChoice;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** How well all servers are kept, what needs somebody first; also those that are gone and can still be restored. */
@CdiComponent
@PermitAll
@Route("backups")
@StyleSheet("context://styles/servers.css")
@StyleSheet("context://styles/backups.css")
public class FleetView extends Page implements AfterNavigationObserver {

    private static final String BADGE_WIDTH = "11.5rem";

    private final BackupService backups;
    private final Grid<FleetRow> grid = new Grid<>();
    private final Div body = new Div();
    private List<FleetRow> shown;

    @Inject
    public FleetView(BackupService backups, Live live) {
        super("ui.page.backups");
        this.backups = backups;
        addClassName("full");
        body.addClassName("grow");
        buildGrid();
        add(new PageHeader(t("ui.page.backups")).below(new Span(t("backup.fleet.what"))), body);
        live.servers(this, this::refresh);
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        refresh();
    }

    private void refresh() {
        UUID team = TeamChoice.currentId();
        List<FleetRow> now = backups.fleet().stream()
                .filter(row -> team == null || row.teamId().equals(team))
                .toList();
        if (now.equals(shown)) {
            return;
        }
        shown = now;
        if (now.isEmpty()) {
            body.removeAll();
            body.add(new EmptyState(Glyph.HARD_DRIVE, t("backup.fleet.none"), t("backup.fleet.none.text"), null));
            return;
        }
        grid.setItems(now);
        if (grid.getParent().isEmpty()) {
            body.removeAll();
            body.add(grid);
        }
    }

    private void buildGrid() {
        grid.addThemeVariants(GridVariant.LUMO_NO_BORDER);
        grid.addClassNames("page-grid", "fleet-grid");
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.setAllRowsVisible(false);
        grid.setAriaLabel(t("ui.page.backups"));
        Grid.Column<FleetRow> block = grid.addComponentColumn(FleetView::block).setHeader(t("backup.fleet.server"));
        List<Grid.Column<FleetRow>> table = List.of(
                grid.addComponentColumn(FleetView::server)
                        .setHeader(t("backup.fleet.server"))
                        .setFlexGrow(2),
                grid.addColumn(FleetRow::teamName).setHeader(t("server.column.team")),
                grid.addComponentColumn(row -> new StandingBadge(row.standing()))
                        .setHeader(t("backup.fleet.standing"))
                        .setWidth(BADGE_WIDTH),
                grid.addComponentColumn(row -> time(row.health().newestBackupAt()))
                        .setHeader(t("backup.health.newest")),
                grid.addComponentColumn(row -> time(row.health().archivedAt())).setHeader(t("backup.fleet.archived")),
                grid.addComponentColumn(row -> time(row.earliest())).setHeader(t("backup.fleet.since")),
                grid.addComponentColumn(FleetView::rehearsed).setHeader(t("backup.fleet.rehearsed")),
                grid.addColumn(row -> Amounts.bytes(row.health().repositoryBytes()))
                        .setHeader(t("backup.health.size"))
                        .setTextAlign(ColumnTextAlign.END));
        WindowWidth.watch(grid, width -> {
            boolean narrow = width < WindowWidth.NARROW_PX;
            block.setVisible(narrow);
            table.forEach(column -> column.setVisible(!narrow));
        });
    }

    private static Component time(Instant instant) {
        return instant == null ? new Span(t("backup.health.nothing")) : new RelativeTime(instant);
    }

    private static Component rehearsed(FleetRow row) {
        if (row.rehearsed() == null) {
            return new Span(t("backup.rehearsal.badge.never"));
        }
        Div when = new Div(
                new RelativeTime(row.rehearsed().endedAt()),
                new Span(RehearsalBadge.seconds(row.rehearsed().recoverySeconds())));
        when.addClassNames("quiet", "words");
        Div both = new Div(RehearsalBadge.inHistory(row.rehearsed()), when);
        both.addClassName("two-lines");
        return both;
    }

    private static Component server(FleetRow row) {
        Anchor link = new Anchor(address(row), row.name());
        Div both = new Div(link);
        both.addClassName("two-lines");
        if (row.goneAt() != null || row.deletedAt() != null) {
            Instant since = row.deletedAt() == null ? row.goneAt() : row.deletedAt();
            Div when = new Div(new Span(t("backup.fleet.deleted")), new RelativeTime(since));
            when.addClassNames("quiet", "words");
            both.add(when);
        } else if (row.underWay()) {
            Span going = new Span(t("backup.list.underWay"));
            going.addClassName("quiet");
            both.add(going);
        }
        return both;
    }

    private static String address(FleetRow row) {
        return row.goneAt() == null ? "servers/" + row.name() + "/backups" : "backups/" + row.serverId();
    }

    private static Component block(FleetRow row) {
        Div words = new Div(
                new Span(t("backup.health.newest")),
                time(row.health().newestBackupAt()),
                new Span(Amounts.bytes(row.health().repositoryBytes())));
        words.addClassNames("quiet", "words");
        Div block = new Div(server(row), new StandingBadge(row.standing()), RehearsalBadge.of(row.rehearsed()), words);
        block.addClassName("server-block");
        return block;
    }
}
