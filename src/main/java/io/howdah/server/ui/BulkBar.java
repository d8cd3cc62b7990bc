package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.notification.Notification;
import io.howdah.server.ServerService;
import io.howdah.server.ServerView;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Confirm;
import io.howdah.shell.Glyph;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.Texts;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What can be done with the selected servers at once. Those for which it is not possible are left out, by name. */
final class BulkBar extends Div {

    private final Lifecycle lifecycle;
    private final ServerService servers;
    private final Span count = new Span();
    private final Map<ServerAction, ActionButton> buttons = new EnumMap<>(ServerAction.class);
    private List<ServerView> selected = List.of();

    BulkBar(Lifecycle lifecycle, ServerService servers, Runnable deselect) {
        this.lifecycle = lifecycle;
        this.servers = servers;
        addClassName("bulk-bar");
        getElement().setAttribute("role", "region");
        getElement().setAttribute("aria-label", t("server.bulk.label"));
        count.getElement().setAttribute("role", "status");
        add(count);
        button(ServerAction.START, Glyph.PLAY);
        button(ServerAction.STOP, Glyph.SQUARE);
        button(ServerAction.RESTART, Glyph.ROTATE_CW);
        Button clear = new Button(t("server.bulk.deselect"), event -> deselect.run());
        clear.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        add(clear);
        setVisible(false);
    }

    void show(List<ServerView> now) {
        selected = List.copyOf(now);
        setVisible(!selected.isEmpty());
        count.setText(Texts.count("server.bulk.selected", selected.size()));
        buttons.forEach((action, button) -> button.refuse(refusal(action)));
    }

    private void button(ServerAction action, Glyph glyph) {
        ActionButton button = new ActionButton(action.title(), glyph, () -> ask(action));
        button.addThemeVariants(ButtonVariant.SMALL);
        buttons.put(action, button);
        add(button);
    }

    private List<ServerView> possible(ServerAction action) {
        return selected.stream()
                .filter(server -> lifecycle.refusal(action, server).isEmpty())
                .toList();
    }

    private Optional<String> refusal(ServerAction action) {
        if (selected.isEmpty() || !possible(action).isEmpty()) {
            return Optional.empty();
        }
        ServerView first = selected.getFirst();
        return lifecycle.refusal(action, first).map(why -> t("server.bulk.none", first.name(), why));
    }

    private void ask(ServerAction action) {
        List<ServerView> possible = possible(action);
        String verb = action.name().toLowerCase(Locale.ROOT);
        Div explanation = new Div(new Paragraph(t("server.bulk." + verb)), names(possible));
        List<ServerView> others =
                selected.stream().filter(server -> !possible.contains(server)).toList();
        if (!others.isEmpty()) {
            UnorderedList reasons = new UnorderedList();
            others.forEach(server -> reasons.add(new ListItem(t(
                    "server.bulk.reason",
                    server.name(),
                    lifecycle.refusal(action, server).orElse("")))));
            explanation.add(new Paragraph(t("server.bulk.leftOut")), reasons);
        }
        Confirm.ask(
                Texts.count("server.bulk." + verb + ".title", possible.size()),
                explanation,
                action.title(),
                () -> run(action, possible));
    }

    private void run(ServerAction action, List<ServerView> on) {
        int begun = 0;
        for (ServerView server : on) {
            try {
                switch (action) {
                    case START -> servers.start(server.id());
                    case STOP -> servers.stop(server.id());
                    default -> servers.restart(server.id());
                }
                begun++;
            } catch (ProblemException refused) {
                ProblemNotice.show(refused.problem());
            }
        }
        if (begun > 0) {
            Notification.show(Texts.count("server.bulk.begun", begun), 4_000, Notification.Position.BOTTOM_START);
        }
    }

    private static UnorderedList names(List<ServerView> servers) {
        UnorderedList names = new UnorderedList();
        servers.forEach(server -> names.add(new ListItem(server.name())));
        return names;
    }
}
