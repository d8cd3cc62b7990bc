package io.howdah.engine;

import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a place must be able to do about backups. Every server has a repository of its own, encrypted with a key of its
 * own, which outlives the server; WAL goes there continuously from the moment {@link #enable} is done. The rules of
 * {@link Engine} hold here too: calls are idempotent, answer soon, and those that change something never raise.
 */
public interface BackupEngine {

    /** Makes the server's repository and sees that WAL reaches it. The server must be provisioned, and may be stopped. */
    Progress enable(ServerKey key);

    /**
     * Takes a backup, once per unit, beside everything else that goes on. The server must be running and its backups
     * enabled. What the tool says can be read by {@link Engine#unitOutput}, and {@link Engine#cancelUnit} ends it.
     */
    Progress backUp(ServerKey key, UUID unit, BackupTask task);

    /**
     * Done when everything committed before the first call for this unit is in the repository, and an instant up to that
     * call can be restored although nothing was committed since. The server must be running.
     */
    Progress archive(ServerKey key, UUID unit);

    /** How archiving goes. The server must be running. */
    Archiving archiving(ServerKey key);

    /** What the repository of a server holds, whether or not the server still exists; empty when it has none. */
    BackupCatalogue catalogue(ServerKey key);

    /**
     * Removes what is needed neither for restoring an instant from {@code window} on nor for one of the backups named.
     *
     * @param kept labels of backups to keep whatever their age
     */
    Progress expire(ServerKey key, Instant window, Set<String> kept);

    /**
     * Removes one backup and those that build on it. Done when there is none of that label. A server that exists keeps its last
     * full one: then this fails. With the last one of a server that is gone its whole repository goes.
     */
    Progress delete(ServerKey key, String label);

    /**
     * Where backups go besides, in words for people, if anywhere: a second repository of every server, encrypted with
     * another key, which may be slow or away without a server noticing. What the first repository can't give is restored from
     * there.
     */
    Optional<String> remote();

    /** Brings WAL that the second repository lacks there. Done when it had all there was at the call. */
    Progress ship(ServerKey key);

    /** How far the second repository is: what has got there, and how many segments have not. */
    Archiving shipping(ServerKey key);

    /**
     * Takes a backup into the second repository, as {@link #backUp} does into the first. It can be restored from once
     * {@link #ship} is done.
     *
     * @param name the unit that took the same backup into the first repository: they are taken for one
     */
    Progress backUpRemote(ServerKey key, UUID unit, UUID name, BackupTask task);

    /** What the second repository holds. */
    BackupCatalogue remoteCatalogue(ServerKey key);

    /** {@link #expire} of the second repository, by the labels of the first. */
    Progress expireRemote(ServerKey key, Instant window, Set<String> kept);

    /** Removes a server's whole repositories for good. */
    Progress forget(ServerKey key);

    /** The servers of which this place holds a repository. */
    Set<ServerKey> repositories();

    /**
     * Makes a new server's files from another's repository, which may also be one whose server is gone. Starts nothing;
     * {@link #recover} comes next. Done at once when the files exist.
     */
    Progress restore(ServerKey key, Specification specification, RestoreSource source);

    /**
     * Makes files for the server from its own repository beside those in use, which stay as they are and may be in use
     * meanwhile.
     *
     * @param unit names the files until they are taken into use or discarded
     */
    Progress restoreBeside(ServerKey key, UUID unit, RestoreTarget target);

    /**
     * Takes the files of {@link #restoreBeside} into use and keeps the former ones under the same unit. The server must be
     * stopped; {@link #recover} comes next.
     */
    Progress exchange(ServerKey key, UUID unit);

    /** Takes the former files into use again and discards the others. The server must be stopped; {@code start} comes next. */
    Progress exchangeBack(ServerKey key, UUID unit);

    /** Removes what is kept under the unit, restored or former, and is not in use. */
    Progress discard(ServerKey key, UUID unit);

    /**
     * Starts a server on restored files, lets it replay WAL up to its target, and makes it an ordinary running server on a
     * timeline of its own. Of a server on ordinary files it is {@link Engine#start}.
     */
    Progress recover(ServerKey key);

    /**
     * A database as {@code pg_dump} writes it in its custom format, consistent as of the call, for {@code pg_restore}. The
     * server must be running. Reading raises an IOException when the dump cannot be finished; closing ends it.
     *
     * @throws io.howdah.shared.ProblemException DatabaseNotFound, or what keeps the dump from beginning
     */
    InputStream dump(ServerKey key, String database);

    /**
     * A backup as a tar of a data directory that a plain PostgreSQL of the same major version starts, whole as it was at the
     * backup's end. It is made at the first read, which takes as long as a restore; reading raises an IOException when it
     * cannot be finished, and closing ends it.
     *
     * @throws io.howdah.shared.ProblemException BackupNotFound, EngineDiskFull
     */
    InputStream tarball(ServerKey key, String label);

    /**
     * Reads every table and index of a running server and checks that they are whole. It installs what it needs into the
     * server's databases, so it is for copies that are thrown away afterwards. Fails with DataCorrupt, and says what is
     * damaged by {@link Engine#unitOutput}.
     */
    Progress verify(ServerKey key, UUID unit);

    // ---- looking at an earlier time, and bringing parts of it back

    /**
     * Opens the files of {@link #restore} that have not been recovered: to be read, by {@link #query} and at the direct
     * endpoint by the roles of that time, as they were at the instant, without ever becoming a server of their own. One that
     * is open goes on from where it stands to the later instant. Done when what was committed up to then can be read.
     * {@link Engine#remove} ends it.
     *
     * <p>Fails with LookOnlyForward when it stands later already, or on another timeline.
     */
    Progress look(ServerKey copy, RestoreTarget.At target);

    /** What {@link #look} has come to; null when there is no such copy. */
    Looked looked(ServerKey copy);

    /**
     * Runs one query in a transaction that may only read, as one of people's roles, and waits for its answer.
     *
     * @param most how many rows are wanted
     * @throws io.howdah.shared.ProblemException QueryFailed, QueryNotOne, WorkTimedOut, SqlRoleNotAllowed, DatabaseNotFound
     */
    QueryResult query(ServerKey key, SqlTask task, int most);

    /**
     * The schemas of a database of the running server that are not PostgreSQL's or the product's own, by name.
     *
     * @param role who wants to make something there
     * @throws io.howdah.shared.ProblemException DatabaseNotFound, EngineNotResponding
     */
    List<SchemaInfo> schemas(ServerKey key, String database, String role);

    /**
     * Which of these names no table of that schema could get, since something is called that already.
     *
     * @throws io.howdah.shared.ProblemException DatabaseNotFound, EngineNotResponding
     */
    List<String> taken(ServerKey key, String database, String schema, List<String> names);

    /**
     * Brings a database, or some of its tables, from a copy into this server, once per unit, under a name of the unit's own:
     * it gets its place by {@link #place}. It fails with DatabaseExists, SchemaExists, SchemaNotFound or NamesTaken where
     * there is none. What fails or is interrupted leaves nothing, after {@link #unload} at the latest. What the tools say can
     * be read by {@link Engine#unitOutput}. Both servers must be running.
     */
    Progress load(ServerKey key, UUID unit, LoadTask task);

    /**
     * Lets what was loaded appear, whole and at once, where the task says. Nothing that is there is touched: it fails as
     * {@link #load} does, also when somebody else was quicker. The server must be running.
     */
    Progress place(ServerKey key, UUID unit, LoadTask task);

    /**
     * Ends the unit's loading, and takes back what it has made. What has got its place stays, since people may have begun to
     * use it. The server must be running.
     */
    Progress unload(ServerKey key, UUID unit, LoadTask task);

    // ---- rehearsals

    /**
     * Reads every file of a server's repository and sees that each is as it was written, that no WAL is missing between a
     * backup and the newest changes, and that the installation's key opens it. Fails with RepositoryKeyDiffers,
     * RepositoryDamaged or RepositoryWalMissing, which name what is wrong.
     */
    Progress verifyRepository(ServerKey key, UUID unit);

    /** How far the server's last recovery came; nothing is known of one that was never recovered. */
    Recovered recovered(ServerKey key);

    /** Reads all files of a stopped server and compares the checksum of every page. Fails with DataCorrupt. */
    Progress verifyFiles(ServerKey key, UUID unit);

    /**
     * Asks a running server a question, in a transaction that can only read. Done when the first row of the answer begins
     * with true; fails with AnswerNotTrue, which says what came instead.
     */
    Progress ask(ServerKey key, UUID unit, Question question);
}
