package io.howdah.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.access.EventKind;
import io.howdah.access.Permission;
import io.howdah.access.ProtectedAction;
import io.howdah.approval.ApprovalState;
import io.howdah.audit.AuditResult;
import io.howdah.notification.Wanted;
import io.howdah.operation.OperationStatus;
import io.howdah.operation.StepView;
import io.howdah.shared.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {

    private static final Pattern KEY = Pattern.compile("Texts\\.(t|count)\\(\"([^\"]+)\"[,)]");

    @Test
    void durationsAreSaidAsPeopleSayThem() {
        assertThat(Texts.duration(Duration.ofMillis(420))).isEqualTo("0.4 s");
        assertThat(Texts.duration(Duration.ofSeconds(12))).isEqualTo("12 s");
        assertThat(Texts.duration(Duration.ofSeconds(185))).isEqualTo("3 min 5 s");
        assertThat(Texts.duration(Duration.ofMinutes(130))).isEqualTo("2 h 10 min");
        assertThat(Texts.duration(Duration.ofHours(98))).isEqualTo("4 d 2 h");
    }

    /** A missing text would be an error page in front of a person. */
    @Test
    void everyTextThatCodeNamesExists() throws IOException {
        List<String> missing = new ArrayList<>();
        int named = 0;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher key = KEY.matcher(Files.readString(file));
                while (key.find()) {
                    named++;
                    boolean there = key.group(1).equals("t")
                            ? Messages.has(key.group(2))
                            : Messages.has(key.group(2) + ".one") && Messages.has(key.group(2) + ".many");
                    if (!there) {
                        missing.add(file.getFileName() + ": " + key.group(2));
                    }
                }
            }
        }
        assertThat(named).isGreaterThan(100);
        assertThat(missing).isEmpty();
    }

    /** The Jobs page shows them all. */
    @Test
    void everyStandingJobHasItsTitleAndSaysWhatItIsFor() throws IOException {
        Pattern name = Pattern.compile("public String name\\(\\) \\{\\s+return \"([a-z-]+)\";");
        List<String> keys = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String source = Files.readString(file);
                Matcher named = name.matcher(source);
                if (source.contains("implements StandingJob") && named.find()) {
                    keys.add("job." + named.group(1) + ".title");
                    keys.add("job." + named.group(1) + ".what");
                }
            }
        }
        assertThat(keys).hasSizeGreaterThanOrEqualTo(8).allMatch(Messages::has);
    }

    @Test
    void everyValueThatIsShownHasItsWord() {
        List<String> keys = new ArrayList<>();
        for (Permission permission : Permission.values()) {
            keys.add("ui.action." + permission.action());
        }
        for (OperationStatus status : OperationStatus.values()) {
            keys.add("ui.operation.status." + status.name().toLowerCase(Locale.ROOT));
        }
        for (StepView.State state : StepView.State.values()) {
            keys.add("ui.step.state." + state.name().toLowerCase(Locale.ROOT));
        }
        for (AuditResult result : AuditResult.values()) {
            keys.add("ui.audit.result." + result.name().toLowerCase(Locale.ROOT));
        }
        for (EventKind kind : EventKind.values()) {
            keys.add("ui.event." + kind.code());
        }
        for (ProtectedAction action : ProtectedAction.values()) {
            keys.add("approval.action." + action.name());
        }
        for (ApprovalState state : ApprovalState.values()) {
            keys.add("approval.state." + state.name());
        }
        for (Wanted wanted : Wanted.values()) {
            keys.add("ui.choices." + wanted.name().toLowerCase(Locale.ROOT));
        }
        for (Destination page : Destination.values()) {
            keys.add("ui.page." + page.name().toLowerCase(Locale.ROOT));
        }
        assertThat(keys).allMatch(Messages::has);
    }
}
