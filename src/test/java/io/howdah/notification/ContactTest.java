package io.howdah.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContactTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void anAddressCountsOnceItsCodeHasComeBack() {
        Contact contact = wanting("12345678");
        assertThat(contact.confirm("87654321", NOW)).isFalse();
        assertThat(contact.address).isNull();

        assertThat(contact.confirm(" 12345678 ", NOW.plusSeconds(60))).isTrue();

        assertThat(contact.address).isEqualTo("ada@example.org");
        assertThat(contact.wantedAddress).isNull();
        assertThat(contact.confirm("12345678", NOW)).as("a code works once").isFalse();
    }

    @Test
    void fiveWrongCodesEndIt() {
        Contact contact = wanting("12345678");
        for (int i = 0; i < 5; i++) {
            assertThat(contact.confirm("0000000" + i, NOW)).isFalse();
        }
        assertThat(contact.confirm("12345678", NOW)).isFalse();
    }

    @Test
    void aCodeRunsOut() {
        assertThat(wanting("12345678")
                        .confirm("12345678", NOW.plus(Contact.CODE_VALID).plusSeconds(1)))
                .isFalse();
    }

    @Test
    void anotherWishMakesTheFormerCodeWorthless() {
        Contact contact = wanting("12345678");
        contact.want("eve@example.org");
        assertThat(contact.confirm("12345678", NOW)).isFalse();
        assertThat(contact.confirm(null, NOW)).isFalse();
    }

    @Test
    void onlyAHashOfTheCodeIsKept() {
        assertThat(wanting("12345678").codeHash).hasSize(64).doesNotContain("12345678");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada@example.org", "ada.l+howdah@mail.example.co.uk", "o'neil@example.org"})
    void theseAreAddresses(String text) {
        assertThat(Contact.isAddress(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "ada@example",
                "@example.org",
                "ada@",
                "a b@example.org",
                "ada@example.org\r\nBcc: eve@example.org",
                "ada@example.org,eve@example.org",
                "Ada <ada@example.org>"
            })
    void theseAreNone(String text) {
        assertThat(Contact.isAddress(text)).isFalse();
    }

    private static Contact wanting(String code) {
        Contact contact = new Contact();
        contact.want("ada@example.org");
        contact.expect(code, NOW);
        return contact;
    }
}
