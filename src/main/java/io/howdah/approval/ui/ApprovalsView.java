package io.howdah.approval.ui;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.howdah.access.Access;
import io.howdah.access.AccessService;
import io.howdah.access.Permission;
import io.howdah.approval.ApprovalService;
import io.howdah.approval.ApprovalView;
import io.howdah.approval.ApprovalWords;
import io.howdah.approval.BreakGlassService;
import io.howdah.shell.Address;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.Live;
import io.howdah.shell.Page;
import io.howdah.shell.PageHeader;
import io.howdah.shell.Permitted;
import io.howdah.shell.RelativeTime;
import io.howdah.shell.Texts;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;

/** What needs a second person: what waits for me, what I asked for, and what came of it all. */
@CdiComponent
@Route("approvals")
public class ApprovalsView extends Page implements BeforeEnterObserver {

    private enum Part {
        WAITING,
        MINE,
        DONE;

        private String inAddress() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final ApprovalService approvals;
    private final Nav parts = new Nav();
    private final Grid<ApprovalView> grid = new Grid<>();
    private final Div nothing = new Div();
    private Part shown = Part.WAITING;

    @Inject
    public ApprovalsView(
            ApprovalService approvals, BreakGlassService glass, AccessService people, Access access, Live live) {
        super("ui.page.approvals");
        this.approvals = approvals;
        Button breakGlass =
                new Button(Texts.t("approval.glass.begin"), Glyph.TRIANGLE_ALERT.icon(), event -> new BreakGlassDialog(
                                glass, people, access)
                        .open());
        Permitted.requireAnywhere(breakGlass, Permission.APPROVALS_BREAK_GLASS);
        parts.addClassName("page-parts");
        parts.getElement().setAttribute("aria-label", Texts.t("ui.page.approvals"));
        grid.setAllRowsVisible(true);
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.addComponentColumn(ApprovalsView::what)
                .setHeader(Texts.t("approval.request"))
                .setFlexGrow(3);
        grid.addComponentColumn(ApprovalsView::standing)
                .setHeader(Texts.t("approval.standing"))
                .setWidth("11rem")
                .setFlexGrow(0);
        add(new PageHeader(Texts.t("ui.page.approvals"), breakGlass), parts, grid, nothing);
        live.approvals(this, this::refresh);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        shown = Address.value(event.getLocation(), "part", Part.class).orElse(Part.WAITING);
        parts.removeAll();
        for (Part part : Part.values()) {
            Anchor link =
                    new Anchor("approvals?part=" + part.inAddress(), Texts.t("approval.part." + part.inAddress()));
            if (part == shown) {
                link.getElement().setAttribute("aria-current", "page");
            }
            parts.add(link);
        }
        refresh();
    }

    private void refresh() {
        List<ApprovalView> requests =
                switch (shown) {
                    case WAITING -> approvals.waiting();
                    case MINE -> approvals.mine();
                    case DONE -> approvals.done();
                };
        grid.setItems(requests);
        grid.setVisible(!requests.isEmpty());
        nothing.removeAll();
        if (requests.isEmpty()) {
            nothing.add(new EmptyState(
                    Glyph.SHIELD_CHECK,
                    Texts.t("approval.none." + shown.inAddress()),
                    Texts.t("approval.none.what"),
                    null));
        }
    }

    private static Component what(ApprovalView request) {
        Anchor link = new Anchor("approvals/" + request.id(), ApprovalWords.of(request.action(), request.targetName()));
        link.addClassName("row-title");
        Span why = new Span(Texts.t("approval.askedBy", request.person(), request.reason()));
        why.addClassName("quiet");
        Div cell = new Div(link, why);
        cell.addClassName("two-lines");
        return cell;
    }

    private static Component standing(ApprovalView request) {
        Div cell = new Div(new ApprovalBadge(request.state()), new RelativeTime(request.askedAt()));
        cell.addClassName("two-lines");
        return cell;
    }
}
