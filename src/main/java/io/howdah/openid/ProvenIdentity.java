package io.howdah.openid;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who a provider says somebody is, after every check of the id token. Somebody is known by issuer and subject alone: all
 * else may change or be given to others.
 *
 * @param session the provider's name for its session ({@code sid}), or null
 * @param idToken as it came, to be named when signing out
 * @param claims all claims of the id token
 */
public record ProvenIdentity(
        String issuer, String subject, String session, String idToken, Map<String, Object> claims) {

    private static final Set<String> KNOWN = Set.of("pwd", "pin", "kba");
    private static final Set<String> HELD = Set.of("otp", "hwk", "swk", "sc", "sms", "tel", "pop");
    private static final Set<String> BORN = Set.of("fpt", "face", "iris", "retina", "vbm");

    /** In lower case; null when there is none, or when the provider does not say that it is theirs. */
    public String verifiedEmail() {
        String email = text("email");
        return email != null && Boolean.parseBoolean(String.valueOf(claims.get("email_verified")))
                ? email.toLowerCase(Locale.ROOT)
                : null;
    }

    /** A claim that is text, or null. */
    public String text(String claim) {
        return claims.get(claim) instanceof String text && !text.isBlank() ? text.strip() : null;
    }

    /** The values of a claim of several; a dotted path leads into objects. Empty when there is none. */
    public Set<String> values(String claim) {
        Object found = claims.containsKey(claim) ? claims.get(claim) : within(claims, claim);
        Set<String> values = new TreeSet<>();
        if (found instanceof Collection<?> several) {
            several.forEach(each -> values.add(String.valueOf(each)));
        } else if (found instanceof String one) {
            values.add(one);
        }
        return values;
    }

    /** Whether the provider has left the claim out because it has too many values, as Entra ID does with groups. */
    public boolean leftOut(String claim) {
        return claims.get("_claim_names") instanceof Map<?, ?> elsewhere && elsewhere.containsKey(claim)
                || claim.equals("groups") && Boolean.TRUE.equals(claims.get("hasgroups"));
    }

    /**
     * Whether the provider says that more than one factor was given: by the methods it names (RFC 8176), or by one of these
     * levels of assurance.
     */
    public boolean severalFactors(List<String> acrValues) {
        Set<String> methods = values("amr");
        Set<Set<String>> kinds = new HashSet<>();
        for (Set<String> kind : List.of(KNOWN, HELD, BORN)) {
            if (methods.stream().anyMatch(kind::contains)) {
                kinds.add(kind);
            }
        }
        return methods.contains("mfa")
                || kinds.size() > 1
                || values("acr").stream().anyMatch(acrValues::contains);
    }

    private static Object within(Map<?, ?> claims, String path) {
        Object found = claims;
        for (String step : path.split("\\.")) {
            found = found instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return found;
    }

    /** Without token and claims, which concern nobody who reads a log. */
    @Override
    public String toString() {
        return subject + " of " + issuer;
    }
}
