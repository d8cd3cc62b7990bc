package io.howdah.access;

import jakarta.security.enterprise.credential.UsernamePasswordCredential;

/** Both factors of a sign-in. */
public final class PasswordAndCode extends UsernamePasswordCredential {

    private final String code;

    /** @param code of the authenticator app, or a recovery code */
    public PasswordAndCode(String name, String password, String code) {
        super(name, password);
        this.code = code;
    }

    String code() {
        return code;
    }
}
