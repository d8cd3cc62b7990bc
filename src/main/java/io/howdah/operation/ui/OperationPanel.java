package io.howdah.operation.ui;

import static io.howdah.shared.Retold.told;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.operation.ClusterClock;
import io.howdah.operation.OperationService;
import io.howdah.operation.OperationStatus;
import io.howdah.operation.OperationView;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Confirm;
import io.howdah.shell.ElapsedTime;
import io.howdah.shell.Glyph;
import io.howdah.shell.Live;
import io.howdah.shell.OperationBadge;
import io.howdah.shell.OperationWords;
import io.howdah.shell.Permitted;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.RelativeTime;
import io.howdah.shell.RemainingTime;
import io.howdah.shell.Texts;
import jakarta.enterprise.inject.spi.CDI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * One operation as it happens: how far it is, its steps with their times, and, when it has failed, what happened, what
 * to do, and the button to try again.
 */
public class OperationPanel extends Div {

    private final UUID operationId;
    private final OperationService operations;
    private final ClusterClock clock;
    private final Div head = new Div();
    private final ProgressBar progress = new ProgressBar();
    private final Span doing = new Span();
    private final Div more = new Div();
    private final Div outcome = new Div();
    private final StepsView steps = new StepsView();
    private final List<Consumer<OperationView>> listeners = new ArrayList<>();
    private OperationView shown;

    /** @throws ProblemException NotFound when there is no such operation, or the caller may not see it */
    public OperationPanel(UUID operationId) {
        this.operationId = operationId;
        operations = CDI.current().select(OperationService.class).get();
        clock = CDI.current().select(ClusterClock.class).get();
        addClassName("operation-panel");
        head.addClassName("operation-head");
        doing.addClassName("operation-doing");
        doing.getElement().setAttribute("role", "status");
        more.addClassName("operation-more");
        progress.getElement().setAttribute("aria-label", Texts.t("ui.operation.progress"));
        add(head, progress, doing, more, outcome, steps);
        show(operations.get(operationId));
        CDI.current().select(Live.class).get().operation(this, operationId, this::refresh);
    }

    /** Tells {@code listener} of the operation as it is now, and again each time it has moved on. */
    public void onChange(Consumer<OperationView> listener) {
        listeners.add(listener);
        listener.accept(shown);
    }

    private void refresh() {
        OperationView now = operations.get(operationId);
        if (!now.equals(shown)) {
            show(now);
            listeners.forEach(listener -> listener.accept(now));
        }
    }

    private void show(OperationView now) {
        boolean endedNow =
                shown != null && !shown.status().ended() && now.status().ended();
        boolean sameChoice = shown != null && choice(shown).equals(choice(now));
        shown = now;
        head.removeAll();
        head.add(new OperationBadge(now.status()), time(now));
        progress.setVisible(!now.status().ended());
        boolean counted = now.stepsPlanned() > 0 && now.status() == OperationStatus.RUNNING;
        progress.setIndeterminate(!counted);
        if (counted) {
            progress.setValue(now.progress());
        }
        doing.setText(OperationWords.sentence(now));
        showMore(now);
        steps.setSteps(now.steps());
        if (!sameChoice) {
            showOutcome(now);
        }
        if (endedNow) {
            getElement().executeJs("this.scrollIntoView?.({block: 'nearest'})");
        }
    }

    /** What decides which buttons there are: while it stays the same they stay, and the keyboard's focus on them. */
    private static List<Object> choice(OperationView operation) {
        return java.util.Arrays.asList(
                operation.status(),
                operation.problem(),
                operation.detail(),
                operation.retryable(),
                operation.cancelling());
    }

    /** Figures and links beside the sentence; they count by themselves and are not read out again and again. */
    private void showMore(OperationView now) {
        more.removeAll();
        if (now.line() != null && !now.status().ended()) {
            more.add(new Anchor(
                    "operations/" + now.line().frontId(), told(now.line().frontTitle())));
        }
        String figures = OperationWords.measure(now.measure());
        if (!figures.isEmpty()) {
            more.add(new Span(figures));
        }
        if (now.expectedEnd() != null) {
            more.add(new RemainingTime(
                    clock.since(now.expectedEnd()).negated(),
                    Texts.t("ui.operation.timeLeft"),
                    Texts.t("ui.operation.longerThanUsual")));
        }
        if (now.place().unseenSince() != null) {
            more.add(
                    new Span(Texts.t("ui.operation.lastSeen")),
                    new RelativeTime(now.place().unseenSince()));
        }
    }

    private void showOutcome(OperationView now) {
        outcome.removeAll();
        if (now.problem() != null) {
            outcome.add(new ProblemNotice(now.problem(), now.correlationId()));
        }
        if (now.detail() != null) {
            Pre text = new Pre(now.detail());
            text.getElement().setAttribute("tabindex", "0");
            outcome.add(new Details(Texts.t("ui.operation.detail"), text));
        }
        if (now.retryable()) {
            outcome.add(retryButton(now));
        }
        if (now.cancelling().possible()) {
            outcome.add(cancelButton(now));
        } else if (now.status() == OperationStatus.RUNNING && now.cancelling().tooLate()) {
            Span note = new Span(Texts.t("ui.operation.onlyForward"));
            note.addClassName("quiet");
            outcome.add(note);
        }
    }

    private Span time(OperationView operation) {
        Span time = new Span();
        time.addClassName("operation-time");
        if (operation.startedAt() == null) {
            time.setText("");
        } else if (operation.endedAt() != null) {
            time.setText(Texts.t("ui.operation.took", Texts.duration(operation.startedAt(), operation.endedAt())));
        } else {
            time.add(new ElapsedTime(operation.startedAt(), clock.now()));
        }
        return time;
    }

    private Component cancelButton(OperationView operation) {
        Button cancel = new Button(Texts.t("ui.operation.cancel"), Glyph.BAN.icon());
        Div line = new Div(cancel);
        line.addClassName("operation-cancel");
        if (operation.cancelling().lastChance() != null && operation.startedAt() != null) {
            Span until = new Span(
                    Texts.t("ui.operation.cancelUntil", operation.cancelling().lastChance()));
            until.addClassName("quiet");
            line.add(until);
        }
        if (!permitted(Permission.OPERATIONS_CANCEL, operation)) {
            Permitted.disable(cancel, Permission.OPERATIONS_CANCEL);
            return line;
        }
        cancel.addClickListener(event -> {
            if (shown.startedAt() == null) {
                act(() -> operations.cancel(operationId));
            } else {
                Confirm.ask(
                        Texts.t("ui.operation.cancel.title", told(operation.title()), operation.subjectName()),
                        new Paragraph(Texts.t("ui.operation.cancel.text")),
                        Texts.t("ui.operation.cancel.do"),
                        () -> {
                            operations.cancel(operationId);
                            refresh();
                        });
            }
        });
        return line;
    }

    private static boolean permitted(Permission permission, OperationView operation) {
        Scope scope = Scope.of(operation.teamId(), operation.subjectId());
        return CDI.current().select(Access.class).get().may(permission, scope);
    }

    private void act(Runnable act) {
        try {
            act.run();
        } catch (ProblemException refused) {
            ProblemNotice.show(refused.problem());
        }
        refresh();
    }

    private Button retryButton(OperationView operation) {
        Button retry = new Button(Texts.t("ui.operation.retry"), Glyph.ROTATE_CW.icon());
        retry.addThemeVariants(ButtonVariant.PRIMARY);
        if (!permitted(Permission.OPERATIONS_RETRY, operation)) {
            Permitted.disable(retry, Permission.OPERATIONS_RETRY);
            return retry;
        }
        retry.setDisableOnClick(true);
        retry.addClickListener(event -> {
            act(() -> operations.retry(operationId));
            retry.setEnabled(true);
        });
        return retry;
    }
}
