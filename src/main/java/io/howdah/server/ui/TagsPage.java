package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.Route;
import io.howdah.server.ServerService;
import io.howdah.server.ServerView;
import io.howdah.shared.ProblemException;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;

/** The tags of a server, to be changed. */
@CdiComponent
@PermitAll
@Route(value = "servers/:name/tags", layout = ServerLayout.class)
public class TagsPage extends ServerPage {

    private final ServerService servers;
    private final Lifecycle lifecycle;
    private final TagsEditor editor = new TagsEditor(this::edited);
    private final ActionButton save = new ActionButton(t("server.tags.save"), null, this::save).primary();
    private final ActionButton discard = new ActionButton(t("server.tags.discard"), null, this::discard).quiet();
    private final Span saved = new Span();
    private ServerView server;
    private Map<String, String> stored;

    @Inject
    public TagsPage(ServerService servers, Lifecycle lifecycle) {
        super("server.page.tags", true);
        this.servers = servers;
        this.lifecycle = lifecycle;
        Paragraph intro = new Paragraph(t("server.tags.text"));
        intro.addClassName("quiet");
        saved.getElement().setAttribute("role", "status");
        saved.addClassName("quiet");
        Div actions = new Div(save, discard, saved);
        actions.addClassName("row-actions");
        Div card = new Div(editor, actions);
        card.addClassName("card");
        add(intro, card);
    }

    @Override
    protected void show(ServerView now) {
        boolean another = server == null || !server.id().equals(now.id());
        boolean untouched = another || editor.tags().equals(stored);
        server = now;
        // what is being typed is not overwritten by what somebody else has saved meanwhile
        if (untouched && !now.tags().equals(another ? null : stored)) {
            stored = now.tags();
            editor.setTags(stored);
        }
        Optional<String> refusal = lifecycle.refusal(ServerAction.TAG, now);
        editor.refuse(refusal);
        edited();
    }

    private void edited() {
        if (server == null) {
            return;
        }
        boolean changed = !editor.tags().equals(stored);
        Optional<String> refusal = lifecycle.refusal(ServerAction.TAG, server);
        save.refuse(refusal.isPresent() || changed ? refusal : Optional.of(t("server.tags.unchanged")));
        discard.setEnabled(changed);
        if (changed) {
            saved.setText("");
        }
    }

    private void save() {
        if (!editor.passes()) {
            return;
        }
        try {
            Map<String, String> wanted = editor.tags();
            servers.setTags(server.id(), wanted);
            stored = wanted;
            saved.setText(t("server.tags.saved"));
            edited();
        } catch (ProblemException refused) {
            editor.show(refused.problem());
        }
    }

    private void discard() {
        editor.setTags(stored);
        edited();
    }
}
