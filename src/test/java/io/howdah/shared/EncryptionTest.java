package io.howdah.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EncryptionTest {

    private static final byte[] KEY = new byte[32];

    private final Encryption encryption = new Encryption(KEY);

    @Test
    void whatWasEncryptedCanBeReadBackAtItsPlace() {
        String encrypted = encryption.encrypt("geheim é", "webhook", "row 1");
        assertThat(encrypted).startsWith("v1:").doesNotContain("geheim");
        assertThat(encryption.decrypt(encrypted, "webhook", "row 1")).isEqualTo("geheim é");
    }

    @Test
    void theSameSecretLooksDifferentEachTime() {
        assertThat(encryption.encrypt("x", "webhook", "1")).isNotEqualTo(encryption.encrypt("x", "webhook", "1"));
    }

    @Test
    void anotherKeyPlaceOrPurposeDoesNotOpenIt() {
        String encrypted = encryption.encrypt("x", "webhook", "1");
        byte[] other = KEY.clone();
        other[31] = 1;
        for (Runnable wrong : Arrays.<Runnable>asList(
                () -> new Encryption(other).decrypt(encrypted, "webhook", "1"),
                () -> encryption.decrypt(encrypted, "webhook", "2"),
                () -> encryption.decrypt(encrypted, "mail", "1"),
                () -> encryption.decrypt(changed(encrypted), "webhook", "1"),
                () -> encryption.decrypt("x", "webhook", "1"))) {
            assertThatThrownBy(wrong::run).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aShortKeyIsNone() {
        assertThatThrownBy(() -> new Encryption(new byte[16])).isInstanceOf(IllegalArgumentException.class);
    }

    private static String changed(String encrypted) {
        char at10 = encrypted.charAt(10);
        return encrypted.substring(0, 10) + (at10 == 'A' ? 'B' : 'A') + encrypted.substring(11);
    }
}
