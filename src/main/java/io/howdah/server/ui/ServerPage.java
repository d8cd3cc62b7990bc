package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.router.HasDynamicTitle;
import io.howdah.server.ServerView;
import java.util.UUID;

/** One of the pages of a server, within its frame. */
@StyleSheet("context://styles/servers.css")
public abstract class ServerPage extends Div implements HasDynamicTitle {

    private final String title;
    private String serverName = "";

    /** @param titleKey of the page's name; its heading unless {@code headed} is false */
    protected ServerPage(String titleKey, boolean headed) {
        title = t(titleKey);
        addClassName("server-page");
        if (headed) {
            add(new H2(title));
        }
    }

    /** Shows the server, and again each time it has changed; what a person is typing stays. */
    final void showServer(ServerView server) {
        serverName = server.name();
        show(server);
    }

    protected abstract void show(ServerView server);

    /** Whether the page makes sense for a deleted server. */
    protected boolean worksWhenDeleted() {
        return false;
    }

    /** Whether the page itself shows the progress of what runs. */
    protected boolean showsProgress() {
        return false;
    }

    @Override
    public String getPageTitle() {
        return t("ui.title", serverName.isEmpty() ? title : t("server.page.title", title, serverName));
    }

    /** Shows the progress of an operation that this page has begun, above it. */
    protected final void watch(UUID operationId) {
        findAncestor(ServerLayout.class).watch(operationId);
    }
}
