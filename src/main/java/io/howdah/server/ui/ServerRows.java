package io.howdah.server.ui;

import com.vaadin.flow.data.provider.AbstractBackEndDataProvider;
import com.vaadin.flow.data.provider.Query;
import io.howdah.server.ServerService;
import io.howdah.server.ServerView;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The servers of a list, fetched as they scroll into sight. A row is known by the server's id, so that it stays selected
 * while its state changes.
 */
final class ServerRows extends AbstractBackEndDataProvider<ServerView, Void> {

    private final transient ServerService servers;
    private ServersAddress address = ServersAddress.ALL;
    private UUID team;

    ServerRows(ServerService servers) {
        this.servers = servers;
    }

    /** @param wantedTeam whose servers, or null for all */
    void show(ServersAddress wanted, UUID wantedTeam) {
        if (!wanted.equals(address) || !Objects.equals(team, wantedTeam)) {
            address = wanted;
            team = wantedTeam;
            refreshAll();
        }
    }

    @Override
    public Object getId(ServerView server) {
        return server.id();
    }

    @Override
    protected Stream<ServerView> fetchFromBackEnd(Query<ServerView, Void> query) {
        return servers
                .list(address.filter(team), address.order(), address.ascending(), query.getOffset(), query.getLimit())
                .stream();
    }

    @Override
    protected int sizeInBackEnd(Query<ServerView, Void> query) {
        return servers.count(address.filter(team));
    }
}
