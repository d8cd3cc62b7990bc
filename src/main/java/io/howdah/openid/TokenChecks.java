package io.howdah.openid;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.LogoutTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.LogoutTokenValidator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a token of a provider holds: signed by one of its keys, in a way that only the provider can; issued by it, for
 * us, now, and for this very request. OpenID Connect Core 1.0, 3.1.3.7, and Back-Channel Logout 1.0, 2.6.
 */
final class TokenChecks {

    /** How far the provider's clock may be from ours. */
    static final Duration SKEW = Duration.ofSeconds(60);

    /** How old a logout token may be: it is sent when it is made. */
    static final Duration LOGOUT_AGE = Duration.ofMinutes(10);

    /** Signatures by a key of the provider's own: neither {@code none} nor what who knows the client's secret could make. */
    static final Set<JWSAlgorithm> ALGORITHMS =
            JWSAlgorithm.Family.SIGNATURE.stream().collect(Collectors.toUnmodifiableSet());

    private final Issuer issuer;
    private final ClientID client;
    private final JWSKeySelector<SecurityContext> keys;
    private final Clock clock;

    /** @param offered the algorithms that the provider says it signs with; null when it says nothing */
    TokenChecks(
            String issuer,
            String clientId,
            Collection<JWSAlgorithm> offered,
            JWKSource<SecurityContext> keys,
            Clock clock) {
        this.issuer = new Issuer(issuer);
        this.client = new ClientID(clientId);
        this.keys = new JWSVerificationKeySelector<>(
                offered == null
                        ? Set.of(JWSAlgorithm.RS256)
                        : ALGORITHMS.stream().filter(offered::contains).collect(Collectors.toSet()),
                keys);
        this.clock = clock;
    }

    /** @throws TokenRefused when it does not hold */
    ProvenIdentity idToken(String token, String nonce) {
        try {
            IDTokenValidator validator = new IDTokenValidator(issuer, client, keys, null);
            validator.setMaxClockSkew(Math.toIntExact(SKEW.toSeconds()));
            IDTokenClaimsSet claims = validator.validate(JWTParser.parse(token), new Nonce(nonce));
            // The library leaves the authorized party to its caller.
            if (claims.getAuthorizedParty() == null
                    ? claims.getAudience().size() > 1
                    : !claims.getAuthorizedParty().getValue().equals(client.getValue())) {
                throw new TokenRefused("id token: azp is " + claims.getAuthorizedParty(), null);
            }
            Map<String, Object> all = claims.toJWTClaimsSet().getClaims();
            return new ProvenIdentity(
                    claims.getIssuer().getValue(),
                    claims.getSubject().getValue(),
                    all.get("sid") instanceof String session ? session : null,
                    token,
                    all);
        } catch (TokenRefused refused) {
            throw refused;
        } catch (BadJOSEException | JOSEException | ParseException | java.text.ParseException | RuntimeException e) {
            throw new TokenRefused("id token: " + e.getMessage(), e);
        }
    }

    /** @throws TokenRefused when it does not hold */
    EndedSession logoutToken(String token) {
        try {
            LogoutTokenClaimsSet claims =
                    new LogoutTokenValidator(issuer, client, false, keys, null).validate(JWTParser.parse(token));
            Instant issued = claims.getIssueTime().toInstant();
            Instant now = clock.instant();
            if (issued.isAfter(now.plus(SKEW)) || issued.isBefore(now.minus(LOGOUT_AGE))) {
                throw new TokenRefused("logout token: issued at " + issued, null);
            }
            return new EndedSession(
                    claims.getIssuer().getValue(),
                    claims.getSubject() == null ? null : claims.getSubject().getValue(),
                    claims.getSessionID() == null ? null : claims.getSessionID().getValue(),
                    issued.plus(SKEW));
        } catch (TokenRefused refused) {
            throw refused;
        } catch (BadJOSEException | JOSEException | java.text.ParseException | RuntimeException e) {
            throw new TokenRefused("logout token: " + e.getMessage(), e);
        }
    }
}
