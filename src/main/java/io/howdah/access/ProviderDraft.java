package io.howdah.access;

import java.util.List;

/**
 * A provider as an administrator describes it; its client secret is set apart from that.
 *
 * @param name on the button of the sign-in page
 * @param scopes asked for beside {@code openid}
 * @param groupsClaim where the groups are in the id token; null for none
 * @param emailDomains whose people may come in, by verified address; empty for all that the provider lets in
 * @param makesPeople whether somebody who is nobody here yet gets an account
 * @param defaultRole which new people get, or null
 * @param defaultScope where they get it
 * @param linksByEmail whether an account whose sign-in name is the verified address is taken for the same person's
 * @param trustsSecondFactor whether the second factor is not asked for here when the provider says that it was
 * @param acrValues the levels of assurance to ask for, each of which counts as a second factor
 */
public record ProviderDraft(
        ProviderKind kind,
        String name,
        String issuer,
        String clientId,
        List<String> scopes,
        String groupsClaim,
        List<String> emailDomains,
        boolean makesPeople,
        String defaultRole,
        Scope defaultScope,
        boolean linksByEmail,
        boolean trustsSecondFactor,
        List<String> acrValues,
        List<ClaimMapping> mappings) {}
