package io.howdah.schedule.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import io.howdah.schedule.Timing;
import io.howdah.shell.Zones;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The coming seven days of a server at a look: when it runs and when it is stopped, by its starts and stops. */
final class WeekStrip extends Div {

    /** What starts or stops the server, and when. */
    record Deciding(String action, Timing timing) {}

    private static final int SCALE_HOURS = 6;

    WeekStrip() {
        addClassName("week-strip");
        setVisible(false);
    }

    /**
     * Shows what these come to; nothing when none of them starts or stops the server.
     *
     * @param runsNow whether the server is running, for the time before its first start or stop
     */
    void show(List<Deciding> schedules, ZoneId zone, boolean runsNow) {
        removeAll();
        Instant now = Instant.now();
        List<RunningHours.Switch> switches = new ArrayList<>();
        schedules.forEach(each -> switches.addAll(RunningHours.switches(each.action(), each.timing(), now)));
        setVisible(!switches.isEmpty());
        if (!isVisible()) {
            return;
        }
        LocalDate today = LocalDate.now(zone);
        OrderedList days = new OrderedList();
        for (RunningHours.Day day : RunningHours.week(today, zone, switches, runsNow)) {
            days.add(row(day, today, zone));
        }
        add(days, scale(), legend(zone));
        RunningHours.before(now, switches)
                .filter(planned -> planned != runsNow)
                .ifPresent(planned -> add(otherwise(runsNow)));
    }

    /** A plan says nothing of the time before its first start or stop. */
    private static Span otherwise(boolean runsNow) {
        Span note = new Span(t(runsNow ? "schedule.ui.hours.runsNow" : "schedule.ui.hours.stoppedNow"));
        note.addClassNames("quiet", "strip-note");
        return note;
    }

    private static ListItem row(RunningHours.Day day, LocalDate today, ZoneId zone) {
        Span name = new Span(WhenWords.nearDay(day.date(), today));
        name.addClassName("strip-day");
        Div bar = new Div();
        bar.addClassName("strip-bar");
        bar.getElement().setAttribute("aria-hidden", "true");
        for (RunningHours.Band band : day.running()) {
            Div running = new Div();
            running.addClassName("strip-running");
            running.getStyle()
                    .set("inset-inline-start", percent(band.from()))
                    .set("width", percent(band.to() - band.from()));
            bar.add(running);
        }
        String hours = RunningHours.inWords(day, zone);
        boolean unusual = day.length().toHours() != 24;
        Span words = new Span(unusual ? t("schedule.ui.hours.unusual", hours, WhenWords.hours(day.length())) : hours);
        words.addClassName("strip-words");
        return new ListItem(name, bar, words);
    }

    private static Div scale() {
        Div scale = new Div();
        scale.addClassName("strip-scale");
        scale.getElement().setAttribute("aria-hidden", "true");
        IntStream.iterate(0, hour -> hour <= 24, hour -> hour + SCALE_HOURS)
                .mapToObj(hour -> new Span(Integer.toString(hour)))
                .forEach(scale::add);
        return scale;
    }

    private static Div legend(ZoneId zone) {
        Span running = new Span(t("schedule.ui.hours.running"));
        running.addClassNames("strip-key", "strip-key-running");
        Span stopped = new Span(t("schedule.ui.hours.stopped"));
        stopped.addClassNames("strip-key", "strip-key-stopped");
        Span where = new Span(t(
                "schedule.ui.hours.zone",
                Zones.inWords(zone, ZonedDateTime.now(zone).toInstant())));
        Div legend = new Div(running, stopped, where);
        legend.addClassNames("strip-legend", "quiet");
        return legend;
    }

    private static String percent(double part) {
        return Math.round(part * 10_000) / 100.0 + "%";
    }
}
