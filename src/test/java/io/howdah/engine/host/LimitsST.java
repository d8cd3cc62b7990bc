package io.howdah.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.engine.Compute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Control groups against a directory that looks like the kernel's. */
class LimitsST {

    private static final Compute HALF_A_CORE = new Compute(0.5, 256, 25);

    @TempDir
    Path root;

    private Limits limits;

    @BeforeEach
    void look() {
        limits = new Limits(root, true);
    }

    private void makeVersion2(String controllers) throws IOException {
        Files.writeString(root.resolve("cgroup.controllers"), controllers + "\n");
        Files.writeString(root.resolve("cgroup.subtree_control"), "\n");
    }

    @Test
    void version2IsWrittenAndDelegated() throws IOException {
        makeVersion2("cpuset cpu io memory pids");
        assertThat(limits.enforced()).isTrue();
        assertThat(limits.apply("ab12", HALF_A_CORE, "7:3")).containsExactly(root.resolve("howdah/ab12/cgroup.procs"));
        Path group = root.resolve("howdah/ab12");
        assertThat(group.resolve("cpu.max")).hasContent("50000 100000");
        assertThat(group.resolve("memory.max")).hasContent("268435456");
        assertThat(group.resolve("memory.high")).hasContent("251658240");
        assertThat(group.resolve("io.max")).hasContent("7:3 rbps=89128960 wbps=89128960 riops=3750 wiops=3750");
        limits.apply("ab12", new Compute(8, 256, 25), "7:3");
        assertThat(group.resolve("io.max")).hasContent("7:3 rbps=356515840 wbps=356515840 riops=15000 wiops=15000");
        assertThat(limits.note()).contains("disk are limited too");
        assertThat(root.resolve("cgroup.subtree_control")).hasContent("+cpu +memory +io");
        assertThat(root.resolve("howdah/cgroup.subtree_control")).hasContent("+cpu +memory +io");
    }

    @Test
    void version2WithoutTheMemoryControllerIsNotEnforced() throws IOException {
        makeVersion2("cpu pids");
        assertThat(limits.enforced()).isFalse();
        assertThat(limits.note()).startsWith("CPU and memory limits are not enforced on this host");
        assertThat(limits.apply("ab12", HALF_A_CORE, "7:3")).isEmpty();
    }

    @Test
    void version2ThatCannotBeDelegatedIsNotEnforced() throws IOException {
        Files.writeString(root.resolve("cgroup.controllers"), "cpu memory\n");
        Files.createDirectory(root.resolve("cgroup.subtree_control"));
        assertThat(limits.enforced()).isFalse();
        assertThat(limits.apply("ab12", HALF_A_CORE, "7:3")).isEmpty();
    }

    @Test
    void version1IsWrittenForEachController() throws IOException {
        Files.createDirectories(root.resolve("cpu"));
        Files.createDirectories(root.resolve("memory"));
        assertThat(limits.apply("ab12", HALF_A_CORE, "7:3"))
                .containsExactly(
                        root.resolve("cpu/howdah/ab12/cgroup.procs"), root.resolve("memory/howdah/ab12/cgroup.procs"));
        assertThat(root.resolve("cpu/howdah/ab12/cpu.cfs_quota_us")).hasContent("50000");
        assertThat(root.resolve("memory/howdah/ab12/memory.limit_in_bytes")).hasContent("268435456");
        assertThat(limits.note()).contains("are not limited: the host has no control groups");
    }

    @Test
    void inputAndOutputAreLimitedWhereThereIsAControllerForThem() throws IOException {
        for (String controller : List.of("cpu", "memory", "blkio")) {
            Files.createDirectories(root.resolve(controller));
        }
        assertThat(limits.apply("ab12", HALF_A_CORE, "7:3")).contains(root.resolve("blkio/howdah/ab12/cgroup.procs"));
        Path group = root.resolve("blkio/howdah/ab12");
        assertThat(group.resolve("blkio.throttle.read_iops_device")).hasContent("7:3 3750");
        assertThat(group.resolve("blkio.throttle.write_bps_device")).hasContent("7:3 89128960");
        assertThat(limits.note()).contains("limited too, except what the kernel writes back later");
        assertThat(limits.apply("cd34", HALF_A_CORE, null)).hasSize(2);
        assertThat(root.resolve("blkio/howdah/cd34")).doesNotExist();
    }

    @Test
    void nothingIsWrittenWhenSwitchedOffOrWhereThereIsNothing() throws IOException {
        assertThat(limits.enforced()).isFalse();
        makeVersion2("cpu memory");
        Limits off = new Limits(root, false);
        assertThat(off.enforced()).isFalse();
        assertThat(off.note()).contains("switched off");
        assertThat(off.apply("ab12", HALF_A_CORE, "7:3")).isEmpty();
        assertThat(root.resolve("howdah")).doesNotExist();
    }

    @Test
    void theProcessorAloneIsHeldAndGivenBack() throws IOException {
        makeVersion2("cpu memory");
        limits.holdCpu("ab12", 0.2);
        assertThat(root.resolve("howdah/ab12")).doesNotExist();
        Path group = limits.apply("ab12", HALF_A_CORE, "7:3").getFirst().getParent();
        limits.holdCpu("ab12", 0.2);
        assertThat(group.resolve("cpu.max")).hasContent("20000 100000");
        assertThat(group.resolve("memory.max")).hasContent("268435456");
        limits.holdCpu("ab12", 0.5);
        assertThat(group.resolve("cpu.max")).hasContent("50000 100000");
    }

    @Test
    void whatTheKernelCountsIsReadAndFilesInMemoryAreNoUse() throws IOException {
        makeVersion2("cpu memory");
        Path group = limits.apply("ab12", HALF_A_CORE, "7:3").getFirst().getParent();
        assertThat(limits.spentCpu("ab12")).isEmpty();
        assertThat(limits.heldBytes("ab12")).isEmpty();
        Files.writeString(group.resolve("cpu.stat"), "usage_usec 1500000\nuser_usec 1000000\n");
        Files.writeString(group.resolve("memory.current"), "1000\n");
        Files.writeString(group.resolve("memory.stat"), "anon 500\ninactive_file 200\nactive_file 100\n");
        assertThat(limits.spentCpu("ab12")).contains(Duration.ofMillis(1500));
        assertThat(limits.heldBytes("ab12")).hasValue(700);
    }
}
