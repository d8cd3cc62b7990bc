package io.howdah.schedule.ui;

import static io.howdah.shared.Retold.told;
import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.howdah.schedule.JobService;
import io.howdah.schedule.JobView;
import io.howdah.shell.Glyph;
import io.howdah.shell.Zones;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A week of runs. The page holds a list for each day; the style sheet lays these lists out as a calendar where there is
 * room, so that who listens to it or has a narrow screen gets lists by day.
 */
final class WeekView extends Div {

    /** The hours begin in the second row of the grid, below the heads of the days. */
    private static final int ROWS_ABOVE = 2;

    private record Shown(CalendarWeek week, ZoneId zone, List<WeekLayout.Mark> marks, LocalDate today) {}

    private final WeekMarks marks;
    private final Consumer<JobsAddress> wanted;
    private final Div bar = new Div();
    private final Div frequent = new Div();
    private final Div calendar = new Div();
    private final ComboBox<ZoneId> zoneField;
    private final ZoneId ownZone = Zones.mine();
    private final Nav steps = new Nav();
    private final H2 title = new H2();
    private JobsAddress address = JobsAddress.ALL;
    private Shown shown;

    WeekView(JobService jobs, Consumer<JobsAddress> wanted) {
        this.marks = new WeekMarks(jobs);
        this.wanted = wanted;
        addClassName("week");
        zoneField = Zones.field(t("jobs.week.zone"), ownZone);
        zoneField.addClassName("week-zone");
        zoneField.addValueChangeListener(event -> {
            if (event.isFromClient() && event.getValue() != null) {
                ZoneId chosen = event.getValue();
                this.wanted.accept(address.withZone(chosen.equals(ownZone) ? "" : chosen.getId()));
            }
        });
        steps.addClassName("week-steps");
        steps.setAriaLabel(t("jobs.week.steps"));
        Div where = new Div(steps, title);
        where.addClassName("week-where");
        bar.add(where, zoneField);
        bar.addClassName("week-bar");
        frequent.addClassName("week-frequent");
        calendar.addClassName("week-calendar");
        add(bar, frequent, calendar);
    }

    /** @param wantedJobs those that the filters let through */
    void show(JobsAddress now, List<JobView> wantedJobs) {
        address = now;
        ZoneId zone =
                Zones.parse(now.zone()).filter(each -> !now.zone().isBlank()).orElse(ownZone);
        LocalDate today = LocalDate.now(zone);
        CalendarWeek week = now.week() == null ? new CalendarWeek(today) : now.week();
        zoneField.setValue(zone);
        showSteps(week, new CalendarWeek(today));
        showFrequent(wantedJobs);
        List<WeekLayout.Mark> found =
                marks.of(week.begin(zone).toInstant(), week.end(zone).toInstant(), wantedJobs);
        Shown next = new Shown(week, zone, found, today);
        if (!next.equals(shown)) {
            shown = next;
            showCalendar(new WeekLayout(week, zone, found), today);
        }
        placeNow(new WeekLayout(week, zone, List.of()), today);
    }

    private void showSteps(CalendarWeek week, CalendarWeek present) {
        steps.removeAll();
        Anchor previous = step(week.previous(), t("jobs.week.previous"), Glyph.CHEVRON_LEFT);
        Anchor next = step(week.next(), t("jobs.week.next"), Glyph.CHEVRON_RIGHT);
        Anchor here = new Anchor(address.withWeek(null).href(), t("jobs.week.this"));
        if (week.equals(present)) {
            here.getElement().setAttribute("aria-current", "true");
        }
        steps.add(previous, here, next);
        title.setText(t("jobs.week.title", week.inWords(), week.number()));
    }

    private Anchor step(CalendarWeek week, String label, Glyph glyph) {
        Anchor link = new Anchor(address.withWeek(week).href(), glyph.icon());
        link.setAriaLabel(label);
        link.setTitle(label);
        return link;
    }

    private void showFrequent(List<JobView> wantedJobs) {
        frequent.removeAll();
        UnorderedList list = new UnorderedList();
        for (JobView job : wantedJobs) {
            if (WeekMarks.frequent(job)) {
                list.add(new ListItem(new Anchor(JobRef.of(job).href(), told(job.title())), new Span(job.words())));
            }
        }
        frequent.setVisible(list.getComponentCount() > 0);
        if (frequent.isVisible()) {
            frequent.add(new Span(t("jobs.week.frequent")), list);
        }
    }

    private void showCalendar(WeekLayout layout, LocalDate today) {
        calendar.removeAll();
        Div hours = new Div();
        hours.addClassName("week-hours");
        hours.getElement().setAttribute("aria-hidden", "true");
        List<WeekLayout.Row> rows = layout.rows();
        calendar.getStyle().set("--week-rows", Integer.toString(rows.size()));
        for (int at = 0; at < rows.size(); at++) {
            Span hour = new Span("%02d:00".formatted(rows.get(at).hour()));
            if (rows.get(at).again()) {
                Span again = new Span(t("jobs.week.again"));
                again.addClassName("week-again");
                hour.add(again);
            }
            hour.addClassName("week-hour");
            hour.getStyle().set("grid-row", Integer.toString(at + ROWS_ABOVE));
            hours.add(hour);
        }
        calendar.add(hours);
        for (WeekLayout.Day day : layout.days()) {
            calendar.add(day(day, rows, today));
        }
    }

    private Component day(WeekLayout.Day day, List<WeekLayout.Row> rows, LocalDate today) {
        H3 heading = new H3(WhenWords.day(day.date()));
        Header head = new Header(heading);
        head.addClassName("week-day-head");
        if (day.date().equals(today)) {
            Span mark = new Span(t("schedule.ui.when.today"));
            mark.addClassName("week-today");
            head.add(mark);
        }
        if (day.unusual()) {
            Span length = new Span(t("jobs.week.length", WhenWords.hours(day.length())));
            length.addClassName("week-length");
            head.add(length);
        }
        Section section = new Section(head);
        section.addClassName("week-day");
        section.setAriaLabel(WhenWords.longDay(day.date()));
        if (day.date().equals(today)) {
            section.getElement().setAttribute("today", true);
        }
        for (int at = 0; at < rows.size(); at++) {
            if (day.absent().contains(rows.get(at))) {
                Div gap = new Div();
                gap.addClassName("week-absent");
                gap.getStyle().set("grid-row", Integer.toString(at + ROWS_ABOVE));
                section.add(gap);
            }
        }
        OrderedList list = new OrderedList();
        list.addClassName("week-list");
        for (WeekLayout.Cell cell : day.cells()) {
            list.add(cell(cell, rows.indexOf(cell.row()) + 1));
        }
        if (day.cells().isEmpty()) {
            Span nothing = new Span(t("jobs.week.nothing"));
            nothing.addClassName("week-nothing");
            section.add(nothing);
        } else {
            section.add(list);
        }
        return section;
    }

    private ListItem cell(WeekLayout.Cell cell, int gridRow) {
        Div chips = new Div();
        chips.addClassName("week-chips");
        cell.shown().forEach(chip -> chips.add(chip(chip)));
        if (!cell.more().isEmpty()) {
            Div rest = new Div();
            rest.addClassName("week-chips");
            cell.more().forEach(chip -> rest.add(chip(chip)));
            Span count = new Span(t("jobs.week.more", cell.more().size()));
            chips.add(new NativeDetails(count, rest));
        }
        ListItem item = new ListItem(chips);
        item.addClassName("week-cell");
        item.getStyle().set("grid-row", Integer.toString(gridRow));
        return item;
    }

    private Anchor chip(WeekLayout.Chip chip) {
        WeekLayout.Mark mark = chip.first();
        String state = mark.state().name().toLowerCase(Locale.ROOT);
        Span time = new Span(WhenWords.time(mark.at().atZone(shown.zone())));
        time.addClassName("week-time");
        Span name = new Span(mark.title());
        name.addClassName("week-name");
        Anchor link = new Anchor("jobs/" + mark.job(), time);
        icon(mark.state()).ifPresent(glyph -> link.add(glyph.icon()));
        link.add(name);
        if (chip.count() > 1) {
            Span count = new Span(t("jobs.week.times", chip.count()));
            count.addClassName("week-count");
            link.add(count);
        }
        if (mark.serverName() != null) {
            Span server = new Span(mark.serverName());
            server.addClassName("week-server");
            link.add(server);
        }
        Span word = new Span(t("jobs.week.state." + state));
        word.addClassName("visually-hidden");
        link.add(word);
        link.addClassName("week-chip");
        link.getElement().setAttribute("state", state);
        link.setTitle(t(
                "jobs.week.chip",
                WhenWords.dayAndTime(mark.at().atZone(shown.zone())),
                mark.title(),
                mark.serverName() == null ? t("jobs.own") : mark.serverName(),
                word.getText()));
        return link;
    }

    private static Optional<Glyph> icon(WeekLayout.State state) {
        return switch (state) {
            case FAILED -> Optional.of(Glyph.CIRCLE_X);
            case MISSED -> Optional.of(Glyph.TRIANGLE_ALERT);
            case RUNNING -> Optional.of(Glyph.LOADER_CIRCLE);
            case SKIPPED -> Optional.of(Glyph.CIRCLE_OFF);
            case SUCCEEDED -> Optional.of(Glyph.CHECK);
            case PLANNED -> Optional.empty();
        };
    }

    /** Draws the line that says how late it is; gone when another week is shown. */
    private void placeNow(WeekLayout layout, LocalDate today) {
        List<Component> old = new ArrayList<>(calendar.getChildren()
                .filter(each -> each.hasClassName("week-now"))
                .toList());
        old.forEach(calendar::remove);
        int column = -1;
        for (int at = 0; at < layout.days().size(); at++) {
            if (layout.days().get(at).date().equals(today)) {
                column = at;
            }
        }
        if (column < 0) {
            return;
        }
        Instant now = Instant.now();
        Div line = new Div();
        line.addClassName("week-now");
        line.getElement().setAttribute("aria-hidden", "true");
        line.getStyle()
                .set("grid-row", Integer.toString(layout.rows().indexOf(layout.row(now)) + ROWS_ABOVE))
                .set("grid-column", Integer.toString(column + 2))
                .set("--within", Double.toString(Math.round(layout.withinHour(now) * 1000) / 1000.0));
        calendar.add(line);
    }
}
