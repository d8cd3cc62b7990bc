package io.howdah.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeepableTextTest {

    private record Inner(int number, String text) {}

    private record Outer(List<Inner> inner, Map<String, Inner> named, Optional<String> perhaps, Inner nothing) {}

    @Test
    void theCharacter0IsFoundWhereverItIs() throws Exception {
        Inner bad = new Inner(1, "a\u0000b");
        Inner good = new Inner(0, "a\tb\u0001");
        for (Object value : List.of(
                "\u0000",
                bad,
                new Object[] {"a", bad},
                new Outer(List.of(good, bad), Map.of(), Optional.empty(), null),
                new Outer(List.of(), Map.of("x", bad), Optional.empty(), null),
                new Outer(List.of(), Map.of("\u0000", good), Optional.empty(), null),
                new Outer(List.of(), Map.of(), Optional.of("\u0000"), null))) {
            assertThat(KeepableText.has0(value)).as(value.toString()).isTrue();
        }
        for (Object value : Stream.of(
                        "", 0, good, new Object[0], new Outer(List.of(good), Map.of("x", good), Optional.of("x"), good))
                .toList()) {
            assertThat(KeepableText.has0(value)).as(value.toString()).isFalse();
        }
        assertThat(KeepableText.has0(null)).isFalse();
    }
}
