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
 * is not; arguments are files with checkpoints that were kept elsewhere.
 */
public final class VerifyAuditLog {

    private static final long SHOWN_EVERY = 500_000;

    private VerifyAuditLog() {}

    public static void main(String[] files) throws IOException {
        Path home = Path.of(System.getenv("HOWDAH_HOME"));
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {Integer.parseInt(System.getenv("HOWDAH_METADATA_PORT"))});
        source.setDatabaseName("howdah");
        source.setUser("howdah");
        source.setPassword(
                Files.readString(home.resolve("secrets/metadata-password")).strip());
        List<Seal> kept = new ArrayList<>();
        for (String file : files) {
            kept.addAll(Seals.read(Path.of(file)));
        }
        long[] shown = {0};
        Verdict verdict = new Seals(source, home).verify(kept, number -> {
            if (number >= shown[0] + SHOWN_EVERY) {
                shown[0] = number;
                System.err.println(Messages.text("audit.verified", number));
            }
        });
        System.out.println(verdict.words());
        System.exit(verdict.whole() ? 0 : 1);
    }
}
