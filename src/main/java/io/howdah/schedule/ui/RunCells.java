package io.howdah.schedule.ui;

import static io.howdah.shared.Retold.told;
import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.howdah.schedule.RunResult;
import io.howdah.schedule.RunView;
import io.howdah.shell.ElapsedTime;
import io.howdah.shell.RelativeTime;
import io.howdah.shell.Texts;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/** What lists of jobs say about their runs. */
final class RunCells {

    /** A job that runs so often is never waited for; its next runs would be over before they are read. */
    private static final Duration INCESSANT = Duration.ofMinutes(1);

    private RunCells() {}

    /** The next runs, so many at most: how soon the first is, and when exactly each is in the reader's zone. */
    static Component next(List<ZonedDateTime> runs, int shown, boolean paused, ZoneId zone) {
        Div cell = new Div();
        cell.addClassName("two-lines");
        if (paused || runs.isEmpty()) {
            Span none = new Span(t(paused ? "jobs.next.paused" : "jobs.next.none"));
            none.addClassName("quiet");
            cell.add(none);
            return cell;
        }
        if (runs.size() > 1 && Duration.between(runs.get(0), runs.get(1)).compareTo(INCESSANT) <= 0) {
            cell.add(new Span(t("jobs.next.allTheTime")));
            return cell;
        }
        cell.add(new RelativeTime(runs.getFirst().toInstant()));
        runs.stream().limit(shown).forEach(run -> {
            Span exact = new Span(WhenWords.dayAndTime(run.withZoneSameInstant(zone)));
            exact.addClassName("quiet");
            cell.add(exact);
        });
        return cell;
    }

    /** How the last run ended, when, how long it took, and the way to its operation. */
    static Component last(RunView run) {
        if (run == null) {
            Span never = new Span(t("jobs.last.never"));
            never.addClassName("quiet");
            return never;
        }
        Div when = new Div(new RelativeTime(run.plannedAt()));
        when.addClassNames("quiet", "run-words");
        if (run.beganAt() != null) {
            when.add(took(run));
        }
        Div cell = new Div(new RunBadge(run.result()), when);
        cell.addClassName("two-lines");
        if (run.operationId() != null) {
            cell.add(operation(run));
        } else if (run.reason() != null && run.result() != RunResult.SUCCEEDED) {
            Span reason = new Span(told(run.reason()));
            reason.addClassNames("quiet", "run-reason");
            cell.add(reason);
        }
        return cell;
    }

    static Component took(RunView run) {
        if (run.beganAt() == null) {
            return new Span();
        }
        return run.endedAt() == null
                ? new ElapsedTime(run.beganAt())
                : new Span(Texts.duration(run.beganAt(), run.endedAt()));
    }

    static Anchor operation(RunView run) {
        Anchor link = new Anchor("operations/" + run.operationId(), t("jobs.operation"));
        link.addClassName("run-operation");
        return link;
    }
}
