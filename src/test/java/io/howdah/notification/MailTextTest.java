package io.howdah.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.access.EventKind;
import io.howdah.shared.Language;
import io.howdah.shared.Messages;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MailTextTest {

    private static final DeliverySettings SETTINGS =
            DeliverySettings.fromEnvironment(Map.of("HOWDAH_PUBLIC_ADDRESS", "https://howdah.example.org"));

    @Test
    void aMailSaysWhatHappenedAndLinksToItsPage() {
        Mail mail = MailText.notice(UUID.randomUUID(), "ada@example.org", notice(), SETTINGS);
        assertThat(mail.subject()).isEqualTo("[Howdah] Start server failed: orders-db");
        assertThat(mail.text())
                .contains("The disk <data> is full.")
                .contains("https://howdah.example.org/operations/17")
                .contains("https://howdah.example.org/profile/notifications")
                .contains("0011223344556677");
        assertThat(mail.html())
                .contains("The disk &lt;data&gt; is full.")
                .contains("href=\"https://howdah.example.org/operations/17\"")
                .doesNotContain("<data>", "<script", "<img");
    }

    @Test
    void aMailSpeaksTheLanguageOfItsReader() {
        NoticeEntry notice = notice();
        notice.title = Messages.text("server.health.notice.degraded", "orders-db");
        Mail mail = Messages.in(
                Language.GERMAN, () -> MailText.notice(UUID.randomUUID(), "ada@example.org", notice, SETTINGS));
        assertThat(mail.subject())
                .isEqualTo("[Howdah] " + Messages.text(Language.GERMAN, "server.health.notice.degraded", "orders-db"));
        assertThat(mail.html()).contains("lang=\"de\"").contains(Messages.text(Language.GERMAN, "mail.open"));
        assertThat(mail.text())
                .contains("The disk <data> is full.")
                .contains(Messages.text(Language.GERMAN, "mail.why"));
    }

    @Test
    void theCodeStandsInBothForms() {
        Mail mail = MailText.code(UUID.randomUUID(), "ada@example.org", "ada", "12345678", SETTINGS);
        assertThat(mail.text()).contains("12345678").contains("30 minutes");
        assertThat(mail.html()).contains("12345678");
        assertThat(mail.subject()).doesNotContain("12345678");
    }

    private static NoticeEntry notice() {
        NoticeEntry notice = new NoticeEntry();
        notice.id = UUID.randomUUID();
        notice.kind = EventKind.OPERATION_FAILED;
        notice.at = Instant.EPOCH;
        notice.title = "Start server failed: orders-db";
        notice.text = "The disk <data> is full.";
        notice.link = "operations/17";
        notice.correlationId = "0011223344556677";
        return notice;
    }
}
