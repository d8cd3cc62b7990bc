package io.howdah.access;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a client calls itself in the header of that name: products, one after the other, each with its version (RFC 9110,
 * 10.1.5). Browsers name others for compatibility first, and themselves last, except that all but Firefox end in Safari.
 */
final class UserAgent {

    private static final int LONGEST = 256;
    private static final int LONGEST_NAME = 40;
    private static final Pattern COMMENT = Pattern.compile("\\([^()]*\\)");
    private static final Pattern PRODUCT = Pattern.compile("([\\w!#$%&'*+.^`|~-]+)(?:/(\\d+)[^ ]*)?");
    private static final Set<String> COMPATIBILITY = Set.of("Mozilla", "AppleWebKit", "Gecko", "Version", "Mobile");
    private static final String SAFARI = "Safari";
    private static final Pattern SAFARI_VERSION = Pattern.compile("Version/(\\d+)");

    private UserAgent() {}

    /** As it is kept: a client may send anything, of any length. */
    static String kept(String header) {
        String text = header == null ? "" : header.replaceAll("\\p{Cntrl}", " ").strip();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    /** The product and its major version, e.g. "Firefox 141"; blank when the client does not say. */
    static String product(String header) {
        List<MatchResult> products = PRODUCT.matcher(COMMENT.matcher(header).replaceAll(" "))
                .results()
                .filter(product -> !COMPATIBILITY.contains(product.group(1)))
                .toList();
        MatchResult own = products.stream()
                .filter(product -> !product.group(1).equals(SAFARI))
                .reduce((one, later) -> later)
                .orElse(products.isEmpty() ? null : products.getLast());
        if (own == null) {
            return "";
        }
        String version = own.group(1).equals(SAFARI)
                ? SAFARI_VERSION
                        .matcher(header)
                        .results()
                        .findFirst()
                        .map(found -> found.group(1))
                        .orElse(null)
                : own.group(2);
        String name = own.group(1).length() <= LONGEST_NAME
                ? own.group(1)
                : own.group(1).substring(0, LONGEST_NAME);
        return version == null ? name : name + " " + version;
    }
}
