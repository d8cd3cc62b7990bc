package io.howdah.notification;

import io.howdah.notification.DeliverySettings.Smtp;
import io.howdah.notification.DeliverySettings.Tls;
import io.howdah.shared.Messages;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** Hands mails to the installation's mail server, one connection each. */
final class Mailer {

    static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Pattern REPLY = Pattern.compile("^(\\d{3})[ -]");

    private final Smtp smtp;
    private final SSLContext trust;
    private final Duration timeout;

    /** @param timeout for connecting, and for each word of the conversation */
    Mailer(Smtp smtp, SSLContext trust, Duration timeout) {
        this.smtp = smtp;
        this.trust = trust;
        this.timeout = timeout;
    }

    Attempt send(Mail mail) {
        Session session = Session.getInstance(properties());
        try {
            Message message = message(session, mail);
            try (Transport transport = session.getTransport("smtp")) {
                transport.connect(smtp.host(), smtp.port(), smtp.user(), password());
                transport.sendMessage(message, message.getAllRecipients());
            }
            return Attempt.arrived(null, null);
        } catch (MessagingException e) {
            return failed(e);
        } catch (IOException e) {
            return Attempt.failed(Messages.text("notification.error.mail.password", smtp.passwordFile()));
        }
    }

    private String password() throws IOException {
        return smtp.user() == null || smtp.passwordFile() == null
                ? null
                : Files.readString(smtp.passwordFile()).strip();
    }

    private Properties properties() {
        String millis = Long.toString(timeout.toMillis());
        Properties properties = new Properties();
        properties.put("mail.smtp.connectiontimeout", millis);
        properties.put("mail.smtp.timeout", millis);
        properties.put("mail.smtp.writetimeout", millis);
        properties.put("mail.smtp.auth", Boolean.toString(smtp.user() != null));
        properties.put("mail.smtp.starttls.enable", Boolean.toString(smtp.tls() == Tls.STARTTLS));
        properties.put("mail.smtp.starttls.required", Boolean.toString(smtp.tls() == Tls.STARTTLS));
        properties.put("mail.smtp.ssl.enable", Boolean.toString(smtp.tls() == Tls.TLS));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.ssl.protocols", "TLSv1.2 TLSv1.3");
        properties.put("mail.smtp.ssl.socketFactory", trust.getSocketFactory());
        return properties;
    }

    /** The message's id is made of the delivery's, so that a repeat after a crash is known as one. */
    private MimeMessage message(Session session, Mail mail) throws MessagingException {
        String utf8 = StandardCharsets.UTF_8.name();
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", messageId(mail.deliveryId()));
            }
        };
        message.setFrom(new InternetAddress(smtp.from()));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(mail.to()));
        message.setSubject(mail.subject().replaceAll("\\p{Cntrl}+", " "), utf8);
        message.setSentDate(Date.from(Instant.now()));
        message.setHeader("Auto-Submitted", "auto-generated");
        MimeBodyPart text = new MimeBodyPart();
        text.setText(mail.text(), utf8);
        MimeBodyPart html = new MimeBodyPart();
        html.setText(mail.html(), utf8, "html");
        message.setContent(new MimeMultipart("alternative", text, html));
        message.saveChanges();
        return message;
    }

    private String messageId(UUID deliveryId) {
        return "<" + deliveryId + smtp.from().substring(smtp.from().indexOf('@')) + ">";
    }

    private Attempt failed(MessagingException failure) {
        String said = null;
        Exception root = failure;
        SSLException tls = null;
        for (Exception each = failure; each != null; ) {
            String message = each.getMessage();
            if (message != null && REPLY.matcher(message).find()) {
                said = message.strip();
            }
            tls = each instanceof SSLException broken ? broken : tls;
            root = each;
            each = each instanceof MessagingException mail && mail.getNextException() != null
                    ? mail.getNextException()
                    : each.getCause() instanceof Exception cause ? cause : null;
        }
        if (failure instanceof AuthenticationFailedException) {
            return Attempt.failed(Messages.text("notification.error.mail.signIn", smtp.user()));
        }
        if (said != null) {
            return new Attempt(null, null, Messages.text("notification.error.mail.refused", said), isFinal(said));
        }
        String where = smtp.host() + ":" + smtp.port();
        if (tls != null) {
            return Attempt.failed(Messages.text("notification.error.tls", where, tls.getMessage()));
        }
        return Attempt.failed(
                switch (root) {
                    case UnknownHostException unknown -> Messages.text("notification.error.unknownHost", smtp.host());
                    case ConnectException refused -> Messages.text("notification.error.notConnected", where);
                    case SocketTimeoutException late ->
                        Messages.text("notification.error.timeout", where, timeout.toSeconds());
                    default -> Messages.text("notification.error.mail", where, String.valueOf(root.getMessage()));
                });
    }

    /** The replies that mean the mailbox; other refusals are for the installation to mend, and worth another try. */
    private static boolean isFinal(String said) {
        Matcher reply = REPLY.matcher(said);
        return reply.find() && reply.group(1).startsWith("55");
    }
}
