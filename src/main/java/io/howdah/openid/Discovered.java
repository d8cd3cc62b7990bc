package io.howdah.openid;

import java.util.Set;

/**
 * What a provider says about itself.
 *
 * @param proofKeys whether it says that it takes PKCE with S256
 * @param algorithms it signs id tokens with, of those that are accepted here; empty when it says nothing usable
 * @param keys how many keys of its signatures it shows
 * @param endSession whether it can be told that somebody signs out here
 * @param backChannel whether it tells when somebody signs out there
 * @param scopes it knows; empty when it does not say
 * @param claims it knows; empty when it does not say
 */
public record Discovered(
        String issuer,
        boolean proofKeys,
        Set<String> algorithms,
        int keys,
        boolean endSession,
        boolean backChannel,
        Set<String> scopes,
        Set<String> claims) {}
