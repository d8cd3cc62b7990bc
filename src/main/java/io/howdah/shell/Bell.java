package io.howdah.shell;

import static io.howdah.shared.Retold.told;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.popover.Popover;
import com.vaadin.flow.component.popover.PopoverPosition;
import io.howdah.notification.NotificationService;
import io.howdah.notification.NotificationView;
import io.howdah.operation.OperationService;
import io.howdah.operation.OperationView;
import java.util.List;

/** What I have not read yet, and the operations that run and those that ran last; live, from every page. */
class Bell extends Div {

    private static final int NOTIFICATIONS = 5;
    private static final int OPERATIONS = 6;
    private static final int MOST_COUNTED = 99;

    private final NotificationService notifications;
    private final OperationService operations;
    private final Button button = new Button(Glyph.BELL.icon());
    private final Span count = new Span();
    private final Span news = new Span();
    private final NotificationList notificationList;
    private final Button allRead = new Button(Texts.t("ui.notification.allRead"));
    private final Paragraph nothingUnread = new Paragraph(Texts.t("ui.bell.nothingUnread"));
    private final OperationList operationList = new OperationList(List.of());
    private final Paragraph nothingDone = new Paragraph(Texts.t("ui.bell.nothing"));
    private final Popover popover = new Popover();
    private List<OperationView> shownOperations = List.of();
    private int unread = -1;
    private int running;

    /** @param operations null for who may see none */
    Bell(NotificationService notifications, OperationService operations, Live live) {
        this.notifications = notifications;
        this.operations = operations;
        addClassName("bell");
        button.addThemeVariants(ButtonVariant.TERTIARY);
        count.addClassName("bell-count");
        count.getElement().setAttribute("aria-hidden", "true");
        news.addClassName("visually-hidden");
        news.getElement().setAttribute("role", "status");
        notificationList = new NotificationList(notifications::markRead);
        allRead.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        allRead.addClickListener(event -> notifications.markAllRead());
        Div content = new Div(part(
                "bell-notifications",
                Texts.t("ui.page.notifications"),
                new Anchor("notifications", Texts.t("ui.bell.allNotifications")),
                nothingUnread,
                notificationList,
                allRead));
        content.addClassName("bell-content");
        if (operations != null) {
            content.add(part(
                    "bell-operations",
                    Texts.t("ui.bell.title"),
                    new Anchor("operations", Texts.t("ui.bell.all")),
                    nothingDone,
                    operationList));
            live.operations(this, this::refreshOperations);
            refreshOperations();
        }
        popover.add(content);
        popover.setTarget(button);
        popover.setPosition(PopoverPosition.BOTTOM_END);
        popover.setRole("dialog");
        popover.setAriaLabel(Texts.t("ui.bell.label"));
        popover.setAutofocus(true);
        popover.addClassName("bell-popover");
        add(button, count, news, popover);
        refreshNotifications();
        live.notifications(this, this::refreshNotifications);
    }

    private static Section part(
            String id, String title, Anchor all, Paragraph nothing, com.vaadin.flow.component.Component... content) {
        nothing.addClassName("quiet");
        H2 heading = new H2(title);
        heading.setId(id);
        Div head = new Div(heading, all);
        head.addClassName("card-head");
        Section part = new Section(head, nothing);
        part.add(content);
        part.getElement().setAttribute("aria-labelledby", id);
        return part;
    }

    void close() {
        popover.close();
    }

    private void refreshNotifications() {
        int before = unread;
        unread = notifications.count(true);
        List<NotificationView> newest = notifications.list(true, 0, NOTIFICATIONS);
        notificationList.setNotifications(newest);
        notificationList.setVisible(!newest.isEmpty());
        nothingUnread.setVisible(newest.isEmpty());
        allRead.setVisible(unread > 1);
        if (before >= 0 && unread > before && !newest.isEmpty()) {
            news.setText(Texts.t("ui.bell.new", told(newest.getFirst().title())));
        }
        label();
    }

    private void refreshOperations() {
        List<OperationView> now = operations.recent(OPERATIONS);
        if (now.equals(shownOperations) && !now.isEmpty()) {
            return;
        }
        shownOperations = now;
        running = (int) now.stream().filter(each -> !each.status().ended()).count();
        nothingDone.setVisible(now.isEmpty());
        operationList.setVisible(!now.isEmpty());
        operationList.setOperations(now);
        label();
    }

    /** The number is of what wants to be read; that something runs is a quiet mark. */
    private void label() {
        count.setText(unread > MOST_COUNTED ? MOST_COUNTED + "+" : Integer.toString(unread));
        count.setVisible(unread > 0);
        getElement().setAttribute("running", running > 0);
        String notes = Texts.count("ui.bell.unread", Math.max(0, unread));
        button.setAriaLabel(
                operations == null
                        ? Texts.t("ui.bell.notifications", notes)
                        : Texts.t("ui.bell", notes, Texts.count("ui.bell.running", running)));
    }
}
