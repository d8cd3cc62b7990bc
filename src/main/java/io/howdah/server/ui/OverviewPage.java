package io.howdah.server.ui;

import static io.howdah.shared.Retold.told;
import static io.howdah.shell.Texts.t;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteAlias;
import io.howdah.access.Permission;
import io.howdah.access.ProjectService;
import io.howdah.access.Scope;
import io.howdah.engine.Capabilities;
import io.howdah.engine.Endpoints;
import io.howdah.operation.OperationFilter;
import io.howdah.operation.OperationService;
import io.howdah.operation.OperationView;
import io.howdah.server.ServerProjectService;
import io.howdah.server.ServerService;
import io.howdah.server.ServerState;
import io.howdah.server.ServerView;
import io.howdah.shell.CopyField;
import io.howdah.shell.ElapsedTime;
import io.howdah.shell.OperationBadge;
import io.howdah.shell.OperationWords;
import io.howdah.shell.Permitted;
import io.howdah.shell.RelativeTime;
import io.howdah.shell.StateBadge;
import io.howdah.shell.Texts;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import java.util.List;

/** What a server is, in one look, and what has happened with it lately. */
@CdiComponent
@PermitAll
@Route(value = "servers/:name", layout = ServerLayout.class)
@RouteAlias(value = "servers/:name/overview", layout = ServerLayout.class)
public class OverviewPage extends ServerPage {

    private static final int NEWEST = 5;

    private final ServerService servers;
    private final OperationService operations;
    private final ProjectService projects;
    private final ServerProjectService moves;
    private final Lifecycle lifecycle;
    private final Section essentials = new Section();
    private final Section endpoints = new Section();
    private final Section newest = new Section();
    private final Section tags = new Section();
    private ServerView shown;
    private List<OperationView> shownOperations = List.of();

    @Inject
    public OverviewPage(
            ServerService servers,
            OperationService operations,
            ProjectService projects,
            ServerProjectService moves,
            Lifecycle lifecycle) {
        super("server.page.overview", false);
        this.servers = servers;
        this.operations = operations;
        this.projects = projects;
        this.moves = moves;
        this.lifecycle = lifecycle;
        List.of(essentials, endpoints, newest, tags).forEach(card -> card.addClassName("card"));
        Div cards = new Div(essentials, endpoints, newest, tags);
        cards.addClassName("cards");
        add(cards);
    }

    @Override
    protected boolean worksWhenDeleted() {
        return true;
    }

    @Override
    protected void show(ServerView server) {
        if (!server.equals(shown)) {
            shown = server;
            showEssentials(server);
            showEndpoints(server);
            showTags(server);
        }
        newest.setVisible(lifecycle.may(Permission.OPERATIONS_READ, server));
        if (newest.isVisible()) {
            List<OperationView> now = operations.list(OperationFilter.ofSubject(server.id()), 0, NEWEST);
            if (!now.equals(shownOperations) || newest.getComponentCount() == 0) {
                shownOperations = now;
                showOperations(now);
            }
        }
    }

    private void showEssentials(ServerView server) {
        Capabilities capabilities = servers.catalogue().capabilities();
        Facts facts = new Facts();
        facts.add(t("server.column.state"), new StateBadge(server.state()));
        if (server.startedAt() != null && server.state() == ServerState.READY) {
            facts.add(t("server.overview.uptime"), new ElapsedTime(server.startedAt()));
        }
        facts.add(
                t("server.column.version"),
                t(
                        "server.create.versionShort",
                        server.fullVersion() == null ? Integer.toString(server.majorVersion()) : server.fullVersion()));
        Span words = new Span(t(
                "server.size.long",
                Amounts.vCores(server.size().vCores()),
                Amounts.memory(server.size().memoryMib()),
                Integer.toString(server.size().maxConnections())));
        words.addClassName("quiet");
        Div size = new Div(new Span(server.size().code()), words);
        size.addClassName("two-lines");
        facts.add(t("server.column.size"), size);
        facts.add(t("server.column.storage"), t("server.amount.gib", server.storageGib()));
        facts.add(t("server.create.administrator"), server.administratorLogin());
        facts.add(t("server.column.team"), lifecycle.place(Scope.team(server.teamId()), server.teamName()));
        facts.add(t("server.column.project"), project(server));
        Span created = new Span(new RelativeTime(server.createdAt()), new Span(t("server.by", server.createdBy())));
        created.addClassName("words");
        facts.add(t("server.column.created"), created);
        if (!server.locks().isEmpty()) {
            facts.add(
                    t("server.page.locks"),
                    ServerAddress.link(
                            ServerAddress.page(server.name(), "locks"),
                            String.join(
                                    ", ",
                                    server.locks().stream()
                                            .map(lock -> lock.kind().azureName())
                                            .distinct()
                                            .toList())));
        }
        essentials.removeAll();
        essentials.add(new H2(t("server.overview.essentials")), facts);
        if (!capabilities.limitsEnforced()) {
            essentials.add(ComputeSection.limitsNote(capabilities.limitsNote()));
        }
    }

    private Component project(ServerView server) {
        Button move = new Button(
                t("server.move"),
                event -> MoveDialog.open(server, moves, projects, () -> showServer(servers.byName(server.name()))));
        move.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        move.setVisible(!server.deleted());
        if (!lifecycle.may(Permission.SERVERS_MOVE, server)) {
            Permitted.disable(move, Permission.SERVERS_MOVE);
        }
        Span both = new Span(
                lifecycle.place(Scope.project(server.teamId(), server.projectId()), server.projectName()), move);
        both.addClassName("words");
        return both;
    }

    private void showEndpoints(ServerView server) {
        endpoints.removeAll();
        endpoints.add(new H2(t("server.overview.endpoints")));
        Endpoints reached = server.endpoints();
        if (reached == null) {
            endpoints.add(new Paragraph(t("server.overview.noEndpoints")));
        } else {
            endpoints.add(
                    new CopyField(t("server.connect.pooled"), reached.host() + ":" + reached.pooledPort()),
                    new CopyField(t("server.connect.direct"), reached.host() + ":" + reached.directPort()));
        }
        UnorderedList networks = new UnorderedList(new ListItem(t("server.networks.host")));
        server.allowedNetworks().forEach(network -> {
            ListItem item = new ListItem(network);
            item.addClassName("mono");
            networks.add(item);
        });
        Div allowed = new Div(new Span(t("server.overview.networks")), networks);
        allowed.addClassName("labelled-list");
        endpoints.add(allowed);
        if (reached != null && !server.deleted()) {
            endpoints.add(ServerAddress.link(
                    ServerAddress.page(server.name(), "connect"), t("server.overview.howToConnect")));
        }
    }

    private void showTags(ServerView server) {
        tags.removeAll();
        tags.add(new H2(t("server.page.tags")), TagChips.of(server.tags()));
        if (!server.deleted()) {
            tags.add(ServerAddress.link(ServerAddress.page(server.name(), "tags"), t("server.overview.editTags")));
        }
    }

    private void showOperations(List<OperationView> list) {
        newest.removeAll();
        newest.add(new H2(t("server.overview.operations")));
        if (list.isEmpty()) {
            newest.add(new Paragraph(t("server.overview.noOperations")));
            return;
        }
        UnorderedList rows = new UnorderedList();
        rows.addClassName("operation-rows");
        list.forEach(operation -> rows.add(row(operation)));
        newest.add(rows);
    }

    private static ListItem row(OperationView operation) {
        Component time = operation.status().ended() && operation.startedAt() != null
                ? new Span(t("server.overview.took", Texts.duration(operation.startedAt(), operation.endedAt())))
                : new Span(OperationWords.sentence(operation));
        Div second = new Div(new RelativeTime(operation.requestedAt()), new Span(operation.requestedBy()), time);
        second.addClassNames("quiet", "words");
        Div texts = new Div(ServerAddress.link("operations/" + operation.id(), told(operation.title())), second);
        texts.addClassName("two-lines");
        ListItem row = new ListItem(texts, new OperationBadge(operation.status()));
        row.addClassName("operation-row");
        return row;
    }
}
