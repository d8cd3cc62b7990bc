package io.howdah.engine.host;

import io.howdah.engine.Recovered;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What PostgreSQL has written into its log of where it stopped to replay: the times are those of the commits themselves. */
final class RecoveryLog {

    private static final int BYTES = 1 << 20;
    private static final Pattern LAST = Pattern.compile("last completed transaction was at log time (\\S+ \\S+)");
    private static final Pattern STOPPED = Pattern.compile(
            "recovery stopping (before|after) (?:commit|abort) of .*transaction \\d+, time (\\S+ \\S+)");
    private static final Pattern BEGUN = Pattern.compile("starting (?:point-in-time|archive) recovery");
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendOffset("+HH:mm", "+00")
            .toFormatter();
    private static final DateTimeFormatter SHORT = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendOffset("+HH", "+00")
            .toFormatter();

    private RecoveryLog() {}

    static Recovered read(Path logs) {
        Instant last = null;
        Instant stopped = null;
        for (Path log : oldestFirst(logs)) {
            for (String line : Disk.tail(log, BYTES).lines().toList()) {
                Matcher stop = STOPPED.matcher(line);
                Matcher done = LAST.matcher(line);
                if (BEGUN.matcher(line).find()) {
                    stopped = null;
                } else if (stop.find()) {
                    stopped = stop.group(1).equals("before") ? instant(stop.group(2)) : null;
                } else if (done.find()) {
                    last = instant(done.group(1));
                }
            }
        }
        return new Recovered(last, stopped);
    }

    private static List<Path> oldestFirst(Path logs) {
        try (Stream<Path> files = Files.list(logs)) {
            return files.filter(file -> file.getFileName().toString().matches("postgresql-.*\\.log"))
                    .sorted(Comparator.comparing(file -> file.toFile().lastModified()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text, text.matches(".*[+-]\\d\\d:\\d\\d") ? TIME : SHORT)
                    .toInstant();
        } catch (DateTimeException unknown) {
            return null;
        }
    }
}
