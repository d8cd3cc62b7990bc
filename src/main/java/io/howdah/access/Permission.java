package io.howdah.access;

/**
 * The actions somebody may be allowed to take. Names are data: roles are sets of them, stored in the metadata database,
 * and audit records and error messages quote them.
 */
public enum Permission {
    SERVERS_READ("servers/read"),
    SERVERS_CREATE("servers/create"),
    SERVERS_START("servers/start"),
    SERVERS_STOP("servers/stop"),
    SERVERS_RESTART("servers/restart"),
    SERVERS_SCALE("servers/scale"),
    /** Whether and how sizes follow the load. */
    SERVERS_AUTOSCALE("servers/autoscale"),
    SERVERS_RESET_PASSWORD("servers/resetPassword"),
    SERVERS_DELETE("servers/delete"),
    SERVERS_UNDELETE("servers/undelete"),
    SERVERS_PURGE("servers/purge"),
    SERVERS_TAG("servers/tag"),
    /** Into another project of the team. */
    SERVERS_MOVE("servers/move"),
    /** Making, renaming and deleting a team's projects. */
    PROJECTS_WRITE("projects/write"),
    LOCKS_WRITE("locks/write"),
    DATABASES_READ("databases/read"),
    DATABASES_CREATE("databases/create"),
    DATABASES_DELETE("databases/delete"),
    DATABASES_MAINTAIN("databases/maintain"),
    SQL_RUN("sql/run"),
    SESSIONS_READ("sessions/read"),
    /** Rolls back what the session has not committed. */
    SESSIONS_END("sessions/end"),
    BACKUPS_READ("backups/read"),
    /** Taking a backup at once. */
    BACKUPS_TAKE("backups/take"),
    BACKUPS_DELETE("backups/delete"),
    /** In place; into a new server with {@link #SERVERS_CREATE}. */
    BACKUPS_RESTORE("backups/restore"),
    /** Reading a server's rows as they were at an earlier time. */
    BACKUPS_LOOK("backups/look"),
    /** Carrying all data away: a backup, or a dump of a database. */
    BACKUPS_DOWNLOAD("backups/download"),
    /** When backups are taken, and how long they are kept. */
    BACKUPS_POLICY("backups/policy"),
    /** Proving at once that a server can be restored. */
    BACKUPS_REHEARSE("backups/rehearse"),
    /** When work is done that clients might notice. */
    MAINTENANCE_WRITE("maintenance/write"),
    OPERATIONS_READ("operations/read"),
    OPERATIONS_RETRY("operations/retry"),
    SCHEDULES_READ("schedules/read"),
    SCHEDULES_WRITE("schedules/write"),
    JOBS_READ("jobs/read"),
    /** Running and pausing the product's own jobs. */
    JOBS_WRITE("jobs/write"),
    OPERATIONS_CANCEL("operations/cancel"),
    INSTALLATION_READ("installation/read"),
    /** What concerns the place and all teams on it. */
    INSTALLATION_WRITE("installation/write"),
    /** How much each team may have. */
    QUOTAS_WRITE("quotas/write"),
    AUDIT_READ("audit/read"),
    /** Carrying records of the audit log away as a file. */
    AUDIT_EXPORT("audit/export"),
    /** Where records of the audit log are sent on to. */
    AUDIT_FORWARD("audit/forward"),
    ACCESS_READ("access/read"),
    ACCESS_WRITE("access/write"),
    /** Making, disabling and deleting a team's service accounts, their secrets and tokens. */
    SERVICE_ACCOUNTS_WRITE("serviceAccounts/write"),
    /** Revoking other people's tokens, and saying how long any may last. */
    TOKENS_WRITE("tokens/write"),
    /** Saying yes or no to what others ask for. */
    APPROVALS_DECIDE("approvals/decide"),
    /** Saying what needs a second person. */
    APPROVALS_POLICY("approvals/policy"),
    /** Acting without a second person for a while, in an emergency. */
    APPROVALS_BREAK_GLASS("approvals/breakGlass"),
    /** Who else vouches for people. Whoever says that can become anybody. */
    ACCESS_PROVIDERS("access/providers"),
    /** Changing one's own password and the like: everybody signed in. */
    PROFILE_WRITE("profile/write");

    private final String action;

    Permission(String action) {
        this.action = action;
    }

    /** As people and other programs write it, e.g. {@code servers/start}. */
    public String action() {
        return action;
    }

    public static Permission of(String action) {
        for (Permission permission : values()) {
            if (permission.action.equals(action)) {
                return permission;
            }
        }
        throw new IllegalArgumentException(action);
    }
}
