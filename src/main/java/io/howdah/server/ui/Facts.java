package io.howdah.server.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Span;

/** Terms with what they are, in two columns. */
public final class Facts extends DescriptionList {

    public Facts() {
        addClassName("facts");
    }

    public Facts add(String term, Component description) {
        add(new Term(term), new Description(description));
        return this;
    }

    public Facts add(String term, String description) {
        return add(term, new Span(description));
    }
}
