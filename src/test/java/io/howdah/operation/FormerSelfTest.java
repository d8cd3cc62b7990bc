package io.howdah.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormerSelfTest {

    @TempDir
    private Path home;

    private List<String> lines() throws IOException {
        return Files.readAllLines(home.resolve("node"));
    }

    private void change(int line, String value) throws IOException {
        List<String> lines = new java.util.ArrayList<>(lines());
        lines.set(line, value);
        Files.write(home.resolve("node"), lines);
    }

    @Test
    void theHomeKeepsItsNameForLife() {
        String made = new FormerSelf(home).home();
        assertThat(new FormerSelf(home).home()).isEqualTo(made);
        new FormerSelf(home).remember("one");
        assertThat(new FormerSelf(home).home()).isEqualTo(made);
    }

    @Test
    void aProcessThatLivesIsNotDead() {
        new FormerSelf(home).remember("one");
        assertThat(new FormerSelf(home).wasAndIsDead("one")).isFalse();
    }

    @Test
    void aProcessWhoseNumberIsFreeOrAnothersIsDead() throws IOException {
        new FormerSelf(home).remember("one");
        change(3, "1970-01-01T00:00:00Z");
        assertThat(new FormerSelf(home).wasAndIsDead("one")).isTrue();
        change(2, "99999999");
        assertThat(new FormerSelf(home).wasAndIsDead("one")).isTrue();
    }

    @Test
    void whoWasNeverHereOrRanOnAnotherMachineMayLive() throws IOException {
        new FormerSelf(home).remember("one");
        change(2, "99999999");
        assertThat(new FormerSelf(home).wasAndIsDead("another")).isFalse();
        change(4, "another machine");
        assertThat(new FormerSelf(home).wasAndIsDead("one")).isFalse();
    }
}
