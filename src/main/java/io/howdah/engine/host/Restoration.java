package io.howdah.engine.host;

import io.howdah.engine.RestoreSource;
import io.howdah.engine.RestoreTarget;
import io.howdah.engine.ServerKey;
import io.howdah.shared.Messages;
import io.howdah.shared.ProblemCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Fills a data directory from a repository. An interrupted one goes on with what is there already. */
final class Restoration {

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
    private static final int SAID_BYTES = 8_192;
    private static final long MARGIN_BYTES = 64L << 20;

    private final ServerDirectories directories;
    private final Repositories repositories;
    private final CatalogueReader reader;
    private final Background background;

    Restoration(
            ServerDirectories directories, Repositories repositories, CatalogueReader reader, Background background) {
        this.directories = directories;
        this.repositories = repositories;
        this.reader = reader;
        this.background = background;
    }

    /** What is to be restored, found in a repository. */
    private record Plan(WalArchive.Base base, RecoveryFile recovery, Repository repository) {}

    /**
     * @param data the directory, which is nobody's yet
     * @return how it is to be recovered
     * @throws EngineFault RestoreNoBackup, RestoreTooEarly, RestoreWalMissing, RestorePointNotArchived,
     *     RestoreVersionDiffers, EngineDiskFull, BackupToolFailed
     */
    RecoveryFile fill(ServerFile into, Path data, RestoreSource source, Work.Course course) {
        course.say(Messages.text("engine.doing.restore.find"));
        Plan plan = plan(source, into.specification().majorVersion());
        requireRoom(data, plan.base());
        Leftovers.endWithin(data);
        ServerDirectory directory = directories.of(into.key());
        Repository repository = plan.repository();
        if (repository.remote()) {
            repository = repositories.beginReading(repository, directory, into.user());
        } else {
            repositories.endReading(directory);
        }
        copy(into, data, repository, plan.base(), source.gently(), course);
        signal(into, data);
        return plan.recovery();
    }

    /** What this host's repository can't give may be in the second one. */
    private Plan plan(RestoreSource source, int majorVersion) {
        ServerFile owner = directories.find(source.from()).orElse(null);
        try {
            return plan(repositories.of(source.from()), owner, source, majorVersion);
        } catch (EngineFault e) {
            Repository remote = repositories
                    .remote(source.from(), owner, directories.of(source.from()))
                    .orElseThrow(() -> e);
            if (e.failed().problem().code() == ProblemCode.RestorePointNotArchived) {
                throw e;
            }
            return plan(remote, owner, source, majorVersion);
        }
    }

    private Plan plan(Repository repository, ServerFile owner, RestoreSource source, int majorVersion) {
        CatalogueReader.Contents contents = reader.read(repository, PgBackRest.of(repository, owner));
        if (contents.bases().isEmpty()) {
            throw EngineFault.lasting(null, ProblemCode.RestoreNoBackup);
        }
        if (contents.majorVersion() != majorVersion) {
            throw EngineFault.lasting(null, ProblemCode.RestoreVersionDiffers, contents.majorVersion());
        }
        return plan(contents, repository, source);
    }

    private Plan plan(CatalogueReader.Contents contents, Repository repository, RestoreSource source) {
        WalArchive archive = contents.archive();
        return switch (source.target()) {
            case RestoreTarget.Backup(String label) -> {
                WalArchive.Base base = contents.base(label);
                if (base == null) {
                    throw EngineFault.lasting(null, ProblemCode.BackupNotFound, label);
                }
                yield plan(repository, archive, base, 0, base.backup().stoppedAt(), true);
            }
            case RestoreTarget.Latest(int timeline) -> {
                WalArchive.Base base = require(archive.base(contents.bases(), timeline, null), contents);
                yield plan(repository, archive, base, timeline, null, false);
            }
            case RestoreTarget.At(Instant instant, int timeline) -> {
                WalArchive.Base base = require(archive.base(contents.bases(), timeline, instant), contents);
                requireArchived(source.from(), newest(archive, repository, timeline), instant);
                yield plan(repository, archive, base, timeline, instant, false);
            }
        };
    }

    private static WalArchive.Base require(WalArchive.Base base, CatalogueReader.Contents contents) {
        if (base == null) {
            throw EngineFault.lasting(
                    null,
                    ProblemCode.RestoreTooEarly,
                    words(contents.bases().getFirst().backup().stoppedAt()));
        }
        return base;
    }

    private static Plan plan(
            Repository from, WalArchive archive, WalArchive.Base base, int timeline, Instant until, boolean immediate) {
        int along = immediate ? base.last().timeline() : timeline;
        List<WalSegment> needed = archive.needed(base, along, until);
        if (immediate) {
            needed = needed.stream()
                    .filter(segment -> segment.number() <= base.last().number())
                    .toList();
        }
        WalSegment missing = archive.missing(needed);
        if (missing != null) {
            throw EngineFault.lasting(null, ProblemCode.RestoreWalMissing, missing.name());
        }
        return new Plan(
                base,
                new RecoveryFile(
                        from.server().id(),
                        needed.getFirst().name(),
                        needed.getLast().name(),
                        immediate ? 0 : timeline,
                        immediate ? null : until,
                        immediate,
                        null),
                from);
    }

    /**
     * How files that are on their way to an instant are kept at that one, or go on to a later one.
     *
     * @param connections that PostgreSQL must have
     * @throws EngineFault RestoreNoBackup when what they were made of is no longer there, RestoreWalMissing,
     *     RestorePointNotArchived
     */
    RecoveryFile onwards(RecoveryFile known, RestoreTarget.At target, int connections) {
        Repository repository = repositories.of(known.from());
        CatalogueReader.Contents contents = reader.read(
                repository,
                PgBackRest.of(repository, directories.find(known.from()).orElse(null)));
        long first = WalSegment.of(known.first()).number();
        WalArchive.Base base = contents.bases().stream()
                .filter(one -> one.first().number() == first)
                .findFirst()
                .orElseThrow(() -> EngineFault.lasting(null, ProblemCode.RestoreNoBackup));
        WalArchive archive = contents.archive();
        requireArchived(known.from(), newest(archive, repository, target.timeline()), target.instant());
        RecoveryFile plan = plan(repository, archive, base, target.timeline(), target.instant(), false)
                .recovery();
        WalSegment end = archive.unbroken(WalSegment.of(plan.last()), target.timeline());
        return plan.looking(new RecoveryFile.Look(connections, end.name()));
    }

    /** Up to when all that was committed is there. */
    private static Instant newest(WalArchive archive, Repository repository, int timeline) {
        Instant came = archive.newest();
        Instant certain = repository.certain().get(timeline);
        return came == null || (certain != null && certain.isAfter(came)) ? certain : came;
    }

    /** What has been committed up to the instant must be in the repository, or the end of WAL would not be that instant. */
    private void requireArchived(ServerKey from, Instant newest, Instant instant) {
        if (newest != null && !newest.isBefore(instant)) {
            return;
        }
        ServerDirectory directory = directories.of(from);
        boolean running = directory.postgres().process().isPresent();
        if (running || waiting(directory) > 0) {
            throw EngineFault.passing(null, ProblemCode.RestorePointNotArchived, words(newest));
        }
    }

    private static String words(Instant instant) {
        return instant == null ? "nowhere" : UTC.format(instant.truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
    }

    /** How many segments of a server wait to get into its repository. */
    static int waiting(ServerDirectory directory) {
        try (Stream<Path> files = Files.list(directory.data().resolve("pg_wal/archive_status"))) {
            return (int)
                    files.filter(file -> file.toString().endsWith(".ready")).count();
        } catch (IOException e) {
            return 0;
        }
    }

    static void requireRoom(Path data, WalArchive.Base base) {
        try {
            long there = Files.isDirectory(data) ? size(data) : 0;
            long free = Files.getFileStore(data.getParent()).getUsableSpace();
            if (free + there < base.backup().databaseBytes() + MARGIN_BYTES) {
                throw EngineFault.passing(null, ProblemCode.EngineDiskFull, Messages.text("engine.full.servers"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private void copy(
            ServerFile into,
            Path data,
            Repository repository,
            WalArchive.Base base,
            boolean gently,
            Work.Course course) {
        boolean begun = Files.exists(data.resolve("backup.manifest")) || Files.exists(data.resolve("PG_VERSION"));
        try {
            if (!begun) {
                Disk.delete(data);
                Disk.directory(data, "rwx------");
                ServiceUsers.own(data, into.user());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ServerDirectory directory = directories.of(into.key());
        List<String> words = new ArrayList<>(List.of(
                "restore",
                "--set=" + base.backup().label(),
                "--type=none",
                "--pg1-path=" + data,
                "--lock-path=" + directory.restoreLock(),
                "--spool-path=" + directory.restoreLock(),
                "--log-level-console=detail"));
        if (begun) {
            words.add("--delta");
        }
        if (gently) {
            words.add("--process-max=1");
        }
        Path said = directory.run().resolve("restore.out");
        course.say(Messages.text("engine.doing.restore.copy"));
        int code = PgBackRest.reading(repository, into)
                .run(
                        new PgBackRest.Copying(
                                words, data, said, base.backup().databaseBytes(), gently ? background : null),
                        course::superseded,
                        measure -> course.say(Messages.text("engine.doing.restore.copy"), measure));
        if (course.superseded()) {
            throw EngineFault.passing("something else was asked of the server", ProblemCode.BackupToolFailed, "ended");
        }
        if (code != 0) {
            throw PgBackRest.fault(code, Disk.tail(said, SAID_BYTES));
        }
    }

    /** Tells PostgreSQL that these files are to be recovered. */
    private static void signal(ServerFile into, Path data) {
        Path signal = data.resolve("recovery.signal");
        try {
            Files.deleteIfExists(data.resolve("standby.signal"));
            if (!Files.exists(signal)) {
                Files.createFile(signal);
            }
            ServiceUsers.own(signal, into.user());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
