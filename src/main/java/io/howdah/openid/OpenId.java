package io.howdah.openid;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationErrorResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.ACR;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * The relying party of OpenID Connect: authorization code with PKCE, and signing out at both sides. Calls the provider;
 * never call it in a transaction.
 */
@ApplicationScoped
public class OpenId {

    /** How long somebody may take at the provider. */
    static final Duration PATIENCE = Duration.ofMinutes(15);

    @Inject
    private Clock clock;

    @Inject
    private SSLContext trust;

    private ProviderCalls calls;
    private Discovery discovery;

    @PostConstruct
    void prepare() {
        calls = new ProviderCalls(trust);
        discovery = new Discovery(calls, clock);
    }

    /** Whether a provider may have this issuer: https, or http within this machine; no query, no fragment. */
    public static boolean isIssuer(String text) {
        try {
            URI address = new URI(text);
            return ProviderCalls.allowed(address) && address.getRawQuery() == null && address.getRawFragment() == null;
        } catch (java.net.URISyntaxException e) {
            return false;
        }
    }

    /**
     * What the provider says about itself at this moment.
     *
     * @throws io.howdah.shared.ProblemException ProviderAway, ProviderNotUsable
     */
    public Discovered discover(String name, String issuer) {
        Discovery.Known known = discovery.afresh(name, issuer);
        OIDCProviderMetadata said = known.metadata();
        return new Discovered(
                said.getIssuer().getValue(),
                said.getCodeChallengeMethods() != null
                        && said.getCodeChallengeMethods().contains(CodeChallengeMethod.S256),
                offered(said).stream()
                        .filter(TokenChecks.ALGORITHMS::contains)
                        .map(JWSAlgorithm::getName)
                        .collect(Collectors.toCollection(TreeSet::new)),
                Discovery.countKeys(name, known),
                said.getEndSessionEndpointURI() != null,
                said.supportsBackChannelLogout(),
                said.getScopes() == null
                        ? Set.of()
                        : Set.copyOf(said.getScopes().toStringList()),
                said.getClaims() == null ? Set.of() : Set.copyOf(said.getClaims()));
    }

    /**
     * @param redirect where the provider shall send the browser back to
     * @throws io.howdah.shared.ProblemException ProviderAway, ProviderNotUsable
     */
    public AuthorizationRequest begin(Registration with, URI redirect) {
        OIDCProviderMetadata provider = discovery.of(with.name(), with.issuer()).metadata();
        State state = new State(32);
        Nonce nonce = new Nonce(32);
        CodeVerifier verifier = new CodeVerifier();
        Scope scope = new Scope("openid");
        with.scopes().forEach(scope::add);
        AuthenticationRequest.Builder request = new AuthenticationRequest.Builder(
                        ResponseType.CODE, scope, new ClientID(with.clientId()), redirect)
                .endpointURI(provider.getAuthorizationEndpointURI())
                .state(state)
                .nonce(nonce)
                .codeChallenge(verifier, CodeChallengeMethod.S256);
        if (!with.acrValues().isEmpty()) {
            request.acrValues(with.acrValues().stream().map(ACR::new).toList());
        }
        return new AuthorizationRequest(
                request.build().toURI(),
                redirect,
                state.getValue(),
                nonce.getValue(),
                verifier.getValue(),
                clock.instant());
    }

    /**
     * Who the browser that came back belongs to.
     *
     * @param query of the address it came back to
     * @throws io.howdah.shared.ProblemException SignInTimedOut, ProviderSaysNo, ProviderAway, ProviderNotUsable,
     *     ProviderAnswerInvalid, ProviderClockOff; the cause tells exactly why
     */
    public ProvenIdentity finish(Registration with, AuthorizationRequest request, String query) {
        if (request.begunAt().plus(PATIENCE).isBefore(clock.instant())) {
            throw Problem.of(ProblemCode.SignInTimedOut).raise();
        }
        Discovery.Known provider = discovery.of(with.name(), with.issuer());
        AuthorizationCode code = code(with, provider.metadata(), request, query);
        String token = exchange(with, provider.metadata(), request, code);
        try {
            return checks(with, provider).idToken(token, request.nonce());
        } catch (TokenRefused refused) {
            throw Problem.of(
                            refused.ofAnotherTime() ? ProblemCode.ProviderClockOff : ProblemCode.ProviderAnswerInvalid,
                            with.name())
                    .raise(refused);
        }
    }

    /**
     * Where the browser goes so that the provider ends its session too; empty when the provider has no such place.
     *
     * @param back where the provider shall send the browser afterwards
     * @throws io.howdah.shared.ProblemException ProviderAway, ProviderNotUsable
     */
    public Optional<URI> endOf(Registration with, String idToken, URI back) {
        URI end = discovery.of(with.name(), with.issuer()).metadata().getEndSessionEndpointURI();
        if (end == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new LogoutRequest(
                            end,
                            idToken == null ? null : JWTParser.parse(idToken),
                            null,
                            new ClientID(with.clientId()),
                            back,
                            null,
                            null)
                    .toURI());
        } catch (java.text.ParseException e) {
            throw new IllegalArgumentException("not an id token", e);
        }
    }

    /** The issuer that a token claims to be of, before anything of it is believed; empty when it is no token. */
    public static Optional<String> claimedIssuer(String token) {
        try {
            JWTClaimsSet claims = JWTParser.parse(token).getJWTClaimsSet();
            return Optional.ofNullable(claims).map(JWTClaimsSet::getIssuer);
        } catch (java.text.ParseException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /**
     * What a logout token ends.
     *
     * @throws io.howdah.shared.ProblemException ProviderAway, ProviderNotUsable, ProviderAnswerInvalid
     */
    public EndedSession ended(Registration with, String logoutToken) {
        try {
            return checks(with, discovery.of(with.name(), with.issuer())).logoutToken(logoutToken);
        } catch (TokenRefused refused) {
            throw Problem.of(ProblemCode.ProviderAnswerInvalid, with.name()).raise(refused);
        }
    }

    private static AuthorizationCode code(
            Registration with, OIDCProviderMetadata provider, AuthorizationRequest request, String query) {
        AuthenticationResponse response;
        try {
            response = AuthenticationResponseParser.parse(URI.create(request.redirect() + "?" + query));
        } catch (ParseException | RuntimeException e) {
            throw Problem.of(ProblemCode.ProviderAnswerInvalid, with.name()).raise(e);
        }
        if (response.getState() == null || !same(response.getState().getValue(), request.state())) {
            throw Problem.of(ProblemCode.SignInTimedOut).raise(new TokenRefused("state is not the session's", null));
        }
        // RFC 9207: who answers says so, where it can.
        boolean named = response.getIssuer() != null;
        if (named
                ? !response.getIssuer().equals(provider.getIssuer())
                : provider.supportsAuthorizationResponseIssuerParam()) {
            throw Problem.of(ProblemCode.ProviderAnswerInvalid, with.name())
                    .raise(new TokenRefused("the answer is of issuer " + response.getIssuer(), null));
        }
        if (response instanceof AuthenticationErrorResponse refused) {
            throw Problem.of(ProblemCode.ProviderSaysNo, with.name())
                    .raise(new TokenRefused("authorization: " + words(refused.getErrorObject()), null));
        }
        AuthorizationCode code = response.toSuccessResponse().getAuthorizationCode();
        if (code == null) {
            throw Problem.of(ProblemCode.ProviderAnswerInvalid, with.name())
                    .raise(new TokenRefused("no authorization code", null));
        }
        return code;
    }

    private String exchange(
            Registration with, OIDCProviderMetadata provider, AuthorizationRequest request, AuthorizationCode code) {
        AuthorizationGrant grant =
                new AuthorizationCodeGrant(code, request.redirect(), new CodeVerifier(request.verifier()));
        TokenResponse response;
        try {
            response = OIDCTokenResponseParser.parse((HTTPResponse)
                    tokenRequest(with, provider, grant).toHTTPRequest().send(calls));
        } catch (IOException e) {
            throw Problem.of(ProblemCode.ProviderAway, with.name()).raise(e);
        } catch (ParseException | RuntimeException e) {
            throw Problem.of(ProblemCode.ProviderAnswerInvalid, with.name()).raise(e);
        }
        if (!(response instanceof OIDCTokenResponse tokens)) {
            throw Problem.of(ProblemCode.ProviderAnswerInvalid, with.name())
                    .raise(new TokenRefused(
                            "token: " + words(response.toErrorResponse().getErrorObject()), null));
        }
        if (tokens.getOIDCTokens().getIDTokenString() == null) {
            throw Problem.of(ProblemCode.ProviderAnswerInvalid, with.name())
                    .raise(new TokenRefused("no id token", null));
        }
        return tokens.getOIDCTokens().getIDTokenString();
    }

    private static TokenRequest tokenRequest(
            Registration with, OIDCProviderMetadata provider, AuthorizationGrant grant) {
        ClientID client = new ClientID(with.clientId());
        if (with.clientSecret() == null) {
            return new TokenRequest.Builder(provider.getTokenEndpointURI(), client, grant).build();
        }
        Secret secret = new Secret(with.clientSecret());
        List<ClientAuthenticationMethod> methods = provider.getTokenEndpointAuthMethods();
        boolean post = methods != null
                && !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                && methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST);
        return new TokenRequest.Builder(
                        provider.getTokenEndpointURI(),
                        post ? new ClientSecretPost(client, secret) : new ClientSecretBasic(client, secret),
                        grant)
                .build();
    }

    private TokenChecks checks(Registration with, Discovery.Known provider) {
        return new TokenChecks(
                with.issuer(), with.clientId(), provider.metadata().getIDTokenJWSAlgs(), provider.keys(), clock);
    }

    private static List<JWSAlgorithm> offered(OIDCProviderMetadata provider) {
        return provider.getIDTokenJWSAlgs() == null ? new ArrayList<>() : provider.getIDTokenJWSAlgs();
    }

    /** What a provider says in an error, as one line for the log. */
    private static String words(ErrorObject error) {
        return error == null ? "an error without words" : error.getCode() + ", " + error.getDescription();
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
