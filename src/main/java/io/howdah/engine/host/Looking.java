package io.howdah.engine.host;

import io.howdah.engine.Endpoints;
import io.howdah.engine.Looked;
import io.howdah.engine.RestoreTarget;
import io.howdah.shared.Measure;
import io.howdah.shared.Messages;
import io.howdah.shared.ProblemCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps restored files at an instant, to be read: a standby without a primary, which stops before the first change that was
 * committed after the instant. Where WAL ends before that, it stands at the end of WAL, which is the same state; a server in
 * ordinary recovery would give up there. To go on to a later instant it is started once more, and replays from where
 * it stood.
 */
final class Looking {

    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration TOOL = Duration.ofSeconds(30);
    private static final int POLL_MILLIS = 200;

    /** So many looks in a row must find it asking for WAL that is not there. */
    private static final int AT_THE_END = 8;

    private static final int GIVEN_UP = 75;
    private static final Pattern AT = Pattern.compile("startup (?:recovering|waiting for) ([0-9A-F]{24})");
    private static final Pattern ASKING = Pattern.compile("startup waiting for ([0-9A-F]{24})");
    private static final Pattern CONNECTIONS = Pattern.compile("max_connections setting: +(\\d+)");

    private final HostBackups.House house;
    private final ServerFile file;
    private final ServerDirectory directory;
    private final ServerProcesses processes;

    Looking(HostBackups.House house, ServerFile file) {
        this.house = house;
        this.file = file;
        this.directory = house.directories().of(file.key());
        this.processes = new ServerProcesses(file, directory, house.settings());
    }

    /** What PostgreSQL says of itself. */
    private record Said(boolean recovering, boolean paused, String target, Instant newest) {}

    /** Returns when what was committed up to the instant can be read. */
    void open(RestoreTarget.At target, Restoration restoration, Work.Course course) {
        RecoveryFile known = RecoveryFile.find(directory.recovery())
                .orElseThrow(() -> EngineFault.lasting(null, ProblemCode.LookGone));
        boolean begun = known.look() != null;
        boolean same = known.timeline() == target.timeline() && target.instant().equals(known.instant());
        boolean back = known.timeline() != target.timeline() || target.instant().isBefore(known.instant());
        if (begun && back) {
            throw EngineFault.lasting(null, ProblemCode.LookOnlyForward);
        }
        course.say(Messages.text("engine.doing.look.changes"));
        RecoveryFile plan = begun && same ? known : restoration.onwards(known, target, connections());
        // Written first: whoever comes after a crash finds PostgreSQL with an earlier target than this, and starts it
        // again.
        plan.write(directory.recovery());
        if (processes.postgresRuns() && !plan.target().equals(runningTarget())) {
            processes.endPostgres(course);
        }
        while (!reached(plan, course)) {
            // The source has had more connections since than it had then.
            processes.stop(course);
            plan = plan.looking(new RecoveryFile.Look(connections(), plan.look().end()));
            plan.write(directory.recovery());
        }
    }

    private String runningTarget() {
        return processes.standing() ? ask().target() : null;
    }

    /** @return false when it has to be started with more connections */
    private boolean reached(RecoveryFile plan, Work.Course course) {
        try {
            if (!processes.postgresRuns()) {
                begin(plan);
            }
            return await(plan, course);
        } catch (EngineFault e) {
            processes.stop(course);
            throw e;
        }
    }

    private void begin(RecoveryFile plan) {
        ToolSets.ToolSet tool = house.tools().require(file.specification().majorVersion());
        ServiceUsers.ensure(file.user());
        house.provisioning().lay(file);
        house.provisioning().certify(file);
        new ServerSettings(file, directory, house.settings()).write();
        signal();
        List<Path> groups = house.limits()
                .apply(file.shortName(), file.specification().compute(), Throttle.device(directory.base()));
        processes.stand(
                tool,
                groups,
                house.directories(),
                house.repositories().of(plan.from()).group());
    }

    /** A standby, not a server that becomes a primary where WAL ends: that signal counts as soon as it is there. */
    private void signal() {
        try {
            Path standby = directory.data().resolve("standby.signal");
            if (!Files.exists(standby)) {
                Files.createFile(standby);
            }
            ServiceUsers.own(standby, file.user());
            Files.deleteIfExists(directory.data().resolve("recovery.signal"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean await(RecoveryFile plan, Work.Course course) {
        Instant begun = Instant.now();
        int asking = 0;
        while (true) {
            if (course.superseded()) {
                throw EngineFault.passing("something else was asked of it", ProblemCode.EngineStartFailed);
            }
            String log = processes.fallen(begun);
            if (log != null) {
                if (connections() > plan.look().connections()) {
                    return false;
                }
                throw EngineFault.lasting(log, ProblemCode.RecoveryFailed);
            }
            boolean standing = processes.standing();
            if (standing) {
                Said said = ask();
                if (said.paused() && connections() > plan.look().connections()) {
                    return false;
                }
                if (said.paused() || !said.recovering()) {
                    return true;
                }
            }
            asking = asksForMore(plan) ? asking + 1 : 0;
            if (standing && asking >= AT_THE_END) {
                return true;
            }
            if (asking >= GIVEN_UP) {
                throw EngineFault.lasting("it does not become readable", ProblemCode.RecoveryFailed);
            }
            tell(plan, course);
            Pause.millis(POLL_MILLIS);
        }
    }

    /** Whether it has replayed all that there was when this was planned, and waits for more. */
    private boolean asksForMore(RecoveryFile plan) {
        String segment = processes
                .postgres()
                .map(process -> Recovery.startup(process.pid(), ASKING))
                .orElse(null);
        return segment != null
                && WalSegment.of(segment).number() > WalSegment.of(plan.last()).number();
    }

    private void tell(RecoveryFile plan, Work.Course course) {
        String segment = processes
                .postgres()
                .map(process -> Recovery.startup(process.pid(), AT))
                .orElse(null);
        if (segment == null) {
            course.say(Messages.text("engine.doing.restore.replay"));
            return;
        }
        long first = WalSegment.of(plan.first()).number();
        long total = Math.max(1, WalSegment.of(plan.last()).number() - first + 1) * WalSegment.BYTES;
        long done = (WalSegment.of(segment).number() - first) * WalSegment.BYTES;
        course.say(
                Messages.text("engine.doing.restore.replay"),
                new Measure(Math.clamp(done, 0, total), total, Measure.Unit.LSN));
    }

    private Said ask() {
        return new ControlConnection(file).use(LOOK, connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("""
                            SELECT pg_is_in_recovery(),
                                   CASE WHEN pg_is_in_recovery() THEN pg_is_wal_replay_paused() ELSE false END,
                                   current_setting('recovery_target_time'), pg_last_xact_replay_timestamp()
                            """)) {
                row.next();
                Timestamp newest = row.getTimestamp(4);
                return new Said(
                        row.getBoolean(1),
                        row.getBoolean(2),
                        row.getString(3),
                        newest == null ? null : newest.toInstant());
            }
        });
    }

    /** As many as the size gives, and as the files say that the source has had. */
    private int connections() {
        ToolSets.ToolSet tool = house.tools().require(file.specification().majorVersion());
        String said = new Command(
                        TOOL,
                        ServiceUsers.as(
                                file.user(),
                                List.of(
                                        tool.program("pg_controldata").toString(),
                                        directory.data().toString())))
                .run();
        Matcher found = CONNECTIONS.matcher(said);
        int size = SizeSettings.of(file.specification().compute()).maxConnections();
        return found.find() ? Math.max(size, Integer.parseInt(found.group(1))) : size;
    }

    /** Also of one that does not answer. */
    Looked state() {
        Endpoints endpoints = new Endpoints(house.settings().publicName(), file.pooledPort(), file.directPort());
        Instant at = RecoveryFile.find(directory.recovery())
                .filter(plan -> plan.look() != null)
                .map(RecoveryFile::instant)
                .orElse(null);
        if (at == null || !processes.standing()) {
            return new Looked(at, false, endpoints, null);
        }
        try {
            return new Looked(at, true, endpoints, ask().newest());
        } catch (EngineFault gone) {
            return new Looked(at, false, endpoints, null);
        }
    }
}
