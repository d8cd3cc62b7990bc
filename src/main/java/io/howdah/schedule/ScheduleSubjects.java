package io.howdah.schedule;

import io.howdah.access.Caller;
import io.howdah.operation.Subject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The servers, as far as schedules must know them. The server feature implements it. */
public interface ScheduleSubjects {

    /** Empty when there is no such server, and while it is deleted: its schedules rest until it comes back. */
    Optional<Subject> find(UUID serverId);

    /**
     * As {@link #find}, and holds the server's row until the transaction ends. Rows are held in one order everywhere:
     * server, schedule, audit log, Quartz.
     */
    Optional<Subject> lock(UUID serverId);

    /** Whether people want it to run now. */
    boolean running(UUID serverId);

    /** Whether it is to run and rests until somebody connects, so that what needs it must start it first. */
    boolean asleep(UUID serverId);

    /** Puts a start into the server's line, in the running transaction; the operation's id. */
    UUID start(UUID serverId, Caller caller);

    /** Puts a stop into the server's line, in the running transaction; the operation's id. */
    UUID stop(UUID serverId, Caller caller);

    List<String> databases(UUID serverId);

    List<String> roles(UUID serverId);
}
