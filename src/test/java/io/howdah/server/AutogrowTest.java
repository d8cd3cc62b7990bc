package io.howdah.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.shared.ProblemCode;
import org.junit.jupiter.api.Test;

class AutogrowTest {

    @Test
    void itGrowsByTheStepUpToTheCeilingAndNoFurther() {
        Autogrow rule = new Autogrow(true, 8, 20);
        assertThat(rule.next(4)).hasValue(12);
        assertThat(rule.next(12)).hasValue(20);
        assertThat(rule.next(15)).hasValue(20);
        assertThat(rule.next(20)).isEmpty();
        assertThat(rule.next(30)).isEmpty();
    }

    @Test
    void unlessAskedForItDoesNotGrow() {
        assertThat(Autogrow.offeredTo(32)).isEqualTo(new Autogrow(false, 6, 128));
        assertThat(Autogrow.offeredTo(1)).isEqualTo(new Autogrow(false, 1, 4));
        assertThat(Autogrow.offeredTo(32_768).ceilingGib()).isEqualTo(32_768);
        assertThat(new Autogrow(false, 8, 20).next(4)).isEmpty();
    }

    @Test
    void numbersThatMakeNoSenseAreRefusedOnlyWhereTheyMatter() {
        assertThat(new Autogrow(true, 1, 4).check(4)).isEmpty();
        assertThat(new Autogrow(true, 0, 8).check(4).orElseThrow().code()).isEqualTo(ProblemCode.AutogrowInvalid);
        assertThat(new Autogrow(true, 1, 3).check(4)).isPresent();
        assertThat(new Autogrow(true, 1, 32_769).check(4)).isPresent();
        assertThat(new Autogrow(false, 0, 0).check(4)).isEmpty();
    }
}
