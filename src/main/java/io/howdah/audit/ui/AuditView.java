package io.howdah.audit.ui;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.audit.AuditFilter;
import io.howdah.audit.AuditRecordView;
import io.howdah.audit.AuditService;
import io.howdah.audit.ForwardService;
import io.howdah.shell.Address;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.Page;
import io.howdah.shell.PageHeader;
import io.howdah.shell.Permitted;
import io.howdah.shell.RelativeTime;
import io.howdah.shell.Texts;
import io.howdah.shell.WideColumns;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;

/** Who did what to what, when, from where, and how it ended; what was refused stands out. */
@CdiComponent
@Route("audit")
public class AuditView extends Page implements BeforeEnterObserver {

    private final AuditFilters filters;
    private final Grid<AuditRecordView> grid = new Grid<>();
    private final RecordPages pages;
    private AuditFilter filter = AuditFilter.ALL;

    @Resource
    private ManagedExecutorService executor;

    @Inject
    public AuditView(AuditService audit, ForwardService forwards) {
        super("ui.page.audit");
        pages = new RecordPages(audit);
        addClassName("full");
        filters = new AuditFilters(audit.actors(), audit.actions(), this::filtered);
        columns();
        grid.setSizeFull();
        grid.addClassName("fill");
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.setItemDetailsRenderer(new ComponentRenderer<>(AuditDetails::new));
        grid.setPartNameGenerator(record -> switch (record.result()) {
            case DENIED -> "denied";
            case FAILED -> "failed";
            default -> null;
        });
        grid.setEmptyStateComponent(
                new EmptyState(Glyph.SCROLL_TEXT, Texts.t("ui.audit.none"), Texts.t("ui.audit.none.what"), null));
        grid.setItems(query -> pages.fetch(query.getOffset(), query.getLimit()).stream());
        Span hint = new Span(Texts.t("ui.audit.what"));
        ExportMenu export = new ExportMenu(audit, () -> filter);
        Permitted.requireAnywhere(export.opener(), Permission.AUDIT_EXPORT);
        add(
                new PageHeader(Texts.t("ui.page.audit"), forward(forwards), verify(audit), export).below(hint),
                filters,
                grid);
    }

    private static Button forward(ForwardService forwards) {
        Button forward = new Button(
                Texts.t("ui.audit.forward"), Glyph.ARROW_RIGHT.icon(), event -> new ForwardDialog(forwards).open());
        return Permitted.require(forward, Permission.AUDIT_FORWARD, Scope.INSTALLATION);
    }

    private Button verify(AuditService audit) {
        Button verify = new Button(Texts.t("ui.audit.verify"), Glyph.SHIELD_CHECK.icon(), event -> event.getSource()
                .getUI()
                .ifPresent(ui -> new VerifyDialog(audit).begin(ui, executor)));
        return Permitted.require(verify, Permission.AUDIT_READ, Scope.INSTALLATION);
    }

    /** By a token it was somebody's program. */
    private static String actor(AuditRecordView record) {
        String token = record.details().get("token");
        return token == null ? record.actor() : Texts.t("ui.audit.byToken", record.actor(), token);
    }

    private void columns() {
        grid.addComponentColumn(record -> new RelativeTime(record.at()))
                .setHeader(Texts.t("ui.audit.at"))
                .setWidth("9.5rem")
                .setFlexGrow(0);
        Grid.Column<AuditRecordView> actor = grid.addColumn(AuditView::actor)
                .setHeader(Texts.t("ui.audit.actor"))
                .setFlexGrow(1);
        grid.addComponentColumn(AuditView::action)
                .setHeader(Texts.t("ui.audit.action"))
                .setFlexGrow(2);
        Grid.Column<AuditRecordView> target = grid.addColumn(AuditRecordView::targetName)
                .setHeader(Texts.t("ui.audit.target"))
                .setFlexGrow(1);
        grid.addComponentColumn(record -> new ResultBadge(record.result()))
                .setHeader(Texts.t("ui.audit.result"))
                .setWidth("9.75rem")
                .setFlexGrow(0);
        Grid.Column<AuditRecordView> from = grid.addColumn(AuditRecordView::address)
                .setHeader(Texts.t("ui.audit.from"))
                .setFlexGrow(1);
        Grid.Column<AuditRecordView> correlation = grid.addComponentColumn(AuditView::correlation)
                .setHeader(Texts.t("ui.problem.correlation"))
                .setWidth("11.5rem")
                .setFlexGrow(0);
        WideColumns.only(grid, 700, actor, target);
        WideColumns.only(grid, 1150, from, correlation);
    }

    private static Component action(AuditRecordView record) {
        Span action = new Span(AuditDetails.words(record.action()));
        action.addClassName("row-title");
        Span name = new Span(record.action());
        name.addClassNames("quiet", "mono");
        Div cell = new Div(action, name);
        cell.addClassName("two-lines");
        return cell;
    }

    private static Component correlation(AuditRecordView record) {
        Span id = new Span(record.correlationId());
        id.addClassName("mono");
        return id;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        filters.read(event.getLocation());
        show();
    }

    private void filtered() {
        show();
        Address.replace(filters.parameters());
    }

    private void show() {
        filter = filters.filter();
        pages.show(filter);
        grid.getDataProvider().refreshAll();
    }
}
