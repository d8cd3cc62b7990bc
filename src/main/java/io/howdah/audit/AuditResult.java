package io.howdah.audit;

/** How an action ended, as far as the record knows. */
public enum AuditResult {
    /** Permitted and begun; a later record with the same correlation id says how it ended, if it takes time. */
    ACCEPTED,
    DENIED,
    SUCCEEDED,
    FAILED,
    /** Somebody took it back before it had come to its end. */
    CANCELLED
}
