package io.howdah.operation.ui;

import static io.howdah.shared.Retold.told;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import io.howdah.operation.ClusterClock;
import io.howdah.operation.StepView;
import io.howdah.shell.ElapsedTime;
import io.howdah.shell.Glyph;
import io.howdah.shell.OperationWords;
import io.howdah.shell.RemainingTime;
import io.howdah.shell.Texts;
import jakarta.enterprise.inject.spi.CDI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The steps of an operation, one below the other, each with its state and how long it took. */
public class StepsView extends OrderedList {

    private final List<StepView> shown = new ArrayList<>();
    private final ClusterClock clock = CDI.current().select(ClusterClock.class).get();

    public StepsView() {
        addClassName("steps");
    }

    /** Shows these steps; rows that have not changed are left alone. */
    public void setSteps(List<StepView> steps) {
        while (shown.size() > steps.size()) {
            shown.removeLast();
            remove(getComponentAt(shown.size()));
        }
        for (int at = 0; at < steps.size(); at++) {
            StepView step = steps.get(at);
            if (at == shown.size()) {
                shown.add(step);
                add(row(step));
            } else if (!shown.get(at).equals(step)) {
                shown.set(at, step);
                replace(getComponentAt(at), row(step));
            }
        }
    }

    private ListItem row(StepView step) {
        ListItem row = new ListItem();
        row.addClassName("step");
        row.getElement().setAttribute("state", step.state().name().toLowerCase(Locale.ROOT));
        if (step.state() == StepView.State.RUNNING || step.state() == StepView.State.RETRYING) {
            row.getElement().setAttribute("aria-current", "step");
        }
        Span state = new Span(Texts.t("ui.step.state." + step.state().name().toLowerCase(Locale.ROOT)));
        state.addClassName("visually-hidden");
        Div texts = new Div(new Span(told(step.title())), state);
        texts.addClassName("step-texts");
        if (step.doing() != null) {
            Span doing = new Span(told(step.doing()));
            doing.addClassName("step-doing");
            texts.add(doing);
        }
        said(texts, OperationWords.measure(step.measure()));
        if (step.state() == StepView.State.RETRYING) {
            texts.add(nextTry(step));
        } else if (step.tries() > 1) {
            said(texts, Texts.t("ui.step.tries", step.tries(), step.triesAllowed()));
        }
        if (step.lastChance()) {
            said(texts, Texts.t("ui.step.lastChance"));
        }
        Span time = new Span();
        time.addClassName("step-time");
        if (step.endedAt() != null && step.startedAt() != null) {
            time.setText(Texts.duration(step.startedAt(), step.endedAt()));
        } else if (step.startedAt() != null) {
            time.add(new ElapsedTime(step.startedAt(), clock.now()));
        }
        row.add(glyph(step.state()).icon(), texts, time);
        return row;
    }

    private static void said(Div texts, String text) {
        if (!text.isEmpty()) {
            Span said = new Span(text);
            said.addClassName("step-doing");
            texts.add(said);
        }
    }

    private Component nextTry(StepView step) {
        Span line = new Span();
        line.addClassName("step-doing");
        String which = Texts.t("ui.step.nextTry", step.tries() + 1, step.triesAllowed());
        if (step.nextTryAt() != null) {
            Duration left = clock.since(step.nextTryAt()).negated();
            line.add(new RemainingTime(left, Texts.t("ui.step.triesAgainIn"), Texts.t("ui.step.triesAgainNow")));
        }
        line.add(new Span(which));
        return line;
    }

    private static Glyph glyph(StepView.State state) {
        return switch (state) {
            case PENDING -> Glyph.CIRCLE_DASHED;
            case RUNNING -> Glyph.LOADER_CIRCLE;
            case RETRYING -> Glyph.ROTATE_CW;
            case DONE -> Glyph.CIRCLE_CHECK;
            case FAILED -> Glyph.CIRCLE_X;
            case CANCELLED -> Glyph.CIRCLE_OFF;
        };
    }
}
