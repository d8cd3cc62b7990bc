package io.howdah.access;

import io.howdah.openid.OpenId;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** What a provider's description must be like, and how it is written down. */
final class ProviderRules {

    static final int LONGEST_NAME = 40;

    private static final int LONGEST_VALUE = 256;
    private static final Pattern WORD = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,200}");
    private static final Pattern DOMAIN = Pattern.compile(
            "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+", Pattern.CASE_INSENSITIVE);

    private ProviderRules() {}

    /**
     * The same without spaces around, empty words and doubles.
     *
     * @throws io.howdah.shared.ProblemException ProviderNameInvalid, ProviderIssuerInvalid, ProviderClientMissing,
     *     ProviderScopesInvalid, ProviderDomainsInvalid, ProviderMappingInvalid, Required
     */
    static ProviderDraft checked(ProviderDraft draft) {
        String name = text(draft.name());
        if (name == null || name.length() > LONGEST_NAME || name.matches(".*\\p{Cntrl}.*")) {
            throw Problem.of(ProblemCode.ProviderNameInvalid, LONGEST_NAME)
                    .at("name")
                    .raise();
        }
        String clientId = text(draft.clientId());
        if (clientId == null) {
            throw Problem.of(ProblemCode.ProviderClientMissing).at("clientId").raise();
        }
        List<String> domains = words(draft.emailDomains(), word -> word.toLowerCase(Locale.ROOT));
        if (domains.stream().anyMatch(domain -> !DOMAIN.matcher(domain).matches())) {
            throw Problem.of(ProblemCode.ProviderDomainsInvalid)
                    .at("emailDomains")
                    .raise();
        }
        List<String> scopes = words(draft.scopes(), UnaryOperator.identity());
        List<String> acrValues = words(draft.acrValues(), UnaryOperator.identity());
        String claim = text(draft.groupsClaim());
        if (!draft.mappings().isEmpty() && claim == null) {
            throw Problem.of(ProblemCode.ProviderMappingInvalid)
                    .at("groupsClaim")
                    .raise();
        }
        return new ProviderDraft(
                draft.kind() == null ? ProviderKind.OTHER : draft.kind(),
                name,
                issuer(draft.issuer()),
                clientId,
                plain(scopes, "scopes"),
                claim,
                domains,
                draft.makesPeople(),
                draft.makesPeople() ? text(draft.defaultRole()) : null,
                draft.makesPeople() && text(draft.defaultRole()) != null ? draft.defaultScope() : null,
                draft.linksByEmail(),
                draft.trustsSecondFactor(),
                plain(acrValues, "acrValues"),
                draft.mappings().stream().map(ProviderRules::mapping).distinct().toList());
    }

    /** @throws io.howdah.shared.ProblemException ProviderIssuerInvalid */
    static String issuer(String wanted) {
        String issuer = text(wanted);
        if (issuer == null || !OpenId.isIssuer(issuer)) {
            throw Problem.of(ProblemCode.ProviderIssuerInvalid).at("issuer").raise();
        }
        return issuer;
    }

    private static ClaimMapping mapping(ClaimMapping wanted) {
        String value = text(wanted.value());
        if (value == null
                || value.length() > LONGEST_VALUE
                || (wanted.groupId() == null) == (wanted.role() == null)
                || wanted.role() != null && wanted.scope() == null) {
            throw Problem.of(ProblemCode.ProviderMappingInvalid).at("mappings").raise();
        }
        return new ClaimMapping(value, wanted.groupId(), wanted.role(), wanted.role() == null ? null : wanted.scope());
    }

    /** Words that can go to a provider between spaces. */
    private static List<String> plain(List<String> words, String field) {
        if (words.stream().anyMatch(word -> !WORD.matcher(word).matches())) {
            throw Problem.of(ProblemCode.ProviderScopesInvalid).at(field).raise();
        }
        return words;
    }

    private static List<String> words(List<String> given, UnaryOperator<String> form) {
        Set<String> words = new TreeSet<>();
        given.stream()
                .map(ProviderRules::text)
                .filter(word -> word != null)
                .map(form)
                .forEach(words::add);
        return List.copyOf(words);
    }

    private static String text(String given) {
        return given == null || given.isBlank() ? null : given.strip();
    }
}
