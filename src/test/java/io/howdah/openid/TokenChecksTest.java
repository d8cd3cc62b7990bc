package io.howdah.openid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tokens of a provider, each but for one thing as it should be. The library looks at the machine's own clock. */
class TokenChecksTest {

    private static final String ISSUER = "https://id.example.org/realms/one";
    private static final String CLIENT = "howdah";
    private static final String NONCE = "a nonce of this request";
    private static final String LOGOUT = "http://schemas.openid.net/event/backchannel-logout";

    private static RSAKey key;
    private static RSAKey other;

    private JWKSet shown = new JWKSet(key.toPublicJWK());

    @BeforeAll
    static void makeKeys() throws JOSEException {
        key = new RSAKeyGenerator(2048).keyID("first").generate();
        other = new RSAKeyGenerator(2048).keyID("second").generate();
    }

    @Test
    void anIdTokenThatHoldsTellsWhoItIs() throws JOSEException {
        ProvenIdentity who = idToken(signed(id().claim("email", "Olga@Example.org")
                .claim("email_verified", true)
                .claim("sid", "s-1")
                .build()));
        assertThat(who.issuer()).isEqualTo(ISSUER);
        assertThat(who.subject()).isEqualTo("olga-1");
        assertThat(who.session()).isEqualTo("s-1");
        assertThat(who.verifiedEmail()).isEqualTo("olga@example.org");
    }

    @Test
    void anEmailThatTheProviderDoesNotVouchForIsNone() throws JOSEException {
        assertThat(idToken(signed(id().claim("email", "olga@example.org").build()))
                        .verifiedEmail())
                .isNull();
        assertThat(idToken(signed(id().claim("email", "olga@example.org")
                                .claim("email_verified", "false")
                                .build()))
                        .verifiedEmail())
                .isNull();
    }

    @Test
    void aTokenOfAnotherIssuerAudienceOrRequestIsRefused() {
        refused(id().issuer("https://id.example.org/realms/two").build(), "issuer");
        refused(id().audience("another").build(), "audience");
        refused(id().audience(List.of(CLIENT, "another")).build(), "azp");
        refused(
                id().audience(List.of(CLIENT, "another"))
                        .claim("azp", "another")
                        .build(),
                "azp");
        refused(id().claim("azp", "another").build(), "azp");
        refused(id().claim("nonce", "of another request").build(), "nonce");
        refused(id().claim("nonce", null).build(), "nonce");
        refused(id().subject(null).build(), "sub");
        refused(id().expirationTime(null).build(), "exp");
        refused(id().issueTime(null).build(), "iat");
    }

    @Test
    void clocksMayDifferByAMinute() throws JOSEException {
        Instant now = Instant.now();
        idToken(signed(id().expirationTime(Date.from(now.minusSeconds(30))).build()));
        idToken(signed(id().issueTime(Date.from(now.plusSeconds(30))).build()));
        for (JWTClaimsSet off : List.of(
                id().expirationTime(Date.from(now.minusSeconds(90))).build(),
                id().issueTime(Date.from(now.plusSeconds(90))).build())) {
            assertThatThrownBy(() -> idToken(signed(off)))
                    .isInstanceOfSatisfying(TokenRefused.class, refused -> assertThat(refused.ofAnotherTime())
                            .as(refused.getMessage())
                            .isTrue());
        }
    }

    @Test
    void aTokenNobodySignedIsRefused() {
        assertThatThrownBy(() -> idToken(new PlainJWT(id().build()).serialize()))
                .isInstanceOf(TokenRefused.class);
    }

    @Test
    void aTokenSignedWithASharedSecretIsRefused() throws JOSEException {
        // Who takes the public key for a secret would believe this one.
        byte[] secret = key.toRSAPublicKey().getEncoded();
        SignedJWT forged = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(), id().build());
        forged.sign(new MACSigner(secret));
        assertThatThrownBy(() -> idToken(forged.serialize())).isInstanceOf(TokenRefused.class);
    }

    @Test
    void anAlgorithmThatTheProviderDoesNotOfferIsRefused() throws JOSEException {
        var curve = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        shown = new JWKSet(curve.toPublicJWK());
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec").build(), id().build());
        token.sign(new ECDSASigner(curve));
        assertThatThrownBy(() -> idToken(token.serialize())).isInstanceOf(TokenRefused.class);
    }

    @Test
    void aTokenSignedByAnotherKeyIsRefused() {
        assertThatThrownBy(() -> idToken(signed(id().build(), other, null))).isInstanceOf(TokenRefused.class);
        RSAKey pretender = new RSAKey.Builder(other).keyID("first").build();
        assertThatThrownBy(() -> idToken(signed(id().build(), pretender, null))).isInstanceOf(TokenRefused.class);
    }

    @Test
    void aKeyThatTheProviderTookOutOfUseIsRefusedAndItsNewOneTaken() throws JOSEException {
        shown = new JWKSet(other.toPublicJWK());
        assertThat(idToken(signed(id().build(), other, null)).subject()).isEqualTo("olga-1");
        assertThatThrownBy(() -> idToken(signed(id().build()))).isInstanceOf(TokenRefused.class);
    }

    @Test
    void whatIsNoTokenIsRefused() {
        for (String text : List.of("", "a.b.c", "not a token", "e30.e30.", "\u0000")) {
            assertThatThrownBy(() -> idToken(text)).isInstanceOf(TokenRefused.class);
            assertThatThrownBy(() -> checks().logoutToken(text)).isInstanceOf(TokenRefused.class);
        }
    }

    @Test
    void aLogoutTokenNamesASessionOrAPerson() throws JOSEException {
        EndedSession one = checks().logoutToken(signed(logout().build()));
        assertThat(one.session()).isEqualTo("s-1");
        EndedSession all = checks().logoutToken(
                        signed(logout().claim("sid", null).subject("olga-1").build()));
        assertThat(all.session()).isNull();
        assertThat(all.subject()).isEqualTo("olga-1");
        assertThat(all.begunBefore())
                .isBefore(Instant.now().plus(TokenChecks.SKEW).plusSeconds(1));
    }

    @Test
    void aLogoutTokenThatIsNotForUsNowIsRefused() {
        Instant now = Instant.now();
        for (JWTClaimsSet wrong : List.of(
                logout().issuer("https://id.example.org/realms/two").build(),
                logout().audience("another").build(),
                logout().claim("events", null).build(),
                logout().claim("events", Map.of("https://example.org/other", Map.of()))
                        .build(),
                logout().claim("sid", null).build(),
                logout().claim("nonce", NONCE).build(),
                logout().jwtID(null).build(),
                logout().issueTime(null).build(),
                logout().issueTime(Date.from(now.minus(Duration.ofMinutes(11)))).build(),
                logout().issueTime(Date.from(now.plus(Duration.ofMinutes(2)))).build(),
                logout().expirationTime(Date.from(now.minus(Duration.ofMinutes(2))))
                        .build())) {
            assertThatThrownBy(() -> checks().logoutToken(signed(wrong)))
                    .as(wrong.toString())
                    .isInstanceOf(TokenRefused.class);
        }
        assertThatThrownBy(() -> checks().logoutToken(signed(logout().build(), other, null)))
                .isInstanceOf(TokenRefused.class);
        assertThatThrownBy(() -> checks().logoutToken(new PlainJWT(logout().build()).serialize()))
                .isInstanceOf(TokenRefused.class);
    }

    @Test
    void neitherKindOfTokenServesAsTheOther() {
        assertThatThrownBy(() -> checks().logoutToken(signed(id().build()))).isInstanceOf(TokenRefused.class);
        JWTClaimsSet both = logout().subject("olga-1")
                .claim("nonce", NONCE)
                .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                .build();
        assertThatThrownBy(() -> idToken(signed(both, key, new JOSEObjectType("logout+jwt"))))
                .isInstanceOf(TokenRefused.class);
    }

    private TokenChecks checks() {
        JWKSource<SecurityContext> keys = (selector, context) -> selector.select(shown);
        return new TokenChecks(ISSUER, CLIENT, Set.of(JWSAlgorithm.RS256, JWSAlgorithm.HS256), keys, Clock.systemUTC());
    }

    private ProvenIdentity idToken(String token) {
        return checks().idToken(token, NONCE);
    }

    private void refused(JWTClaimsSet claims, String why) {
        assertThatThrownBy(() -> idToken(signed(claims)))
                .as(claims.toString())
                .isInstanceOf(TokenRefused.class)
                .hasMessageContaining(why);
    }

    private static JWTClaimsSet.Builder id() {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject("olga-1")
                .audience(CLIENT)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .claim("nonce", NONCE);
    }

    private static JWTClaimsSet.Builder logout() {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(CLIENT)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(60)))
                .jwtID("once")
                .claim("sid", "s-1")
                .claim("events", Map.of(LOGOUT, Map.of()));
    }

    private static String signed(JWTClaimsSet claims) throws JOSEException {
        return signed(claims, key, null);
    }

    private static String signed(JWTClaimsSet claims, RSAKey by, JOSEObjectType type) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(by.getKeyID())
                        .type(type)
                        .build(),
                claims);
        token.sign(new RSASSASigner(by));
        return token.serialize();
    }
}
