package io.howdah.access;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import io.howdah.shared.Ids;
import io.howdah.shared.Json;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What is asked of authenticators, and whether their answers hold: Web Authentication, level 3, without attestation. The
 * authenticator must check who holds it (a finger, a face, a PIN), so that a passkey is two factors by itself.
 */
@ApplicationScoped
class Authenticators {

    private static final Logger LOG = Logger.getLogger(Authenticators.class.getName());
    private static final List<COSEAlgorithmIdentifier> ALGORITHMS =
            List.of(COSEAlgorithmIdentifier.EdDSA, COSEAlgorithmIdentifier.ES256, COSEAlgorithmIdentifier.RS256);
    private static final long PATIENCE_MILLIS = 120_000;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final ObjectConverter converter = new ObjectConverter();
    private final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);
    private final AttestedCredentialDataConverter credentials = new AttestedCredentialDataConverter(converter);

    /** What an authenticator has made for a person. */
    record Made(String id, String credential, long signCount) {}

    /** @param has the ids of the person's passkeys: an authenticator that holds one of them makes no second */
    PasskeyCeremony forNewPasskey(Site site, Person person, List<String> has) {
        String challenge = Ids.secretCode();
        return new PasskeyCeremony(
                site,
                challenge,
                Json.write(Map.of(
                        "rp", Map.of("id", site.host(), "name", "Howdah"),
                        "user",
                                Map.of(
                                        "id", handle(person.id),
                                        "name", person.name,
                                        "displayName", person.displayName),
                        "challenge", challenge,
                        "pubKeyCredParams",
                                ALGORITHMS.stream()
                                        .map(algorithm ->
                                                Map.of("type", "public-key", "alg", (Object) algorithm.getValue()))
                                        .toList(),
                        "timeout", PATIENCE_MILLIS,
                        "excludeCredentials",
                                has.stream()
                                        .map(id -> Map.of("type", "public-key", "id", id))
                                        .toList(),
                        "authenticatorSelection", Map.of("residentKey", "required", "userVerification", "required"),
                        "attestation", "none")));
    }

    /** Asks for whichever passkey of this site its person chooses. */
    PasskeyCeremony forSignIn(Site site) {
        String challenge = Ids.secretCode();
        return new PasskeyCeremony(
                site,
                challenge,
                Json.write(Map.of(
                        "challenge",
                        challenge,
                        "rpId",
                        site.host(),
                        "timeout",
                        PATIENCE_MILLIS,
                        "userVerification",
                        "required")));
    }

    /** Empty when the answer does not hold. */
    Optional<Made> made(PasskeyCeremony ceremony, String answer) {
        return attempt(() -> {
            RegistrationData data = manager.verifyRegistrationResponseJSON(
                    answer,
                    new RegistrationParameters(
                            server(ceremony),
                            ALGORITHMS.stream()
                                    .map(algorithm -> new PublicKeyCredentialParameters(
                                            PublicKeyCredentialType.PUBLIC_KEY, algorithm))
                                    .toList(),
                            true,
                            true));
            AuthenticatorData<?> authenticator = data.getAttestationObject().getAuthenticatorData();
            return new Made(
                    TEXT.encodeToString(
                            authenticator.getAttestedCredentialData().getCredentialId()),
                    Base64.getEncoder().encodeToString(credentials.convert(authenticator.getAttestedCredentialData())),
                    authenticator.getSignCount());
        });
    }

    /** The id of the passkey that an answer claims to come from. */
    Optional<String> claimed(String answer) {
        return attempt(() -> TEXT.encodeToString(
                manager.parseAuthenticationResponseJSON(answer).getCredentialId()));
    }

    /** The passkey's new count, or empty when the answer does not hold: another key, site, question or person, or a copy. */
    Optional<Long> holds(PasskeyCeremony ceremony, Passkey passkey, String answer) {
        CredentialRecordImpl known = new CredentialRecordImpl(
                new NoneAttestationStatement(),
                true,
                null,
                null,
                passkey.signCount,
                credentials.convert(ByteBuffer.wrap(Base64.getDecoder().decode(passkey.credential))),
                null,
                null,
                null,
                null);
        return attempt(() -> {
            AuthenticationData data = manager.verifyAuthenticationResponseJSON(
                    answer, new AuthenticationParameters(server(ceremony), known, null, true, true));
            boolean theirs = passkey.relyingParty.equals(ceremony.site().host())
                    && (data.getUserHandle() == null
                            || TEXT.encodeToString(data.getUserHandle()).equals(handle(passkey.personId)));
            return theirs ? data.getAuthenticatorData().getSignCount() : null;
        });
    }

    /** Whatever an answer breaks on its way through the library, it does not hold: browsers may send anything. */
    private static <T> Optional<T> attempt(Supplier<T> reading) {
        try {
            return Optional.ofNullable(reading.get());
        } catch (RuntimeException refused) {
            LOG.log(Level.FINE, "An answer of an authenticator does not hold", refused);
            return Optional.empty();
        }
    }

    private static ServerProperty server(PasskeyCeremony ceremony) {
        return ServerProperty.builder()
                .origin(new Origin(ceremony.site().origin()))
                .rpId(ceremony.site().host())
                .challenge(new DefaultChallenge(ceremony.challenge()))
                .build();
    }

    private static String handle(UUID personId) {
        return TEXT.encodeToString(ByteBuffer.allocate(16)
                .putLong(personId.getMostSignificantBits())
                .putLong(personId.getLeastSignificantBits())
                .array());
    }
}
