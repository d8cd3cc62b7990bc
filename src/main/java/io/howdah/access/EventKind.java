package io.howdah.access;

import java.util.Locale;

/** What people can be told about. Each chooses, kind by kind, whether and how they want to know. */
public enum EventKind {
    OPERATION_FAILED(true),
    OPERATION_SUCCEEDED(true),
    SERVER_DEGRADED(false),
    SERVER_RECOVERED(false),
    SCHEDULE_FAILED(true),
    SCHEDULE_MISSED(true),
    /** A server is no longer as it was asked to be. */
    DRIFT(false),
    BACKUP_FAILED(false),
    /** What was committed lately is nowhere but on the server itself. */
    RECOVERY_POINT_OLD(false),
    /** A backup did not prove that its server can be restored. */
    REHEARSAL_FAILED(false),
    /** Little of a server's storage is free, or something was given up so that it does not fill up. */
    STORAGE_FILLING(false),
    /** So little is free that the server became read-only. */
    STORAGE_READ_ONLY(false),
    /** Somebody asks for a role that these people may give. */
    ACCESS_REQUESTED(true),
    /** Whoever asked for a role has it, or does not get it. */
    ACCESS_DECIDED(true),
    /** A token, or a service account's secret, ends within a week: told to whom it belongs, or who may replace it. */
    TOKEN_ENDING(true),
    /** Somebody wants to do what needs a second person, and these people may be it. */
    APPROVAL_REQUESTED(true),
    /** What became of something that needed a second person: told to whoever asked. */
    APPROVAL_DECIDED(true),
    /** Somebody acts without a second person for a while. */
    APPROVAL_BYPASSED(true),
    /** Somebody has bent the audit log: told to those who answer for the installation. */
    AUDIT_LOG_BROKEN(true),
    /** A mail or a webhook's message could not be delivered: told to its addressee alone, always. */
    DELIVERY_GIVEN_UP(false),
    /** Somebody tries out their own mail address or webhook. */
    TEST(false);

    private final boolean concernsSomebody;

    EventKind(boolean concernsSomebody) {
        this.concernsSomebody = concernsSomebody;
    }

    /** Whether some people are nearer to it than others: who asked for the operation, whom a schedule names. */
    public boolean concernsSomebody() {
        return concernsSomebody;
    }

    /** Whether people may choose about it. */
    public boolean isChosen() {
        return this != DELIVERY_GIVEN_UP && this != TEST;
    }

    /** As webhooks name it, e.g. {@code operation.failed}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");
    }
}
