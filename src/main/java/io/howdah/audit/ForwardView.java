package io.howdah.audit;

import java.time.Instant;

/**
 * A place that the audit log is sent on to.
 *
 * @param place host and port
 * @param behind how many records it has not got yet
 * @param sentAt when something last arrived there, or null
 * @param trouble why it can't be reached, in words, or null
 */
public record ForwardView(ForwardKind kind, String place, long behind, Instant sentAt, String trouble) {}
