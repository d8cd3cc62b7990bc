package io.howdah.engine;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A place that runs PostgreSQL servers: one Linux host, or a Kubernetes cluster. Everything above speaks to it in these
 * words only.
 *
 * <p>Every call that changes something takes the server's stable key, may be made any number of times, also after a
 * crash in the middle of an earlier one, and answers with {@link Progress} within about a second: longer work goes on by
 * itself and the next call reports on it. Calls for different servers may run side by side; calls for one server are
 * made one after another.
 *
 * <p>An implementation raises {@link io.howdah.shared.ProblemException} only from the calls that read; those that
 * change answer {@link Progress.Failed}.
 */
public interface Engine {

    /** What this place can and cannot do, so that the portal can hide or explain it. */
    Capabilities capabilities();

    /** The PostgreSQL versions that can be run here, newest first. Looked up afresh, since people install packages. */
    List<EngineVersion> versions();

    /** What the place has in all and what is free now. */
    Room room();

    /** The certificate, as PEM, that a client needs to verify the server's. */
    String certificateAuthority(ServerKey key);

    /** Makes the server's files and reserves its endpoints; starts nothing. Done at once when they exist. */
    Progress provision(ServerKey key, Specification specification);

    /** Brings PostgreSQL and its endpoints up and keeps them up until {@link #stop} or {@link #remove}. */
    Progress start(ServerKey key);

    /** Shuts endpoints and PostgreSQL down in good order and keeps them down. */
    Progress stop(ServerKey key);

    /**
     * Stops PostgreSQL and keeps the pooled endpoint open, where who comes is held until {@link #start}. Done also when
     * somebody is connected: then everything goes on running.
     */
    Progress sleep(ServerKey key);

    /**
     * Who is connected now, by either endpoint; the control plane itself left out. Of a server that is asleep: who waits
     * at the pooled endpoint and comes from where the server may be reached from; nobody has signed in by then.
     */
    List<ClientInfo> clients(ServerKey key);

    /** Done when PostgreSQL runs and was started at or after {@code notBefore}. */
    Progress restart(ServerKey key, Instant notBefore);

    /**
     * Gives the server a size. One that is stopped starts with it the next time. One that runs goes on running: if
     * PostgreSQL has to be restarted, the pooled endpoint holds its clients' next transactions back for that time, so that
     * none of them fails; direct connections are closed. A paused endpoint is let go within 5 s if the portal dies.
     *
     * <p>It fails, and leaves the server at work, when a transaction does not end in time (it is named, never ended), when
     * more sessions are at work than the size allows, and when more memory is in use than it has.
     *
     * @param change names the change for {@link #resized}; taking it back, by its size before, is the same change
     */
    Progress resize(ServerKey key, UUID change, Compute compute);

    /**
     * The same as far as PostgreSQL need not be restarted for it: limits and what it reads anew. The rest takes effect with
     * its next start, until when a server whose memory shrinks keeps the larger limit.
     */
    Progress resizeWithoutRestart(ServerKey key, UUID change, Compute compute);

    /** How that change went, as long as no other has been asked for since; null when it is not known. */
    Resized resized(ServerKey key, UUID change);

    /**
     * Holds the server to so much of the processor until it is started, is given a size, or this is called again. Done at
     * once, with nothing changed, while it does not run and where limits are not enforced.
     */
    Progress holdCpu(ServerKey key, double vCores);

    /** What {@link #resize} to that size would mean now. */
    ResizePlan planResize(ServerKey key, Compute compute);

    /** Settings that were changed and wait for PostgreSQL's next start. The server must be running. */
    List<SettingChange> awaitingRestart(ServerKey key);

    /**
     * The transaction that would keep {@link #resize} from holding the pooled clients back: the one that has been open
     * longest, and for longer than they are held; null when there is none. The server must be running.
     */
    OpenTransaction inTheWay(ServerKey key);

    /** Ends a session, rolling its transaction back. Done when it is no more. The server must be running. */
    Progress endSession(ServerKey key, OpenTransaction session);

    /**
     * Gives the server so much storage, in GiB, online; never less than it has. One that became read-only because its
     * storage was nearly full can be written to again.
     */
    Progress grow(ServerKey key, int storageGib);

    /**
     * Makes storage of that size beside the one in use, and fills it with a copy of the server that then follows it; the
     * server must be running, and goes on. Done when the copy is close behind; at once where a server has no disk of its own,
     * of which nothing has to be copied.
     *
     * <p>Fails with StorageTooSmall when what is used does not fit, and with StorageSlotInTheWay when the server has
     * replication slots: a copy has none.
     *
     * @param change names the copy until it is taken into use or dropped
     */
    Progress copyStorage(ServerKey key, UUID change, int storageGib);

    /**
     * Takes the copy of {@link #copyStorage} into use: the pooled endpoint holds its clients' next transactions back for that
     * time, so that none of them fails; direct connections are closed. All that was committed is in the copy before it is
     * taken. WAL goes on upon a timeline of its own. The storage before is kept under the change's name.
     *
     * <p>It fails, and leaves the server at work on the storage it had, when a transaction does not end in time.
     */
    Progress switchStorage(ServerKey key, UUID change, int storageGib);

    /** How that change went; null when the storage has not been exchanged, or another change was made since. */
    StorageSwitch storageSwitched(ServerKey key, UUID change);

    /** Takes the storage kept under that change into use again, as it was then. The server must be stopped. */
    Progress returnStorage(ServerKey key, UUID change);

    /** Removes what is kept under that change and is not in use: a copy, or the storage before. */
    Progress dropStorage(ServerKey key, UUID change);

    /** How full the server's storage is; null while that can't be known. Cheap: called every few seconds. */
    Storage storage(ServerKey key);

    /** What takes the room of its storage. The server must be running. */
    StorageUse storageUse(ServerKey key);

    /** Removes every trace of the server, running or not: processes, files, ports, limits. */
    Progress remove(ServerKey key);

    /** Creates the administrator's role, or gives the existing one this password. The server must be running. */
    Progress setAdministrator(ServerKey key, Administrator administrator);

    /** The server must be running. Done when a database of that name exists. */
    Progress createDatabase(ServerKey key, String database, String owner);

    /** Ends the sessions in the database and drops it. Done when no database of that name exists. */
    Progress dropDatabase(ServerKey key, String database);

    /**
     * Runs a script once, however often this is called with the same unit and whoever calls it: a script that has run is
     * not run again, and one that was interrupted is run again only if PostgreSQL knows that nothing of it was kept. The
     * script runs in one transaction unless a statement of it forbids that; then statement by statement. The server must
     * be running. How it ended stays known until {@link #forgetUnit}.
     */
    Progress runSql(ServerKey key, UUID unit, SqlTask task);

    /** Keeps databases in good order, one after another, gently. Goes on where an earlier call with this unit ended. */
    Progress maintain(ServerKey key, UUID unit, Maintenance work);

    /** What a unit of work has said so far or in all, at most 256 KiB of it; null when the unit is not known. */
    String unitOutput(ServerKey key, UUID unit);

    /** Ends a unit's work. Done when nothing of it runs any more; the unit's own call then says how it ended. */
    Progress cancelUnit(ServerKey key, UUID unit);

    /** Drops what is kept of a unit that has ended, after which its name is new again; one that has not ended stays. */
    Progress forgetUnit(ServerKey key, UUID unit);

    /** Done when everything written so far would survive a power cut. */
    Progress flush(ServerKey key);

    /** What is there now, by looking. Cheap: called every few seconds for each server. */
    Observation observe(ServerKey key);

    /**
     * What these servers use now, without those that do not run. Cheap: called every minute for all that a place has. Where
     * a server can't be looked at it is left out.
     */
    Map<ServerKey, Usage> usage(Collection<ServerKey> keys);

    /** The databases people made, and {@code postgres}; without templates. The server must be running. */
    List<DatabaseInfo> databases(ServerKey key);

    /** The roles that a script may run as: those that may sign in and are no superusers. The server must be running. */
    List<String> roles(ServerKey key);

    /** Client sessions of the server, newest statement first. The server must be running. */
    List<SessionInfo> sessions(ServerKey key);

    /** Backups and restores, where this place can take them. */
    default Optional<BackupEngine> backups() {
        return Optional.empty();
    }

    /** Every server this place holds something of, so that leftovers can be found. */
    Set<ServerKey> servers();
}
