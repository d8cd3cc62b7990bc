package io.howdah.audit;

import io.howdah.shared.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * {@code ./howdah audit verify}: looks through the audit log without a portal. Ends with 0 when it is whole and with 1 when it
 * is not; {@code --checkpoints <file>} are some that were kept elsewhere, {@code --archive <file>} records that were archived.
 */
public final class VerifyAuditLog {

    private static final long SHOWN_EVERY = 500_000;

    private VerifyAuditLog() {}

    public static void main(String[] words) throws IOException {
        Path home = Path.of(System.getenv("HOWDAH_HOME"));
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {Integer.parseInt(System.getenv("HOWDAH_METADATA_PORT"))});
        source.setDatabaseName("howdah");
        source.setUser("howdah");
        source.setPassword(
                Files.readString(home.resolve("secrets/metadata-password")).strip());
        Seals seals = new Seals(source, home);
        List<Seal> kept = new ArrayList<>();
        boolean whole = true;
        for (int i = 0; i + 1 < words.length; i += 2) {
            Path file = Path.of(words[i + 1]);
            if (words[i].equals("--checkpoints")) {
                kept.addAll(Seals.read(file));
            } else {
                Verdict archive = seals.verifyArchive(file);
                System.out.println(file.getFileName() + ": " + archive.words());
                whole &= archive.whole();
            }
        }
        long[] shown = {0};
        Verdict verdict = seals.verify(kept, number -> {
            if (number >= shown[0] + SHOWN_EVERY) {
                shown[0] = number;
                System.err.println(Messages.text("audit.verified", number));
            }
        });
        System.out.println(verdict.words());
        System.exit(whole && verdict.whole() ? 0 : 1);
    }
}
