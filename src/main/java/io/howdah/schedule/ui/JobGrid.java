package io.howdah.schedule.ui;

import static io.howdah.shared.Retold.told;
import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.howdah.schedule.JobView;
import io.howdah.server.ui.WindowWidth;
import io.howdah.shell.Zones;
import java.time.ZoneId;
import java.util.List;

/** The jobs: a table, or on narrow screens one readable block for each. */
final class JobGrid extends Grid<JobView> {

    private static final int NEXT_PX = 1180;
    private static final int NEXT_RUNS = 3;

    private final JobActions actions;
    private final Runnable after;
    private final ZoneId zone;

    JobGrid(JobActions actions, Runnable after) {
        super(50);
        this.actions = actions;
        this.after = after;
        zone = Zones.mine();
        addClassNames("job-grid", "fill");
        addThemeVariants(GridVariant.LUMO_NO_BORDER);
        setSelectionMode(SelectionMode.NONE);
        setSizeFull();
        setAriaLabel(t("jobs.title"));
        Column<JobView> block = addComponentColumn(this::block).setHeader(t("jobs.job"));
        Column<JobView> title = addComponentColumn(JobGrid::title)
                .setHeader(t("jobs.job"))
                .setRowHeader(true)
                .setFlexGrow(4)
                .setWidth("14rem");
        Column<JobView> when = addComponentColumn(JobGrid::timetable)
                .setHeader(t("jobs.timetable"))
                .setFlexGrow(3)
                .setWidth("11rem");
        Column<JobView> next = addComponentColumn(job -> RunCells.next(job.nextRuns(), NEXT_RUNS, job.paused(), zone))
                .setHeader(t("jobs.next"))
                .setFlexGrow(1)
                .setWidth("10.5rem");
        Column<JobView> last = addComponentColumn(job -> RunCells.last(job.lastRun()))
                .setHeader(t("jobs.last"))
                .setFlexGrow(1)
                .setWidth("12rem");
        addComponentColumn(this::menu)
                .setHeader(hidden(t("jobs.actions")))
                .setWidth("3.75rem")
                .setFlexGrow(0)
                .setFrozenToEnd(true)
                .setTextAlign(ColumnTextAlign.END);
        List<Column<JobView>> table = List.of(title, when, last);
        WindowWidth.watch(this, width -> {
            boolean narrow = width < WindowWidth.NARROW_PX;
            block.setVisible(narrow);
            table.forEach(column -> column.setVisible(!narrow));
            next.setVisible(width >= NEXT_PX);
        });
    }

    private Component menu(JobView job) {
        return new JobMenu(actions, JobRef.of(job), after);
    }

    private static Component title(JobView job) {
        Anchor link = new Anchor(JobRef.of(job).href(), told(job.title()));
        link.addClassName("row-title");
        Span what = new Span(told(job.what()));
        what.addClassName("quiet");
        Div cell = new Div(link, what);
        cell.addClassName("two-lines");
        return cell;
    }

    private static Component timetable(JobView job) {
        Div cell = new Div(new Span(job.words()));
        cell.addClassName("two-lines");
        if (job.paused()) {
            cell.add(new PausedBadge());
        }
        return cell;
    }

    private Component block(JobView job) {
        Div block = new Div(title(job), timetable(job));
        block.addClassName("job-block");
        if (!job.paused() && !job.nextRuns().isEmpty()) {
            Div next = new Div(new Span(t("jobs.next.label")), RunCells.next(job.nextRuns(), 1, false, zone));
            next.addClassNames("quiet", "job-block-line");
            block.add(next);
        }
        Div last = new Div(new Span(t("jobs.last.label")), RunCells.last(job.lastRun()));
        last.addClassNames("quiet", "job-block-line");
        block.add(last);
        return block;
    }

    private static Span hidden(String text) {
        Span span = new Span(text);
        span.addClassName("visually-hidden");
        return span;
    }
}
