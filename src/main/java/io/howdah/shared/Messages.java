package io.howdah.shared;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/** The one bundle of texts that people read, {@code messages.properties}. */
public final class Messages {

    private static final ResourceBundle BUNDLE = ResourceBundle.getBundle("messages", Locale.ROOT);

    private Messages() {}

    /**
     * The text of {@code key} with {@link MessageFormat} arguments filled in.
     *
     * @throws MissingResourceException when no such text exists: a missing text is a defect, not something to hide
     */
    public static String text(String key, Object... arguments) {
        Object[] plain = Arrays.stream(arguments).map(Messages::plain).toArray();
        return new MessageFormat(BUNDLE.getString(key), Locale.ENGLISH).format(plain);
    }

    /** Ports and sizes are written without separators between their digits. */
    private static Object plain(Object argument) {
        return argument instanceof Number ? argument.toString() : argument;
    }

    public static boolean has(String key) {
        return BUNDLE.containsKey(key);
    }
}
