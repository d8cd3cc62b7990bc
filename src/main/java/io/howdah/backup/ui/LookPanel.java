package io.howdah.backup.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.backup.LookService;
import io.howdah.backup.LookView;
import io.howdah.server.ServerView;
import io.howdah.server.ui.ActionButton;
import io.howdah.shared.ProblemException;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.Zones;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What there is of a server's earlier state: its head, its rows, its tables; or why there is nothing, and what to do. */
final class LookPanel extends Div {

    private final LookService looks;
    private final Access access;
    private final Consumer<UUID> begun;
    private final ZoneId zone = Zones.mine();
    private final Div problems = new Div();
    private final Div instead = new Div();
    private final LookHead head;
    private final LookQuery query;
    private final LookTableCard tables;
    private ServerView server;
    private LookView shown;

    /** @param begun shows the progress of an operation that was begun here */
    LookPanel(LookService looks, Access access, Consumer<UUID> begun) {
        this.looks = looks;
        this.access = access;
        this.begun = begun;
        head = new LookHead(zone, this);
        query = new LookQuery(looks);
        tables = new LookTableCard(looks, this::refusal);
        addClassName("backup-panel");
        add(problems, instead, head, query, tables);
    }

    void show(ServerView now) {
        server = now;
        problems.removeAll();
        Optional<String> mayNot = refusal(Permission.BACKUPS_LOOK);
        if (mayNot.isPresent()) {
            nothing(t("look.none"), mayNot.get(), null);
            return;
        }
        try {
            looks.ofServer(server.id())
                    .ifPresentOrElse(this::show, () -> nothing(t("look.none"), t("look.none.text"), back()));
        } catch (ProblemException refused) {
            problems.add(new ProblemNotice(refused.problem()));
        }
    }

    private void show(LookView look) {
        switch (look.standing()) {
            case BUSY -> nothing(t("look.busy", BackupWords.both(look.wantedAt(), zone)), t("look.busy.text"), null);
            case GONE -> gone(look);
            case OPEN -> open(look);
        }
    }

    private void gone(LookView look) {
        ActionButton anew = new ActionButton(
                        t("look.anew"), Glyph.REFRESH_CW, () -> act(() -> looks.move(server.id(), look.at())))
                .primary();
        ActionButton close = new ActionButton(t("look.close"), Glyph.X, () -> act(() -> looks.close(server.id())));
        Div actions = new Div(anew, close);
        actions.addClassName("row-actions");
        nothing(t("look.gone", BackupWords.both(look.at(), zone)), t("look.gone.text"), actions);
    }

    private void open(LookView look) {
        instead.removeAll();
        boolean another =
                shown == null || !look.at().equals(shown.at()) || !look.id().equals(shown.id());
        shown = look;
        parts(true);
        head.show(server, look, refusal(Permission.BACKUPS_RESTORE));
        if (another) {
            query.show(server, look);
            tables.show(server, look);
        }
    }

    private void nothing(String title, String text, Component action) {
        shown = null;
        parts(false);
        instead.removeAll();
        instead.add(new EmptyState(Glyph.EYE, title, text, action));
    }

    private void parts(boolean visible) {
        head.setVisible(visible);
        query.setVisible(visible);
        tables.setVisible(visible);
    }

    private Component back() {
        Anchor link = new Anchor("servers/" + server.name() + "/backups", t("look.choose"));
        link.getElement().setAttribute("router-link", true);
        return link;
    }

    private Optional<String> refusal(Permission permission) {
        return access.may(permission, Scope.server(server.teamId(), server.id()))
                ? Optional.empty()
                : Optional.of(t("ui.notPermitted", permission.action()));
    }

    LookService looks() {
        return looks;
    }

    /** Begins an operation, and shows how far it is. */
    void act(Supplier<UUID> act) {
        problems.removeAll();
        try {
            begun.accept(act.get());
            show(server);
        } catch (ProblemException refused) {
            problems.add(new ProblemNotice(refused.problem()));
        }
    }

    /** Does what is done at once. */
    void change(Runnable act) {
        problems.removeAll();
        try {
            act.run();
            show(server);
        } catch (ProblemException refused) {
            problems.add(new ProblemNotice(refused.problem()));
        }
    }

    static Paragraph quiet(String text) {
        Paragraph paragraph = new Paragraph(text);
        paragraph.addClassName("quiet");
        return paragraph;
    }
}
