package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.Route;
import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.backup.DownloadService;
import io.howdah.backup.ui.DownloadDialog;
import io.howdah.engine.DatabaseInfo;
import io.howdah.server.DatabaseService;
import io.howdah.server.ServerService;
import io.howdah.server.ServerState;
import io.howdah.server.ServerView;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Confirm;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.Texts;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The databases of a server: who owns them, how large they are, who is connected; new ones, and the end of old ones. */
@CdiComponent
@PermitAll
@Route(value = "servers/:name/databases", layout = ServerLayout.class)
public class DatabasesPage extends ServerPage {

    private static final String KEPT = "postgres";

    private final DatabaseService databases;
    private final Lifecycle lifecycle;
    private final DownloadService downloads;
    private final Access access;
    private final TextField name = new TextField(t("server.databases.name"));
    private final FieldCheck nameCheck;
    private final ActionButton add;
    private final ActionButton maintain;
    private final Grid<DatabaseInfo> grid = new Grid<>();
    private final Div body = new Div();
    private ServerView server;
    private List<DatabaseInfo> shown;

    @Inject
    public DatabasesPage(
            DatabaseService databases,
            ServerService servers,
            DownloadService downloads,
            Access access,
            Lifecycle lifecycle) {
        super("server.page.databases", true);
        this.databases = databases;
        this.lifecycle = lifecycle;
        this.downloads = downloads;
        this.access = access;
        nameCheck = new FieldCheck(name, servers::checkDatabase);
        name.addKeyPressListener(Key.ENTER, event -> create());
        name.getElement().setAttribute("spellcheck", "false");
        add = new ActionButton(t("server.databases.add"), Glyph.PLUS, this::create).primary();
        maintain = new ActionButton(t("server.databases.maintain"), Glyph.SETTINGS, this::askMaintain).quiet();
        Div line = new Div(name, add, maintain);
        line.addClassName("field-line");
        buildGrid();
        body.addClassName("grow");
        add(line, body);
    }

    @Override
    protected void show(ServerView now) {
        server = now;
        Optional<String> refusal = lifecycle.refusal(ServerAction.ADD_DATABASE, now);
        add.refuse(refusal);
        maintain.refuse(lifecycle.refusal(ServerAction.MAINTAIN_DATABASES, now));
        name.setEnabled(refusal.isEmpty());
        load();
    }

    private void load() {
        if (server.state() != ServerState.READY) {
            shown = null;
            body.removeAll();
            body.add(new EmptyState(
                    Glyph.DATABASE,
                    t("server.databases.notReady.title"),
                    t("server.databases.notReady.text", server.state().words()),
                    null));
            return;
        }
        try {
            List<DatabaseInfo> now = databases.databases(server.id()).stream()
                    .sorted(Comparator.comparing(DatabaseInfo::name))
                    .toList();
            if (!now.equals(shown)) {
                shown = now;
                grid.setItems(now);
            }
            if (grid.getParent().isEmpty()) {
                body.removeAll();
                body.add(grid);
            }
        } catch (ProblemException refused) {
            shown = null;
            body.removeAll();
            body.add(new ProblemNotice(refused.problem()));
        }
    }

    private void buildGrid() {
        grid.addThemeVariants(GridVariant.LUMO_NO_BORDER);
        grid.addClassName("page-grid");
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.setAllRowsVisible(true);
        grid.setAriaLabel(t("server.page.databases"));
        Grid.Column<DatabaseInfo> block =
                grid.addComponentColumn(DatabasesPage::block).setHeader(t("server.databases.name"));
        List<Grid.Column<DatabaseInfo>> table = List.of(
                grid.addColumn(DatabaseInfo::name)
                        .setHeader(t("server.databases.name"))
                        .setRowHeader(true)
                        .setSortable(true)
                        .setFlexGrow(2),
                grid.addColumn(DatabaseInfo::owner)
                        .setHeader(t("server.databases.owner"))
                        .setSortable(true),
                grid.addColumn(database -> t("server.databases.encodingOf", database.encoding(), database.collation()))
                        .setHeader(t("server.databases.encoding")),
                grid.addComponentColumn(DatabasesPage::size)
                        .setHeader(t("server.databases.size"))
                        .setTextAlign(ColumnTextAlign.END)
                        .setComparator(DatabaseInfo::sizeBytes)
                        .setFlexGrow(0)
                        .setWidth("8rem"),
                grid.addColumn(DatabaseInfo::connections)
                        .setHeader(t("server.databases.connections"))
                        .setTextAlign(ColumnTextAlign.END)
                        .setSortable(true)
                        .setFlexGrow(0)
                        .setWidth("9rem"));
        grid.addComponentColumn(this::buttons)
                .setHeader(visuallyHidden(t("server.column.actions")))
                .setTextAlign(ColumnTextAlign.END)
                .setFlexGrow(0)
                .setWidth("7rem");
        WindowWidth.watch(grid, width -> {
            boolean narrow = width < WindowWidth.NARROW_PX;
            block.setVisible(narrow);
            table.forEach(column -> column.setVisible(!narrow));
        });
    }

    private static Component size(DatabaseInfo database) {
        Span size = new Span(Amounts.bytes(database.sizeBytes()));
        size.setTitle(Amounts.exactBytes(database.sizeBytes()));
        return size;
    }

    private static Component block(DatabaseInfo database) {
        Span name = new Span(database.name());
        name.addClassName("strong");
        Div second = new Div(
                new Span(database.owner()),
                size(database),
                new Span(Texts.count("server.databases.connected", database.connections())));
        second.addClassNames("quiet", "words");
        Div both = new Div(name, second);
        both.addClassName("server-block");
        return both;
    }

    private Component buttons(DatabaseInfo database) {
        Div both = new Div(dumpButton(database), dropButton(database));
        both.addClassName("grid-actions");
        return both;
    }

    private Component dumpButton(DatabaseInfo database) {
        ActionButton dump = new ActionButton("", Glyph.DOWNLOAD, () -> download(database)).quiet();
        dump.addThemeVariants(ButtonVariant.SMALL);
        dump.setAriaLabel(t("server.databases.dumpOf", database.name()));
        dump.setTooltipText(t("server.databases.dumpOf", database.name()));
        if (!access.may(Permission.BACKUPS_DOWNLOAD, Scope.server(server.teamId(), server.id()))) {
            dump.refuse(Optional.of(t("ui.notPermitted", Permission.BACKUPS_DOWNLOAD.action())));
        }
        return dump;
    }

    private void download(DatabaseInfo database) {
        try {
            DownloadDialog.open(downloads, downloads.dump(server.id(), database.name()), database.sizeBytes());
        } catch (ProblemException refused) {
            body.addComponentAsFirst(new ProblemNotice(refused.problem()));
        }
    }

    private Component dropButton(DatabaseInfo database) {
        ActionButton drop = new ActionButton("", Glyph.TRASH_2, () -> askDrop(database)).quiet();
        drop.addThemeVariants(ButtonVariant.SMALL);
        drop.setAriaLabel(t("server.databases.dropOf", database.name()));
        drop.setTooltipText(t("server.databases.dropOf", database.name()));
        Optional<String> refusal = lifecycle.refusal(ServerAction.DROP_DATABASE, server);
        if (database.name().equals(KEPT)) {
            refusal = Optional.of(t("server.databases.kept"));
        }
        refusal.ifPresent(why -> drop.refuse(Optional.of(why)));
        return drop;
    }

    private void create() {
        if (server == null || !add.isEnabled()) {
            return;
        }
        if (!nameCheck.passes()) {
            nameCheck.focus();
            return;
        }
        try {
            watch(databases.create(server.id(), name.getValue()));
            name.clear();
        } catch (ProblemException refused) {
            nameCheck.show(refused.problem());
        }
    }

    private void askMaintain() {
        if (server != null && shown != null && maintain.isEnabled()) {
            new MaintainDialog(databases, server, shown).open(this::watch);
        }
    }

    private void askDrop(DatabaseInfo database) {
        Confirm.byName(
                t("server.databases.drop.title", database.name()),
                Lifecycle.consequences(
                        t("server.databases.drop.text", Amounts.bytes(database.sizeBytes())),
                        database.connections() == 0
                                ? t("server.databases.drop.none")
                                : Texts.count("server.databases.drop.connections", database.connections())),
                database.name(),
                t("server.databases.drop"),
                typed -> watch(databases.drop(server.id(), database.name(), typed)));
    }

    static Span visuallyHidden(String text) {
        Span span = new Span(text);
        span.addClassName("visually-hidden");
        return span;
    }
}
