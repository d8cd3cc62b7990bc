package io.howdah.scaling.ui;

import static io.howdah.shared.Retold.told;
import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.howdah.server.SizeChangeView;
import io.howdah.shared.Messages;
import io.howdah.shell.RelativeTime;
import java.time.Duration;
import java.util.List;

/** The changes of size so far, each with how long clients waited. */
final class ChangeHistory extends Div {

    void show(List<SizeChangeView> changes) {
        removeAll();
        if (changes.isEmpty()) {
            Paragraph none = new Paragraph(t("scaling.history.none"));
            none.addClassName("quiet");
            add(none);
            return;
        }
        UnorderedList rows = new UnorderedList();
        rows.addClassName("scale-history");
        changes.forEach(change -> rows.add(row(change)));
        add(rows);
    }

    private static ListItem row(SizeChangeView change) {
        Span sizes = new Span(t("scaling.history.row", change.before(), change.after()));
        sizes.addClassName("strong");
        Span wait = new Span(
                change.restarted()
                        ? t("scaling.history.held", seconds(change.held()))
                        : t("scaling.history.untouched"));
        Anchor operation = new Anchor("operations/" + change.operationId(), t("scaling.history.operation"));
        operation.getElement().setAttribute("router-link", true);
        Div second = new Div(wait);
        if (change.transactions() != null) {
            second.add(new Span(t("scaling.history.traffic", change.failed(), change.transactions())));
        }
        if (change.why() != null) {
            second.add(new Span(told(change.why())));
        }
        second.add(new RelativeTime(change.at()), operation);
        second.addClassNames("quiet", "words");
        Div texts = new Div(sizes, second);
        texts.addClassName("two-lines");
        return new ListItem(texts);
    }

    /** For example "0.31 s". */
    static String seconds(Duration time) {
        return t("scaling.seconds", String.format(Messages.language().locale(), "%.2f", time.toMillis() / 1000.0));
    }
}
