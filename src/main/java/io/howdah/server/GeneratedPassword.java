package io.howdah.server;

import java.security.SecureRandom;

/**
 * A strong password that also survives being pasted into shells, URLs and connection strings: 24 letters and digits in
 * groups, about 140 bits.
 */
final class GeneratedPassword {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    private static final int GROUPS = 4;
    private static final int GROUP_LENGTH = 6;

    private GeneratedPassword() {}

    /** Meets {@link Rules#administratorPassword} for that login. */
    static String next(String login) {
        String password = draw();
        while (Rules.administratorPassword(password, login).isPresent()) {
            password = draw();
        }
        return password;
    }

    private static String draw() {
        StringBuilder text = new StringBuilder();
        for (int group = 0; group < GROUPS; group++) {
            if (group > 0) {
                text.append('-');
            }
            for (int i = 0; i < GROUP_LENGTH; i++) {
                text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
            }
        }
        return text.toString();
    }
}
