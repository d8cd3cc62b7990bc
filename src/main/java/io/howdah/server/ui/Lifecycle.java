package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.approval.ui.SecondPerson;
import io.howdah.server.ServerService;
import io.howdah.server.ServerView;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Confirm;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Begins what people ask for on a server, after asking once more where clients would notice. */
@Dependent
class Lifecycle {

    @Inject
    private ServerService servers;

    @Inject
    private Access access;

    Optional<String> refusal(ServerAction action, ServerView server) {
        return action.refusal(server, permission -> may(permission, server));
    }

    boolean may(Permission permission, ServerView server) {
        return access.may(permission, Scope.server(server.teamId(), server.id()));
    }

    /** The name of a team or a project, as the way to its page for who may see that. */
    Component place(Scope place, String name) {
        return access.may(Permission.SERVERS_READ, place)
                ? ServerAddress.link(ServerAddress.place(place), name)
                : new Span(name);
    }

    void begin(ServerAction action, ServerView server, Reaction reaction) {
        switch (action) {
            case START -> run(reaction, () -> servers.start(server.id()));
            case UNDELETE -> run(reaction, () -> servers.undelete(server.id()));
            case STOP -> ask("stop", server, reaction, () -> servers.stop(server.id()));
            case RESTART -> ask("restart", server, reaction, () -> servers.restart(server.id()));
            case PURGE ->
                Confirm.byName(
                        t("server.purge.title", server.name()),
                        new Paragraph(t("server.purge.text")),
                        server.name(),
                        t("server.action.purge.title"),
                        typed -> SecondPerson.act(() -> servers.purge(server.id(), typed), reaction::begun));
            case RESET_PASSWORD -> ServerAddress.open(ServerAddress.page(server.name(), "reset-password"));
            case DELETE -> ServerAddress.open(ServerAddress.page(server.name(), "delete"));
            default -> throw new IllegalArgumentException(action.name());
        }
    }

    private static void ask(String verb, ServerView server, Reaction reaction, Supplier<UUID> act) {
        Confirm.ask(
                t("server." + verb + ".title", server.name()),
                consequences(t("server." + verb + ".text"), t("server." + verb + ".connections")),
                t("server.action." + verb + ".title"),
                () -> reaction.begun(act.get()));
    }

    static Component consequences(String... sentences) {
        Div all = new Div();
        for (String sentence : sentences) {
            all.add(new Paragraph(sentence));
        }
        return all;
    }

    private static void run(Reaction reaction, Supplier<UUID> act) {
        try {
            reaction.begun(act.get());
        } catch (ProblemException refused) {
            reaction.refused(refused.problem());
        }
    }
}
