package io.howdah.access;

import jakarta.security.enterprise.credential.Credential;

/**
 * What an authenticator says of its person: a sign-in without a password.
 *
 * @param answer the browser's {@code PublicKeyCredential} in JSON
 */
public record PasskeyCredential(PasskeyCeremony ceremony, String answer) implements Credential {}
