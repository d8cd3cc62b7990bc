package io.howdah.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TotpTest {

    /** "12345678901234567890", the secret of RFC 6238's test vectors. */
    private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    private static final Instant AT_59 = Instant.ofEpochSecond(59);

    @Test
    void codesAreThoseOfTheStandardsTestVectors() {
        assertThat(Totp.stepOf(SECRET, "287082", AT_59, 0)).hasValue(1);
        assertThat(Totp.stepOf(SECRET, "081804", Instant.ofEpochSecond(1111111109), 0))
                .hasValue(37037036);
        assertThat(Totp.stepOf(SECRET, "353130", Instant.ofEpochSecond(20000000000L), 0))
                .hasValue(666666666);
    }

    @Test
    void aClockMayBeThirtySecondsOffButNotAMinute() {
        assertThat(Totp.stepOf(SECRET, "287082", AT_59.plusSeconds(30), 0)).hasValue(1);
        assertThat(Totp.stepOf(SECRET, "287082", AT_59.minusSeconds(30), 0)).hasValue(1);
        assertThat(Totp.stepOf(SECRET, "287082", AT_59.plusSeconds(60), 0)).isEmpty();
    }

    @Test
    void aCodeIsAcceptedOnceAndNoOlderOneAfterIt() {
        assertThat(Totp.stepOf(SECRET, "287082", AT_59, 1)).isEmpty();
        assertThat(Totp.stepOf(SECRET, "287082", AT_59, 2)).isEmpty();
    }

    @Test
    void spacesBetweenTheDigitsDoNotMatterAndOtherTextIsNoCode() {
        assertThat(Totp.stepOf(SECRET, "287 082", AT_59, 0)).hasValue(1);
        assertThat(Totp.stepOf(SECRET, "", AT_59, 0)).isEmpty();
        assertThat(Totp.stepOf(SECRET, "٢٨٧٠٨٢", AT_59, 0)).isEmpty();
    }

    @Test
    void secretsHave160BitsAndTheAddressNamesProductAndPerson() {
        assertThat(Totp.newSecret()).hasSize(32).isNotEqualTo(Totp.newSecret());
        assertThat(Totp.address(SECRET, "ada@example.org"))
                .isEqualTo("otpauth://totp/Howdah:ada%40example.org?secret=" + SECRET + "&issuer=Howdah");
    }

    @Test
    void aRecoveryCodeIsTheSameHoweverItIsTyped() {
        String code = RecoveryCode.newCode();
        assertThat(code).matches("([a-z2-7]{4}-){3}[a-z2-7]{4}");
        assertThat(RecoveryCode.hash(" " + code.replace("-", " ").toUpperCase(java.util.Locale.ROOT)))
                .isEqualTo(RecoveryCode.hash(code));
    }
}
