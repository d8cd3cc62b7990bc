package io.howdah.shell;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.HasDynamicTitle;

/** A page of the portal: its content, one below the other, and its name in the browser's title. */
public abstract class Page extends Div implements HasDynamicTitle {

    private String name;

    /** @param titleKey of the page's name in the messages bundle */
    protected Page(String titleKey) {
        name = Texts.t(titleKey);
        addClassName("page");
    }

    /** For pages named after what they show. */
    protected final void setName(String name) {
        this.name = name;
    }

    @Override
    public String getPageTitle() {
        return Texts.t("ui.title", name);
    }
}
