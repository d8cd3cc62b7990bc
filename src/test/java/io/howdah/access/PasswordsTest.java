package io.howdah.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password1234",
                "Passw0rd2024",
                "qwertyuiop12",
                "123456789012",
                "abcdefghijkl",
                "iloveyou1234",
                "howdahhowdah",
                "administrator",
                "postgres2026",
                "aaaaaaaaaaaaaaaa",
                "ada-is-my-name-2026"
            })
    void whatAttackersTryFirstIsTooEasyToGuess(String password) {
        assertThat(Passwords.check(password, "ada@example.org").map(Problem::code))
                .contains(ProblemCode.PasswordTooCommon);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the elephant carries a castle",
                "Tall-Elephants-9-march",
                "seven slow rivers bend",
                "xK9#vw2$Lm7q"
            })
    void sentencesAndRandomLettersAreGoodEnough(String password) {
        assertThat(Passwords.check(password, "ada@example.org")).isEmpty();
    }

    @Test
    void elevenCharactersAreTooFewAndThousandsAreReadQuickly() {
        assertThat(Passwords.check("xK9#vw2$Lm7", "ada").map(Problem::code)).contains(ProblemCode.PasswordTooShort);
        assertThat(Passwords.check("a long sentence ".repeat(5000), "bob")).isEmpty();
    }
}
