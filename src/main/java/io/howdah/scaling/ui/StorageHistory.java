package io.howdah.scaling.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.howdah.server.StorageChangeView;
import io.howdah.shell.RelativeTime;
import java.util.List;

/** The growths of a server's storage so far. */
final class StorageHistory extends Div {

    void show(List<StorageChangeView> changes) {
        removeAll();
        if (changes.isEmpty()) {
            return;
        }
        UnorderedList rows = new UnorderedList();
        rows.addClassName("storage-history");
        changes.forEach(change -> rows.add(row(change)));
        add(rows);
    }

    private static ListItem row(StorageChangeView change) {
        Span sizes = new Span(t("storage.history.row", change.gibBefore(), change.gibAfter()));
        sizes.addClassName("strong");
        Anchor operation = new Anchor("operations/" + change.operationId(), t("scaling.history.operation"));
        operation.getElement().setAttribute("router-link", true);
        Div second = new Div();
        if (change.held() != null) {
            second.add(new Span(t("scaling.history.held", ChangeHistory.seconds(change.held()))));
        }
        if (change.transactions() != null) {
            second.add(new Span(t("scaling.history.traffic", change.failed(), change.transactions())));
        }
        second.add(new RelativeTime(change.at()), operation);
        second.addClassNames("quiet", "words");
        Div texts = new Div(sizes, second);
        texts.addClassName("two-lines");
        return new ListItem(texts);
    }
}
