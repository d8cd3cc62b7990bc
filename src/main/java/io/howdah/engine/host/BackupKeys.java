package io.howdah.engine.host;

import io.howdah.engine.ServerKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of the repositories: one for each, all derived from the installation's backup key. So whoever has that one key
 * and a repository can restore, also when everything else of the installation is gone, and whoever has a server's own key
 * can read no other's backups.
 */
final class BackupKeys {

    private static final int BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final Path file;

    BackupKeys(Path home) {
        this.file = home.resolve("secrets/backup.key");
    }

    /** @return printable, 43 characters */
    String of(ServerKey server) {
        return derive("howdah backup repository " + server);
    }

    /** The key of a server's second repository, which lies elsewhere. */
    String ofRemote(ServerKey server) {
        return derive("howdah remote backup repository " + server);
    }

    private String derive(String purpose) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(master(), ALGORITHM));
            byte[] key = mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized byte[] master() {
        try {
            if (!Files.exists(file)) {
                byte[] fresh = new byte[BYTES];
                new SecureRandom().nextBytes(fresh);
                if (!Files.isDirectory(file.getParent())) {
                    Disk.directory(file.getParent(), "rwx------");
                }
                Disk.write(file, Base64.getEncoder().encodeToString(fresh) + "\n", "rw-------", null);
            }
            return Base64.getDecoder().decode(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
