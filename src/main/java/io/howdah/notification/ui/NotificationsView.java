package io.howdah.notification.ui;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.howdah.notification.NotificationService;
import io.howdah.notification.NotificationView;
import io.howdah.shell.Address;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.Live;
import io.howdah.shell.NotificationList;
import io.howdah.shell.Page;
import io.howdah.shell.PageHeader;
import io.howdah.shell.Texts;
import jakarta.inject.Inject;
import java.util.List;

/** Everything I was told, newest first; all of it, or what I have not read yet. */
@CdiComponent
@Route("notifications")
public class NotificationsView extends Page implements BeforeEnterObserver {

    private static final int AT_ONCE = 50;

    private final NotificationService notifications;
    private final Nav parts = new Nav();
    private final NotificationList list;
    private final Div none = new Div();
    private final Button allRead = new Button(Texts.t("ui.notification.allRead"), Glyph.CHECK.icon());
    private final Button older = new Button(Texts.t("ui.notifications.older"));
    private boolean unreadOnly;
    private int shown = AT_ONCE;

    @Inject
    public NotificationsView(NotificationService notifications, Live live) {
        super("ui.page.notifications");
        this.notifications = notifications;
        list = new NotificationList(notifications::markRead);
        list.addClassName("card");
        allRead.addClickListener(event -> notifications.markAllRead());
        older.addThemeVariants(ButtonVariant.TERTIARY);
        older.addClickListener(event -> {
            shown += AT_ONCE;
            refresh();
        });
        parts.addClassName("page-parts");
        parts.getElement().setAttribute("aria-label", Texts.t("ui.filters"));
        Anchor choose = new Anchor("profile/notifications", Texts.t("ui.notifications.choose"));
        add(
                new PageHeader(Texts.t("ui.page.notifications"), allRead)
                        .below(new Span(Texts.t("ui.notifications.what")), choose),
                parts,
                none,
                list,
                older);
        live.notifications(this, this::refresh);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        unreadOnly = Address.value(event.getLocation(), "show")
                .filter("unread"::equals)
                .isPresent();
        shown = AT_ONCE;
        parts.removeAll();
        part("notifications", Texts.t("ui.notifications.all"), !unreadOnly);
        part("notifications?show=unread", Texts.t("ui.notifications.unread"), unreadOnly);
        none.removeAll();
        none.add(new EmptyState(
                Glyph.BELL,
                Texts.t(unreadOnly ? "ui.notifications.noneUnread" : "ui.notifications.none"),
                Texts.t("ui.notifications.none.what"),
                null));
        refresh();
    }

    private void part(String address, String title, boolean here) {
        Anchor link = new Anchor(address, title);
        if (here) {
            link.getElement().setAttribute("aria-current", "page");
        }
        parts.add(link);
    }

    private void refresh() {
        List<NotificationView> now = notifications.list(unreadOnly, 0, shown);
        list.setNotifications(now);
        list.setVisible(!now.isEmpty());
        none.setVisible(now.isEmpty());
        older.setVisible(notifications.count(unreadOnly) > now.size());
        allRead.setEnabled(notifications.count(true) > 0);
    }
}
