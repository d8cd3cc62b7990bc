package io.howdah.server;

import io.howdah.access.Holders;
import io.howdah.access.Permission;
import io.howdah.engine.Engine;
import io.howdah.engine.Room;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** What servers may be promised on this place, and what they are promised: vCores and memory, with the factors set. */
@Dependent
class HostRoom {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Engine engine;

    @Inject
    private Holders holders;

    @Inject
    @Any
    private Instance<WaitingForRoom> waiting;

    /** An amount of both. */
    record Share(double vCores, int memoryMib) {

        static final Share NONE = new Share(0, 0);

        static Share of(Size size) {
            return new Share(size.vCores(), size.memoryMib());
        }

        Share plus(Share other) {
            return new Share(vCores + other.vCores, memoryMib + other.memoryMib);
        }

        /** The larger of each. */
        Share most(Share other) {
            return new Share(Math.max(vCores, other.vCores), Math.max(memoryMib, other.memoryMib));
        }

        Share minus(Share other) {
            return new Share(vCores - other.vCores, memoryMib - other.memoryMib);
        }
    }

    RoomFactors factors() {
        RoomEntry entry = entities.find(RoomEntry.class, RoomEntry.ONLY);
        return entry == null ? RoomFactors.USUAL : entry.factors();
    }

    Share limit(Room room) {
        RoomFactors factors = factors();
        return new Share(room.vCores() * factors.vCores(), (int) (room.serverMemoryMib() * factors.memory()));
    }

    /** To all servers, now and when what was asked has been done. */
    Share promised() {
        return entities.createQuery(
                        "select s from Server s where s.deletedAt is null"
                                + " and not exists (select w from WaitingServer w where w.serverId = s.id)",
                        Server.class)
                .getResultStream()
                .map(Server::promised)
                .reduce(Share.NONE, Share::plus);
    }

    /** What the server is promised; one that waits to be made has nothing yet. */
    Share share(Server server) {
        boolean waits = entities.find(WaitingServer.class, server.id) != null;
        return waits || server.deletedAt != null ? Share.NONE : server.promised();
    }

    /** What those are to have who wait for room and came before the server, or all of them when it does not wait. */
    private Share ahead(UUID serverId) {
        return waiting.stream()
                .flatMap(one -> one.line().stream())
                .sorted(Comparator.comparing(WaitingForRoom.Wanted::since))
                .takeWhile(wanted -> !wanted.serverId().equals(serverId))
                .map(this::growth)
                .reduce(Share.NONE, Share::plus);
    }

    private Share growth(WaitingForRoom.Wanted wanted) {
        Server server = entities.find(Server.class, wanted.serverId());
        Optional<Size> size = Sizes.find(wanted.size());
        if (server == null || server.deletedAt != null || size.isEmpty()) {
            return Share.NONE;
        }
        Share more = Share.of(size.get()).minus(share(server));
        return new Share(Math.max(0, more.vCores()), Math.max(0, more.memoryMib()));
    }

    /**
     * What is missing for the share beside what the others have, those included who have waited longer for room.
     *
     * @param server the one that is to have it, or null for one that is yet to be made
     * @param others what is promised to all others
     * @param before what it has already: that much never lacks
     */
    Optional<Problem> lacking(UUID server, String what, Share wanted, Share before, Share others, Room room) {
        Share limit = limit(room);
        Share used = others.plus(ahead(server));
        if (wanted.memoryMib() > before.memoryMib() && used.memoryMib() + wanted.memoryMib() > limit.memoryMib()) {
            return Optional.of(Problem.of(
                    ProblemCode.NoRoomForMemory,
                    what,
                    wanted.memoryMib(),
                    used.memoryMib(),
                    limit.memoryMib(),
                    used.memoryMib() + wanted.memoryMib() - limit.memoryMib(),
                    whom()));
        }
        if (wanted.vCores() > before.vCores() && used.vCores() + wanted.vCores() > limit.vCores()) {
            return Optional.of(Problem.of(
                    ProblemCode.NoRoomForVCores,
                    what,
                    number(wanted.vCores()),
                    number(used.vCores()),
                    number(limit.vCores()),
                    number(used.vCores() + wanted.vCores() - limit.vCores()),
                    whom()));
        }
        return Optional.empty();
    }

    /** Who can promise more. */
    private String whom() {
        List<String> names = holders.everywhere(Permission.INSTALLATION_WRITE);
        return names.isEmpty() ? Messages.text("server.room.nobody") : String.join(", ", names);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value).replaceAll("\\.?0+$", "");
    }
}
