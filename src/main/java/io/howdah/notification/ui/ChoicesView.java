package io.howdah.notification.ui;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.howdah.access.EventKind;
import io.howdah.access.ui.ProfileParts;
import io.howdah.notification.Channel;
import io.howdah.notification.ChoiceView;
import io.howdah.notification.NotificationService;
import io.howdah.notification.Wanted;
import io.howdah.shell.Live;
import io.howdah.shell.Page;
import io.howdah.shell.PageHeader;
import io.howdah.shell.Texts;
import jakarta.inject.Inject;
import java.util.Locale;

/** What I am told of, and how; and where my mail goes. */
@CdiComponent
@Route("profile/notifications")
public class ChoicesView extends Page implements BeforeEnterObserver {

    private final NotificationService notifications;
    private final MailCard mail;
    private final Div content = new Div();

    @Inject
    public ChoicesView(NotificationService notifications, Live live) {
        super("ui.page.profile_notifications");
        this.notifications = notifications;
        mail = new MailCard(notifications);
        add(new PageHeader(Texts.t("ui.page.profile")), new ProfileParts("profile/notifications"), content);
        live.notifications(this, mail::refresh);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        mail.refresh();
        content.removeAll();
        content.addClassName("main-and-side");
        content.add(choices(), mail);
    }

    private Div choices() {
        Paragraph what = new Paragraph(Texts.t("ui.choices.what"));
        what.addClassName("quiet");
        Div rows = new Div();
        rows.addClassName("choices");
        rows.add(head(""), head(Texts.t("ui.choices.portal")), head(Texts.t("ui.choices.mail")));
        for (ChoiceView choice : notifications.choices()) {
            Span title = new Span(Texts.t("ui.event." + choice.kind().code()));
            title.addClassName("row-title");
            rows.add(
                    title,
                    select(choice.kind(), Channel.PORTAL, choice.portal()),
                    select(choice.kind(), Channel.MAIL, choice.mail()));
        }
        Paragraph webhooks = new Paragraph(
                new Span(Texts.t("ui.choices.webhooks") + " "),
                new Anchor("profile/webhooks", Texts.t("ui.choices.toWebhooks")));
        Div card = new Div(new H2(Texts.t("ui.choices")), what, rows, webhooks);
        card.addClassName("card");
        return card;
    }

    private static Span head(String text) {
        Span head = new Span(text);
        head.addClassNames("quiet", "choices-head");
        return head;
    }

    private Select<Wanted> select(EventKind kind, Channel channel, Wanted now) {
        Select<Wanted> select = new Select<>();
        select.setItems(kind.concernsSomebody() ? Wanted.values() : new Wanted[] {Wanted.NOTHING, Wanted.EVERYTHING});
        select.setItemLabelGenerator(
                wanted -> Texts.t("ui.choices." + wanted.name().toLowerCase(Locale.ROOT)));
        select.setValue(now);
        String where = Texts.t(channel == Channel.PORTAL ? "ui.choices.portal" : "ui.choices.mail");
        select.setPrefixComponent(prefix(where));
        select.setAriaLabel(Texts.t("ui.choices.of", Texts.t("ui.event." + kind.code()), where));
        select.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                notifications.choose(kind, channel, event.getValue());
                Notification.show(Texts.t("ui.choices.saved"), 2000, Notification.Position.BOTTOM_END);
            }
        });
        return select;
    }

    /** Says on narrow screens, where there are no columns, which of the two it is. */
    private static Span prefix(String where) {
        Span prefix = new Span(where);
        prefix.addClassNames("quiet", "choices-where");
        return prefix;
    }
}
