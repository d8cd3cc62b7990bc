package io.howdah.openid;

import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What providers say about themselves, and their keys: read when first needed, and read again every ten minutes. */
final class Discovery {

    private static final Duration FRESH = Duration.ofMinutes(10);

    /** A provider that changes its keys is asked for them at once, but not by everybody who sends tokens of unknown keys. */
    private static final Duration BETWEEN_KEYS = Duration.ofSeconds(5);

    private static final Duration KEYS_FRESH = Duration.ofMinutes(10);
    private static final Duration KEYS_PATIENCE = Duration.ofSeconds(15);

    /** What is known of a provider. */
    record Known(OIDCProviderMetadata metadata, JWKSource<SecurityContext> keys, Instant readAt) {}

    private final ProviderCalls calls;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    Discovery(ProviderCalls calls, Clock clock) {
        this.calls = calls;
        this.clock = clock;
    }

    /** @throws io.howdah.shared.ProblemException ProviderAway, ProviderNotUsable */
    Known of(String name, String issuer) {
        Known before = known.get(issuer);
        if (before != null && before.readAt().plus(FRESH).isAfter(clock.instant())) {
            return before;
        }
        Known now = read(name, issuer, before);
        known.put(issuer, now);
        return now;
    }

    /** As it is at this moment. */
    Known afresh(String name, String issuer) {
        return read(name, issuer, null);
    }

    /** @throws io.howdah.shared.ProblemException ProviderAway */
    static int countKeys(String name, Known known) {
        try {
            return known.keys()
                    .get(new JWKSelector(new JWKMatcher.Builder().build()), null)
                    .size();
        } catch (com.nimbusds.jose.KeySourceException e) {
            throw Problem.of(ProblemCode.ProviderAway, name).raise(e);
        }
    }

    private Known read(String name, String issuer, Known before) {
        OIDCProviderMetadata metadata;
        try {
            metadata = OIDCProviderMetadata.parse(
                    calls.retrieveResource(OIDCProviderMetadata.resolveURL(new Issuer(issuer)))
                            .getContent());
        } catch (IOException e) {
            throw Problem.of(ProblemCode.ProviderAway, name).raise(e);
        } catch (GeneralException | RuntimeException e) {
            throw Problem.of(ProblemCode.ProviderNotUsable, name, e.getMessage())
                    .raise(e);
        }
        // Else a provider could speak for another one.
        if (!metadata.getIssuer().getValue().equals(issuer)) {
            throw Problem.of(
                            ProblemCode.ProviderNotUsable,
                            name,
                            "it calls itself " + metadata.getIssuer().getValue())
                    .raise();
        }
        if (metadata.getAuthorizationEndpointURI() == null || metadata.getTokenEndpointURI() == null) {
            throw Problem.of(ProblemCode.ProviderNotUsable, name, "it names no authorization or token endpoint")
                    .raise();
        }
        Stream.of(
                        metadata.getAuthorizationEndpointURI(),
                        metadata.getTokenEndpointURI(),
                        metadata.getJWKSetURI(),
                        metadata.getEndSessionEndpointURI())
                .filter(Objects::nonNull)
                .filter(address -> !ProviderCalls.allowed(address))
                .findFirst()
                .ifPresent(address -> {
                    throw Problem.of(ProblemCode.ProviderNotUsable, name, address + " is not an https address")
                            .raise();
                });
        boolean sameKeys = before != null && before.metadata().getJWKSetURI().equals(metadata.getJWKSetURI());
        return new Known(metadata, sameKeys ? before.keys() : keys(metadata.getJWKSetURI()), clock.instant());
    }

    private JWKSource<SecurityContext> keys(URI address) {
        try {
            return JWKSourceBuilder.create(address.toURL(), calls)
                    .cache(KEYS_FRESH.toMillis(), KEYS_PATIENCE.toMillis())
                    .refreshAheadCache(false)
                    .rateLimited(BETWEEN_KEYS.toMillis())
                    .build();
        } catch (java.net.MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
