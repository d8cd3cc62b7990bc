package io.howdah.server.ui;

import static io.howdah.shared.Retold.told;
import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridMultiSelectionModel;
import com.vaadin.flow.component.grid.GridSortOrder;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.provider.SortDirection;
import io.howdah.engine.Endpoints;
import io.howdah.server.ServerOrder;
import io.howdah.server.ServerView;
import io.howdah.shell.RelativeTime;
import io.howdah.shell.StateBadge;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The list of live servers: a table, or on narrow screens one readable block for each. */
final class ServerGrid extends Grid<ServerView> {

    private static final int ENDPOINT_PX = 1240;
    private static final int CREATED_PX = 1380;
    private static final int TAGS_PX = 1560;

    private final List<Column<ServerView>> tableColumns;
    private final Column<ServerView> endpointColumn;
    private final Column<ServerView> createdColumn;
    private final Column<ServerView> tagsColumn;
    private final Column<ServerView> block;
    private boolean severalTeams;
    private boolean severalProjects;
    private int width = Integer.MAX_VALUE;
    private boolean sortingItself;

    /** @param menu makes the menu of a row */
    ServerGrid(Function<ServerView, Component> menu, BiConsumer<ServerOrder, Boolean> sorted) {
        super(50);
        addClassName("server-grid");
        addThemeVariants(GridVariant.LUMO_NO_BORDER);
        // Rows come lazily; the box in the header selects all that the filter finds.
        ((GridMultiSelectionModel<?>) setSelectionMode(SelectionMode.MULTI))
                .setSelectAllCheckboxVisibility(GridMultiSelectionModel.SelectAllCheckboxVisibility.VISIBLE);
        setAriaLabel(t("server.list.title"));
        block = addComponentColumn(this::block)
                .setHeader(t("server.column.name"))
                .setFlexGrow(1);
        Column<ServerView> name =
                sortable(addComponentColumn(this::name).setHeader(t("server.column.name")), ServerOrder.NAME);
        name.setFlexGrow(2).setWidth("11rem").setRowHeader(true);
        Column<ServerView> state =
                sortable(addComponentColumn(ServerGrid::state).setHeader(t("server.column.state")), ServerOrder.STATE);
        state.setWidth("9rem").setFlexGrow(0);
        Column<ServerView> version =
                sortable(addColumn(ServerGrid::version).setHeader(t("server.column.version")), ServerOrder.VERSION);
        version.setWidth("6.5rem").setFlexGrow(0);
        Column<ServerView> size = addColumn(server -> server.size().code())
                .setHeader(t("server.column.size"))
                .setWidth("10rem")
                .setFlexGrow(0)
                .setTooltipGenerator(ServerGrid::sizeInWords);
        Column<ServerView> storage = addColumn(server -> t("server.amount.gib", server.storageGib()))
                .setHeader(t("server.column.storage"))
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("7rem")
                .setFlexGrow(0);
        Column<ServerView> endpoint = addColumn(ServerGrid::endpoint)
                .setHeader(t("server.column.endpoint"))
                .setWidth("9.5rem")
                .setFlexGrow(1);
        Column<ServerView> tags = addComponentColumn(server -> TagChips.of(server.tags()))
                .setHeader(t("server.column.tags"))
                .setWidth("11rem")
                .setFlexGrow(1);
        Column<ServerView> created = sortable(
                addComponentColumn(server -> new RelativeTime(server.createdAt()))
                        .setHeader(t("server.column.created")),
                ServerOrder.CREATED);
        created.setWidth("8.5rem").setFlexGrow(0);
        addComponentColumn(menu::apply)
                .setHeader(actionsHeader())
                .setWidth("3.75rem")
                .setFlexGrow(0)
                .setFrozenToEnd(true)
                .setTextAlign(ColumnTextAlign.END);
        tableColumns = List.of(name, state, version, size, storage);
        endpointColumn = endpoint;
        createdColumn = created;
        tagsColumn = tags;
        addSortListener(event -> {
            if (event.isFromClient() && !sortingItself) {
                ServerOrder order = ServerOrder.NAME;
                boolean ascending = true;
                if (!event.getSortOrder().isEmpty()) {
                    GridSortOrder<ServerView> first = event.getSortOrder().get(0);
                    order = ServerOrder.valueOf(first.getSorted().getKey());
                    ascending = first.getDirection() == SortDirection.ASCENDING;
                }
                sorted.accept(order, ascending);
            }
        });
        WindowWidth.watch(this, now -> {
            width = now;
            arrange();
        });
        arrange();
    }

    void showOwners(boolean teams, boolean projects) {
        if (teams != severalTeams || projects != severalProjects) {
            severalTeams = teams;
            severalProjects = projects;
            getDataProvider().refreshAll();
        }
    }

    /** Shows the arrow where the address says the sorting is. */
    void showOrder(ServerOrder order, boolean ascending) {
        sortingItself = true;
        sort(List.of(new GridSortOrder<>(
                getColumnByKey(order.name()), ascending ? SortDirection.ASCENDING : SortDirection.DESCENDING)));
        sortingItself = false;
    }

    private void arrange() {
        boolean narrow = width < WindowWidth.NARROW_PX;
        block.setVisible(narrow);
        tableColumns.forEach(column -> column.setVisible(!narrow));
        endpointColumn.setVisible(width >= ENDPOINT_PX);
        createdColumn.setVisible(width >= CREATED_PX);
        tagsColumn.setVisible(width >= TAGS_PX);
    }

    private static Column<ServerView> sortable(Column<ServerView> column, ServerOrder order) {
        return column.setKey(order.name())
                .setSortOrderProvider(direction -> java.util.stream.Stream.empty())
                .setSortable(true);
    }

    private static Component actionsHeader() {
        Span header = new Span(t("server.column.actions"));
        header.addClassName("visually-hidden");
        return header;
    }

    private Component name(ServerView server) {
        Div name = new Div(ServerAddress.link(ServerAddress.of(server.name()), server.name()));
        name.addClassName("two-lines");
        String owner = severalTeams && severalProjects
                ? server.teamName() + " / " + server.projectName()
                : severalTeams ? server.teamName() : severalProjects ? server.projectName() : null;
        if (owner != null) {
            Span words = new Span(owner);
            words.addClassNames("quiet", "small");
            name.add(words);
        }
        return name;
    }

    private Component block(ServerView server) {
        Div first = new Div(name(server), state(server));
        first.addClassName("server-block-line");
        Div second = new Div(
                new Span(t("server.list.block", version(server), server.size().code(), server.storageGib())));
        Div third = new Div(new Span(endpoint(server)));
        second.addClassName("quiet");
        third.addClassName("quiet");
        Div all = new Div(first, second, third);
        all.addClassName("server-block");
        return all;
    }

    private static Component state(ServerView server) {
        StateBadge badge = new StateBadge(server.state());
        if (server.note() != null) {
            badge.setTitle(told(server.note()));
        }
        return server.degradedSince() == null ? badge : new Span(badge, new DegradedBadge());
    }

    private static String version(ServerView server) {
        return server.fullVersion() == null ? String.valueOf(server.majorVersion()) : server.fullVersion();
    }

    private static String endpoint(ServerView server) {
        Endpoints endpoints = server.endpoints();
        return endpoints == null ? t("server.none") : endpoints.host() + ":" + endpoints.pooledPort();
    }

    static String sizeInWords(ServerView server) {
        return t(
                "server.size.words",
                Amounts.vCores(server.size().vCores()),
                Amounts.memory(server.size().memoryMib()));
    }
}
