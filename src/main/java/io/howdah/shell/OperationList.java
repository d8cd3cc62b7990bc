package io.howdah.shell;

import static io.howdah.shared.Retold.told;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.progressbar.ProgressBar;
import io.howdah.operation.ClusterClock;
import io.howdah.operation.OperationStatus;
import io.howdah.operation.OperationView;
import jakarta.enterprise.inject.spi.CDI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Operations in few words, each a link to its page: what, on which server, how far, when. */
public class OperationList extends UnorderedList {

    private final List<Row> rows = new ArrayList<>();

    public OperationList(List<OperationView> operations) {
        addClassName("operation-list");
        setOperations(operations);
    }

    /** Shows these. While they are the same ones, rows change in place, so that the keyboard's focus stays put. */
    public final void setOperations(List<OperationView> operations) {
        List<UUID> wanted = operations.stream().map(OperationView::id).toList();
        if (!wanted.equals(rows.stream().map(row -> row.shown.id()).toList())) {
            rows.clear();
            removeAll();
            operations.forEach(operation -> {
                Row row = new Row(operation);
                rows.add(row);
                add(row);
            });
            return;
        }
        for (int at = 0; at < rows.size(); at++) {
            rows.get(at).show(operations.get(at));
        }
    }

    private static final class Row extends ListItem {

        private final Div state = new Div();
        private final Span words = new Span();
        private final ProgressBar progress = new ProgressBar();
        private final ClusterClock clock =
                CDI.current().select(ClusterClock.class).get();
        private OperationView shown;

        Row(OperationView operation) {
            Anchor link = new Anchor("operations/" + operation.id(), told(operation.title()));
            Span subject = new Span(operation.subjectName());
            subject.addClassName("operation-subject");
            Div head = new Div(link, subject);
            head.addClassName("operation-list-title");
            state.addClassName("operation-list-state");
            progress.getElement()
                    .setAttribute(
                            "aria-label",
                            Texts.t("ui.bell.progress", told(operation.title()), operation.subjectName()));
            words.addClassName("operation-list-words");
            add(head, state, words, progress);
            show(operation);
        }

        void show(OperationView operation) {
            if (operation.equals(shown)) {
                return;
            }
            shown = operation;
            state.removeAll();
            state.add(new OperationBadge(operation.status()));
            if (operation.status().ended()) {
                state.add(new RelativeTime(operation.endedAt()));
            } else if (operation.startedAt() != null) {
                state.add(new ElapsedTime(operation.startedAt(), clock.now()));
            }
            boolean running = operation.status() == OperationStatus.RUNNING;
            words.setText(
                    operation.status() == OperationStatus.QUEUED
                            ? OperationWords.sentence(operation)
                            : running ? OperationWords.measure(operation.measure()) : "");
            progress.setVisible(running);
            progress.setIndeterminate(operation.stepsPlanned() == 0);
            if (operation.stepsPlanned() > 0) {
                progress.setValue(operation.progress());
            }
        }
    }
}
