package io.howdah.notification;

import io.howdah.shared.Messages;
import io.howdah.shared.Retold;
import java.util.UUID;

/** The words of mails, in the language of the thread: plain text, and the same as simple HTML without anything to load. */
final class MailText {

    private MailText() {}

    static Mail notice(UUID deliveryId, String to, NoticeEntry notice, DeliverySettings settings) {
        String page = settings.page(notice.link);
        String choices = settings.page("profile/notifications");
        String why = Messages.text("mail.why");
        String text = Retold.told(notice.text)
                + "\n\n"
                + (notice.link == null ? "" : Messages.text("mail.open") + ": " + page + "\n\n")
                + "-- \n"
                + why
                + "\n"
                + choices
                + "\n"
                + Messages.text("mail.correlation", notice.correlationId)
                + "\n";
        String html = paragraph("<strong>" + escape(Retold.told(notice.title)) + "</strong>")
                + paragraph(escape(Retold.told(notice.text)))
                + (notice.link == null ? "" : paragraph(link(page, Messages.text("mail.open"))))
                + small(escape(why) + " " + link(choices, Messages.text("mail.choices")) + "<br>"
                        + escape(Messages.text("mail.correlation", notice.correlationId)));
        return new Mail(deliveryId, to, Messages.text("mail.subject", Retold.told(notice.title)), text, whole(html));
    }

    static Mail code(UUID deliveryId, String to, String person, String code, DeliverySettings settings) {
        String page = settings.page("profile/notifications");
        String what = Messages.text("mail.code.what", person, Contact.CODE_VALID.toMinutes());
        String stranger = Messages.text("mail.code.stranger");
        String text = what + "\n\n    " + code + "\n\n" + page + "\n\n" + stranger + "\n";
        String html = paragraph(escape(what))
                + "<p style=\"font:600 22px monospace;letter-spacing:2px\">" + code + "</p>"
                + paragraph(link(page, Messages.text("mail.open")))
                + small(escape(stranger));
        return new Mail(deliveryId, to, Messages.text("mail.code.subject"), text, whole(html));
    }

    private static String whole(String content) {
        return "<!DOCTYPE html><html lang=\"" + Messages.language().tag()
                + "\"><body style=\"font:15px/1.5 sans-serif;max-width:40em\">" + content + "</body></html>";
    }

    private static String paragraph(String html) {
        return "<p>" + html + "</p>";
    }

    private static String small(String html) {
        return "<p style=\"font-size:13px;color:#666\">" + html + "</p>";
    }

    private static String link(String address, String text) {
        return "<a href=\"" + escape(address) + "\">" + escape(text) + "</a>";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;")
                .replace("\n", "<br>");
    }
}
