package io.howdah.shell;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.progressbar.ProgressBar;
import io.howdah.operation.OperationStatus;
import io.howdah.operation.OperationView;
import java.util.List;

/** Operations in few words, each a link to its page: what, on which server, how far, when. */
public class OperationList extends UnorderedList {

    public OperationList(List<OperationView> operations) {
        addClassName("operation-list");
        setOperations(operations);
    }

    public final void setOperations(List<OperationView> operations) {
        removeAll();
        operations.forEach(operation -> add(row(operation)));
    }

    private static ListItem row(OperationView operation) {
        Anchor link = new Anchor("operations/" + operation.id(), operation.title());
        Span subject = new Span(operation.subjectName());
        subject.addClassName("operation-subject");
        Div head = new Div(link, subject);
        head.addClassName("operation-list-title");
        Div state = new Div(new OperationBadge(operation.status()));
        state.addClassName("operation-list-state");
        if (operation.status().ended()) {
            state.add(new RelativeTime(operation.endedAt()));
        } else if (operation.startedAt() != null) {
            state.add(new ElapsedTime(operation.startedAt()));
        }
        ListItem row = new ListItem(head, state);
        if (operation.status() == OperationStatus.RUNNING) {
            row.add(progress(operation));
        }
        return row;
    }

    private static ProgressBar progress(OperationView operation) {
        ProgressBar bar = new ProgressBar();
        bar.getElement()
                .setAttribute(
                        "aria-label", Texts.t("ui.bell.progress", operation.title(), operation.subjectName()));
        if (operation.stepsPlanned() > 0) {
            bar.setMax(operation.stepsPlanned());
            bar.setValue(Math.min(operation.stepsDone(), operation.stepsPlanned()));
        } else {
            bar.setIndeterminate(true);
        }
        return bar;
    }
}
