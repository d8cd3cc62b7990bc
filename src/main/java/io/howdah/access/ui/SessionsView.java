package io.howdah.access.ui;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinSession;
import io.howdah.access.SessionService;
import io.howdah.access.SessionView;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Badge;
import io.howdah.shell.Confirm;
import io.howdah.shell.Glyph;
import io.howdah.shell.OpenPages;
import io.howdah.shell.Page;
import io.howdah.shell.PageHeader;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.RelativeTime;
import io.howdah.shell.Texts;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;

/** Where oneself is signed in, since when and with what; and signing out there. */
@CdiComponent
@Route("profile/sessions")
public class SessionsView extends Page implements BeforeEnterObserver {

    private final SessionService service;
    private final Div card = new Div();

    @Inject
    public SessionsView(SessionService service) {
        super("ui.sessions");
        this.service = service;
        card.addClassNames("card", "form-card");
        add(new PageHeader(Texts.t("ui.page.profile")), new ProfileParts("profile/sessions"), card);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        show();
    }

    private void show() {
        UUID here = OpenPages.session(VaadinSession.getCurrent().getSession()).orElse(null);
        List<SessionView> mine = service.mine();
        UnorderedList list = new UnorderedList();
        list.addClassName("plain-list");
        mine.forEach(session -> list.add(row(session, session.id().equals(here))));
        card.removeAll();
        card.add(new H2(Texts.t("ui.sessions")), new Paragraph(Texts.t("ui.sessions.what")), list);
        if (mine.size() > 1) {
            card.add(new Button(
                    Texts.t("ui.sessions.endOthers"),
                    event -> Confirm.ask(
                            Texts.t("ui.sessions.endOthers.title"),
                            new Paragraph(Texts.t("ui.sessions.endOthers.what")),
                            Texts.t("ui.sessions.endOthers"),
                            () -> {
                                service.endOthers(here);
                                show();
                            })));
        }
    }

    private ListItem row(SessionView session, boolean here) {
        String browser = session.browser().isBlank() ? Texts.t("ui.sessions.unknown") : session.browser();
        Span name = new Span(browser);
        name.addClassName("row-title");
        Div title = new Div(name);
        if (here) {
            title.add(new Span(" "), new Here());
        }
        Div used = new Div(
                new Span(Texts.t("ui.sessions.from", session.address())),
                new Span(Texts.t("ui.sessions.since")),
                new RelativeTime(session.beganAt()),
                new Span(Texts.t("ui.sessions.used")),
                new RelativeTime(session.lastUsedAt()));
        used.addClassNames("quiet", "words");
        Div texts = new Div(title, used);
        texts.addClassName("two-lines");
        ListItem row = new ListItem(texts);
        row.addClassName("row-with-menu");
        if (!here) {
            Button end = new Button(Texts.t("ui.sessions.end"), event -> end(session));
            end.addThemeVariants(ButtonVariant.SMALL);
            end.setAriaLabel(Texts.t("ui.sessions.endOf", browser, session.address()));
            row.add(end);
        }
        return row;
    }

    private static final class Here extends Badge {

        Here() {
            super(Tone.GOOD, Glyph.CIRCLE_CHECK, Texts.t("ui.sessions.this"));
        }
    }

    private void end(SessionView session) {
        try {
            service.end(session.id());
        } catch (ProblemException refused) {
            // It has ended by itself meanwhile.
            ProblemNotice.show(refused.problem());
        }
        show();
    }
}
