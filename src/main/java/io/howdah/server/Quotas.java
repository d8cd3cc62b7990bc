package io.howdah.server;

import io.howdah.access.Holders;
import io.howdah.access.Permission;
import io.howdah.access.Teams;
import io.howdah.server.Server.Wish;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import io.howdah.shared.Sql;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * What teams may have, and what they have. Whoever makes something larger asks here before anything starts, and holds
 * the team until the transaction ends: two at once can't take the same.
 */
@Dependent
public class Quotas {

    private static final double BYTES_PER_GIB = 1L << 30;

    @PersistenceContext
    private EntityManager entities;

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    @Inject
    private Teams teams;

    @Inject
    private Holders holders;

    @Inject
    @Any
    private Instance<BackupStorageUse> backups;

    /** As it is just now, for what is only shown. */
    QuotaStanding standing(UUID teamId) {
        Map<QuotaKind, Double> limits = limits(teamId);
        List<String> names = holders.everywhere(Permission.QUOTAS_WRITE);
        return new QuotaStanding(
                teams.names().get(teamId),
                limits,
                used(teamId),
                names.isEmpty() ? Messages.text("server.room.nobody") : String.join(", ", names));
    }

    /**
     * As {@link #standing}, and nobody else in the team can take anything until the transaction ends. It is asked for
     * after the record has been written and before any lock of a whole table: in this order everywhere.
     */
    QuotaStanding hold(UUID teamId) {
        Sql.rows(dataSource, "select id from team where id = ? for no key update", row -> Sql.id(row, "id"), teamId);
        return standing(teamId);
    }

    /** @throws io.howdah.shared.ProblemException QuotaExceeded */
    void require(UUID teamId, String what, QuotaAmounts more) {
        hold(teamId).lacking(what, more).ifPresent(problem -> {
            throw problem.raise();
        });
    }

    /**
     * What a server that is to run takes, if it is not to run already.
     *
     * @throws io.howdah.shared.ProblemException QuotaExceeded
     */
    void requireToRun(Server server) {
        if (server.wished != Wish.RUNNING) {
            require(server.teamId, server.name, QuotaAmounts.compute(server.promised()));
        }
    }

    /**
     * Lets the backups of a team's server take so much more.
     *
     * @throws io.howdah.shared.ProblemException QuotaExceeded
     */
    public void requireBackupStorage(UUID teamId, String serverName, long bytes) {
        require(teamId, serverName, QuotaAmounts.of(QuotaKind.BACKUP_STORAGE, bytes / BYTES_PER_GIB));
    }

    /** What the server lacks to have the size: only what it is not promised yet, and nothing while it is stopped. */
    static Optional<Problem> lacking(QuotaStanding standing, Server server, Size wanted) {
        if (server.deletedAt != null || server.wished != Wish.RUNNING) {
            return Optional.empty();
        }
        HostRoom.Share more = HostRoom.Share.of(wanted).minus(server.promised());
        return standing.lacking(wanted.code(), QuotaAmounts.compute(more));
    }

    Map<QuotaKind, Double> limits(UUID teamId) {
        Map<QuotaKind, Double> limits = new EnumMap<>(QuotaKind.class);
        entities.createQuery("select q from QuotaEntry q where q.teamId = :team", QuotaEntry.class)
                .setParameter("team", teamId)
                .getResultList()
                .forEach(entry -> limits.put(entry.kind, entry.amount));
        return limits;
    }

    /** Read past the entities in hand, which may be older than the hold. */
    private QuotaAmounts used(UUID teamId) {
        QuotaAmounts servers = entities.createQuery("""
                        select s.wished, s.sizeCode, s.wishedSize, s.storageGib, s.wishedStorageGib from Server s
                        where s.teamId = :team and s.deletedAt is null""", Object[].class)
                .setParameter("team", teamId)
                .getResultStream()
                .map(Quotas::counts)
                .reduce(QuotaAmounts.NONE, QuotaAmounts::plus);
        double bytes =
                backups.stream().mapToLong(one -> one.bytesOfTeam(teamId)).sum();
        return servers.plus(QuotaAmounts.of(QuotaKind.BACKUP_STORAGE, bytes / BYTES_PER_GIB));
    }

    private static QuotaAmounts counts(Object[] row) {
        HostRoom.Share now = HostRoom.Share.of(Sizes.of((String) row[1]));
        HostRoom.Share then = row[2] == null ? now : HostRoom.Share.of(Sizes.of((String) row[2]));
        int storage = (Integer) row[3];
        return QuotaAmounts.server(
                now.most(then), row[4] == null ? storage : Math.max(storage, (Integer) row[4]), row[0] == Wish.RUNNING);
    }
}
