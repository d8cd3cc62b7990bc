package io.howdah.server;

import io.howdah.engine.Engine;
import io.howdah.engine.ServerKey;
import io.howdah.engine.Storage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Looks at the storage of each server, also of those that an operation works on: a disk fills up meanwhile too. */
@ApplicationScoped
class StorageWatch {

    private static final Logger LOG = Logger.getLogger(StorageWatch.class.getName());

    @Inject
    private Engine engine;

    @Inject
    private StorageKeeping keeping;

    @Inject
    private Clock clock;

    /**
     * The servers on a node's host, and those that lie on nobody's if they are wanted.
     *
     * @return how many began to grow
     */
    int look(String home, boolean shared) {
        int[] begun = {0};
        keeping.fleet(home, shared).forEach((id, known) -> {
            if (looked(id, known)) {
                begun[0]++;
            }
        });
        return begun[0];
    }

    private boolean looked(UUID id, StorageEntry known) {
        try {
            Storage now = engine.storage(new ServerKey(id));
            boolean calls = now != null && (known == null || known.calls(now, clock.instant()));
            return calls && keeping.saw(id, now);
        } catch (RuntimeException e) {
            LOG.log(Level.INFO, e, () -> "the storage of server " + id + " could not be looked at");
            return false;
        }
    }
}
