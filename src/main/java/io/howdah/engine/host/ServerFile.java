package io.howdah.engine.host;

import io.howdah.engine.Compute;
import io.howdah.engine.ServerKey;
import io.howdah.engine.Specification;
import java.time.Instant;
import java.util.UUID;

/**
 * What the engine must remember of a server, kept as {@code server.json} in its directory.
 *
 * @param shortName unique on this host; names its OS user, sockets and cgroup
 * @param user the OS user it runs as, or null for the portal's own
 * @param sockets the directory of its Unix sockets; their paths may not exceed 107 bytes
 */
record ServerFile(
        UUID id,
        String shortName,
        String user,
        String sockets,
        int pooledPort,
        int directPort,
        Specification specification,
        Instant made) {

    ServerFile sized(Compute compute) {
        return new ServerFile(id, shortName, user, sockets, pooledPort, directPort, specification.sized(compute), made);
    }

    ServerFile stored(int gib) {
        return new ServerFile(id, shortName, user, sockets, pooledPort, directPort, specification.stored(gib), made);
    }

    /** The same, reached by another port. */
    ServerFile at(int port) {
        return new ServerFile(id, shortName, user, sockets, pooledPort, port, specification, made);
    }

    ServerKey key() {
        return new ServerKey(id);
    }
}
