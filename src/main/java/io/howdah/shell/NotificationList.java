package io.howdah.shell;

import static io.howdah.shared.Retold.told;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.SvgIcon;
import io.howdah.access.EventKind;
import io.howdah.notification.NotificationView;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Notifications, each a link to what it is about. Following it, or the button beside it, marks it as read. */
public class NotificationList extends UnorderedList {

    private final Consumer<UUID> markRead;
    private final List<Row> rows = new ArrayList<>();

    public NotificationList(Consumer<UUID> markRead) {
        this.markRead = markRead;
        addClassName("notification-list");
    }

    /** Shows these. Rows that stay are not drawn anew, so that the keyboard's focus stays put. */
    public final void setNotifications(List<NotificationView> notifications) {
        List<UUID> wanted = notifications.stream().map(NotificationView::id).toList();
        if (!wanted.equals(rows.stream().map(row -> row.shown.id()).toList())) {
            List<Row> former = List.copyOf(rows);
            rows.clear();
            removeAll();
            for (NotificationView notification : notifications) {
                Row row = former.stream()
                        .filter(each -> each.shown.id().equals(notification.id()))
                        .findFirst()
                        .orElseGet(() -> new Row(notification));
                rows.add(row);
                add(row);
            }
        }
        for (int at = 0; at < rows.size(); at++) {
            rows.get(at).show(notifications.get(at));
        }
    }

    private static Glyph glyph(EventKind kind) {
        return switch (kind) {
            case OPERATION_SUCCEEDED, SERVER_RECOVERED -> Glyph.CIRCLE_CHECK;
            case SERVER_DEGRADED,
                    DRIFT,
                    SCHEDULE_MISSED,
                    RECOVERY_POINT_OLD,
                    STORAGE_FILLING,
                    APPROVAL_BYPASSED,
                    DELIVERY_GIVEN_UP,
                    TOKEN_ENDING -> Glyph.TRIANGLE_ALERT;
            case OPERATION_FAILED,
                    SCHEDULE_FAILED,
                    BACKUP_FAILED,
                    REHEARSAL_FAILED,
                    STORAGE_READ_ONLY,
                    AUDIT_LOG_BROKEN -> Glyph.CIRCLE_X;
            case ACCESS_REQUESTED, ACCESS_DECIDED, APPROVAL_REQUESTED, APPROVAL_DECIDED, TEST -> Glyph.INFO;
        };
    }

    private static String tone(EventKind kind) {
        return switch (glyph(kind)) {
            case CIRCLE_CHECK -> "good";
            case CIRCLE_X -> "bad";
            case TRIANGLE_ALERT -> "warning";
            default -> "quiet";
        };
    }

    private final class Row extends ListItem {

        private final Span unread = new Span(Texts.t("ui.notification.unread"));
        private final Button read = new Button(Glyph.CHECK.icon());
        private NotificationView shown;

        Row(NotificationView notification) {
            shown = notification;
            SvgIcon icon = glyph(notification.kind()).icon();
            unread.addClassName("visually-hidden");
            Div head = new Div(title(notification), unread);
            head.addClassName("notification-title");
            Paragraph text = new Paragraph(told(notification.text()));
            text.addClassName("notification-text");
            RelativeTime at = new RelativeTime(notification.at());
            at.addClassName("quiet");
            Div words = new Div(head, text, at);
            words.addClassName("notification-words");
            read.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
            read.setAriaLabel(Texts.t("ui.notification.markRead.of", told(notification.title())));
            read.setTooltipText(Texts.t("ui.notification.markRead"));
            read.addClickListener(event -> markRead.accept(shown.id()));
            getElement().setAttribute("tone", tone(notification.kind()));
            add(icon, words, read);
            show(notification);
        }

        private com.vaadin.flow.component.Component title(NotificationView notification) {
            if (notification.link() == null) {
                return new Span(told(notification.title()));
            }
            Anchor link = new Anchor(notification.link(), told(notification.title()));
            link.getElement().addEventListener("click", event -> {
                if (!shown.read()) {
                    markRead.accept(shown.id());
                }
            });
            return link;
        }

        void show(NotificationView notification) {
            shown = notification;
            getElement().setAttribute("unread", !notification.read());
            unread.setVisible(!notification.read());
            read.setVisible(!notification.read());
        }
    }
}
