package io.howdah.engine.host;

import io.howdah.shared.Measure;
import io.howdah.shared.Messages;
import io.howdah.shared.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program pgBackRest, run for one repository as the OS user that the repository belongs to. */
final class PgBackRest {

    /** What its exit codes mean; see {@code src/build/error/error.yaml} of its source. */
    static final int NOT_FOUND = 1;

    static final int LOCKED = 50;
    static final int FILE_MISSING = 55;

    private static final Duration SHORT = Duration.ofMinutes(2);
    private static final int LOOK_MILLIS = 200;
    private static final Duration HEED = Duration.ofSeconds(10);
    private static final int OUTPUT_BYTES = 16_384;
    private static final Pattern PROGRESS = Pattern.compile("\\((?:\\d[\\d.]*[kKMGTP]?B), (\\d+(?:\\.\\d+)?)%\\)");

    private final Repository repository;
    private final String user;
    private final OptionalInt group;

    private PgBackRest(Repository repository, String user, OptionalInt group) {
        this.repository = repository;
        this.user = user;
        this.group = group;
    }

    static Path program() {
        return Command.require("pgbackrest", "pgbackrest");
    }

    /** As the server whose repository it is; of a server that is gone, as whoever has it now. */
    static PgBackRest of(Repository repository, ServerFile owner) {
        return repository.remote()
                ? ours(repository)
                : new PgBackRest(repository, owner == null ? repository.owner() : owner.user(), OptionalInt.empty());
    }

    /** As another server, which restores from the repository. */
    static PgBackRest reading(Repository repository, ServerFile reader) {
        return new PgBackRest(repository, reader.user(), repository.group());
    }

    /** As the control plane itself, which alone knows what lets it into a second repository. */
    static PgBackRest ours(Repository repository) {
        return new PgBackRest(repository, null, OptionalInt.empty());
    }

    /** The OS user that it runs as, or null for the control plane's own. */
    String user() {
        return user;
    }

    private List<String> words(List<String> arguments) {
        List<String> words = new ArrayList<>(repository.tool());
        words.addAll(arguments);
        return ServiceUsers.as(user, group, words);
    }

    /** A short call. Arguments hold no secrets. */
    Command.Result call(String... arguments) {
        return new Command(SHORT, words(List.of(arguments))).attempt();
    }

    /** @throws EngineFault BackupToolFailed unless it ended with 0 */
    String require(String... arguments) {
        Command.Result result = call(arguments);
        if (result.exitCode() != 0) {
            throw fault(result.exitCode(), result.output());
        }
        return result.output();
    }

    static EngineFault fault(int exitCode, String output) {
        if (output.contains("No space left on device")) {
            return EngineFault.passing(output, ProblemCode.EngineDiskFull, Messages.text("engine.full.backups"));
        }
        boolean passing = exitCode == LOCKED || output.contains("[082]") || output.contains("[049]");
        String sentence = sentence(output);
        return passing
                ? EngineFault.passing(output, ProblemCode.BackupToolFailed, sentence)
                : EngineFault.lasting(output, ProblemCode.BackupToolFailed, sentence);
    }

    /** What went wrong in the tool's own words. */
    private static String sentence(String output) {
        return output.lines()
                .filter(line -> line.contains("ERROR:"))
                .map(line -> line.replaceFirst(".*ERROR: (\\[\\d+\\]: )?", ""))
                .reduce((first, last) -> last)
                .orElse(Messages.text("engine.fault.silent"));
    }

    /**
     * A call that takes long. It writes into a file, not to this process, so that it goes on when the portal dies.
     *
     * @param directory its working directory, by which it is recognised
     * @param said what it writes into, which begins anew
     * @param bytes how much there is to copy, or 0 when nobody knows
     * @param behind where it is kept, if all other work of the host goes first, or null
     */
    record Copying(List<String> arguments, Path directory, Path said, long bytes, Background behind) {}

    /**
     * @param ended asked now and then whether to end it
     * @param progress hears how much is done
     * @return its exit code
     */
    int run(Copying call, BooleanSupplier ended, Consumer<Measure> progress) {
        List<String> words = words(call.arguments());
        ProcessBuilder builder = new ProcessBuilder(
                        call.behind() == null ? words : call.behind().words(words))
                .redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        Command.clean(environment);
        builder.directory(call.directory().toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        Process process;
        try {
            Files.deleteIfExists(call.said());
            builder.redirectOutput(call.said().toFile());
            process = builder.start();
        } catch (IOException e) {
            throw EngineFault.passing(e.getMessage(), ProblemCode.EngineCommandFailed, "pgbackrest", "127");
        }
        return follow(process, call, ended, progress);
    }

    private static int follow(Process process, Copying call, BooleanSupplier ended, Consumer<Measure> progress) {
        long asked = 0;
        try {
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (call.behind() != null) {
                    call.behind().giveWay();
                }
                if (ended.getAsBoolean()) {
                    asked = asked == 0 ? System.nanoTime() : asked;
                    end(process, asked);
                } else if (call.bytes() > 0) {
                    progress.accept(measure(Disk.tail(call.said(), OUTPUT_BYTES), call.bytes()));
                }
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw EngineFault.passing("interrupted", ProblemCode.EngineNotResponding);
        }
    }

    private static void end(Process process, long asked) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        if (System.nanoTime() - asked > HEED.toNanos()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** The last share that the tool has named, of that many bytes. */
    static Measure measure(String said, long bytes) {
        Matcher shares = PROGRESS.matcher(said);
        double percent = 0;
        while (shares.find()) {
            percent = Double.parseDouble(shares.group(1));
        }
        return new Measure(Math.round(bytes * percent / 100), bytes, Measure.Unit.BYTES);
    }
}
