package io.howdah.audit;

/** How the audit log is sent on. */
public enum ForwardKind {
    /** RFC 5424 over TLS. */
    SYSLOG,
    /** Signed posts of JSON. */
    WEBHOOK
}
