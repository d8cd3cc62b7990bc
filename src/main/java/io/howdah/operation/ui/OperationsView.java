package io.howdah.operation.ui;

import static io.howdah.shared.Retold.told;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.howdah.operation.ClusterClock;
import io.howdah.operation.OperationFilter;
import io.howdah.operation.OperationService;
import io.howdah.operation.OperationStatus;
import io.howdah.operation.OperationView;
import io.howdah.shell.Address;
import io.howdah.shell.ElapsedTime;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.Live;
import io.howdah.shell.OperationBadge;
import io.howdah.shell.OperationWords;
import io.howdah.shell.Page;
import io.howdah.shell.PageHeader;
import io.howdah.shell.RelativeTime;
import io.howdah.shell.Texts;
import io.howdah.shell.WideColumns;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Every long-running action: what runs, what ran, who asked for it, and how it ended. */
@CdiComponent
@Route("operations")
public class OperationsView extends Page implements BeforeEnterObserver {

    private final OperationService operations;
    private final ClusterClock clock;
    private final TextField text = new TextField();
    private final Select<OperationStatus> status = new Select<>();
    private final Grid<OperationView> grid = new Grid<>();
    private final EmptyState none =
            new EmptyState(Glyph.LIST_CHECKS, Texts.t("ui.operations.none"), Texts.t("ui.operations.none.what"), null);
    private OperationFilter filter = OperationFilter.ALL;

    @Inject
    public OperationsView(OperationService operations, ClusterClock clock, Live live) {
        super("ui.page.operations");
        this.operations = operations;
        this.clock = clock;
        addClassName("full");
        text.setPlaceholder(Texts.t("ui.operations.find"));
        text.setAriaLabel(Texts.t("ui.operations.find"));
        text.setPrefixComponent(Glyph.SEARCH.icon());
        text.setClearButtonVisible(true);
        text.setValueChangeMode(ValueChangeMode.LAZY);
        text.addValueChangeListener(event -> filterChanged(event.isFromClient()));
        status.setAriaLabel(Texts.t("ui.operations.status"));
        status.setItems(OperationStatus.values());
        status.setEmptySelectionAllowed(true);
        status.setEmptySelectionCaption(Texts.t("ui.operations.anyStatus"));
        status.setPlaceholder(Texts.t("ui.operations.anyStatus"));
        status.setItemLabelGenerator(OperationsView::word);
        status.addValueChangeListener(event -> filterChanged(event.isFromClient()));
        Div filters = new Div(text, status);
        filters.addClassName("filters");
        filters.getElement().setAttribute("role", "group").setAttribute("aria-label", Texts.t("ui.filters"));
        columns();
        grid.setSizeFull();
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.setEmptyStateComponent(none);
        grid.addClassName("fill");
        grid.setItems(
                query -> operations.list(filter, query.getOffset(), query.getLimit()).stream(),
                query -> operations.count(filter));
        add(new PageHeader(Texts.t("ui.page.operations")), filters, grid);
        live.operations(this, () -> grid.getDataProvider().refreshAll());
    }

    private static String word(OperationStatus status) {
        return status == null
                ? Texts.t("ui.operations.anyStatus")
                : Texts.t("ui.operation.status." + status.name().toLowerCase(Locale.ROOT));
    }

    private void columns() {
        grid.addComponentColumn(OperationsView::title)
                .setHeader(Texts.t("ui.operations.operation"))
                .setFlexGrow(3);
        grid.addComponentColumn(OperationsView::state)
                .setHeader(Texts.t("ui.operations.status"))
                .setWidth("9.5rem")
                .setFlexGrow(0);
        Grid.Column<OperationView> doing = grid.addColumn(OperationsView::doing)
                .setHeader(Texts.t("ui.operations.doing"))
                .setFlexGrow(4);
        Grid.Column<OperationView> by = grid.addColumn(OperationView::requestedBy)
                .setHeader(Texts.t("ui.operations.by"))
                .setFlexGrow(1);
        Grid.Column<OperationView> asked = grid.addComponentColumn(each -> new RelativeTime(each.requestedAt()))
                .setHeader(Texts.t("ui.operations.asked"))
                .setWidth("10rem")
                .setFlexGrow(0);
        Grid.Column<OperationView> took = grid.addComponentColumn(this::took)
                .setHeader(Texts.t("ui.operations.duration"))
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("7.5rem")
                .setFlexGrow(0);
        WideColumns.only(grid, 700, asked, took);
        WideColumns.only(grid, 1050, doing, by);
    }

    private static Component title(OperationView operation) {
        Anchor link = new Anchor("operations/" + operation.id(), told(operation.title()));
        link.addClassName("row-title");
        Span subject = new Span(operation.subjectName());
        subject.addClassName("quiet");
        Div cell = new Div(link, subject);
        cell.addClassName("two-lines");
        return cell;
    }

    private static Component state(OperationView operation) {
        return new OperationBadge(operation.status());
    }

    private static String doing(OperationView operation) {
        return operation.problem() != null ? told(operation.problem()).message() : words(operation);
    }

    private static String words(OperationView operation) {
        String figures = OperationWords.measure(operation.measure());
        String sentence = OperationWords.sentence(operation);
        return figures.isEmpty() ? sentence : sentence + " · " + figures;
    }

    private Component took(OperationView operation) {
        if (operation.startedAt() == null) {
            return new Span();
        }
        return operation.endedAt() == null
                ? new ElapsedTime(operation.startedAt(), clock.now())
                : new Span(Texts.duration(operation.startedAt(), operation.endedAt()));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        text.setValue(Address.value(event.getLocation(), "text").orElse(""));
        status.setValue(Address.value(event.getLocation(), "status", OperationStatus.class)
                .orElse(null));
        filterChanged(false);
    }

    private void filterChanged(boolean byPerson) {
        filter = new OperationFilter(text.getValue(), status.getValue(), null, null);
        grid.getDataProvider().refreshAll();
        if (byPerson) {
            Map<String, String> parameters = new LinkedHashMap<>();
            parameters.put("text", text.getValue());
            parameters.put(
                    "status",
                    status.getValue() == null ? null : status.getValue().name().toLowerCase(Locale.ROOT));
            Address.replace(parameters);
        }
    }
}
