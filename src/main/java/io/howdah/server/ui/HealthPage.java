package io.howdah.server.ui;

import static io.howdah.shared.Retold.told;
import static io.howdah.shell.Texts.t;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.Route;
import io.howdah.server.HealthService;
import io.howdah.server.HealthView;
import io.howdah.server.IncidentKind;
import io.howdah.server.IncidentView;
import io.howdah.server.ServerView;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.RelativeTime;
import io.howdah.shell.StateBadge;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import java.util.Locale;

/** How a server is beside how it is wished to be, and what happened to it without anybody having asked for it. */
@CdiComponent
@PermitAll
@Route(value = "servers/:name/health", layout = ServerLayout.class)
public class HealthPage extends ServerPage {

    private static final int SHOWN = 100;

    private final HealthService healths;
    private final Section now = new Section();
    private final Div history = new Div();
    private HealthView shown;

    @Inject
    public HealthPage(HealthService healths) {
        super("server.page.health", true);
        this.healths = healths;
        Paragraph intro = new Paragraph(t("server.health.text"));
        intro.addClassName("quiet");
        now.addClassName("card");
        add(intro, now, new H3(t("server.health.history")), history);
    }

    @Override
    protected void show(ServerView server) {
        HealthView health = healths.health(server.id(), SHOWN);
        if (!health.equals(shown)) {
            shown = health;
            showNow(health);
            showHistory(health);
        }
    }

    private void showNow(HealthView health) {
        Facts facts = new Facts();
        facts.add(t("server.health.wish"), t(health.shouldRun() ? "server.health.run" : "server.health.rest"));
        facts.add(t("server.health.seen"), new StateBadge(health.state()));
        if (health.note() != null) {
            facts.add(t("server.health.trouble"), told(health.note()));
        }
        now.removeAll();
        now.add(facts);
        if (health.degradedSince() != null) {
            Div note = new Div(Glyph.TRIANGLE_ALERT.icon(), new Span(t("server.health.degraded.what")));
            note.addClassName("note");
            facts.add(t("server.health.degradedSince"), new RelativeTime(health.degradedSince()));
            if (health.nextTry() != null) {
                facts.add(t("server.health.nextTry"), new RelativeTime(health.nextTry()));
            }
            now.add(note);
        }
    }

    private void showHistory(HealthView health) {
        history.removeAll();
        if (health.incidents().isEmpty()) {
            history.add(new EmptyState(
                    Glyph.CIRCLE_CHECK, t("server.health.none.title"), t("server.health.none.text"), null));
            return;
        }
        UnorderedList rows = new UnorderedList();
        rows.addClassNames("card", "lock-rows");
        health.incidents().forEach(incident -> rows.add(row(incident)));
        history.add(rows);
    }

    private static ListItem row(IncidentView incident) {
        Span what = new Span(t("server.health.kind." + incident.kind().name().toLowerCase(Locale.ROOT)));
        what.addClassName("strong");
        Div texts = new Div(what);
        texts.addClassName("two-lines");
        if (incident.note() != null) {
            texts.add(new Span(told(incident.note())));
        }
        Div second = new Div(new RelativeTime(incident.at()));
        second.addClassNames("quiet", "words");
        if (incident.operationId() != null) {
            second.add(ServerAddress.link("operations/" + incident.operationId(), t("server.health.operation")));
        }
        texts.add(second);
        ListItem row = new ListItem(glyph(incident.kind()).icon(), texts);
        row.addClassName("lock-row");
        return row;
    }

    private static Glyph glyph(IncidentKind kind) {
        return switch (kind) {
            case RESTARTED, STARTED -> Glyph.ROTATE_CW;
            case STOPPED -> Glyph.SQUARE;
            case DOWN, DEGRADED -> Glyph.TRIANGLE_ALERT;
            case UP, RECOVERED -> Glyph.CIRCLE_CHECK;
        };
    }
}
