package io.howdah.engine.host;

import io.howdah.shared.Measure;
import io.howdah.shared.Messages;
import io.howdah.shared.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes an ordinary server of restored files. PostgreSQL replays WAL with the right to read the repository it comes from,
 * and is started once more without it.
 */
final class Recovery {

    private static final String TARGET_NOT_REACHED = "recovery ended before configured recovery target was reached";
    private static final Pattern REPLAYING = Pattern.compile("startup (?:recovering|waiting for) ([0-9A-F]{24})");

    private final HostSettings settings;
    private final ServerDirectories directories;
    private final Repositories repositories;

    Recovery(HostSettings settings, ServerDirectories directories, Repositories repositories) {
        this.settings = settings;
        this.directories = directories;
        this.repositories = repositories;
    }

    /** Returns with PostgreSQL at rest on ordinary files. */
    void run(ServerFile file, RecoveryFile plan, ToolSets.ToolSet tool, List<Path> groups, Work.Course course) {
        if (plan.look() != null) {
            throw EngineFault.lasting("these files are kept to be looked at", ProblemCode.EngineStartFailed);
        }
        ServerDirectory directory = directories.of(file.key());
        ServerProcesses processes = new ServerProcesses(file, directory, settings);
        if (Files.exists(directory.data().resolve("recovery.signal"), LinkOption.NOFOLLOW_LINKS)) {
            try {
                replay(file, plan, tool, groups, course);
            } catch (EngineFault e) {
                String said = String.valueOf(e.failed().detail());
                if (plan.instant() == null || !said.contains(TARGET_NOT_REACHED)) {
                    throw e;
                }
                // Nothing was committed after the instant: then the end of all WAL is the state at that instant.
                RecoveryFile toTheEnd = plan.toTheEnd();
                toTheEnd.write(directory.recovery());
                new ServerSettings(file, directory, settings).write();
                replay(file, toTheEnd, tool, groups, course);
            }
        }
        processes.endPostgres(course);
        Disk.delete(directory.recovery());
        repositories.endReading(directory);
        new ServerSettings(file, directory, settings).write();
    }

    private void replay(
            ServerFile file, RecoveryFile plan, ToolSets.ToolSet tool, List<Path> groups, Work.Course course) {
        course.say(Messages.text("engine.doing.restore.replay"));
        long first = WalSegment.of(plan.first()).number();
        long last = WalSegment.of(plan.last()).number();
        long total = Math.max(1, last - first + 1) * WalSegment.BYTES;
        new ServerProcesses(file, directories.of(file.key()), settings)
                .recover(
                        tool,
                        groups,
                        directories,
                        repositories
                                .read(plan.from(), directories.of(file.key()))
                                .group(),
                        course,
                        process -> {
                            String segment = replaying(process.pid());
                            if (segment != null) {
                                long done = WalSegment.of(segment).number() - first;
                                course.say(
                                        Messages.text("engine.doing.restore.replay"),
                                        new Measure(
                                                Math.clamp(done * WalSegment.BYTES, 0, total),
                                                total,
                                                Measure.Unit.LSN));
                            }
                        });
    }

    /** The segment that the postmaster's startup process says it is at, or null. */
    private static String replaying(long postmaster) {
        return startup(postmaster, REPLAYING);
    }

    /** What the pattern's first group finds in the title of a child of the postmaster's, or null. */
    static String startup(long postmaster, Pattern pattern) {
        try {
            Path children = Path.of("/proc", Long.toString(postmaster), "task", Long.toString(postmaster), "children");
            for (String child : Files.readString(children).strip().split(" ")) {
                Matcher title = pattern.matcher(Files.readString(Path.of("/proc", child, "cmdline")));
                if (title.find()) {
                    return title.group(1);
                }
            }
        } catch (IOException e) {
            return null;
        }
        return null;
    }
}
