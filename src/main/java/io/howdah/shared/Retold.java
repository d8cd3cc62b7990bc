package io.howdah.shared;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Tells in the reader's language what a service has said in English, or what was kept so: finds the text of the bundle that
 * a sentence was made from, and what was filled in. What was not made from any, such as people's own words and what
 * PostgreSQL said, stays as it is.
 */
public final class Retold {

    /** Fewer letters of a text's own than this could be anybody's words. */
    private static final int OWN_LETTERS = 8;

    /** What is kept all the same. */
    private static final Set<String> SHORT = Set.of(
            "access.request.refused.text",
            "approval.notice.asked.text",
            "approval.notice.bypassEnded.text",
            "approval.notice.expired.title",
            "approval.notice.refused.title",
            "job.expire-approvals.did",
            "lock.place.team",
            "notice.givenUp.text",
            "notice.operation.failed",
            "server.scale.receipt.why");

    /** No text of ours is longer, with all that is filled in. */
    private static final int LONGEST = 4_000;

    /** So many sentences stand in one text of the bundle at most. */
    private static final int TOGETHER = 5;

    private static final char MARK = '\ue000';

    private static final Pattern BETWEEN_SENTENCES = Pattern.compile("(?<=[.!?]) (?=\\p{Lu}|\")");

    /** Texts without anything to fill in, by their English. */
    private static final Map<String, String> PLAIN = new HashMap<>();

    /** Kinds of things and states, by their English. */
    private static final Map<String, String> NOUNS = new HashMap<>();

    /** Texts that name a kind of thing or a state, and as which argument. */
    private static final Map<String, Integer> NAME_A_THING =
            Map.of("problem.NotFound.message", 0, "problem.Required.message", 0, "problem.ServerNotReady.message", 1);

    /** The others, those with the most letters of their own first. */
    private static final List<Mould> MOULDS = new ArrayList<>();

    private static final Map<String, Mould> BY_KEY = new HashMap<>();

    static {
        Messages.bundle(Language.ENGLISH).keySet().stream().sorted().forEach(Retold::learn);
        MOULDS.sort(Comparator.comparingInt(Mould::letters).reversed());
    }

    private Retold() {}

    /**
     * One text of the bundle: what it says itself, and which arguments stand between. A sentence is matched from left to
     * right without ever going back, so that nobody can write one that takes long.
     */
    private record Mould(String key, List<String> own, List<Integer> arguments) {

        int letters() {
            return own.stream()
                    .mapToInt(text ->
                            (int) text.chars().filter(Character::isAlphabetic).count())
                    .sum();
        }

        Optional<Object[]> fits(String said) {
            int at = own.getFirst().length();
            int end = said.length() - own.getLast().length();
            boolean whole = arguments.isEmpty() ? said.equals(own.getFirst()) : at <= end;
            if (!whole || !said.startsWith(own.getFirst()) || !said.endsWith(own.getLast())) {
                return Optional.empty();
            }
            Object[] filled =
                    new Object[arguments.stream().max(Integer::compare).orElse(-1) + 1];
            for (int i = 0; i < arguments.size(); i++) {
                boolean last = i == arguments.size() - 1;
                int until = last ? end : said.indexOf(own.get(i + 1), at);
                if (until < at || until > end) {
                    return Optional.empty();
                }
                String part = said.substring(at, until);
                Object before = filled[arguments.get(i)];
                if (before != null && !before.equals(part)) {
                    return Optional.empty();
                }
                filled[arguments.get(i)] = part;
                at = until + own.get(i + 1).length();
            }
            return Optional.of(filled);
        }
    }

    private static void learn(String key) {
        Mould mould = mould(key, Messages.bundle(Language.ENGLISH).getString(key));
        BY_KEY.put(key, mould);
        // The texts of the screens themselves are not what services say.
        if (key.startsWith("ui.") || key.contains(".ui.")) {
            return;
        }
        if (key.startsWith("noun.") || key.startsWith("server.state.")) {
            NOUNS.put(mould.own().getFirst(), key);
        } else if (mould.arguments().isEmpty()) {
            PLAIN.putIfAbsent(mould.own().getFirst(), key);
        } else if (mould.letters() >= OWN_LETTERS || SHORT.contains(key)) {
            MOULDS.add(mould);
        }
    }

    private static Mould mould(String key, String pattern) {
        MessageFormat format = new MessageFormat(pattern, Language.ENGLISH.locale());
        int count = format.getFormatsByArgumentIndex().length;
        // A character of the private area stands for each thing to fill in.
        Object[] marks = IntStream.range(0, count)
                .mapToObj(i -> String.valueOf((char) (MARK + i)))
                .toArray();
        List<String> own = new ArrayList<>();
        List<Integer> arguments = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (char each : format.format(marks).toCharArray()) {
            if (each >= MARK && each < MARK + count) {
                own.add(text.toString());
                text.setLength(0);
                arguments.add(each - MARK);
            } else {
                text.append(each);
            }
        }
        own.add(text.toString());
        return new Mould(key, own, arguments);
    }

    /** What was said in English, in the reader's language. */
    public static String told(String said) {
        if (said == null || said.length() > LONGEST || Messages.language() == Language.ENGLISH) {
            return said;
        }
        return found(said).orElseGet(() -> said.lines().map(Retold::line).collect(Collectors.joining("\n")));
    }

    public static Problem told(Problem said) {
        if (said == null || Messages.language() == Language.ENGLISH) {
            return said;
        }
        String key = "problem." + said.code();
        return new Problem(
                said.code(),
                of(key + ".message", said.message()).orElseGet(() -> told(said.message())),
                of(key + ".hint", said.hint()).orElseGet(() -> told(said.hint())),
                said.field());
    }

    /** As many sentences at a time as were said together. */
    private static String line(String said) {
        List<String> sentences = List.of(BETWEEN_SENTENCES.split(said));
        List<String> told = new ArrayList<>();
        int at = 0;
        while (at < sentences.size()) {
            int end = Math.min(sentences.size(), at + TOGETHER);
            Optional<String> part = Optional.empty();
            while (end > at && part.isEmpty()) {
                part = found(String.join(" ", sentences.subList(at, end)));
                end--;
            }
            told.add(part.orElse(sentences.get(at)));
            at = part.isPresent() ? end + 1 : at + 1;
        }
        return String.join(" ", told);
    }

    private static Optional<String> found(String said) {
        String key = PLAIN.get(said);
        if (key != null) {
            return Optional.of(Messages.text(key));
        }
        for (Mould mould : MOULDS) {
            Optional<Object[]> filled = mould.fits(said);
            if (filled.isPresent()) {
                return Optional.of(again(mould.key(), filled.get()));
            }
        }
        return Optional.empty();
    }

    /** The text of this key, if that is what the sentence was made from. */
    private static Optional<String> of(String key, String said) {
        Mould mould = BY_KEY.get(key);
        return mould == null || said == null
                ? Optional.empty()
                : mould.fits(said).map(filled -> again(key, filled));
    }

    /** What was filled in may be a text of the bundle too; a single word is rather somebody's name, but for what is missing. */
    private static String again(String key, Object[] filled) {
        for (int i = 0; i < filled.length; i++) {
            if (filled[i] instanceof String text) {
                String noun = Objects.equals(NAME_A_THING.get(key), i) ? NOUNS.get(text) : null;
                if (noun != null) {
                    filled[i] = Messages.text(noun);
                } else if (text.strip().contains(" ")) {
                    filled[i] = told(text);
                }
            }
        }
        return Messages.text(key, filled);
    }
}
