package io.howdah.shared;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The texts that people read: {@code messages.properties} in English, and the same keys in each other language. Texts come
 * in the language of whoever reads, which the screens tell; inside of services they are English, since what is said there
 * may be kept, recorded or sent to others.
 */
public final class Messages {

    private static final Map<Language, ResourceBundle> BUNDLES = Arrays.stream(Language.values())
            .collect(Collectors.toUnmodifiableMap(
                    Function.identity(),
                    // Without falling back to the language of the machine, which is nobody's who reads.
                    language -> ResourceBundle.getBundle(
                            "messages",
                            Locale.of(language.tag()),
                            Control.getNoFallbackControl(Control.FORMAT_PROPERTIES))));

    private static final ThreadLocal<Language> FIXED = new ThreadLocal<>();

    private static volatile Supplier<Language> reader = () -> Language.ENGLISH;

    private Messages() {}

    /** What says something. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T done() throws E;
    }

    /** @param language tells what the person reads for whom the thread works */
    public static void readBy(Supplier<Language> language) {
        reader = language;
    }

    /** The language in which {@link #text} speaks on this thread now. */
    public static Language language() {
        Language fixed = FIXED.get();
        return fixed == null ? reader.get() : fixed;
    }

    /** Does {@code work}, in which all texts are in {@code language}. */
    public static <T, E extends Exception> T in(Language language, Work<T, E> work) throws E {
        Language before = FIXED.get();
        FIXED.set(language);
        try {
            return work.done();
        } finally {
            if (before == null) {
                FIXED.remove();
            } else {
                FIXED.set(before);
            }
        }
    }

    /**
     * The text of {@code key} with {@link MessageFormat} arguments filled in.
     *
     * @throws MissingResourceException when no such text exists: a missing text is a defect, not something to hide
     */
    public static String text(String key, Object... arguments) {
        return text(language(), key, arguments);
    }

    /** The same in {@code language}. */
    public static String text(Language language, String key, Object... arguments) {
        Object[] plain = Arrays.stream(arguments).map(Messages::plain).toArray();
        return new MessageFormat(BUNDLES.get(language).getString(key), language.locale()).format(plain);
    }

    /** Ports and sizes are written without separators between their digits. */
    private static Object plain(Object argument) {
        return argument instanceof Number ? argument.toString() : argument;
    }

    public static boolean has(String key) {
        return BUNDLES.get(Language.ENGLISH).containsKey(key);
    }

    /** The patterns of one language by their keys. */
    static ResourceBundle bundle(Language language) {
        return BUNDLES.get(language);
    }
}
