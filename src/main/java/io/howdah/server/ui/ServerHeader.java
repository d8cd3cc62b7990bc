package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.howdah.engine.Endpoints;
import io.howdah.server.ServerState;
import io.howdah.server.ServerView;
import io.howdah.shell.CopyField;
import io.howdah.shell.Glyph;
import io.howdah.shell.PageHeader;
import io.howdah.shell.StateBadge;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The head of a server's pages: what it is, how it is, where it is reached, and what can be done with it. */
final class ServerHeader extends Div {

    private static final List<ServerAction> ACTIONS = List.of(
            ServerAction.START,
            ServerAction.STOP,
            ServerAction.RESTART,
            ServerAction.RESET_PASSWORD,
            ServerAction.DELETE);

    private final Lifecycle lifecycle;
    private final Reaction reaction;
    private final PageHeader head = new PageHeader("");
    private final StateBadge badge = new StateBadge(ServerState.READY);
    private final DegradedBadge degraded = new DegradedBadge();
    private final Span facts = new Span();
    private final CopyField endpoint = new CopyField("", "");
    private final ActionButton connect;
    private final Map<ServerAction, ActionButton> buttons = new EnumMap<>(ServerAction.class);
    private final ActionMenu menu;
    private ServerView server;

    ServerHeader(Lifecycle lifecycle, Reaction reaction) {
        this.lifecycle = lifecycle;
        this.reaction = reaction;
        addClassName("server-header");
        endpoint.addClassName("inline");
        connect = new ActionButton(
                        t("server.menu.connect"),
                        Glyph.PLUG,
                        () -> ServerAddress.open(ServerAddress.page(server.name(), "connect")))
                .primary();
        button(ServerAction.START, Glyph.PLAY);
        button(ServerAction.STOP, Glyph.SQUARE);
        button(ServerAction.RESTART, Glyph.ROTATE_CW);
        button(ServerAction.RESET_PASSWORD, Glyph.KEY_ROUND);
        button(ServerAction.DELETE, Glyph.TRASH_2);
        menu = new ActionMenu(lifecycle, ACTIONS, (action, on) -> lifecycle.begin(action, on, reaction));
        menu.addClassName("only-narrow");
        Div actions = new Div(connect);
        buttons.values().forEach(button -> {
            button.addClassName("only-wide");
            actions.add(button);
        });
        actions.add(menu);
        actions.addClassName("server-actions");
        head.setActions(actions);
        head.beside(badge, degraded);
        add(head);
    }

    void show(ServerView now) {
        boolean same = now.equals(server);
        server = now;
        if (same) {
            return;
        }
        head.setTitle(now.name());
        badge.setState(now.state());
        degraded.setVisible(now.degradedSince() != null);
        facts.setText(t(
                "server.header.facts",
                now.size().code(),
                now.fullVersion() == null ? String.valueOf(now.majorVersion()) : now.fullVersion()));
        facts.setTitle(ServerGrid.sizeInWords(now));
        Endpoints endpoints = now.endpoints();
        if (endpoints == null) {
            head.below(facts);
        } else {
            endpoint.setValue(endpoints.host() + ":" + endpoints.pooledPort());
            head.below(facts, endpoint);
        }
        connect.refuse(
                endpoints == null || now.deleted() ? Optional.of(t("server.refusal.noEndpoint")) : Optional.empty());
        buttons.forEach((action, button) -> button.refuse(lifecycle.refusal(action, now)));
        // one place for the pair: what can be done now, or else stop with its reason
        boolean startable = now.state() == ServerState.STOPPED || now.state() == ServerState.STARTING;
        buttons.get(ServerAction.START).setVisible(startable);
        buttons.get(ServerAction.STOP).setVisible(!startable);
        menu.show(now);
        head.getElement().setAttribute("deleted", now.deleted());
        connect.setVisible(!now.deleted());
        menu.setVisible(!now.deleted());
        if (now.deleted()) {
            buttons.values().forEach(button -> button.setVisible(false));
        } else {
            List.of(ServerAction.RESTART, ServerAction.RESET_PASSWORD, ServerAction.DELETE)
                    .forEach(action -> buttons.get(action).setVisible(true));
        }
    }

    private void button(ServerAction action, Glyph glyph) {
        ActionButton button = new ActionButton(action.title(), glyph, () -> lifecycle.begin(action, server, reaction));
        if (action == ServerAction.DELETE) {
            button.grave();
        }
        buttons.put(action, button);
    }
}
