package io.howdah.access;

import com.webauthn4j.converter.AttestationObjectConverter;
import com.webauthn4j.converter.AuthenticatorDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.authenticator.EC2COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.extension.authenticator.AuthenticationExtensionAuthenticatorOutput;
import com.webauthn4j.data.extension.authenticator.RegistrationExtensionAuthenticatorOutput;
import io.howdah.shared.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;

/** An authenticator and the browser before it, which may be told to misbehave. */
final class SoftAuthenticator {

    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final ObjectConverter converter = new ObjectConverter();
    private final byte[] id = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
    private final KeyPair keys;
    private String origin = "https://db.example.org:8443";
    private long count = 1;
    private byte flags = AuthenticatorData.BIT_UP | AuthenticatorData.BIT_UV;

    SoftAuthenticator() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        keys = generator.generateKeyPair();
    }

    SoftAuthenticator at(String wanted) {
        origin = wanted;
        return this;
    }

    SoftAuthenticator counting(long wanted) {
        count = wanted;
        return this;
    }

    SoftAuthenticator withoutAskingItsPerson() {
        flags = AuthenticatorData.BIT_UP;
        return this;
    }

    String id() {
        return TEXT.encodeToString(id);
    }

    String makes(PasskeyCeremony ceremony) throws GeneralSecurityException {
        AttestedCredentialData credential = new AttestedCredentialData(
                AAGUID.ZERO, id, EC2COSEKey.create((ECPublicKey) keys.getPublic(), COSEAlgorithmIdentifier.ES256));
        AuthenticatorData<RegistrationExtensionAuthenticatorOutput> data =
                new AuthenticatorData<>(sha256(host()), (byte) (flags | AuthenticatorData.BIT_AT), count, credential);
        byte[] attestation = new AttestationObjectConverter(converter)
                .convertToBytes(new AttestationObject(data, new NoneAttestationStatement()));
        return answer(Map.of(
                "attestationObject", TEXT.encodeToString(attestation),
                "clientDataJSON", TEXT.encodeToString(client("webauthn.create", ceremony))));
    }

    String signsIn(PasskeyCeremony ceremony) throws GeneralSecurityException {
        byte[] data = new AuthenticatorDataConverter(converter)
                .convert(new AuthenticatorData<AuthenticationExtensionAuthenticatorOutput>(
                        sha256(host()), flags, count));
        byte[] client = client("webauthn.get", ceremony);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(data);
        signature.update(MessageDigest.getInstance("SHA-256").digest(client));
        return answer(Map.of(
                "authenticatorData", TEXT.encodeToString(data),
                "clientDataJSON", TEXT.encodeToString(client),
                "signature", TEXT.encodeToString(signature.sign())));
    }

    private String answer(Map<String, String> response) {
        return Json.write(Map.of(
                "id",
                id(),
                "rawId",
                id(),
                "type",
                "public-key",
                "response",
                response,
                "clientExtensionResults",
                Map.of()));
    }

    private byte[] client(String type, PasskeyCeremony ceremony) {
        return Json.write(
                        Map.of("type", type, "challenge", ceremony.challenge(), "origin", origin, "crossOrigin", false))
                .getBytes(StandardCharsets.UTF_8);
    }

    private String host() {
        return URI.create(origin).getHost();
    }

    private static byte[] sha256(String text) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    }
}
