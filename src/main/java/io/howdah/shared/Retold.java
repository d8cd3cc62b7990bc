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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

    /** One text of the bundle as a pattern for what is made from it; its groups are what was filled in, in order. */
    private record Mould(String key, String begin, String end, Pattern whole, List<Integer> filled, int letters) {

        Optional<Object[]> fits(String said) {
            if (!said.startsWith(begin) || !said.endsWith(end)) {
                return Optional.empty();
            }
            Matcher match = whole.matcher(said);
            if (!match.matches()) {
                return Optional.empty();
            }
            Object[] arguments =
                    new Object[filled.stream().max(Integer::compare).orElse(-1) + 1];
            for (int i = 0; i < filled.size(); i++) {
                arguments[filled.get(i)] = match.group(i + 1);
            }
            return Optional.of(arguments);
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
            NOUNS.put(mould.begin(), key);
        } else if (mould.filled().isEmpty()) {
            PLAIN.putIfAbsent(mould.begin(), key);
        } else if (mould.letters() >= OWN_LETTERS || SHORT.contains(key)) {
            MOULDS.add(mould);
        }
    }

    private static Mould mould(String key, String pattern) {
        MessageFormat format = new MessageFormat(pattern, Language.ENGLISH.locale());
        int count = format.getFormatsByArgumentIndex().length;
        // A character of the private area stands for each thing to fill in.
        Object[] marks = new Object[count];
        for (int i = 0; i < count; i++) {
            marks[i] = String.valueOf((char) ('\ue000' + i));
        }
        String said = format.format(marks);
        StringBuilder regex = new StringBuilder();
        List<Integer> filled = new ArrayList<>();
        StringBuilder own = new StringBuilder();
        for (char each : said.toCharArray()) {
            int argument = each - '\ue000';
            if (argument < 0 || argument >= count) {
                own.append(each);
                continue;
            }
            regex.append(Pattern.quote(own.toString()));
            own.setLength(0);
            int known = filled.indexOf(argument);
            regex.append(known < 0 ? "(.*?)" : "\\" + (known + 1));
            if (known < 0) {
                filled.add(argument);
            }
        }
        regex.append(Pattern.quote(own.toString()));
        String begin = said.codePoints()
                .takeWhile(each -> each < '\ue000' || each >= '\ue000' + count)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        int letters = (int) said.chars().filter(Character::isAlphabetic).count();
        return new Mould(
                key, begin, own.toString(), Pattern.compile(regex.toString(), Pattern.DOTALL), filled, letters);
    }

    /** What was said in English, in the reader's language. */
    public static String told(String said) {
        if (said == null || said.isBlank() || Messages.language() == Language.ENGLISH) {
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
            int end = sentences.size();
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
