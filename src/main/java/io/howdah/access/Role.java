package io.howdah.access;

import static io.howdah.access.Permission.PROFILE_WRITE;
import static io.howdah.access.Permission.SERVERS_READ;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The ready-made roles. They are written to the database at start-up, where checks read them. */
enum Role {
    OWNER("Owner", permission -> true),
    /** Everything but who may do what. */
    CONTRIBUTOR("Contributor", permission -> switch (permission) {
        case ACCESS_WRITE, ACCESS_PROVIDERS, SERVICE_ACCOUNTS_WRITE, TOKENS_WRITE -> false;
        case APPROVALS_DECIDE, APPROVALS_POLICY, APPROVALS_BREAK_GLASS -> false;
        default -> true;
    }),
    /** Everything but create, delete, projects, locks, the product's own jobs and access. */
    OPERATOR("Operator", permission -> switch (permission) {
        case SERVERS_CREATE, SERVERS_DELETE, SERVERS_PURGE, DATABASES_CREATE, DATABASES_DELETE, LOCKS_WRITE -> false;
        case SERVERS_MOVE, PROJECTS_WRITE -> false;
        case BACKUPS_DELETE -> false;
        case ACCESS_PROVIDERS, SERVICE_ACCOUNTS_WRITE, TOKENS_WRITE -> false;
        case JOBS_WRITE, INSTALLATION_WRITE, QUOTAS_WRITE, AUDIT_FORWARD, ACCESS_READ, ACCESS_WRITE -> false;
        case APPROVALS_DECIDE, APPROVALS_POLICY, APPROVALS_BREAK_GLASS -> false;
        default -> true;
    }),
    /** All that keeps servers restorable; nothing that carries data away or gives backups up. */
    BACKUP_OPERATOR("Backup Operator", permission -> switch (permission) {
        case SERVERS_READ, DATABASES_READ, OPERATIONS_READ, OPERATIONS_RETRY, SCHEDULES_READ, PROFILE_WRITE -> true;
        case BACKUPS_READ, BACKUPS_TAKE, BACKUPS_RESTORE, BACKUPS_LOOK, BACKUPS_POLICY, BACKUPS_REHEARSE -> true;
        default -> false;
    }),
    READER("Reader", permission -> switch (permission) {
        case SERVERS_READ,
                DATABASES_READ,
                SESSIONS_READ,
                BACKUPS_READ,
                OPERATIONS_READ,
                SCHEDULES_READ,
                JOBS_READ,
                INSTALLATION_READ,
                AUDIT_READ,
                AUDIT_EXPORT,
                PROFILE_WRITE -> true;
        default -> false;
    }),
    /** What happened, who did it and who may; not what is in the servers. */
    AUDITOR("Auditor", permission -> switch (permission) {
        case SERVERS_READ, OPERATIONS_READ, SCHEDULES_READ, JOBS_READ, ACCESS_READ, PROFILE_WRITE -> true;
        case AUDIT_READ, AUDIT_EXPORT -> true;
        default -> false;
    }),
    /** Says who may do what, as far as they may do it themselves. */
    ACCESS_ADMINISTRATOR("Access Administrator", permission -> switch (permission) {
        case SERVERS_READ, AUDIT_READ, ACCESS_READ, ACCESS_WRITE, APPROVALS_DECIDE, PROFILE_WRITE -> true;
        case SERVICE_ACCOUNTS_WRITE, TOKENS_WRITE -> true;
        default -> false;
    }),
    /** Which servers there are and how large they are, which is what they cost. */
    COST_VIEWER("Cost Viewer", permission -> permission == SERVERS_READ || permission == PROFILE_WRITE);

    private final String title;
    private final Set<Permission> permissions;

    Role(String title, Predicate<Permission> allows) {
        this.title = title;
        this.permissions = Arrays.stream(Permission.values())
                .filter(allows)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Permission.class)));
    }

    String title() {
        return title;
    }

    Set<String> actions() {
        return permissions.stream().map(Permission::action).collect(Collectors.toCollection(TreeSet::new));
    }
}
