package io.howdah.access;

import java.util.Map;

/** Where permitted and refused actions are written down: the audit log, seen from here. */
public interface Recorder {

    /** Writes within the caller's transaction: the record and the change stand or fall together. */
    void accepted(Caller caller, Permission permission, Scope scope, Target target, Map<String, String> details);

    /** Writes in a transaction of its own: the attempt stays on record although it is refused. */
    void denied(Caller caller, Permission permission, Scope scope, Target target);

    /** Writes in a transaction of its own. The caller's {@code personId} is null when nobody has that name. */
    void signIn(Caller caller, boolean succeeded, String note);

    /** Writes in a transaction of its own. */
    void signOut(Caller caller);
}
