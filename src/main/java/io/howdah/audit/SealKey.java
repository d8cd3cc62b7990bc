package io.howdah.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/** The Ed25519 key pair that checkpoints are signed with: {@code audit.key} and {@code audit.pub} among the secrets, PEM. */
final class SealKey {

    private static final String ALGORITHM = "Ed25519";
    private static final int FINGERPRINT_CHARACTERS = 16;

    private final PrivateKey secret;
    private final PublicKey open;
    private final String fingerprint;

    /** @param secret null where nothing is to be signed */
    SealKey(PrivateKey secret, PublicKey open) {
        this.secret = secret;
        this.open = open;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(open.getEncoded());
            fingerprint = HexFormat.of().formatHex(digest).substring(0, FINGERPRINT_CHARACTERS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static SealKey in(Path secrets) {
        try {
            KeyFactory keys = KeyFactory.getInstance(ALGORITHM);
            return new SealKey(
                    keys.generatePrivate(new PKCS8EncodedKeySpec(pem(secrets.resolve("audit.key")))),
                    keys.generatePublic(new X509EncodedKeySpec(pem(secrets.resolve("audit.pub")))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key for checkpoints of the audit log cannot be used", e);
        }
    }

    private static byte[] pem(Path file) {
        try {
            return Base64.getMimeDecoder()
                    .decode(Files.readString(file, StandardCharsets.US_ASCII).replaceAll("-----[A-Z ]+-----", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Seal seal(long number, long recordNumber, String recordHash, Instant at) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(secret);
            signature.update(Seal.words(number, recordNumber, recordHash, at));
            return new Seal(
                    number,
                    recordNumber,
                    recordHash,
                    at,
                    fingerprint,
                    Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean signed(Seal seal) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(open);
            signature.update(seal.words());
            return seal.key().equals(fingerprint)
                    && signature.verify(Base64.getDecoder().decode(seal.signature()));
        } catch (GeneralSecurityException | IllegalArgumentException notOne) {
            return false;
        }
    }
}
