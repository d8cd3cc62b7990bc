package io.howdah.scaling.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import io.howdah.engine.SettingChange;
import io.howdah.server.ui.ActionButton;
import io.howdah.server.ui.Facts;
import io.howdah.shell.Glyph;
import java.util.List;
import java.util.Optional;

/** What was changed and takes effect only when PostgreSQL starts next, and the ways to have it sooner. */
final class AwaitingRestart extends Div {

    private final Runnable now;
    private final Runnable inWindow;

    AwaitingRestart(Runnable now, Runnable inWindow) {
        this.now = now;
        this.inWindow = inWindow;
    }

    /** @param window when the maintenance window begins, in words */
    void show(List<SettingChange> settings, String window, Optional<String> refusal) {
        removeAll();
        Facts facts = new Facts();
        settings.forEach(
                setting -> facts.add(setting.name(), t("scaling.history.row", setting.before(), setting.after())));
        ActionButton restart = new ActionButton(t("scaling.waiting.now"), Glyph.ROTATE_CW, now).primary();
        ActionButton plan = new ActionButton(t("scaling.waiting.window", window), Glyph.CALENDAR_CLOCK, inWindow);
        restart.refuse(refusal);
        plan.refuse(refusal);
        Div buttons = new Div(restart, plan);
        buttons.addClassName("row-actions");
        add(new H3(t("scaling.waiting.title")), new Paragraph(t("scaling.waiting.text")), facts, buttons);
    }
}
