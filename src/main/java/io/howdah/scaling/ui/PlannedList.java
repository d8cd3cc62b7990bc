package io.howdah.scaling.ui;

import static io.howdah.shared.Retold.told;
import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.howdah.scaling.PlannedChangeView;
import io.howdah.scaling.WaitsFor;
import io.howdah.server.ui.ActionButton;
import io.howdah.shell.Glyph;
import io.howdah.shell.RelativeTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The changes of size that wait, each with what it waits for and a button to take it back. */
final class PlannedList extends Div {

    private final Consumer<UUID> cancel;

    PlannedList(Consumer<UUID> cancel) {
        this.cancel = cancel;
    }

    void show(List<PlannedChangeView> planned, String size, Optional<String> refusal) {
        removeAll();
        UnorderedList rows = new UnorderedList();
        rows.addClassName("scale-plans");
        planned.forEach(one -> rows.add(row(one, size, refusal)));
        add(rows);
    }

    private ListItem row(PlannedChangeView planned, String size, Optional<String> refusal) {
        Span what = new Span(
                t(planned.size().equals(size) ? "scaling.planned.finish" : "scaling.planned.to", planned.size()));
        what.addClassName("strong");
        Div texts = new Div(what, state(planned));
        if (planned.doing() != null && planned.failure() == null) {
            Span doing = new Span(told(planned.doing()));
            doing.addClassNames("quiet", "words");
            texts.add(doing);
        }
        texts.addClassName("two-lines");
        ListItem item = new ListItem(texts);
        item.addClassName("scale-planned");
        if (planned.operationId() == null) {
            boolean failed = planned.failure() != null;
            ActionButton button = new ActionButton(
                            t(failed ? "scaling.planned.dismiss" : "scaling.planned.cancel"),
                            failed ? Glyph.X : Glyph.BAN,
                            () -> cancel.accept(planned.id()))
                    .quiet();
            button.refuse(refusal);
            item.add(button);
        }
        return item;
    }

    private static Div state(PlannedChangeView planned) {
        Div line = new Div();
        line.addClassNames("quiet", "words");
        if (planned.failure() != null) {
            line.add(new Span(t("scaling.planned.failed")), new Span(told(planned.failure())));
        } else if (planned.operationId() != null) {
            Anchor operation = new Anchor("operations/" + planned.operationId(), t("scaling.planned.running"));
            operation.getElement().setAttribute("router-link", true);
            line.add(operation);
        } else {
            line.add(new Span(t("scaling.planned." + planned.waitsFor())));
            boolean timed = planned.waitsFor() == WaitsFor.TIME || planned.waitsFor() == WaitsFor.WINDOW;
            if (timed && planned.doing() == null) {
                line.add(new Span(t("scaling.planned.at")), new RelativeTime(planned.due()));
            } else if (planned.givesUpAt() != null) {
                line.add(new Span(t("scaling.planned.until")), new RelativeTime(planned.givesUpAt()));
            }
        }
        line.add(new Span(planned.askedBy()));
        return line;
    }
}
