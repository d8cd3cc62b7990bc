package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import io.howdah.server.ServerView;
import io.howdah.shell.Glyph;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The "more" button of a server: what can be done with it, and beside what can't, why. */
final class ActionMenu extends MenuBar {

    private final MenuItem root;
    private final Lifecycle lifecycle;
    private final List<ServerAction> actions;
    private final BiConsumer<ServerAction, ServerView> chosen;

    ActionMenu(Lifecycle lifecycle, List<ServerAction> actions, BiConsumer<ServerAction, ServerView> chosen) {
        this.lifecycle = lifecycle;
        this.actions = List.copyOf(actions);
        this.chosen = chosen;
        addClassName("more-menu");
        addThemeVariants(MenuBarVariant.TERTIARY);
        root = addItem(Glyph.ELLIPSIS_VERTICAL.icon());
    }

    ActionMenu show(ServerView server) {
        root.setAriaLabel(t("server.menu.label", server.name()));
        root.getSubMenu().removeAll();
        if (!server.deleted()) {
            root.getSubMenu()
                    .addItem(
                            t("server.menu.connect"),
                            event -> ServerAddress.open(ServerAddress.page(server.name(), "connect")));
        }
        for (ServerAction action : actions) {
            Optional<String> refusal = lifecycle.refusal(action, server);
            Div text = new Div(new Span(action.title()));
            text.addClassName("menu-action");
            refusal.ifPresent(why -> {
                Span reason = new Span(why);
                reason.addClassName("menu-reason");
                text.add(reason);
            });
            MenuItem item = root.getSubMenu().addItem(text, event -> chosen.accept(action, server));
            item.setEnabled(refusal.isEmpty());
        }
        return this;
    }
}
