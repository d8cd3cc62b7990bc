package io.howdah.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the work behind the servers may take of the processors, against directories that look like the kernel's. */
class BackgroundTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @TempDir
    private Path root;

    private Path processors;
    private long begun;
    private Background background;

    @BeforeEach
    void makeAHostOfTwoCores() throws IOException {
        begun = System.nanoTime();
        for (String controller : new String[] {"cpu", "memory"}) {
            Files.createDirectories(root.resolve(controller));
        }
        processors = root.resolve("stat");
        Files.writeString(processors, "cpu  0 0 0 0 0 0 0 0 0 0\n");
        background = new Background(new Limits(root, true), processors, 2, 0.1);
    }

    /** What the kernel has counted, in hundredths of a second: of all that ran, and in nanoseconds of the work behind. */
    private void counted(long busy, long ownNanos) throws IOException {
        Files.writeString(processors, "cpu  " + busy + " 0 0 123456 789 0 0 0 0 0\ncpu0 1 1 1 1 1 1 1 1 1 1\n");
        Path own = Files.createDirectories(root.resolve("cpuacct/howdah/behind"));
        Files.writeString(own.resolve("cpuacct.usage"), ownNanos + "\n");
    }

    private void seenAfter(int seconds) {
        background.giveWay(begun + seconds * SECOND);
    }

    private Path quota() {
        return root.resolve("cpu/howdah/behind/cpu.cfs_quota_us");
    }

    @ParameterizedTest
    @CsvSource({"2, 0, 2", "2, 0.2, 1.458", "2, 1, 0.25", "2, 1.7, 0.2", "2, 2.3, 0.2", "8, 1, 5.359", "8, -0.1, 8"})
    void theBusierTheOthersTheLessItTakesButNeverNothing(int cores, double others, double allowed) {
        assertThat(Background.allowed(cores, others, 0.1)).isCloseTo(allowed, within(0.001));
    }

    @ParameterizedTest
    @CsvSource({"0.25, 2, 0.5", "0.25, 0.2, 1.458", "1, 2, 2"})
    void itsShareIsTheAdministratorsToSay(double least, double others, double allowed) {
        assertThat(Background.allowed(2, others, least)).isCloseTo(allowed, within(0.001));
    }

    @Test
    void itBeginsModestlyAndFollowsTheOthers() throws IOException {
        assertThat(background.words(List.of("pgbackrest", "backup")))
                .containsSubsequence(
                        "/bin/sh",
                        root.resolve("cpu/howdah/behind/cgroup.procs").toString(),
                        root.resolve("cpuacct/howdah/behind/cgroup.procs").toString(),
                        "--",
                        "-n",
                        "10",
                        "pgbackrest",
                        "backup");
        assertThat(quota()).hasContent("20000");

        counted(1_000, 0);
        seenAfter(10);
        // A second later one core has been busy, and all of that was the work itself.
        counted(1_100, SECOND);
        seenAfter(11);
        assertThat(quota()).hasContent("200000");
        // And then both, of which the work had a tenth.
        counted(1_300, SECOND + SECOND / 10);
        seenAfter(12);
        assertThat(quota()).hasContent("20000");
    }

    @Test
    void whatWasSeenLongAgoSaysNothingOfNow() throws IOException {
        background.words(List.of("pgbackrest"));
        counted(1_000, 0);
        seenAfter(10);
        counted(1_010, 0);
        background.giveWay(begun + 10 * SECOND + SECOND / 10);
        seenAfter(60);
        assertThat(quota()).hasContent("20000");
    }

    @Test
    void onAHostWithVersion2() throws IOException {
        Files.writeString(root.resolve("cgroup.controllers"), "cpu io memory\n");
        assertThat(background.words(List.of("tar")))
                .contains(root.resolve("howdah/behind/cgroup.procs").toString());
        Path group = root.resolve("howdah/behind");
        assertThat(group.resolve("cpu.weight")).hasContent("10");
        assertThat(group.resolve("cpu.max")).hasContent("20000 100000");
        counted(1_000, 0);
        Files.writeString(group.resolve("cpu.stat"), "usage_usec 0\nuser_usec 0\n");
        seenAfter(10);
        counted(1_150, 0);
        Files.writeString(group.resolve("cpu.stat"), "usage_usec 500000\nuser_usec 0\n");
        seenAfter(11);
        assertThat(group.resolve("cpu.max")).hasContent("25000 100000");
    }

    @Test
    void withoutControlGroupsALowPriorityHasToDo() throws IOException {
        Background alone = new Background(new Limits(root.resolve("none"), true), processors, 2, 0.1);
        assertThat(alone.words(List.of("tar"))).contains("-n", "10", "tar").doesNotContain("/bin/sh");
        Files.writeString(processors, "cpu  1 0 0 1 1 0 0 0 0 0\n");
        alone.giveWay(SECOND);
        alone.giveWay(2 * SECOND);
    }
}
