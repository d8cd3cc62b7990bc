package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.howdah.server.ServerView;
import io.howdah.shell.Glyph;
import io.howdah.shell.RelativeTime;
import io.howdah.shell.StateBadge;

/** Deleted servers whose data is still kept: until when, the way back, and the way to remove them now. */
final class DeletedGrid extends Grid<ServerView> {

    private final Lifecycle lifecycle;

    DeletedGrid(Lifecycle lifecycle) {
        super(50);
        this.lifecycle = lifecycle;
        addClassName("server-grid");
        addThemeVariants(GridVariant.LUMO_NO_BORDER);
        setSelectionMode(SelectionMode.NONE);
        setAriaLabel(t("server.deleted.title"));
        addComponentColumn(server -> {
                    Div row = new Div(block(server), ways(server));
                    row.addClassName("deleted-row");
                    return row;
                })
                .setHeader(t("server.deleted.title"));
    }

    private static Component block(ServerView server) {
        Div first = new Div(ServerAddress.link(ServerAddress.of(server.name()), server.name()));
        first.addClassName("server-block-line");
        if (server.state().inTransition()) {
            first.add(new StateBadge(server.state()));
        }
        Span kept = new Span(
                new Span(t("server.deleted.deletedAt")),
                new RelativeTime(server.deletedAt()),
                new Span(t("server.deleted.keptUntil", Amounts.time(server.keptUntil()))));
        kept.addClassNames("quiet", "words");
        Span what = new Span(t(
                "server.list.block",
                server.fullVersion() == null ? String.valueOf(server.majorVersion()) : server.fullVersion(),
                server.size().code(),
                server.storageGib()));
        what.addClassName("quiet");
        Div all = new Div(first, kept, what);
        all.addClassName("server-block");
        return all;
    }

    private Component ways(ServerView server) {
        ActionButton undo = new ActionButton(
                ServerAction.UNDELETE.title(), Glyph.UNDO_2, () -> begin(ServerAction.UNDELETE, server));
        undo.addThemeVariants(ButtonVariant.SMALL);
        undo.setAriaLabel(t("server.deleted.undoOf", server.name()));
        undo.refuse(lifecycle.refusal(ServerAction.UNDELETE, server));
        ActionButton purge = new ActionButton(
                        ServerAction.PURGE.title(), Glyph.TRASH_2, () -> begin(ServerAction.PURGE, server))
                .grave();
        purge.addThemeVariants(ButtonVariant.SMALL, ButtonVariant.TERTIARY);
        purge.setAriaLabel(t("server.deleted.purgeOf", server.name()));
        purge.refuse(lifecycle.refusal(ServerAction.PURGE, server));
        Div row = new Div(undo, purge);
        row.addClassName("row-actions");
        return row;
    }

    private void begin(ServerAction action, ServerView server) {
        lifecycle.begin(
                action,
                server,
                Reaction.note(
                        t(action == ServerAction.PURGE ? "server.note.purge" : "server.note.undelete", server.name())));
    }
}
