package io.howdah.shell;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.backup.BackupService;
import io.howdah.backup.FleetRow;
import io.howdah.operation.OperationFilter;
import io.howdah.operation.OperationService;
import io.howdah.operation.OperationStatus;
import io.howdah.operation.OperationView;
import io.howdah.scaling.StorageService;
import io.howdah.server.FillingServer;
import io.howdah.server.HealthService;
import io.howdah.server.ServerFilter;
import io.howdah.server.ServerOrder;
import io.howdah.server.ServerService;
import io.howdah.server.ServerState;
import io.howdah.server.ServerView;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The state of the fleet in one look: servers by state, what needs somebody, what runs and what ran last. */
@CdiComponent
@Route("")
public class HomeView extends Page implements BeforeEnterObserver {

    private static final int RECENT = 8;

    private final Access access;
    private final ServerService servers;
    private final HealthService health;
    private final OperationService operations;
    private final BackupService backups;
    private final StorageService storage;
    private final Div content = new Div();
    private final UnorderedList tiles = new UnorderedList();
    private final Div attention = new Div();
    private final OperationList operationList = new OperationList(List.of());
    private final Paragraph nothing = new Paragraph(Texts.t("ui.bell.nothing"));
    private Fleet shown;

    @Inject
    public HomeView(
            Access access,
            ServerService servers,
            HealthService health,
            OperationService operations,
            BackupService backups,
            StorageService storage,
            Live live) {
        super("ui.page.home");
        this.access = access;
        this.servers = servers;
        this.health = health;
        this.operations = operations;
        this.backups = backups;
        this.storage = storage;
        content.addClassName("home");
        tiles.addClassName("tiles");
        tiles.getElement().setAttribute("aria-label", Texts.t("ui.home.fleet"));
        Button create = new Button(Texts.t("ui.page.create"), Glyph.PLUS.icon(), event -> event.getSource()
                .getUI()
                .ifPresent(ui -> ui.navigate(Destination.CREATE.path())));
        create.addThemeVariants(ButtonVariant.PRIMARY);
        Permitted.requireAnywhere(create, Permission.SERVERS_CREATE);
        add(new PageHeader(Texts.t("ui.page.home"), create), content);
        live.everything(this, this::refresh);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        refresh();
    }

    private void refresh() {
        Fleet now = look();
        if (now.equals(shown)) {
            return;
        }
        boolean laidOut = shown != null && shown.empty() == now.empty();
        if (!laidOut) {
            content.removeAll();
            content.add(now.empty() ? new Component[] {firstUse()} : new Component[] {tiles, cards()});
        }
        // Only what has changed is drawn anew: the rest keeps its place, and the keyboard's focus.
        if (shown == null || !now.states().equals(shown.states())) {
            showStates(now.states());
        }
        if (shown == null || !now.sameTroubles(shown)) {
            attention.removeAll();
            attention.add(new Attention(now.troubled(), now.filling(), now.failed(), now.deleted(), now.behind()));
        }
        operationList.setOperations(now.recent());
        nothing.setVisible(now.recent().isEmpty());
        shown = now;
    }

    private Fleet look() {
        boolean seesServers = access.mayAnywhere(Permission.SERVERS_READ);
        boolean seesOperations = access.mayAnywhere(Permission.OPERATIONS_READ);
        return new Fleet(
                seesServers ? servers.states() : Map.of(),
                seesOperations ? operations.recent(RECENT) : List.of(),
                seesServers ? troubled() : List.of(),
                seesServers ? storage.filling(TeamChoice.currentId(), RECENT) : List.of(),
                seesOperations ? failed() : List.of(),
                seesServers ? deleted() : List.of(),
                access.mayAnywhere(Permission.BACKUPS_READ) ? behind() : List.of());
    }

    private Div cards() {
        Div cards = new Div(
                card(Texts.t("ui.home.attention"), null, attention),
                card(
                        Texts.t("ui.home.operations"),
                        new Anchor("operations", Texts.t("ui.bell.all")),
                        new Div(nothing, operationList)));
        cards.addClassName("cards");
        return cards;
    }

    private Component firstUse() {
        boolean may = access.mayAnywhere(Permission.SERVERS_CREATE);
        Anchor create = new Anchor(Destination.CREATE.path(), Texts.t("ui.home.first.create"));
        create.addClassName("primary-link");
        return new EmptyState(
                Glyph.SERVER,
                Texts.t("ui.home.first"),
                Texts.t(may ? "ui.home.first.what" : "ui.home.first.wait"),
                may ? create : null);
    }

    private void showStates(Map<ServerState, Integer> states) {
        tiles.removeAll();
        Span total = new Span(Texts.t("ui.home.allServers"));
        total.addClassName("badge");
        tiles.add(tile(
                "servers", states.values().stream().mapToInt(Integer::intValue).sum(), total));
        for (ServerState state : ServerState.values()) {
            int count = states.getOrDefault(state, 0);
            if (count > 0) {
                String address = "servers?state=" + state.name().toLowerCase(Locale.ROOT);
                tiles.add(tile(address, count, new StateBadge(state)));
            }
        }
    }

    private static ListItem tile(String address, int count, Component what) {
        Span number = new Span(Integer.toString(count));
        number.addClassName("tile-number");
        Anchor link = new Anchor(address, number, what);
        link.addClassName("tile");
        return new ListItem(link);
    }

    private static Div card(String title, Component beside, Component content) {
        Div head = new Div(new H2(title));
        head.addClassName("card-head");
        if (beside != null) {
            head.add(beside);
        }
        Div card = new Div(head, content);
        card.addClassName("card");
        return card;
    }

    private List<ServerView> troubled() {
        return health.troubled(TeamChoice.currentId(), RECENT);
    }

    private List<ServerView> deleted() {
        return servers.list(
                new ServerFilter(null, Set.of(), TeamChoice.currentId(), null, null, true),
                ServerOrder.NAME,
                true,
                0,
                RECENT);
    }

    /** Those whose backups need somebody. */
    private List<FleetRow> behind() {
        UUID team = TeamChoice.currentId();
        return backups.fleet().stream()
                .filter(row -> team == null || team.equals(row.teamId()))
                .filter(row ->
                        row.standing() == FleetRow.Standing.FAILING || row.standing() == FleetRow.Standing.BEHIND)
                .limit(RECENT)
                .toList();
    }

    private List<OperationView> failed() {
        return operations.list(new OperationFilter(null, OperationStatus.FAILED, null, null), 0, RECENT);
    }

    /** What the page shows, to tell what has changed. */
    private record Fleet(
            Map<ServerState, Integer> states,
            List<OperationView> recent,
            List<ServerView> troubled,
            List<FillingServer> filling,
            List<OperationView> failed,
            List<ServerView> deleted,
            List<FleetRow> behind) {

        boolean empty() {
            return states.values().stream().allMatch(count -> count == 0) && recent.isEmpty() && deleted.isEmpty();
        }

        boolean sameTroubles(Fleet other) {
            return troubled.equals(other.troubled)
                    && filling.equals(other.filling)
                    && failed.equals(other.failed)
                    && deleted.equals(other.deleted)
                    && behind.equals(other.behind);
        }
    }
}
