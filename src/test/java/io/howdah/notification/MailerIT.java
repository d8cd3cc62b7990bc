package io.howdah.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.howdah.notification.DeliverySettings.Smtp;
import io.howdah.notification.DeliverySettings.Tls;
import io.howdah.shared.Trust;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mails handed to a real mail server, in each of the ways an installation can be set to. */
class MailerIT {

    private static final String USER = "howdah@example.org";
    private static final String PASSWORD = "geheim-17";
    private static final String TO = "ada@example.org";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    private static Path directory;

    private static Certificates certificates;
    private static Path passwordFile;

    private GreenMail server;

    @BeforeAll
    static void makeKeys() throws Exception {
        certificates = new Certificates(directory);
        passwordFile = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
        System.setProperty(
                "greenmail.tls.keystore.file", certificates.keyStore().toString());
        System.setProperty("greenmail.tls.keystore.password", Certificates.PASSWORD);
    }

    @BeforeEach
    void start() {
        server = new GreenMail(new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS)
        });
        server.setUser(USER, USER, PASSWORD);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void aMailArrivesAsTextAndHtmlUnderTheDeliverysId() throws Exception {
        Mail mail = mail();

        Attempt attempt = mailer("localhost", server.getSmtp().getPort(), Tls.NONE, null, null, true)
                .send(mail);

        assertThat(attempt.error()).isNull();
        MimeMessage got = onlyMessage();
        assertThat(got.getSubject()).isEqualTo("[Howdah] Größe geändert: orders-db");
        assertThat(got.getMessageID()).isEqualTo("<" + mail.deliveryId() + "@example.org>");
        assertThat(got.getFrom()[0]).hasToString(USER);
        assertThat(got.getAllRecipients()).singleElement().hasToString(TO);
        assertThat(got.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        MimeMultipart parts = (MimeMultipart) got.getContent();
        assertThat(parts.getContentType()).startsWith("multipart/alternative");
        assertThat(parts.getBodyPart(0).getContent().toString().strip()).isEqualTo("Es ging schief – schau nach.");
        assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
        assertThat(parts.getBodyPart(1).getContent().toString()).contains("<p>Es ging schief</p>");
    }

    @Test
    void tlsFromTheBeginningWithSignIn() {
        assertThat(mailer("localhost", server.getSmtps().getPort(), Tls.TLS, USER, passwordFile, true)
                        .send(mail())
                        .error())
                .isNull();
        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void startTlsWithSignIn() throws Exception {
        try (StartTlsFront front = new StartTlsFront(server.getSmtp().getPort(), certificates.server())) {
            assertThat(mailer("localhost", front.port(), Tls.STARTTLS, USER, passwordFile, true)
                            .send(mail())
                            .error())
                    .isNull();
        }
        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void nothingIsSentUnencryptedWhereEncryptionIsSet() {
        Attempt attempt = mailer("localhost", server.getSmtp().getPort(), Tls.STARTTLS, USER, passwordFile, true)
                .send(mail());
        assertThat(attempt.error()).contains("STARTTLS");
        assertThat(attempt.hopeless()).isFalse();
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void aCertificateNobodyVouchesForIsNotBelieved() throws Exception {
        assertThat(mailer("localhost", server.getSmtps().getPort(), Tls.TLS, USER, passwordFile, false)
                        .send(mail())
                        .error())
                .startsWith("No trusted encryption with localhost");
        try (StartTlsFront front = new StartTlsFront(server.getSmtp().getPort(), certificates.server())) {
            assertThat(mailer("localhost", front.port(), Tls.STARTTLS, USER, passwordFile, false)
                            .send(mail())
                            .succeeded())
                    .isFalse();
        }
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void aCertificateOfAnotherNameIsNotBelieved() {
        assertThat(mailer("127.0.0.1", server.getSmtps().getPort(), Tls.TLS, USER, passwordFile, true)
                        .send(mail())
                        .succeeded())
                .isFalse();
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void aWrongPasswordIsSaidWithoutThePassword() throws Exception {
        Path wrong = Files.writeString(directory.resolve("wrong"), "not-it");
        Attempt attempt = mailer("localhost", server.getSmtps().getPort(), Tls.TLS, USER, wrong, true)
                .send(mail());
        assertThat(attempt.error()).isEqualTo("The mail server does not accept the name " + USER + " or its password.");
        assertThat(attempt.hopeless()).isFalse();
        assertThat(mailer("localhost", server.getSmtps().getPort(), Tls.TLS, USER, directory.resolve("none"), true)
                        .send(mail())
                        .error())
                .contains("cannot be read");
    }

    @Test
    void aServerThatIsGoneOrSilentIsSaidAndWorthAnotherTry() throws Exception {
        int port = server.getSmtp().getPort();
        server.stop();
        Attempt gone = mailer("localhost", port, Tls.NONE, null, null, true).send(mail());
        assertThat(gone.error()).isEqualTo("Nothing answers at localhost:" + port + ".");
        assertThat(gone.hopeless()).isFalse();
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Smtp smtp = new Smtp("localhost", silent.getLocalPort(), Tls.NONE, null, null, USER);
            Attempt late = new Mailer(smtp, Trust.context(null), Duration.ofSeconds(1)).send(mail());
            assertThat(late.error()).isEqualTo("localhost:" + silent.getLocalPort() + " did not answer within 1 s.");
        }
    }

    private static Mailer mailer(String host, int port, Tls tls, String user, Path password, boolean trusted) {
        return new Mailer(
                new Smtp(host, port, tls, user, password, USER),
                Trust.context(trusted ? certificates.certificate() : null),
                PATIENCE);
    }

    private static Mail mail() {
        return new Mail(
                UUID.randomUUID(),
                TO,
                "[Howdah] Größe geändert: orders-db",
                "Es ging schief – schau nach.\n",
                "<html><body><p>Es ging schief</p></body></html>");
    }

    private MimeMessage onlyMessage() {
        assertThat(server.getReceivedMessages()).hasSize(1);
        return server.getReceivedMessages()[0];
    }
}
