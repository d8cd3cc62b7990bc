package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.howdah.access.Access;
import io.howdah.access.AccessService;
import io.howdah.access.Permission;
import io.howdah.access.ProjectService;
import io.howdah.access.ProjectView;
import io.howdah.server.ServerFilter;
import io.howdah.server.ServerService;
import io.howdah.server.ServerState;
import io.howdah.server.ServerView;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Address;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.Live;
import io.howdah.shell.Page;
import io.howdah.shell.PageHeader;
import io.howdah.shell.TeamChoice;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** All servers a person may see. What is shown and in which order stands in the address. */
@CdiComponent
@PermitAll
@Route("servers")
@StyleSheet("context://styles/servers.css")
public class ServersView extends Page implements AfterNavigationObserver {

    private static final List<ServerAction> ROW_ACTIONS = List.of(
            ServerAction.START,
            ServerAction.STOP,
            ServerAction.RESTART,
            ServerAction.RESET_PASSWORD,
            ServerAction.DELETE);

    @Inject
    private ServerService servers;

    @Inject
    private AccessService people;

    @Inject
    private ProjectService projects;

    @Inject
    private Access access;

    @Inject
    private Lifecycle lifecycle;

    @Inject
    private Live live;

    private final Anchor liveLink = ServerAddress.link("servers", t("server.list.live"));
    private final Anchor deletedLink = ServerAddress.link("servers?show=deleted", "");
    private final ServerFilterBar filters = new ServerFilterBar(this::goTo);
    private final Div body = new Div();
    private ServerRows rows;
    private ServerRows deletedRows;
    private ServerGrid grid;
    private DeletedGrid deletedGrid;
    private BulkBar bulk;
    private ServersAddress address = ServersAddress.ALL;

    public ServersView() {
        super("server.list.title");
        addClassNames("full", "servers-page");
    }

    @PostConstruct
    void build() {
        Nav tabs = new Nav(liveLink, deletedLink);
        tabs.addClassName("link-tabs");
        tabs.setAriaLabel(t("server.list.tabs"));
        rows = new ServerRows(servers);
        deletedRows = new ServerRows(servers);
        grid = new ServerGrid(this::menu, (order, ascending) -> goTo(address.sortedBy(order, ascending)));
        grid.setItems(rows);
        deletedGrid = new DeletedGrid(lifecycle);
        deletedGrid.setItems(deletedRows);
        bulk = new BulkBar(lifecycle, servers, grid::deselectAll);
        grid.addSelectionListener(event -> showSelection());
        body.addClassName("servers-body");
        add(new PageHeader(t("server.list.title"), createButton()), tabs, filters, bulk, body);
        live.servers(this, this::refresh);
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        address = ServersAddress.of(event.getLocation().getQueryParameters());
        filters.show(address);
        filters.offer(occurringStates(), versionsOffered());
        boolean severalTeams =
                TeamChoice.current().isEmpty() && people.myTeams().size() > 1;
        List<ProjectView> offered = projects.projects().stream()
                .filter(project ->
                        TeamChoice.currentId() == null || project.teamId().equals(TeamChoice.currentId()))
                .toList();
        filters.offerProjects(offered, severalTeams);
        grid.showOwners(severalTeams, offered.size() > 1);
        grid.showOrder(address.order(), address.ascending());
        (address.deleted() ? deletedRows : rows).show(address, TeamChoice.currentId());
        showBody();
    }

    private void refresh() {
        filters.offer(occurringStates(), versionsOffered());
        (address.deleted() ? deletedRows : rows).refreshAll();
        showBody();
        showSelection();
    }

    private Set<Integer> versionsOffered() {
        Set<Integer> versions = new TreeSet<>();
        servers.catalogue().versions().forEach(version -> versions.add(version.major()));
        return versions;
    }

    private EnumSet<ServerState> occurringStates() {
        EnumSet<ServerState> states = EnumSet.noneOf(ServerState.class);
        states.addAll(servers.states().keySet());
        return states;
    }

    private void showBody() {
        int deleted = servers.count(new ServerFilter(null, Set.of(), TeamChoice.currentId(), null, null, true));
        deletedLink.setText(t("server.list.deleted", deleted));
        current(liveLink, !address.deleted());
        current(deletedLink, address.deleted());
        int found = servers.count(address.filter(TeamChoice.currentId()));
        Component wanted;
        if (found > 0) {
            wanted = address.deleted() ? deletedGrid : grid;
        } else if (address.narrowed()) {
            Button clear = new Button(t("server.filter.clear"), event -> goTo(address.widened()));
            wanted = new EmptyState(
                    Glyph.FUNNEL, t("server.list.noneMatch.title"), t("server.list.noneMatch.text"), clear);
        } else if (address.deleted()) {
            wanted = new EmptyState(Glyph.TRASH_2, t("server.deleted.none.title"), t("server.deleted.none.text"), null);
        } else {
            wanted = new EmptyState(
                    Glyph.SERVER, t("server.list.none.title"), t("server.list.none.text"), createButton());
        }
        boolean firstEver = found == 0 && !address.narrowed();
        filters.setVisible(!firstEver);
        bulk.setVisible(
                !address.deleted() && found > 0 && !grid.getSelectedItems().isEmpty());
        if (body.getComponentCount() != 1 || body.getComponentAt(0) != wanted) {
            body.removeAll();
            body.add(wanted);
        }
    }

    /** As they are now; a server that has left the list meanwhile is selected no more. */
    private void showSelection() {
        List<ServerView> selected = new ArrayList<>();
        for (ServerView server : grid.getSelectedItems()) {
            stillListed(server).ifPresentOrElse(selected::add, () -> grid.deselect(server));
        }
        bulk.show(selected);
    }

    private Optional<ServerView> stillListed(ServerView server) {
        try {
            ServerView now = servers.byName(server.name());
            boolean stateWanted = address.states().isEmpty() || address.states().contains(now.state());
            return Optional.of(now).filter(found -> found.id().equals(server.id()) && !found.deleted() && stateWanted);
        } catch (ProblemException gone) {
            return Optional.empty();
        }
    }

    /** Goes to the address that says so; the grid follows from there, so that the back button leads back. */
    private void goTo(ServersAddress wanted) {
        boolean typing = !wanted.text().equals(address.text());
        if (wanted.equals(address)) {
            return;
        }
        if (typing && !address.text().isBlank() && !wanted.text().isBlank()) {
            // one step back leaves the search, not one letter of it
            Address.replace(wanted.parameters());
            address = wanted;
            filters.show(address);
            (address.deleted() ? deletedRows : rows).show(address, TeamChoice.currentId());
            showBody();
        } else {
            UI.getCurrent().navigate("servers", QueryParameters.simple(wanted.parameters()));
        }
    }

    private Component menu(ServerView server) {
        return new ActionMenu(
                        lifecycle,
                        ROW_ACTIONS,
                        (action, on) -> lifecycle.begin(
                                action,
                                on,
                                Reaction.note(t("server.note." + action.name().toLowerCase(Locale.ROOT), on.name()))))
                .show(server);
    }

    private Component createButton() {
        ActionButton create = new ActionButton(
                        t("server.list.create"), Glyph.PLUS, () -> ServerAddress.open("servers/create"))
                .primary();
        create.refuse(
                access.mayAnywhere(Permission.SERVERS_CREATE)
                        ? Optional.empty()
                        : Optional.of(t("server.refusal.create", Permission.SERVERS_CREATE.action())));
        return create;
    }

    private static void current(Anchor link, boolean here) {
        if (here) {
            link.getElement().setAttribute("aria-current", "page");
        } else {
            link.getElement().removeAttribute("aria-current");
        }
    }
}
