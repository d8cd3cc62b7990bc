package io.howdah.shared;

import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Optional;

/** The languages of the portal. What is kept, recorded or sent to machines is always in the first. */
public enum Language {
    ENGLISH(Locale.ENGLISH, Locale.UK),
    GERMAN(Locale.GERMAN, Locale.GERMANY);

    private final Locale locale;
    private final Locale region;

    Language(Locale locale, Locale region) {
        this.locale = locale;
        this.region = region;
    }

    /** How dates and numbers are written in it. */
    public Locale locale() {
        return locale;
    }

    /** Where fields and browsers write dates and times as we do. */
    public Locale region() {
        return region;
    }

    /** @param pattern as written in English, for example "d MMM uuuu"; in German the day is an ordinal */
    public DateTimeFormatter dates(String pattern) {
        return DateTimeFormatter.ofPattern(this == GERMAN ? pattern.replace("d MMM", "d. MMM") : pattern, locale);
    }

    /** For example "1st", "22nd", or "1.". */
    public String ordinal(int number) {
        if (this == GERMAN) {
            return number + ".";
        }
        boolean teen = number % 100 / 10 == 1;
        return number
                + switch (teen ? 0 : number % 10) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
                };
    }

    /** Its ISO 639 code, such as "de". */
    public String tag() {
        return locale.getLanguage();
    }

    /** What those who speak it call it. */
    public String ownName() {
        return locale.getDisplayLanguage(locale);
    }

    /** The first of these that is among them; English when none is. */
    public static Language among(Enumeration<Locale> wanted) {
        return Collections.list(wanted).stream()
                .map(Language::of)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(ENGLISH);
    }

    /** The one that somebody with this locale reads; empty when it is not among them. */
    public static Optional<Language> of(Locale locale) {
        return Arrays.stream(values())
                .filter(each -> locale != null && each.tag().equals(locale.getLanguage()))
                .findFirst();
    }
}
