package io.howdah.notification.ui;

import static io.howdah.shared.Retold.told;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.howdah.notification.DeliveryState;
import io.howdah.notification.DeliveryView;
import io.howdah.notification.WebhookService;
import io.howdah.notification.WebhookView;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.Live;
import io.howdah.shell.Page;
import io.howdah.shell.PageHeader;
import io.howdah.shell.RelativeTime;
import io.howdah.shell.Texts;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The log of a webhook: every message, each try with what came back, and the button that sends it again. */
@CdiComponent
@Route("profile/webhooks/:id")
public class WebhookPage extends Page implements BeforeEnterObserver {

    private static final int AT_ONCE = 25;

    private final WebhookService webhooks;
    private final Div list = new Div();
    private final Button older = new Button(Texts.t("ui.notifications.older"));
    private UUID id;
    private int limit = AT_ONCE;
    private List<DeliveryView> shown;

    @Inject
    public WebhookPage(WebhookService webhooks, Live live) {
        super("ui.webhooks.log");
        this.webhooks = webhooks;
        list.addClassName("webhooks");
        older.addThemeVariants(ButtonVariant.TERTIARY);
        older.addClickListener(event -> {
            limit += AT_ONCE;
            refresh();
        });
        live.notifications(this, this::refresh);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        String wanted = event.getRouteParameters().get("id").orElse("");
        try {
            id = UUID.fromString(wanted);
        } catch (IllegalArgumentException e) {
            throw Problem.of(ProblemCode.NotFound, "webhook", wanted).raise(e);
        }
        WebhookView webhook = webhooks.get(id);
        setName(Texts.t("ui.webhooks.logOf", webhook.host()));
        Button test = new Button(Texts.t("ui.webhooks.test"), Glyph.PLAY.icon(), click -> {
            webhooks.sendTest(id);
            refresh();
        });
        shown = null;
        limit = AT_ONCE;
        removeAll();
        add(
                new PageHeader(webhook.host(), test)
                        .beside(new WebhookBadge(webhook.paused()))
                        .below(new Anchor("profile/webhooks", Texts.t("ui.webhooks.all"))),
                list,
                older);
        refresh();
    }

    private void refresh() {
        List<DeliveryView> now = webhooks.deliveries(id, 0, limit);
        if (now.equals(shown)) {
            return;
        }
        shown = now;
        list.removeAll();
        if (now.isEmpty()) {
            list.add(new EmptyState(
                    Glyph.SCROLL_TEXT, Texts.t("ui.webhooks.neverTold"), Texts.t("ui.webhooks.log.none"), null));
        }
        now.forEach(delivery -> list.add(card(delivery)));
        older.setVisible(webhooks.countDeliveries(id) > now.size());
    }

    private Div card(DeliveryView delivery) {
        H2 title = new H2(told(delivery.title()));
        Div titleLine = new Div(title, new WebhookBadge(delivery));
        titleLine.addClassName("page-title");
        Div head = new Div(titleLine);
        head.addClassName("card-head");
        if (delivery.state().ended()) {
            Button again = new Button(Texts.t("ui.delivery.again"), Glyph.ROTATE_CW.icon(), event -> {
                webhooks.sendAgain(delivery.id());
                refresh();
            });
            again.setAriaLabel(Texts.t("ui.delivery.again.of", told(delivery.title())));
            head.add(again);
        }
        Div facts = new Div(
                new RelativeTime(delivery.createdAt()),
                new Code(delivery.kind().code()),
                new Span(Texts.t("ui.delivery.id")),
                new Code(delivery.id().toString()));
        facts.addClassNames("quiet", "delivery-facts");
        Div card = new Div(head, facts);
        card.addClassName("card");
        if (delivery.state() == DeliveryState.DROPPED) {
            card.add(new Paragraph(told(delivery.reason())));
        }
        OrderedList tries = new OrderedList();
        tries.addClassName("plain-list");
        delivery.tries().forEach(each -> tries.add(line(each)));
        card.add(tries);
        if (delivery.state() == DeliveryState.WAITING && !delivery.tries().isEmpty()) {
            Div next = new Div(new Span(Texts.t("ui.delivery.next")), new RelativeTime(delivery.due()));
            next.addClassNames("quiet", "delivery-facts");
            card.add(next);
        }
        return card;
    }

    private static ListItem line(DeliveryView.Try taken) {
        Div facts = new Div(
                new RelativeTime(taken.at()),
                new Span(Texts.duration(Duration.ofMillis(taken.millis()))),
                new Span(
                        taken.status() == null
                                ? Texts.t("ui.delivery.noAnswer")
                                : Texts.t("ui.delivery.status", taken.status())));
        facts.addClassName("delivery-facts");
        ListItem line = new ListItem(facts);
        line.addClassName("delivery-try");
        if (taken.error() != null) {
            Span error = new Span(told(taken.error()));
            error.addClassName("delivery-error");
            line.add(error);
        }
        if (taken.answer() != null) {
            Pre answer = new Pre(taken.answer());
            answer.getElement().setAttribute("tabindex", "0");
            answer.getElement().setAttribute("role", "region");
            answer.getElement().setAttribute("aria-label", Texts.t("ui.delivery.answer"));
            line.add(answer);
        }
        return line;
    }
}
