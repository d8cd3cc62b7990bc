package io.howdah.schedule.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import io.howdah.shell.Glyph;
import java.util.Optional;

/** The "more" button of a job in a list: what can be done with it, and if it can't, why. */
final class JobMenu extends MenuBar {

    JobMenu(JobActions actions, JobRef job, Runnable after) {
        addClassName("more-menu");
        addThemeVariants(MenuBarVariant.TERTIARY);
        MenuItem root = addItem(Glyph.ELLIPSIS_VERTICAL.icon());
        root.setAriaLabel(t("jobs.menu", job.title()));
        Optional<String> refusal = actions.refusal(job);
        for (JobActions.Verb verb : actions.offered(job)) {
            Div text = new Div(new Span(verb.title()));
            text.addClassName("menu-action");
            refusal.ifPresent(why -> {
                Span reason = new Span(why);
                reason.addClassName("menu-reason");
                text.add(reason);
            });
            root.getSubMenu()
                    .addItem(text, event -> actions.begin(verb, job, after))
                    .setEnabled(refusal.isEmpty());
        }
    }
}
