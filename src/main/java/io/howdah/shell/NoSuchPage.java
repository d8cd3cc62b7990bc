package io.howdah.shell;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.ParentLayout;
import jakarta.servlet.http.HttpServletResponse;

/** The page for an address at which there is none. */
@CdiComponent
@ParentLayout(MainLayout.class)
public class NoSuchPage extends Page implements HasErrorParameter<NotFoundException> {

    public NoSuchPage() {
        super("ui.failure.missing");
    }

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<NotFoundException> parameter) {
        removeAll();
        add(
                new PageHeader(Texts.t("ui.failure.missing")),
                new EmptyState(
                        Glyph.SEARCH,
                        Texts.t("ui.failure.noPage", event.getLocation().getPath()),
                        Texts.t("ui.failure.noPage.hint"),
                        FailurePage.home()));
        return HttpServletResponse.SC_NOT_FOUND;
    }
}
