package io.howdah.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MessagesTest {

    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d+)}");

    @Test
    void everyTextIsThereInEveryLanguageWithTheSameArguments() throws IOException {
        Map<String, String> english = texts("messages.properties");
        Map<String, String> german = texts("messages_de.properties");

        assertThat(german.keySet()).containsExactlyElementsOf(english.keySet());
        Map<String, Set<String>> others = new TreeMap<>();
        english.forEach((key, text) -> {
            if (!arguments(text).equals(arguments(german.get(key)))) {
                others.put(key, arguments(german.get(key)));
            }
        });
        assertThat(others).isEmpty();
    }

    @Test
    void noTextHasAnApostropheThatGoesLostOrComesTwice() throws IOException {
        for (String file : List.of("messages.properties", "messages_de.properties")) {
            List<String> lost = new ArrayList<>();
            texts(file).forEach((key, text) -> {
                if (text.replace("''", "").replaceAll("'[{}]'", "").contains("'")) {
                    lost.add(key);
                }
                new MessageFormat(text);
            });
            assertThat(lost).as(file).isEmpty();
            List<String> keys = keys(file);
            Set<String> once = new HashSet<>();
            assertThat(keys.stream().filter(key -> !once.add(key))).as(file).isEmpty();
        }
    }

    @Test
    void theLanguageIsThatOfWhoeverReadsAndEnglishInsideOfServices() throws Exception {
        assertThat(Messages.text("server.state.STOPPED")).isEqualTo("Stopped");
        String german = Messages.in(Language.GERMAN, () -> {
            String inside = Messages.in(Language.ENGLISH, () -> Messages.text("server.state.STOPPED"));
            assertThat(inside).isEqualTo("Stopped");
            return Messages.text("server.state.STOPPED");
        });
        assertThat(german).isEqualTo("Angehalten");
        assertThat(Messages.language()).isEqualTo(Language.ENGLISH);
    }

    private static Set<String> arguments(String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = ARGUMENT.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static List<String> keys(String file) throws IOException {
        return Files.readAllLines(RESOURCES.resolve(file)).stream()
                .filter(line -> !line.startsWith("#") && line.contains("="))
                .map(line -> line.substring(0, line.indexOf('=')))
                .toList();
    }

    private static Map<String, String> texts(String file) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        Files.readAllLines(RESOURCES.resolve(file)).stream()
                .filter(line -> !line.startsWith("#") && line.contains("="))
                .forEach(
                        line -> texts.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        return texts;
    }
}
