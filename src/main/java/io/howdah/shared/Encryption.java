package io.howdah.shared;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps secrets that must be read back unreadable in the database: AES-256-GCM under a key that is derived, one for each
 * purpose, from the installation's master key. What was encrypted for one place does not decrypt at another.
 */
public final class Encryption {

    private static final String FORMAT = "v1:";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] masterKey;

    /** @param masterKey at least 32 bytes nobody can guess */
    public Encryption(byte[] masterKey) {
        if (masterKey.length < 32) {
            throw new IllegalArgumentException("the master key has fewer than 32 bytes");
        }
        this.masterKey = masterKey.clone();
    }

    /** With the key in the file, in Base64. */
    public static Encryption withKeyIn(Path file) {
        try {
            return new Encryption(
                    Base64.getDecoder().decode(Files.readString(file).strip()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param purpose what the secret is for, e.g. "webhook"; chooses the key
     * @param place where it is kept, e.g. its row's id
     */
    public String encrypt(String secret, String purpose, String place) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, nonce, purpose, place).doFinal(secret.getBytes(StandardCharsets.UTF_8));
            byte[] whole = ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return FORMAT + Base64.getEncoder().encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalStateException when it was encrypted under another key, for another place, or was changed */
    public String decrypt(String encrypted, String purpose, String place) {
        if (!encrypted.startsWith(FORMAT)) {
            throw new IllegalStateException("not encrypted in a known format");
        }
        ByteBuffer whole = ByteBuffer.wrap(Base64.getDecoder().decode(encrypted.substring(FORMAT.length())));
        byte[] nonce = new byte[NONCE_BYTES];
        whole.get(nonce);
        byte[] sealed = new byte[whole.remaining()];
        whole.get(sealed);
        try {
            return new String(
                    cipher(Cipher.DECRYPT_MODE, nonce, purpose, place).doFinal(sealed), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("does not decrypt with this installation's master key", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String purpose, String place) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(masterKey, "HmacSHA256"));
        byte[] key = mac.doFinal(("howdah " + purpose).getBytes(StandardCharsets.UTF_8));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
