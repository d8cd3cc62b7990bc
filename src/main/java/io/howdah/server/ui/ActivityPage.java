package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.router.Route;
import io.howdah.audit.AuditFilter;
import io.howdah.audit.AuditRecordView;
import io.howdah.audit.AuditService;
import io.howdah.audit.ui.RecordPages;
import io.howdah.server.ServerView;
import io.howdah.shared.ProblemException;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.RelativeTime;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Who did what to this server, when, from where, and how it ended; refused attempts too. */
@CdiComponent
@PermitAll
@Route(value = "servers/:name/activity", layout = ServerLayout.class)
public class ActivityPage extends ServerPage {

    private final AuditService audit;
    private final RecordPages pages;
    private final Grid<AuditRecordView> grid = new Grid<>(50);
    private final Div body = new Div();
    private UUID serverId;
    private int shownCount = -1;

    @Inject
    public ActivityPage(AuditService audit) {
        super("server.page.activity", true);
        this.audit = audit;
        pages = new RecordPages(audit);
        Paragraph intro = new Paragraph(t("server.activity.text"));
        intro.addClassName("quiet");
        add(intro, body);
        body.addClassName("grow");
        grid.addThemeVariants(GridVariant.LUMO_NO_BORDER);
        grid.addClassNames("page-grid", "tall");
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.setAriaLabel(t("server.page.activity"));
        Grid.Column<AuditRecordView> block =
                grid.addComponentColumn(ActivityPage::block).setHeader(t("server.activity.action"));
        List<Grid.Column<AuditRecordView>> table = List.of(
                grid.addComponentColumn(line -> new RelativeTime(line.at()))
                        .setHeader(t("server.activity.when"))
                        .setAutoWidth(true)
                        .setFlexGrow(0),
                grid.addColumn(AuditRecordView::action)
                        .setHeader(t("server.activity.action"))
                        .setRowHeader(true)
                        .setAutoWidth(true),
                grid.addComponentColumn(ActivityPage::result)
                        .setHeader(t("server.activity.result"))
                        .setAutoWidth(true),
                grid.addColumn(AuditRecordView::actor)
                        .setHeader(t("server.activity.actor"))
                        .setAutoWidth(true),
                grid.addColumn(AuditRecordView::address)
                        .setHeader(t("server.activity.address"))
                        .setAutoWidth(true));
        grid.setItemDetailsRenderer(new ComponentRenderer<>(ActivityPage::details));
        WindowWidth.watch(grid, width -> {
            boolean narrow = width < WindowWidth.NARROW_PX;
            block.setVisible(narrow);
            table.forEach(column -> column.setVisible(!narrow));
        });
        grid.setItems(
                query -> pages.fetch(query.getOffset(), query.getLimit()).stream(),
                query -> audit.count(AuditFilter.ofTarget(serverId)));
    }

    @Override
    protected boolean worksWhenDeleted() {
        return true;
    }

    @Override
    protected void show(ServerView server) {
        boolean another = !server.id().equals(serverId);
        serverId = server.id();
        try {
            int count = audit.count(AuditFilter.ofTarget(serverId));
            if (count != shownCount || another) {
                shownCount = count;
                body.removeAll();
                if (count == 0) {
                    body.add(new EmptyState(
                            Glyph.HISTORY, t("server.activity.none.title"), t("server.activity.none.text"), null));
                } else {
                    body.add(grid);
                    pages.show(AuditFilter.ofTarget(serverId));
                    grid.getDataProvider().refreshAll();
                }
            }
        } catch (ProblemException refused) {
            body.removeAll();
            body.add(new ProblemNotice(refused.problem()));
        }
    }

    private static Component result(AuditRecordView line) {
        Span result =
                new Span(t("server.activity.result." + line.result().name().toLowerCase(Locale.ROOT)));
        result.addClassNames("result", "result-" + line.result().name().toLowerCase(Locale.ROOT));
        return result;
    }

    private static Component block(AuditRecordView line) {
        Span action = new Span(line.action());
        action.addClassName("strong");
        Div first = new Div(action, result(line));
        first.addClassName("server-block-line");
        Div second = new Div(new RelativeTime(line.at()), new Span(line.actor()), new Span(line.address()));
        second.addClassNames("quiet", "words");
        Div both = new Div(first, second);
        both.addClassName("server-block");
        return both;
    }

    private static Component details(AuditRecordView line) {
        Facts facts = new Facts();
        line.details().forEach(facts::add);
        facts.add(t("server.activity.correlation"), line.correlationId());
        facts.add(t("server.activity.number"), Long.toString(line.number()));
        Div all = new Div(facts);
        all.addClassName("row-details");
        return all;
    }
}
