package io.howdah.operation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Wants to know of every end, and fails at those of the subjects that a test names. */
@ApplicationScoped
public class StubbornIT {

    static final Set<UUID> REFUSED = ConcurrentHashMap.newKeySet();

    /** The operations it was told of, as often as it was. */
    static final List<UUID> TOLD = new CopyOnWriteArrayList<>();

    void ended(@Observes OperationEnded end) {
        if (REFUSED.contains(end.subjectId())) {
            throw new IllegalStateException("a test wants it so");
        }
        TOLD.add(end.operationId());
    }
}
