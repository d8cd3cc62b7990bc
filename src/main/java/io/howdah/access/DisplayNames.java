package io.howdah.access;

import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.util.regex.Pattern;

/** The rule for the names that people show. */
final class DisplayNames {

    static final int LONGEST = 100;

    /** Control and format characters would let a name pass for another, or turn the line it stands in around. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private DisplayNames() {}

    /** The name without spaces around it, {@code otherwise} for a blank one, or the problem at {@code displayName}. */
    static String check(String name, String otherwise) {
        String wanted = name == null ? "" : name.strip();
        if (wanted.codePointCount(0, wanted.length()) > LONGEST
                || INVISIBLE.matcher(wanted).find()) {
            throw Problem.of(ProblemCode.DisplayNameInvalid, LONGEST)
                    .at("displayName")
                    .raise();
        }
        return wanted.isEmpty() ? otherwise : wanted;
    }
}
