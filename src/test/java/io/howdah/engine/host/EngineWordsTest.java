package io.howdah.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.shared.Language;
import io.howdah.shared.Messages;
import io.howdah.shared.Retold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the engine says is in the bundle, so that everybody reads it in their own language. */
class EngineWordsTest {

    /** A literal where the words of something that goes on are wanted. */
    private static final Pattern LITERAL = Pattern.compile(
            "\\b(?:course\\.say|perform|Progress\\.Running|Outcome\\.Wait<>)\\((?:(?!Messages\\.text)[^\"{};])*\"[A-Z]");

    @Test
    void whatGoesOnIsSaidWithTextsOfTheBundle() throws IOException {
        List<Path> sources;
        try (Stream<Path> all = Files.walk(Path.of("src/main/java"))) {
            sources = all.filter(file -> file.toString().endsWith(".java")).toList();
        }
        assertThat(sources).hasSizeGreaterThan(100);
        for (Path source : sources) {
            assertThat(LITERAL.matcher(Files.readString(source)).results().map(MatchResult::group))
                    .as(source.toString())
                    .isEmpty();
        }
    }

    @Test
    void whatWasSaidInEnglishIsToldInGerman() throws Exception {
        List<String> keys = ResourceBundle.getBundle("messages", Locale.ENGLISH).keySet().stream()
                .filter(key -> key.startsWith("engine."))
                .toList();
        assertThat(keys).hasSizeGreaterThan(100);
        for (String key : keys) {
            String[] filled = {"3", "12", "orders", "VACUUM"};
            String said = Messages.text(Language.ENGLISH, key, (Object[]) filled);
            String told = Messages.in(Language.GERMAN, () -> Retold.told(said));
            assertThat(told).as(key).isEqualTo(Messages.text(Language.GERMAN, key, (Object[]) filled));
        }
    }

    @Test
    void theNoteOfLimitsIsToldSentenceBySentence() throws Exception {
        String said = Messages.text(Language.ENGLISH, "engine.limits.version-2") + " "
                + Messages.text(Language.ENGLISH, "engine.limits.io");
        assertThat(Messages.in(Language.GERMAN, () -> Retold.told(said)))
                .isEqualTo(Messages.text(Language.GERMAN, "engine.limits.version-2") + " "
                        + Messages.text(Language.GERMAN, "engine.limits.io"));
    }

    @Test
    void theObstacleToADiskOfItsOwnIsToldToo() throws Exception {
        String said = Messages.text(
                Language.ENGLISH, "engine.storage.soft", Messages.text(Language.ENGLISH, "engine.storage.root"));
        assertThat(Messages.in(Language.GERMAN, () -> Retold.told(said)))
                .endsWith(Messages.text(Language.GERMAN, "engine.storage.root"));
    }
}
