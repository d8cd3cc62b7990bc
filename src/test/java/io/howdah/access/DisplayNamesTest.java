package io.howdah.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DisplayNamesTest {

    @Test
    void aNameIsKeptWithoutTheSpacesAroundIt() {
        assertThat(DisplayNames.check("  Ada Lovelace ", "ada")).isEqualTo("Ada Lovelace");
        assertThat(DisplayNames.check("Łucja 李 👩", "ada")).isEqualTo("Łucja 李 👩");
        assertThat(DisplayNames.check("x".repeat(DisplayNames.LONGEST), "ada")).hasSize(DisplayNames.LONGEST);
    }

    @Test
    void withoutOneTheSignInNameIsShown() {
        assertThat(DisplayNames.check(null, "ada")).isEqualTo("ada");
        assertThat(DisplayNames.check(" \t", "ada")).isEqualTo("ada");
    }

    @Test
    void whatCannotBeSeenIsInNoName() {
        Stream.of("two\nlines", "with\u0000nothing", "\u202egnp.exe", "half \ud83d", "a\u2028b", "a\u200bb")
                .forEach(DisplayNamesTest::assertRefused);
    }

    @Test
    void aNameHasAHundredCharactersAtMost() {
        assertRefused("x".repeat(DisplayNames.LONGEST + 1));
    }

    private static void assertRefused(String name) {
        assertThatThrownBy(() -> DisplayNames.check(name, "ada"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.DisplayNameInvalid));
    }
}
