package io.howdah.access.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.access.ui.NewPassword.Strength;
import org.junit.jupiter.api.Test;

class NewPasswordTest {

    @Test
    void lengthAndVarietyMakeAPasswordStrong() {
        assertThat(NewPassword.strength("", "ada")).isEqualTo(Strength.NONE);
        assertThat(NewPassword.strength("S3cret!", "ada")).isEqualTo(Strength.WEAK);
        assertThat(NewPassword.strength("aaaaaaaaaaaaaaaaaaaa", "ada")).isEqualTo(Strength.WEAK);
        assertThat(NewPassword.strength("correct horse", "ada")).isEqualTo(Strength.FAIR);
        assertThat(NewPassword.strength("correct horse battery", "ada")).isEqualTo(Strength.STRONG);
    }

    @Test
    void aPasswordThatContainsTheNameIsWeak() {
        assertThat(NewPassword.strength("the great Lovelace rides", "lovelace")).isEqualTo(Strength.WEAK);
    }
}
