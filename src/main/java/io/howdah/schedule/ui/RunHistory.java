package io.howdah.schedule.ui;

import static io.howdah.shared.Retold.told;
import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import io.howdah.schedule.JobService;
import io.howdah.schedule.RunView;
import io.howdah.schedule.ScheduleService;
import io.howdah.server.ui.WindowWidth;
import io.howdah.shared.ProblemException;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.RelativeTime;
import io.howdah.shell.Zones;
import java.time.ZoneId;
import java.util.List;

/** The runs of one job, newest first: when each was planned, began and ended, how, and what it said. */
final class RunHistory extends Div {

    private static final int REASON_PX = 1180;

    private record Known(int count, List<RunView> newest) {}

    private final JobService jobs;
    private final ScheduleService schedules;
    private final String key;
    private final boolean withOutput;
    private final ZoneId zone = Zones.mine();
    private final Grid<RunView> grid = new Grid<>(50);
    private Known known;

    /** @param withOutput whether runs may have left a text */
    RunHistory(JobService jobs, ScheduleService schedules, String key, boolean withOutput) {
        this.jobs = jobs;
        this.schedules = schedules;
        this.key = key;
        this.withOutput = withOutput;
        addClassName("run-history");
        grid.addThemeVariants(GridVariant.LUMO_NO_BORDER);
        grid.addClassNames("page-grid", "tall");
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.setAriaLabel(t("jobs.history"));
        columns();
        grid.setItemDetailsRenderer(new ComponentRenderer<>(this::details));
        grid.setItems(
                query -> jobs.history(key, query.getOffset(), query.getLimit()).stream(),
                query -> jobs.countHistory(key));
        refresh();
    }

    /** Shows new runs; nothing moves when there are none. */
    void refresh() {
        Known now = new Known(jobs.countHistory(key), jobs.history(key, 0, 20));
        if (now.equals(known)) {
            return;
        }
        known = now;
        if (now.count() == 0) {
            removeAll();
            add(new EmptyState(Glyph.HISTORY, t("jobs.history.none"), t("jobs.history.none.what"), null));
        } else {
            if (grid.getParent().isEmpty()) {
                removeAll();
                add(grid);
            }
            grid.getDataProvider().refreshAll();
        }
    }

    private void columns() {
        Grid.Column<RunView> block = grid.addComponentColumn(this::block).setHeader(t("jobs.history.run"));
        Grid.Column<RunView> planned = grid.addComponentColumn(this::planned)
                .setHeader(t("jobs.history.planned"))
                .setWidth("11rem")
                .setFlexGrow(1);
        Grid.Column<RunView> began = grid.addComponentColumn(
                        run -> run.beganAt() == null ? new Span("–") : new Span(WhenWords.exact(run.beganAt(), zone)))
                .setHeader(t("jobs.history.began"))
                .setWidth("12rem")
                .setFlexGrow(1);
        Grid.Column<RunView> took = grid.addComponentColumn(RunCells::took)
                .setHeader(t("jobs.history.took"))
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("6.5rem")
                .setFlexGrow(0);
        Grid.Column<RunView> result = grid.addComponentColumn(run -> new RunBadge(run.result()))
                .setHeader(t("jobs.history.result"))
                .setWidth("8.5rem")
                .setFlexGrow(0);
        Grid.Column<RunView> reason = grid.addColumn(run -> run.reason() == null ? "" : told(run.reason()))
                .setHeader(t("jobs.history.reason"))
                .setTooltipGenerator(RunView::reason)
                .setWidth("12rem")
                .setFlexGrow(3);
        Grid.Column<RunView> more = grid.addComponentColumn(this::more)
                .setHeader(hidden(t("jobs.history.more")))
                .setTextAlign(ColumnTextAlign.END)
                .setAutoWidth(true)
                .setFlexGrow(0);
        WindowWidth.watch(grid, width -> {
            boolean narrow = width < WindowWidth.NARROW_PX;
            block.setVisible(narrow);
            List.of(planned, took, result, more).forEach(column -> column.setVisible(!narrow));
            began.setVisible(width >= REASON_PX + 260);
            reason.setVisible(width >= REASON_PX);
        });
    }

    private Component planned(RunView run) {
        Span exact = new Span(WhenWords.exact(run.plannedAt(), zone));
        exact.addClassName("quiet");
        Div both = new Div(new RelativeTime(run.plannedAt()), exact);
        both.addClassName("two-lines");
        return both;
    }

    private Component more(RunView run) {
        Div links = new Div();
        links.addClassName("run-links");
        if (run.operationId() != null) {
            links.add(RunCells.operation(run));
        }
        if (withOutput && run.operationId() != null) {
            Button output = new Button(
                    t("jobs.history.output"), event -> grid.setDetailsVisible(run, !grid.isDetailsVisible(run)));
            output.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
            output.setAriaLabel(t("jobs.history.outputOf", WhenWords.exact(run.plannedAt(), zone)));
            links.add(output);
        }
        return links;
    }

    private Component block(RunView run) {
        Div first = new Div(new RunBadge(run.result()), RunCells.took(run));
        first.addClassName("server-block-line");
        Span exact = new Span(WhenWords.exact(run.plannedAt(), zone));
        exact.addClassName("quiet");
        Div block = new Div(first, exact);
        block.addClassName("server-block");
        if (run.reason() != null) {
            Span reason = new Span(told(run.reason()));
            reason.addClassName("quiet");
            block.add(reason);
        }
        block.add(more(run));
        return block;
    }

    private Component details(RunView run) {
        Div details = new Div();
        details.addClassName("row-details");
        if (run.reason() != null) {
            details.add(new Span(told(run.reason())));
        }
        if (withOutput) {
            details.add(output(run));
        } else if (run.reason() == null) {
            details.add(new Span(t("jobs.history.nothingSaid")));
        }
        return details;
    }

    private Component output(RunView run) {
        try {
            String text = schedules.output(run.id());
            if (text == null || text.isBlank()) {
                Span nothing = new Span(t("jobs.history.nothingSaid"));
                nothing.addClassName("quiet");
                return nothing;
            }
            Pre output = new Pre(text);
            output.addClassName("run-output");
            output.getElement()
                    .setAttribute("tabindex", "0")
                    .setAttribute("role", "region")
                    .setAttribute("aria-label", t("jobs.history.output"));
            return output;
        } catch (ProblemException refused) {
            return new ProblemNotice(refused.problem());
        }
    }

    private static Span hidden(String text) {
        Span span = new Span(text);
        span.addClassName("visually-hidden");
        return span;
    }
}
