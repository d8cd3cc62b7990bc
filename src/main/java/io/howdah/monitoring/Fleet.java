package io.howdah.monitoring;

import io.howdah.server.ServerFacts;
import io.howdah.server.ServerRegister;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;

/** The servers that are looked at. A transaction of its own: a thread that has none may be told what it was told before. */
@Stateless
public class Fleet {

    @Inject
    private ServerRegister servers;

    /**
     * Those there are, without deleted ones and those whose creation was no success.
     *
     * @param home the servers that lie on this node's host
     * @param shared whether those that lie on nobody's host are wanted too
     */
    public List<ServerFacts> of(String home, boolean shared) {
        return servers.all().stream()
                .filter(server -> server.created() && server.deletedAt() == null)
                .filter(server -> server.node() == null ? shared : server.node().equals(home))
                .toList();
    }
}
