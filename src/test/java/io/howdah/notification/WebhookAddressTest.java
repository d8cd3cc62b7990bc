package io.howdah.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookAddressTest {

    private static final AddressPolicy USUAL = AddressPolicy.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.org",
                "ftp://example.org/",
                "https:///path",
                "https://ada:secret@example.org/",
                "https://example.org/#part",
                "https://example.org:0/",
                "https://example.org:70000/",
                "https://0x7f000001/",
                "https://127.1/",
                "https://exa mple.org/",
                "javascript:alert(1)"
            })
    void whatIsNoWebAddressIsRefused(String address) {
        assertThat(refused(address, USUAL)).isEqualTo(ProblemCode.WebhookAddressInvalid);
    }

    @ParameterizedTest
    @CsvSource({
        "https://localhost/x, WebhookAddressRefused",
        "https://LOCALHOST:8443/x, WebhookAddressRefused",
        "https://app.localhost/x, WebhookAddressRefused",
        "https://127.0.0.1/, WebhookAddressRefused",
        "https://169.254.169.254/latest, WebhookAddressRefused",
        "https://2130706433/, WebhookAddressRefused",
        "https://[::1]/, WebhookAddressRefused",
        "https://[::ffff:10.0.0.1]/, WebhookAddressRefused",
        "https://[fd00::1]:444/, WebhookAddressRefused",
        "http://example.org/, WebhookAddressNotEncrypted",
        "http://8.8.8.8/, WebhookAddressNotEncrypted",
        "http://10.0.0.1/, WebhookAddressNotEncrypted"
    })
    void privateAddressesAndPlainHttpAreRefused(String address, ProblemCode code) {
        assertThat(refused(address, USUAL)).isEqualTo(code);
    }

    @Test
    void whatTheInstallationAllowsMayBePlainToo() {
        AddressPolicy policy = AddressPolicy.of("10.0.0.0/8");
        assertThat(WebhookAddress.check("http://10.0.0.1:8080/x?y=z", policy)).hasHost("10.0.0.1");
        assertThat(WebhookAddress.check(" https://hooks.example.org/a ", USUAL)).hasHost("hooks.example.org");
        assertThat(refused("http://127.0.0.1/", policy)).isEqualTo(ProblemCode.WebhookAddressNotEncrypted);
        assertThat(refused("http://8.8.8.8/", AddressPolicy.of("yes")))
                .isEqualTo(ProblemCode.WebhookAddressNotEncrypted);
    }

    private static ProblemCode refused(String address, AddressPolicy policy) {
        ProblemException raised =
                catchThrowableOfType(ProblemException.class, () -> WebhookAddress.check(address, policy));
        assertThat(raised).as(address).isNotNull();
        assertThat(raised.problem().field()).isEqualTo("address");
        return raised.problem().code();
    }
}
