package io.howdah.scaling;

import io.howdah.access.Caller;
import io.howdah.access.Permission;
import io.howdah.access.Recorder;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.operation.Operations;
import io.howdah.server.ServerSizing;
import io.howdah.server.Size;
import io.howdah.server.SizeChangeView;
import io.howdah.server.SizeOffer;
import io.howdah.server.SizedServer;
import io.howdah.shared.Messages;
import io.howdah.shared.Sql;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** The transactions of autoscale. What it changes, it changes in the product's own name, with the reason on record. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Autoscaling {

    @PersistenceContext
    private EntityManager entities;

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    @Inject
    private ServerSizing sizing;

    @Inject
    private Operations operations;

    @Inject
    private Recorder recorder;

    /**
     * A server that follows its load.
     *
     * @param last the newest change of its size, or null
     * @param failed when its newest change failed; null when it did not
     * @param planned changes of its size that wait
     */
    record Following(
            UUID serverId,
            AutoscalePolicy policy,
            SizedServer server,
            SizeChangeView last,
            Instant failed,
            List<PlannedChangeView> planned) {}

    /** Those of these servers for which it is switched on. */
    public List<Following> active(Collection<UUID> serverIds) {
        return entities.createQuery("select a from Autoscale a where a.active = true", Autoscale.class)
                .getResultStream()
                .filter(one -> serverIds.contains(one.serverId))
                .map(this::following)
                .toList();
    }

    private Following following(Autoscale one) {
        return new Following(
                one.serverId,
                one.policy(),
                sizing.find(one.serverId).orElseThrow(),
                sizing.changes(one.serverId, 1).stream().findFirst().orElse(null),
                sizing.lastFailure(one.serverId),
                waiting(one.serverId));
    }

    private List<PlannedChangeView> waiting(UUID serverId) {
        return entities.createQuery(
                        "select c from PlannedChange c where c.serverId = :server and c.failure is null order by c.number",
                        PlannedChange.class)
                .setParameter("server", serverId)
                .getResultStream()
                .map(PlannedChange::view)
                .toList();
    }

    /** The sizes that the server can't be given now. */
    public List<Size> refused(UUID serverId) {
        return sizing.offers(serverId).stream()
                .filter(offer -> offer.problem() != null)
                .map(SizeOffer::size)
                .toList();
    }

    /**
     * Begins the change; nothing if somebody has asked for anything meanwhile.
     *
     * @param from the size on which it was decided
     * @param why in words, for the activity log
     * @throws io.howdah.shared.ProblemException ServerLocked, ServerBeingDeleted, ServerNotReady, NoRoomForMemory
     */
    public void begin(UUID serverId, Size from, Size to, String why) {
        SizedServer server = sizing.hold(serverId).orElse(null);
        if (server == null || !server.wished().equals(from) || operations.changing(serverId)) {
            return;
        }
        Caller itself = Operations.itself();
        recorder.accepted(
                itself,
                Permission.SERVERS_SCALE,
                Scope.server(server.teamId(), server.id()),
                new Target("server", serverId, server.name()),
                Map.of("before", from.code(), "after", to.code(), "autoscale", why));
        sizing.begin(serverId, to, itself, Messages.text("scaling.why.autoscale", why));
    }

    /** Keeps what was decided, and since when, unless it was the same before. */
    public void judged(UUID serverId, String verdict, Instant at) {
        Sql.change(
                dataSource,
                "update autoscale set verdict = ?, verdict_at = ? where server_id = ? and verdict is distinct from ?",
                verdict,
                Timestamp.from(at),
                serverId,
                verdict);
    }
}
