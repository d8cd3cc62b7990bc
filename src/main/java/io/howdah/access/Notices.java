package io.howdah.access;

/** Where features say what people should know: the notifications, seen from below. */
public interface Notices {

    /**
     * Keeps the notice within the running transaction: it is sent if and only if that commits. Who is told, and how, is
     * found out afterwards.
     */
    void tell(Notice notice);
}
