package io.howdah.notification.ui;

import static io.howdah.shared.Retold.told;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.howdah.access.EventKind;
import io.howdah.access.ui.ProfileParts;
import io.howdah.notification.WebhookService;
import io.howdah.notification.WebhookView;
import io.howdah.shell.ActionMenu;
import io.howdah.shell.Confirm;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.Live;
import io.howdah.shell.Page;
import io.howdah.shell.PageHeader;
import io.howdah.shell.RelativeTime;
import io.howdah.shell.Texts;
import jakarta.inject.Inject;
import java.util.List;

/** My webhooks: where they are, what they are told, and how the newest message went. */
@CdiComponent
@Route("profile/webhooks")
public class WebhooksView extends Page implements BeforeEnterObserver {

    private final WebhookService webhooks;
    private final WebhookForm form;
    private final Div list = new Div();
    private List<WebhookView> shown;

    @Inject
    public WebhooksView(WebhookService webhooks, Live live) {
        super("ui.page.profile_webhooks");
        this.webhooks = webhooks;
        form = new WebhookForm(webhooks, this::refresh);
        Button add = new Button(Texts.t("ui.webhooks.add"), Glyph.PLUS.icon(), event -> form.create());
        add.addThemeVariants(ButtonVariant.PRIMARY);
        Paragraph what = new Paragraph(Texts.t("ui.webhooks.what"));
        what.addClassName("quiet");
        list.addClassName("webhooks");
        add(new PageHeader(Texts.t("ui.page.profile"), add), new ProfileParts("profile/webhooks"), what, list);
        live.notifications(this, this::refresh);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        refresh();
    }

    private void refresh() {
        List<WebhookView> now = webhooks.list();
        if (now.equals(shown)) {
            return;
        }
        shown = now;
        list.removeAll();
        if (now.isEmpty()) {
            list.add(new EmptyState(Glyph.CABLE, Texts.t("ui.webhooks.none"), Texts.t("ui.webhooks.none.what"), null));
        }
        now.forEach(webhook -> list.add(card(webhook)));
    }

    private Div card(WebhookView webhook) {
        Div title = new Div(
                new H2(new Anchor("profile/webhooks/" + webhook.id(), webhook.host())),
                new WebhookBadge(webhook.paused()));
        title.addClassName("page-title");
        Div head = new Div(title, menu(webhook));
        head.addClassName("card-head");
        Span address = new Span(webhook.address());
        address.addClassNames("mono", "quiet", "webhook-address");
        Div kinds = new Div();
        kinds.addClassName("chips");
        for (EventKind kind : webhook.kinds()) {
            Span chip = new Span(Texts.t("ui.event." + kind.code()));
            chip.addClassName("chip");
            kinds.add(chip);
        }
        Div card = new Div(head, address, kinds, last(webhook));
        card.addClassName("card");
        return card;
    }

    private static Div last(WebhookView webhook) {
        Div last = new Div();
        last.addClassName("webhook-last");
        if (webhook.last() == null) {
            last.add(new Span(Texts.t("ui.webhooks.neverTold")));
            last.addClassName("quiet");
        } else {
            last.add(
                    new WebhookBadge(webhook.last()),
                    new Span(told(webhook.last().title())),
                    new RelativeTime(webhook.last().createdAt()));
        }
        return last;
    }

    private ActionMenu menu(WebhookView webhook) {
        ActionMenu menu = new ActionMenu(Glyph.ELLIPSIS.icon(), Texts.t("ui.access.actionsFor", webhook.host()));
        menu.addAction(Glyph.SCROLL_TEXT, Texts.t("ui.webhooks.log"), () -> open(webhook));
        menu.addAction(Glyph.PLAY, Texts.t("ui.webhooks.test"), () -> {
            webhooks.sendTest(webhook.id());
            open(webhook);
        });
        menu.addAction(Glyph.PENCIL, Texts.t("ui.webhooks.change"), () -> form.change(webhook));
        menu.addAction(Glyph.KEY_ROUND, Texts.t("ui.webhooks.renew"), () -> askRenew(webhook));
        if (webhook.paused()) {
            menu.addAction(Glyph.CIRCLE_PLAY, Texts.t("ui.webhooks.resume"), () -> {
                webhooks.resume(webhook.id());
                refresh();
            });
        } else {
            menu.addAction(Glyph.CIRCLE_PAUSE, Texts.t("ui.webhooks.pause"), () -> {
                webhooks.pause(webhook.id());
                refresh();
            });
        }
        menu.addAction(Glyph.TRASH_2, Texts.t("ui.webhooks.delete"), () -> askDelete(webhook));
        return menu;
    }

    private static void open(WebhookView webhook) {
        UI.getCurrent().navigate("profile/webhooks/" + webhook.id());
    }

    private void askRenew(WebhookView webhook) {
        Confirm.ask(
                Texts.t("ui.webhooks.renew.title", webhook.host()),
                new Paragraph(Texts.t("ui.webhooks.renew.what")),
                Texts.t("ui.webhooks.renew.do"),
                () -> WebhookForm.showSecret(webhooks.renewSecret(webhook.id())));
    }

    private void askDelete(WebhookView webhook) {
        Confirm.ask(
                Texts.t("ui.webhooks.delete.title", webhook.host()),
                new Paragraph(Texts.t("ui.webhooks.delete.what")),
                Texts.t("ui.webhooks.delete"),
                () -> {
                    webhooks.delete(webhook.id());
                    refresh();
                });
    }
}
