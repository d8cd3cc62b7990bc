package io.howdah.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;

/** The head of a page: its one h1, what stands beside it, a line below it, and what can be done here. */
public class PageHeader extends Div {

    private final H1 title;
    private final Div titleLine;
    private final Div below = new Div();
    private final Div actions = new Div();

    public PageHeader(String title, Component... actions) {
        addClassName("page-header");
        this.title = new H1(title);
        titleLine = new Div(this.title);
        titleLine.addClassName("page-title");
        below.addClassName("page-subtitle");
        below.setVisible(false);
        Div texts = new Div(titleLine, below);
        texts.addClassName("page-header-texts");
        this.actions.addClassName("page-actions");
        add(texts, this.actions);
        setActions(actions);
    }

    public final void setTitle(String text) {
        title.setText(text);
    }

    /** Puts e.g. a badge beside the title. */
    public final PageHeader beside(Component... components) {
        titleLine.removeAll();
        titleLine.add(title);
        titleLine.add(components);
        return this;
    }

    /** Puts a quiet line below the title. */
    public final PageHeader below(Component... components) {
        below.removeAll();
        below.add(components);
        below.setVisible(components.length > 0);
        return this;
    }

    public final void setActions(Component... components) {
        actions.removeAll();
        actions.add(components);
        actions.setVisible(components.length > 0);
    }
}
