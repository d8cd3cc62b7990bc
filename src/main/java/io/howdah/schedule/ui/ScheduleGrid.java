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
import io.howdah.schedule.ScheduleView;
import io.howdah.server.ui.WindowWidth;
import io.howdah.shell.Zones;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;

/** The schedules of one server: a table, or on narrow screens one readable block for each. */
final class ScheduleGrid extends Grid<ScheduleView> {

    private static final int TABLE_PX = 1100;

    private final ZoneId zone = Zones.mine();
    private List<UUID> saved = List.of();

    ScheduleGrid(JobActions actions, Runnable after) {
        addClassNames("page-grid", "schedule-grid");
        addThemeVariants(GridVariant.LUMO_NO_BORDER);
        setSelectionMode(SelectionMode.NONE);
        setAllRowsVisible(true);
        setAriaLabel(t("server.page.schedules"));
        Column<ScheduleView> block = addComponentColumn(this::block).setHeader(t("schedule.ui.schedule"));
        Column<ScheduleView> name = addComponentColumn(this::name)
                .setHeader(t("schedule.ui.schedule"))
                .setRowHeader(true)
                .setWidth("13rem")
                .setFlexGrow(3);
        Column<ScheduleView> when = addComponentColumn(ScheduleGrid::timetable)
                .setHeader(t("jobs.timetable"))
                .setWidth("11rem")
                .setFlexGrow(3);
        Column<ScheduleView> next = addComponentColumn(each -> RunCells.next(each.nextRuns(), 1, each.paused(), zone))
                .setHeader(t("schedule.ui.nextRun"))
                .setWidth("9.5rem")
                .setFlexGrow(1);
        Column<ScheduleView> last = addComponentColumn(each -> RunCells.last(each.lastRun()))
                .setHeader(t("jobs.last"))
                .setWidth("11rem")
                .setFlexGrow(1);
        addComponentColumn(each -> new JobMenu(actions, JobRef.of(each), after))
                .setHeader(hidden(t("jobs.actions")))
                .setWidth("3.75rem")
                .setFlexGrow(0)
                .setTextAlign(ColumnTextAlign.END);
        List<Column<ScheduleView>> table = List.of(name, when, next, last);
        setPartNameGenerator(each -> saved.contains(each.id()) ? "saved" : null);
        WindowWidth.watch(this, width -> {
            boolean narrow = width < TABLE_PX;
            block.setVisible(narrow);
            table.forEach(column -> column.setVisible(!narrow));
        });
    }

    /** @param justSaved the schedules that stand out, since the person has just saved them */
    void show(List<ScheduleView> schedules, List<UUID> justSaved) {
        saved = justSaved;
        setItems(schedules);
    }

    private Component name(ScheduleView schedule) {
        Anchor link = new Anchor(JobRef.of(schedule).href(), schedule.name());
        link.addClassName("row-title");
        Div cell = new Div(link);
        cell.addClassName("two-lines");
        Span action = new Span(told(schedule.actionTitle()));
        action.addClassName("quiet");
        cell.add(action);
        if (saved.contains(schedule.id())) {
            Span mark = new Span(t("schedule.ui.savedMark"));
            mark.addClassName("saved-mark");
            cell.add(mark);
        }
        return cell;
    }

    private static Component timetable(ScheduleView schedule) {
        Div cell = new Div(new Span(schedule.words()));
        cell.addClassName("two-lines");
        if (schedule.paused()) {
            cell.add(new PausedBadge());
        }
        return cell;
    }

    private Component block(ScheduleView schedule) {
        Div next =
                new Div(new Span(t("jobs.next.label")), RunCells.next(schedule.nextRuns(), 1, schedule.paused(), zone));
        next.addClassNames("quiet", "job-block-line");
        Div last = new Div(new Span(t("jobs.last.label")), RunCells.last(schedule.lastRun()));
        last.addClassNames("quiet", "job-block-line");
        Div block = new Div(name(schedule), timetable(schedule), next, last);
        block.addClassName("job-block");
        return block;
    }

    private static Span hidden(String text) {
        Span span = new Span(text);
        span.addClassName("visually-hidden");
        return span;
    }
}
