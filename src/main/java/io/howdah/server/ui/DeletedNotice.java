package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.howdah.server.ServerView;
import io.howdah.shell.Glyph;
import io.howdah.shell.RelativeTime;

/** Says on a deleted server's page until when it can be brought back, and offers that. */
final class DeletedNotice extends Div {

    private final Lifecycle lifecycle;
    private final Reaction reaction;

    DeletedNotice(Lifecycle lifecycle, Reaction reaction) {
        this.lifecycle = lifecycle;
        this.reaction = reaction;
        addClassNames("card", "deleted-notice");
        setVisible(false);
    }

    void show(ServerView server) {
        removeAll();
        setVisible(server.deleted());
        if (!server.deleted()) {
            return;
        }
        Span kept = new Span(
                new Span(t("server.deleted.keptUntil", Amounts.time(server.keptUntil()))),
                new RelativeTime(server.keptUntil()));
        kept.addClassName("words");
        ActionButton undo = new ActionButton(
                        ServerAction.UNDELETE.title(),
                        Glyph.UNDO_2,
                        () -> lifecycle.begin(ServerAction.UNDELETE, server, reaction))
                .primary();
        undo.setDisableOnClick(true);
        undo.refuse(lifecycle.refusal(ServerAction.UNDELETE, server));
        ActionButton purge = new ActionButton(
                        ServerAction.PURGE.title(),
                        Glyph.TRASH_2,
                        () -> lifecycle.begin(ServerAction.PURGE, server, reaction))
                .grave();
        purge.refuse(lifecycle.refusal(ServerAction.PURGE, server));
        Div actions = new Div(undo, purge);
        actions.addClassName("row-actions");
        add(new H2(t("server.deleted.heading")), kept, new Paragraph(t("server.deleted.text")), actions);
    }
}
