package io.howdah.backup.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.router.QueryParameters;
import io.howdah.backup.LookView;
import io.howdah.server.ServerView;
import io.howdah.server.ui.ActionButton;
import io.howdah.server.ui.ConnectionStrings;
import io.howdah.server.ui.Facts;
import io.howdah.shell.CopyField;
import io.howdah.shell.Glyph;
import io.howdah.shell.RelativeTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;

/** Which time is looked at, how to get to another, and what to do with what was found. */
final class LookHead extends Section {

    private final ZoneId zone;
    private final LookPanel panel;
    private final H3 at = new H3();
    private final Div facts = new Div();
    private final DateTimePicker time;
    private final ActionButton restore = new ActionButton(t("look.restore"), Glyph.UNDO_2, this::restore).primary();
    private final CopyField psql = new CopyField(t("look.psql"), "");
    private ServerView server;
    private LookView shown;

    LookHead(ZoneId zone, LookPanel panel) {
        this.zone = zone;
        this.panel = panel;
        time = BackupWords.timeField(zone);
        addClassNames("card", "look-head");
        Div steps = new Div(
                step(t("look.step.seconds"), Duration.ofSeconds(10)),
                step(t("look.step.minute"), Duration.ofMinutes(1)),
                time,
                new ActionButton(t("look.go"), Glyph.ARROW_RIGHT, this::go));
        steps.addClassName("look-steps");
        Div actions = new Div(
                restore,
                new ActionButton(
                        t("look.prolong"),
                        Glyph.CLOCK,
                        () -> panel.change(() -> panel.looks().prolong(server.id()))),
                new ActionButton(
                        t("look.close"),
                        Glyph.X,
                        () -> panel.act(() -> panel.looks().close(server.id()))));
        actions.addClassName("row-actions");
        add(at, facts, actions, steps, LookPanel.quiet(t("look.step.text")), psql);
    }

    private ActionButton step(String text, Duration further) {
        return new ActionButton(text, Glyph.CHEVRON_RIGHT, () -> move(shown.at().plus(further)));
    }

    void show(ServerView now, LookView look, Optional<String> mayNotRestore) {
        boolean another = shown == null || !look.at().equals(shown.at());
        server = now;
        shown = look;
        at.setText(t("look.at", BackupWords.both(look.at(), zone)));
        Facts all = new Facts();
        all.add(
                t("look.newest"),
                look.newest() == null ? t("look.newest.none") : BackupWords.both(look.newest(), zone));
        all.add(t("look.until"), new RelativeTime(look.openUntil()));
        all.add(t("look.by"), look.openedBy());
        facts.removeAll();
        facts.add(all);
        restore.refuse(mayNotRestore);
        psql.setValue(ConnectionStrings.of(
                        look.endpoints(),
                        false,
                        now.firstDatabase() == null ? "postgres" : now.firstDatabase(),
                        look.administratorLogin())
                .psql());
        if (another) {
            time.setValue(LocalDateTime.ofInstant(look.at(), zone));
        }
    }

    private void go() {
        if (time.getValue() != null) {
            move(time.getValue().atZone(zone).toInstant());
        }
    }

    private void move(Instant instant) {
        panel.act(() -> panel.looks().move(server.id(), instant));
    }

    private void restore() {
        UI.getCurrent()
                .navigate(
                        "servers/" + server.name() + "/backups",
                        QueryParameters.of(BackupPage.AT, shown.at().toString()));
    }
}
