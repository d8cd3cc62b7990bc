package io.howdah.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignatureTest {

    private static final Instant AT = Instant.ofEpochSecond(1_764_000_000);

    /** The expected value is what {@code printf '1764000000.{"id":1}' | openssl dgst -sha256 -hmac geheim} prints. */
    @Test
    void theSignatureIsAnHmacOverTimeAndBody() {
        assertThat(Signature.header("geheim", "{\"id\":1}", AT))
                .isEqualTo("t=1764000000,v1=835b6268aa136b288c4b3f7b9200eb9feeff33f7de2f8403235446e33d52b80c");
    }

    @Test
    void anotherTimeBodyOrSecretSignsDifferently() {
        String one = Signature.header("geheim", "{}", AT);
        assertThat(proof(Signature.header("geheim", "{}", AT.plusSeconds(1)))).isNotEqualTo(proof(one));
        assertThat(proof(Signature.header("geheim", "{ }", AT))).isNotEqualTo(proof(one));
        assertThat(proof(Signature.header("Geheim", "{}", AT))).isNotEqualTo(proof(one));
    }

    private static String proof(String header) {
        return header.substring(header.indexOf("v1="));
    }
}
