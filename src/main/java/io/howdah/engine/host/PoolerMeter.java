package io.howdah.engine.host;

import io.howdah.engine.Resized;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a pooler has counted so far.
 *
 * @param transactions since it was started
 * @param logBytes how long its log was
 */
record PoolerMeter(long transactions, long logBytes) {

    /** PgBouncer writes this into its log whenever it tells a client of an error of its own. */
    private static final String ERROR = " pooler error: ";

    /** Who has not signed in, such as a look whether the port answers, has no transaction; nor has the console. */
    private static final List<String> NO_CLIENTS = List.of(": (nodb)/(nouser)@", ": pgbouncer/");

    private static final int MOST_BYTES = 8 << 20;

    /** Null when it can't be asked. */
    static PoolerMeter read(ServerFile file, ServerDirectory directory) {
        try (PoolerConsole console = new PoolerConsole(file)) {
            long transactions = console.ask("SHOW STATS").stream()
                    .filter(row -> !"pgbouncer".equals(row.get("database")))
                    .mapToLong(row -> Long.parseLong(row.getOrDefault("total_xact_count", "0")))
                    .sum();
            Path log = log(directory);
            return new PoolerMeter(transactions, Files.exists(log) ? Files.size(log) : 0);
        } catch (IOException e) {
            return null;
        }
    }

    private static Path log(ServerDirectory directory) {
        return directory.log().resolve("pgbouncer.log");
    }

    /** What came through since then; null when it can't be told, as when the pooler was started anew meanwhile. */
    Resized.Traffic since(ServerFile file, ServerDirectory directory) {
        PoolerMeter now = read(file, directory);
        if (now == null || now.transactions < transactions || now.logBytes < logBytes) {
            return null;
        }
        return new Resized.Traffic(now.transactions - transactions, errors(log(directory)));
    }

    static boolean isError(String line) {
        return line.contains(ERROR) && NO_CLIENTS.stream().noneMatch(line::contains);
    }

    private int errors(Path log) {
        // The server's own user can write there: what it points at elsewhere is not read.
        try (InputStream written = Files.newInputStream(log, LinkOption.NOFOLLOW_LINKS)) {
            written.skipNBytes(logBytes);
            return (int) new String(written.readNBytes(MOST_BYTES), StandardCharsets.UTF_8)
                    .lines()
                    .filter(PoolerMeter::isError)
                    .count();
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
