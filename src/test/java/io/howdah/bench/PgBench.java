package io.howdah.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * PostgreSQL's own benchmark (TPC-B, 8 clients) at work on a pooled endpoint, each transaction on record: how many failed,
 * and how long the longest took that was under way at some time.
 */
final class PgBench implements AutoCloseable {

    static final int CLIENTS = 8;

    private static final int SCALE = 2;
    private static final Pattern FAILED = Pattern.compile("number of failed transactions: (\\d+)");
    private static final Pattern ABORTED = Pattern.compile("client \\d+ (aborted|script \\d+ aborted)");

    private final Path program;
    private final Path folder;
    private final Map<String, String> environment;
    private Process process;

    /** @param authority the certificate that vouches for the endpoint */
    PgBench(Path program, Path folder, Path authority, int port, String login, String password, String database)
            throws IOException {
        this.program = program;
        this.folder = Files.createDirectories(folder);
        this.environment = Map.of(
                "PGHOST",
                "127.0.0.1",
                "PGPORT",
                Integer.toString(port),
                "PGUSER",
                login,
                "PGPASSWORD",
                password,
                "PGDATABASE",
                database,
                "PGSSLMODE",
                "verify-full",
                "PGSSLROOTCERT",
                authority.toString());
    }

    void initialise() throws IOException, InterruptedException {
        Process made = run("init.txt", "-i", "-q", "-s", Integer.toString(SCALE));
        if (made.waitFor() != 0) {
            throw new IllegalStateException(Files.readString(folder.resolve("init.txt")));
        }
    }

    void begin() throws IOException {
        process = run(
                "run.txt",
                "-n",
                "-M",
                "simple",
                "-c",
                Integer.toString(CLIENTS),
                "-j",
                "2",
                "-T",
                "36000",
                "--log",
                "--log-prefix=" + folder.resolve("transactions"));
    }

    private Process run(String output, String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of(program.toString()));
        all.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(all)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(output).toFile())
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Ends it in good order, as its time would. */
    @Override
    public void close() throws IOException {
        try {
            if (process.isAlive()) {
                new ProcessBuilder("kill", "-ALRM", Long.toString(process.pid()))
                        .start()
                        .waitFor();
            }
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Transactions that failed; each client that gave up counts as one. */
    long failed() throws IOException {
        String said = Files.readString(folder.resolve("run.txt"));
        long count = ABORTED.matcher(said).results().count();
        Matcher told = FAILED.matcher(said);
        return count + (told.find() ? Long.parseLong(told.group(1)) : 0);
    }

    /** The transactions of all its threads: when each ended, in milliseconds of the epoch, and how long it took. */
    record Transaction(double endedMillis, double tookMillis) {}

    List<Transaction> transactions() throws IOException {
        List<Transaction> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> each.getFileName().toString().startsWith("transactions"))
                    .toList()) {
                for (String line : Files.readAllLines(file)) {
                    String[] words = line.split(" ");
                    if (words.length >= 6 && words[2].matches("\\d+")) {
                        all.add(new Transaction(
                                Long.parseLong(words[4]) * 1_000.0 + Long.parseLong(words[5]) / 1_000.0,
                                Long.parseLong(words[2]) / 1_000.0));
                    }
                }
            }
        }
        return all;
    }
}
