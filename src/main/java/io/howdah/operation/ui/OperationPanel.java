package io.howdah.operation.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.operation.OperationService;
import io.howdah.operation.OperationStatus;
import io.howdah.operation.OperationView;
import io.howdah.shared.ProblemException;
import io.howdah.shell.ElapsedTime;
import io.howdah.shell.Glyph;
import io.howdah.shell.Live;
import io.howdah.shell.OperationBadge;
import io.howdah.shell.Permitted;
import io.howdah.shell.ProblemNotice;
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
    private final Div head = new Div();
    private final ProgressBar progress = new ProgressBar();
    private final Span doing = new Span();
    private final Div outcome = new Div();
    private final StepsView steps = new StepsView();
    private final List<Consumer<OperationView>> listeners = new ArrayList<>();
    private OperationView shown;

    /** @throws ProblemException NotFound when there is no such operation, or the caller may not see it */
    public OperationPanel(UUID operationId) {
        this.operationId = operationId;
        operations = CDI.current().select(OperationService.class).get();
        addClassName("operation-panel");
        head.addClassName("operation-head");
        doing.addClassName("operation-doing");
        doing.getElement().setAttribute("role", "status");
        progress.getElement().setAttribute("aria-label", Texts.t("ui.operation.progress"));
        add(head, progress, doing, outcome, steps);
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
        shown = now;
        head.removeAll();
        head.add(new OperationBadge(now.status()), time(now));
        progress.setVisible(!now.status().ended());
        boolean counted = now.stepsPlanned() > 0 && now.status() == OperationStatus.RUNNING;
        progress.setIndeterminate(!counted);
        if (counted) {
            progress.setMax(now.stepsPlanned());
            progress.setValue(Math.min(now.stepsDone(), now.stepsPlanned()));
        }
        doing.setText(sentence(now));
        steps.setSteps(now.steps());
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
        if (endedNow) {
            getElement().executeJs("this.scrollIntoView({block: 'nearest'})");
        }
    }

    private static Span time(OperationView operation) {
        Span time = new Span();
        time.addClassName("operation-time");
        if (operation.startedAt() == null) {
            time.setText("");
        } else if (operation.endedAt() != null) {
            time.setText(Texts.t("ui.operation.took", Texts.duration(operation.startedAt(), operation.endedAt())));
        } else {
            time.add(new ElapsedTime(operation.startedAt()));
        }
        return time;
    }

    /** What there is to say in one sentence: what it waits for, what it does, or how it went. */
    static String sentence(OperationView operation) {
        return switch (operation.status()) {
            case QUEUED ->
                operation.inLineBehind() > 0
                        ? Texts.count("ui.operation.inLine", operation.inLineBehind())
                        : Texts.t("ui.operation.waits");
            case RUNNING -> operation.doing() == null ? "" : operation.doing();
            case SUCCEEDED -> Texts.t("ui.operation.done");
            case FAILED -> "";
        };
    }

    private Button retryButton(OperationView operation) {
        Button retry = new Button(Texts.t("ui.operation.retry"), Glyph.ROTATE_CW.icon());
        retry.addThemeVariants(ButtonVariant.PRIMARY);
        Scope scope = operation.teamId() == null ? Scope.INSTALLATION : Scope.team(operation.teamId());
        if (!CDI.current().select(Access.class).get().may(Permission.OPERATIONS_RETRY, scope)) {
            Permitted.disable(retry, Permission.OPERATIONS_RETRY);
            return retry;
        }
        retry.setDisableOnClick(true);
        retry.addClickListener(event -> {
            try {
                UUID watched = operations.retry(operationId);
                if (watched.equals(operationId)) {
                    refresh();
                } else {
                    UI.getCurrent().navigate(OperationPage.class, OperationPage.parameters(watched));
                }
            } catch (ProblemException refused) {
                ProblemNotice.show(refused.problem());
                refresh();
            } finally {
                retry.setEnabled(true);
            }
        });
        return retry;
    }
}
