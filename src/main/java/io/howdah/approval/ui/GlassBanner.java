package io.howdah.approval.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.howdah.approval.BreakGlassService;
import io.howdah.approval.BreakGlassView;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Glyph;
import io.howdah.shell.Live;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.RelativeTime;
import io.howdah.shell.Texts;
import java.util.List;

/** Stands on every page while somebody acts without a second person. */
public final class GlassBanner extends Div {

    private final BreakGlassService glass;
    private List<BreakGlassView> shown = List.of();

    public GlassBanner(BreakGlassService glass, Live live) {
        this.glass = glass;
        addClassName("glass-banner");
        getElement().setAttribute("role", "status");
        setVisible(false);
        live.approvals(this, this::refresh);
    }

    public void refresh() {
        List<BreakGlassView> now = glass.current();
        if (now.equals(shown)) {
            return;
        }
        shown = now;
        removeAll();
        now.forEach(one -> add(line(one)));
        setVisible(!now.isEmpty());
    }

    private Component line(BreakGlassView one) {
        String place = one.teamName() == null ? Texts.t("access.installation") : one.teamName();
        Div words = new Div(
                new Span(Texts.t("approval.glass.banner", one.person(), place, one.reason())),
                new Span(Texts.t("approval.glass.ends")),
                new RelativeTime(one.endsAt()));
        words.addClassName("words");
        Div line = new Div(Glyph.TRIANGLE_ALERT.icon(), words);
        line.addClassName("glass-line");
        if (one.endable()) {
            Button end = new Button(Texts.t("approval.glass.end"), event -> end(one));
            end.addThemeVariants(ButtonVariant.SMALL);
            line.add(end);
        }
        return line;
    }

    private void end(BreakGlassView one) {
        try {
            glass.end(one.id());
        } catch (ProblemException refused) {
            ProblemNotice.show(refused.problem());
        }
        refresh();
    }
}
