package io.howdah.engine.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.postgresql.core.Parser;

/**
 * SQL as text: where one statement ends and the next begins, by the rules of PostgreSQL's own terminal. A semicolon does
 * not end a statement within quotes, comments, parentheses, or the body of a routine in standard SQL.
 */
final class SqlText {

    /** @param at where it begins */
    record Part(String text, int at) {}

    private static final int DECIDING_WORDS = 4;

    private final char[] text;
    private final List<Part> parts = new ArrayList<>();
    private final List<String> firstWords = new ArrayList<>();
    private int from;
    private int parentheses;
    private int blocks;

    private SqlText(String text) {
        this.text = text.toCharArray();
    }

    static List<Part> split(String text) {
        SqlText sql = new SqlText(text);
        sql.split();
        return sql.parts;
    }

    private void split() {
        for (int i = 0; i < text.length; i++) {
            int end = skip(text, i);
            if (end > i) {
                i = end;
            } else if (Parser.isIdentifierStartChar(text[i])) {
                i = word(i);
            } else if (text[i] == '(') {
                parentheses++;
            } else if (text[i] == ')') {
                parentheses = Math.max(0, parentheses - 1);
            } else if (text[i] == ';' && parentheses == 0 && blocks == 0) {
                end(i);
            }
        }
        end(text.length);
    }

    private void end(int at) {
        parts.add(new Part(new String(text, from, at - from), from));
        from = Math.min(text.length, at + 1);
        firstWords.clear();
        parentheses = 0;
    }

    /** Reads the word that begins there, and answers where its last letter stands. */
    private int word(int at) {
        int end = at;
        while (end + 1 < text.length && Parser.isIdentifierContChar(text[end + 1])) {
            end++;
        }
        String word = new String(text, at, end - at + 1).toUpperCase(Locale.ROOT);
        if (firstWords.size() < DECIDING_WORDS) {
            firstWords.add(word);
        }
        if (parentheses == 0 && makesARoutine()) {
            switch (word) {
                case "BEGIN" -> blocks++;
                case "CASE" -> blocks += blocks > 0 ? 1 : 0;
                case "END" -> blocks = Math.max(0, blocks - 1);
                default -> {}
            }
        }
        return end;
    }

    private boolean makesARoutine() {
        List<String> words = firstWords.stream()
                .filter(word -> !Set.of("OR", "REPLACE").contains(word))
                .toList();
        return words.size() > 1
                && words.get(0).equals("CREATE")
                && Set.of("FUNCTION", "PROCEDURE").contains(words.get(1));
    }

    /** The statement without its comments, quoted parts emptied, blanks as single spaces: for looking at its words. */
    static String plain(String statement) {
        char[] text = statement.toCharArray();
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < text.length; i++) {
            int end = skip(text, i);
            if (end > i && text[i] != '$') {
                words.append(text[i] == '\'' || text[i] == '"' ? "" + text[i] + text[i] : " ");
                i = end;
            } else {
                words.append(text[i]);
            }
        }
        return words.toString().replaceAll("\\s+", " ").strip();
    }

    /** Where the quoted part or the comment that begins there ends, or the same place. */
    private static int skip(char[] text, int at) {
        return switch (text[at]) {
            case '\'' -> Parser.parseSingleQuotes(text, at, true);
            case '"' -> Parser.parseDoubleQuotes(text, at);
            case '-' -> Parser.parseLineComment(text, at);
            case '/' -> Parser.parseBlockComment(text, at);
            case '$' -> Parser.parseDollarQuotes(text, at);
            default -> at;
        };
    }
}
