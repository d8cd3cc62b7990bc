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

    @Test
    void whatGrowsByItselfIsNotMadeSoSmallThatItGrowsBack() {
        long used = 8L << 30;
        Autogrow off = new Autogrow(false, 1, 40);
        Autogrow on = new Autogrow(true, 1, 40);
        assertThat(off.least(used)).isEqualTo(10);
        assertThat(on.least(used)).isEqualTo(10);
        assertThat(off.least((8L << 30) + 1)).isEqualTo(10);
        assertThat(on.least((8L << 30) + 1)).isEqualTo(11);
        assertThat(on.fits(11, (8L << 30) + 1)).isEmpty();
        assertThat(on.fits(10, (8L << 30) + 1).orElseThrow().code()).isEqualTo(ProblemCode.StorageGrowsBack);
        assertThat(on.fits(8, used).orElseThrow().code()).isEqualTo(ProblemCode.StorageTooSmall);
        // At its ceiling it does not grow.
        assertThat(new Autogrow(true, 1, 10).least((8L << 30) + 1)).isEqualTo(10);
    }
}
