package io.howdah.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTextTest {

    @Test
    void aTokenSaysWhatItIsAndNoTwoAreTheSame() {
        for (SecretText.Kind kind : SecretText.Kind.values()) {
            String text = SecretText.make(kind);
            assertThat(text).matches("howdah_(pat|sat|at|cs)_[0-9A-Za-z]{49}").isNotEqualTo(SecretText.make(kind));
            assertThat(SecretText.kind(text)).contains(kind);
        }
    }

    @Test
    void aMistypedOneIsToldFromARightOneWithoutAskingTheDatabase() {
        String text = SecretText.make(SecretText.Kind.PERSONAL_TOKEN);
        for (int at = 0; at < text.length(); at++) {
            char other = text.charAt(at) == 'x' ? 'y' : 'x';
            assertThat(SecretText.kind(text.substring(0, at) + other + text.substring(at + 1)))
                    .as("character %d", at)
                    .isEmpty();
        }
        assertThat(SecretText.kind(text + "x")).isEmpty();
        assertThat(SecretText.kind(text.substring(1))).isEmpty();
        assertThat(SecretText.kind("")).isEmpty();
        assertThat(SecretText.kind(null)).isEmpty();
    }

    /** Scanners that were told the rule once must find tokens of later versions too. */
    @Test
    void theChecksumNeverChanges() {
        assertThat(SecretText.kind("howdah_pat_" + "0".repeat(43) + CHECKSUM)).contains(SecretText.Kind.PERSONAL_TOKEN);
    }

    private static final String CHECKSUM = "4genAo";

    @Test
    void whatIsKeptOpensNothing() {
        String text = SecretText.make(SecretText.Kind.CLIENT_SECRET);
        assertThat(SecretText.hash(text)).hasSize(64).isNotEqualTo(text);
        assertThat(SecretText.kind(SecretText.hash(text))).isEmpty();
        assertThat(text).endsWith(SecretText.hint(text));
    }
}
