package io.howdah.access;

/**
 * What an authenticator app must learn, shown this once.
 *
 * @param secret in Base32, to be typed
 * @param address the same as an {@code otpauth:} address, for a QR code
 */
public record Enrolment(String secret, String address) {

    @Override
    public String toString() {
        return "Enrolment[]";
    }
}
