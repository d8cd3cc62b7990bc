package io.howdah.schedule.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.howdah.schedule.Preview;
import io.howdah.schedule.ScheduleDraft;
import io.howdah.schedule.ScheduleService;
import io.howdah.schedule.ScheduleView;
import io.howdah.schedule.Timing;
import io.howdah.server.ServerView;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Glyph;
import io.howdah.shell.Zones;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What would come of schedules that are still being written: their next runs, the clocks' surprises, the server's hours. */
final class PreviewPane extends Div {

    private static final Duration WINDOW = Duration.ofDays(7);
    private static final int SHOWN_RUNS = 7;
    private static final int MOST_RUNS = 10_000;

    private final ScheduleService schedules;
    private final Div runs = new Div();
    private final Div effect = new Div();
    private final WeekStrip strip = new WeekStrip();

    PreviewPane(ScheduleService schedules) {
        this.schedules = schedules;
        addClassName("preview");
        runs.addClassName("preview-runs");
        runs.getElement().setAttribute("aria-live", "polite");
        effect.addClassName("preview-effect");
        add(runs, strip, effect);
    }

    /** Says that there is nothing to show yet. */
    void clear() {
        runs.removeAll();
        Paragraph none = new Paragraph(t("schedule.ui.preview.none"));
        none.addClassName("quiet");
        runs.add(none);
        strip.setVisible(false);
        effect.removeAll();
    }

    /** The next runs of one timing, in its zone and in UTC. */
    void showRuns(Timing timing) {
        runs.removeAll();
        Paragraph words = new Paragraph(timing.inWords());
        words.addClassName("preview-words");
        runs.add(words);
        Instant now = Instant.now();
        List<ZonedDateTime> coming = timing.between(now, now.plus(WINDOW), MOST_RUNS);
        Instant end = now.plus(WINDOW);
        if (coming.isEmpty()) {
            Optional<ZonedDateTime> next = timing.next(now);
            runs.add(new Paragraph(next.map(at ->
                            t("schedule.ui.preview.later", WhenWords.date(at), WhenWords.time(at), WhenWords.zone(at)))
                    .orElseGet(() -> t("schedule.ui.preview.never"))));
            end = next.map(at -> at.toInstant().plus(Duration.ofDays(1))).orElse(end);
        } else {
            OrderedList list = new OrderedList();
            coming.stream().limit(SHOWN_RUNS).forEach(at -> list.add(run(at)));
            runs.add(new H3(t("schedule.ui.preview.next")), list);
            int more = coming.size() - SHOWN_RUNS;
            if (more > 0) {
                Span rest = new Span(
                        t(coming.size() == MOST_RUNS ? "schedule.ui.preview.many" : "schedule.ui.preview.more", more));
                rest.addClassName("quiet");
                runs.add(rest);
            }
        }
        ClockChange.note(timing, now, end).ifPresent(this::addNote);
    }

    /** What the server's hours come to with these drafts. */
    void showHours(ServerView server, UUID replaces, List<ScheduleDraft> drafts) {
        effect.removeAll();
        List<WeekStrip.Deciding> deciding = new ArrayList<>();
        for (ScheduleView each : schedules.ofServer(server.id())) {
            if (!each.paused() && !each.id().equals(replaces)) {
                deciding.add(new WeekStrip.Deciding(each.action(), each.timing()));
            }
        }
        drafts.forEach(draft -> deciding.add(new WeekStrip.Deciding(draft.action(), draft.timing())));
        if (drafts.stream().noneMatch(draft -> RunningHours.decides(draft.action()))) {
            strip.setVisible(false);
            return;
        }
        strip.show(deciding, drafts.getFirst().timing().zone(), runs(server));
        try {
            Preview preview = schedules.preview(replaces, drafts);
            Optional.ofNullable(preview.savedPerWeek()).ifPresent(saved -> {
                Span sentence = new Span(hours(preview.runningPerWeek(), saved));
                sentence.addClassName("preview-saving");
                effect.add(sentence);
            });
        } catch (ProblemException unfinished) {
            // the form says at its fields what is missing
            effect.removeAll();
        }
    }

    /** For what is all about the server's hours: these, and the first run that is to come. */
    void showOnlyHours(ServerView server, List<ScheduleDraft> drafts) {
        runs.removeAll();
        Instant now = Instant.now();
        drafts.forEach(draft -> draft.timing()
                .next(now)
                .ifPresent(at -> runs.add(new Paragraph(
                        t("schedule.ui.preview.first", draft.name(), WhenWords.dayAndTime(at), WhenWords.zone(at))))));
        drafts.stream()
                .flatMap(draft -> ClockChange.note(draft.timing(), now, now.plus(WINDOW)).stream())
                .distinct()
                .forEach(this::addNote);
        showHours(server, null, drafts);
    }

    private void addNote(String note) {
        Div line = new Div(Glyph.INFO.icon(), new Span(note));
        line.addClassName("note");
        runs.add(line);
    }

    static String hours(Duration running, Duration saved) {
        return t("schedule.ui.hours.saved", WhenWords.hours(saved), WhenWords.hours(running));
    }

    static boolean runs(ServerView server) {
        return server.wishedRunning();
    }

    private static ListItem run(ZonedDateTime at) {
        Span local = new Span(t("schedule.ui.preview.run", WhenWords.dayAndTime(at), WhenWords.zone(at)));
        ListItem item = new ListItem(local);
        if (!at.getOffset().equals(java.time.ZoneOffset.UTC)) {
            ZonedDateTime utc = at.withZoneSameInstant(Zones.UTC);
            boolean sameDay = utc.toLocalDate().equals(at.toLocalDate());
            Span universal =
                    new Span(t("schedule.ui.preview.utc", sameDay ? WhenWords.time(utc) : WhenWords.dayAndTime(utc)));
            universal.addClassName("quiet");
            item.add(universal);
        }
        return item;
    }
}
