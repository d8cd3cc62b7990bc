package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import java.util.Map;

/** Tags to be read, in a row. */
final class TagChips {

    private TagChips() {}

    static Component of(Map<String, String> tags) {
        Div row = new Div();
        row.addClassName("tag-chips");
        if (tags.isEmpty()) {
            Span none = new Span(t("server.none"));
            none.addClassName("quiet");
            row.add(none);
        }
        tags.forEach((name, value) -> {
            Span chip = new Span(value.isBlank() ? name : name + ": " + value);
            chip.addClassName("tag-chip");
            chip.setTitle(chip.getText());
            row.add(chip);
        });
        return row;
    }
}
