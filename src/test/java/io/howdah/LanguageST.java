package io.howdah;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The portal in a person's own language. */
@ExtendWith(Installation.Shared.class)
@Order(4)
class LanguageST {

    /** All that can be read, seen or heard: texts, and what names controls. */
    private static final String TEXTS = """
            () => {
              const found = new Set();
              const walk = node => {
                if (node.nodeType === Node.TEXT_NODE) {
                  if (node.parentElement?.checkVisibility()) found.add(node.textContent.trim());
                } else if (node.nodeType === Node.ELEMENT_NODE && !['SCRIPT', 'STYLE'].includes(node.tagName)) {
                  ['aria-label', 'title', 'placeholder'].forEach(name => found.add((node.getAttribute(name) ?? '').trim()));
                  if (node.tagName === 'VAADIN-TOOLTIP') found.add(node.text ?? '');
                  node.shadowRoot?.childNodes.forEach(walk);
                  node.childNodes.forEach(walk);
                } else if (node.nodeType === Node.DOCUMENT_NODE) {
                  node.childNodes.forEach(walk);
                }
              };
              walk(document);
              return [...found].filter(text => text);
            }""";

    /** What is called the same in German: a role. */
    private static final Set<String> NAMES = Set.of("Owner");

    private static final int LETTERS = 3;

    @Test
    void nothingIsLeftInEnglishForSomebodyWhoReadsGerman(Installation installation) throws SQLException {
        RolesOnScreen servers = new RolesOnScreen(installation);
        String server;
        try (Visitor ada = installation.administrator()) {
            server = servers.server(ada);
        }
        List<Pattern> english = patterns(Locale.ENGLISH, Locale.GERMAN);
        List<Pattern> german = patterns(Locale.GERMAN, Locale.ROOT);
        Set<String> left = new TreeSet<>();
        Browser.NewContextOptions berlin = new Browser.NewContextOptions().setLocale("de-DE");
        try (Visitor reader = installation.visitor(berlin)) {
            reader.go("sign-in");
            Visitor.await(reader.button("Anmelden"));
            left.addAll(english(reader, "sign-in", english, german));
            reader.fill("Anmeldename", Installation.ADMINISTRATOR);
            reader.fill("Passwort", Installation.ADMINISTRATOR_PASSWORD);
            reader.press("Anmelden");
            Visitor.await(reader.page().locator("main#content"));
            assertThat(reader.page().locator("html").getAttribute("lang")).isEqualTo("de");
            List<String> pages = new ArrayList<>(Routes.pages(server, servers.team()));
            pages.add("servers/not-there");
            for (String path : pages) {
                reader.leaveFor(path);
                reader.arriveAt(path);
                left.addAll(english(reader, path, english, german));
            }
            assertThat(reader.errors()).isEmpty();
        }
        assertThat(left).isEmpty();
    }

    @Test
    void aChosenLanguageFollowsThePersonWhateverTheirBrowserAsksFor(Installation installation) throws SQLException {
        new RolesOnScreen(installation).make(false);
        String reader = RolesOnScreen.nameOf("Reader", false);
        try (Visitor visitor = installation.visitor()) {
            visitor.signIn(reader, Installation.ADMINISTRATOR_PASSWORD);
            choose(visitor, "Language", "Deutsch", "Save");
            Visitor.await(visitor.button("Speichern"));
            assertThat(visitor.page().locator("html").getAttribute("lang")).isEqualTo("de");
        }
        try (Visitor elsewhere = installation.visitor()) {
            elsewhere.signIn(reader, Installation.ADMINISTRATOR_PASSWORD);
            elsewhere.awaitText("Vorgänge");
            choose(elsewhere, "Sprache", "Laut Browser: English", "Speichern");
            Visitor.await(elsewhere.button("Save"));
            elsewhere.awaitText("Operations");
        }
    }

    @Test
    void aPageOfAnErrorSpeaksAsTheBrowserAsks(Installation installation) {
        Plain plain = new Plain(installation);

        String german = plain.send("GET", "failed", Map.of("Accept-Language", "fr, de-AT;q=0.8, en;q=0.5"), null)
                .body();
        String english = plain.send("GET", "failed", Map.of("Accept-Language", "fr"), null)
                .body();

        assertThat(german).contains("lang=\"de\"").contains("Unter dieser Adresse");
        assertThat(english).contains("lang=\"en\"").contains("There is nothing at this address.");
    }

    private static void choose(Visitor visitor, String label, String language, String save) {
        visitor.go("profile");
        Locator field = visitor.page().locator("vaadin-select").filter(new Locator.FilterOptions().setHasText(label));
        Visitor.await(field);
        field.click();
        visitor.page()
                .locator("vaadin-select-item")
                .filter(new Locator.FilterOptions().setHasText(language))
                .last()
                .click();
        visitor.press(save);
    }

    private static Set<String> english(Visitor reader, String path, List<Pattern> english, List<Pattern> german) {
        Set<String> found = new TreeSet<>();
        for (Object each : (List<?>) reader.page().evaluate(TEXTS)) {
            String text = each.toString();
            if (!NAMES.contains(text)
                    && english.stream().anyMatch(one -> one.matcher(text).matches())
                    && german.stream().noneMatch(one -> one.matcher(text).matches())) {
                found.add("/" + path + ": " + text);
            }
        }
        return found;
    }

    /** What the texts of a language look like that are not the same in the other one. */
    private static List<Pattern> patterns(Locale language, Locale other) {
        ResourceBundle texts = bundle(language);
        ResourceBundle others = other.equals(Locale.ROOT) ? null : bundle(other);
        List<Pattern> patterns = new ArrayList<>();
        for (Enumeration<String> keys = texts.getKeys(); keys.hasMoreElements(); ) {
            String key = keys.nextElement();
            String text = texts.getString(key);
            boolean own = text.replaceAll("\\{\\d}", "")
                            .chars()
                            .filter(Character::isLetter)
                            .count()
                    >= LETTERS;
            if (own && (others == null || !others.getString(key).equals(text))) {
                patterns.add(pattern(text));
            }
        }
        return patterns;
    }

    private static Pattern pattern(String text) {
        String[] parts = text.strip().replace("''", "'").replace("'{0}'", "{0}").split("\\{\\d}", -1);
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            regex.append(i == 0 ? "" : "(.*?)").append(Pattern.quote(parts[i]));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private static ResourceBundle bundle(Locale language) {
        return ResourceBundle.getBundle(
                "messages",
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
