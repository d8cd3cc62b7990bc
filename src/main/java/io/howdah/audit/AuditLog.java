package io.howdah.audit;

import io.howdah.access.Caller;
import io.howdah.access.Permission;
import io.howdah.access.Recorder;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.access.TokenUse;
import io.howdah.operation.EndDetails;
import io.howdah.operation.OperationEnded;
import io.howdah.operation.OperationStatus;
import io.howdah.shared.Ids;
import io.howdah.shared.Json;
import io.howdah.shared.Problem;
import io.howdah.shared.Sql;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.ejb.Local;
import jakarta.ejb.LocalBean;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * Writes the audit log: who did what to what, when, from where, and how it ended. Writers queue on one database lock
 * until their transaction ends, so that numbers have no gaps and each record can name the hash of the one before it.
 */
@Stateless
@LocalBean
@Local(Recorder.class)
public class AuditLog implements Recorder {

    /** Any number that nothing else in this database uses for an advisory lock. */
    static final long CHAIN_LOCK = 4_711_001;

    /** Plain statements: whoever changes anything waits for these. The newest is read when the lock has been given. */
    static final String LAST = "select pg_advisory_xact_lock(" + CHAIN_LOCK + "); "
            + "select number, hash, at from audit_record order by number desc limit 1";

    static final String ARCHIVE = "audit/archive";

    private static final String BY_ITSELF = "howdah";

    private static final int LONGEST_NAME = 300;

    static final String INSERT = """
            insert into audit_record (number, at, actor, address, action, target_type, target_id, target_name, team_id,
                result, correlation_id, details, previous_hash, hash)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    /** The end of the chain. */
    private record End(Link link, Instant at) {}

    private static final End NONE = new End(Link.FIRST, Instant.EPOCH);

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    @Resource
    private SessionContext context;

    @Resource
    private TransactionSynchronizationRegistry transaction;

    @Resource
    private ManagedExecutorService executor;

    @Inject
    private Clock clock;

    @Inject
    @Any
    private Instance<EndDetails> endDetails;

    @Override
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void accepted(
            Caller caller, Permission permission, Scope scope, Target target, Map<String, String> details) {
        write(
                caller.name(),
                caller.address(),
                permission.action(),
                scope,
                target,
                AuditResult.ACCEPTED,
                caller.correlationId(),
                with(caller.token(), details));
        Attempts.remember(
                transaction, new Attempts.Attempt(caller, permission, scope, target, details), this::takenBack);
    }

    /** Elsewhere: whoever has just ended a transaction can't begin another one. */
    private void takenBack(Attempts.Attempt attempt, Problem problem) {
        AuditLog itself = context.getBusinessObject(AuditLog.class);
        executor.execute(() -> itself.failed(attempt, problem));
    }

    /** Writes what was permitted and taken back again, in a transaction of its own. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void failed(Attempts.Attempt attempt, Problem problem) {
        Map<String, String> details = new TreeMap<>(attempt.details());
        details.put("problem", problem.code().name());
        details.put("message", problem.message());
        Caller caller = attempt.caller();
        write(
                caller.name(),
                caller.address(),
                attempt.permission().action(),
                attempt.scope(),
                attempt.target(),
                AuditResult.FAILED,
                caller.correlationId(),
                with(caller.token(), details));
    }

    @Override
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void denied(Caller caller, Permission permission, Scope scope, Target target) {
        write(
                caller.name(),
                caller.address(),
                permission.action(),
                scope,
                target,
                AuditResult.DENIED,
                caller.correlationId(),
                with(caller.token(), Map.of()));
    }

    @Override
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void signIn(Caller caller, boolean succeeded, String note) {
        write(
                caller.name(),
                caller.address(),
                "access/signIn",
                Scope.INSTALLATION,
                new Target("person", caller.personId(), caller.name()),
                succeeded ? AuditResult.SUCCEEDED : AuditResult.DENIED,
                caller.correlationId(),
                with(caller.token(), note == null ? Map.of() : Map.of("note", note)));
    }

    @Override
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void signOut(Caller caller) {
        write(
                caller.name(),
                caller.address(),
                "access/signOut",
                Scope.INSTALLATION,
                new Target("person", caller.personId(), caller.name()),
                AuditResult.SUCCEEDED,
                caller.correlationId(),
                Map.of());
    }

    /** How an operation ended, under the correlation id of the request that began it. Last, since all wait for who writes. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void ended(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) OperationEnded end) {
        Map<String, String> details = new TreeMap<>();
        details.put("operation", end.operationId().toString());
        if (end.problem() != null) {
            details.put("problem", end.problem().code().name());
            details.put("message", end.problem().message());
        }
        endDetails.forEach(more -> details.putAll(more.of(end)));
        write(
                end.requestedBy(),
                null,
                end.action(),
                Scope.of(end.teamId(), end.subjectId()),
                new Target("server", end.subjectId(), end.subjectName()),
                result(end.status()),
                end.correlationId(),
                details);
    }

    /** Takes records out that lie in a file now, and says so. Only the database's own function may, and only up to a seal. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void archived(String file, long first, Seal seal) {
        write(
                BY_ITSELF,
                null,
                ARCHIVE,
                Scope.INSTALLATION,
                new Target("auditLog", null, file),
                AuditResult.SUCCEEDED,
                Ids.correlation(),
                Map.of(
                        "first",
                        Long.toString(first),
                        "last",
                        Long.toString(seal.recordNumber()),
                        "hash",
                        seal.recordHash()));
        Sql.rows(dataSource, "select audit_archive(?)", row -> row.getLong(1), seal.recordNumber());
    }

    /** Who came by a token is named as its holder, and the token beside. */
    private static Map<String, String> with(TokenUse token, Map<String, String> details) {
        if (token == null) {
            return details;
        }
        Map<String, String> all = new TreeMap<>(details);
        all.put("token", token.name());
        all.put("tokenId", token.id().toString());
        return all;
    }

    private static AuditResult result(OperationStatus end) {
        return switch (end) {
            case SUCCEEDED -> AuditResult.SUCCEEDED;
            case CANCELLED -> AuditResult.CANCELLED;
            default -> AuditResult.FAILED;
        };
    }

    /** Anybody may type anything for a name at the door; indexes hold short ones alone. */
    private static String name(String typed) {
        if (typed == null) {
            return null;
        }
        String text = typed.replaceAll("\\p{Cntrl}", " ");
        return text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME);
    }

    private static End end(ResultSet row) throws SQLException {
        return new End(new Link(row.getLong("number"), row.getString("hash")), Sql.instant(row, "at"));
    }

    private void write(
            String actor,
            String address,
            String action,
            Scope scope,
            Target target,
            AuditResult result,
            String correlationId,
            Map<String, String> details) {
        End last = Sql.row(dataSource, LAST, AuditLog::end).orElse(NONE);
        AuditRecord next = new AuditRecord();
        next.number = last.link().number() + 1;
        // Searches count on later numbers not being of earlier times, whichever node's clock they come from.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        next.at = now.isBefore(last.at()) ? last.at() : now;
        next.actor = name(actor);
        next.address = address;
        next.action = action;
        next.targetType = target.type();
        next.targetId = target.id();
        next.targetName = name(target.name());
        next.teamId = scope.teamId();
        next.result = result;
        next.correlationId = correlationId;
        next.details = Json.write(new TreeMap<>(details));
        next.previousHash = last.link().hash();
        next.hash = next.computeHash();
        Sql.change(
                dataSource,
                INSERT,
                next.number,
                Timestamp.from(next.at),
                next.actor,
                next.address,
                next.action,
                next.targetType,
                next.targetId,
                next.targetName,
                next.teamId,
                next.result,
                next.correlationId,
                next.details,
                next.previousHash,
                next.hash);
    }
}
