package io.howdah.operation;

import io.howdah.shared.Ids;
import io.howdah.shared.Settings;
import io.howdah.shared.Sql;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * The portal processes that share the metadata database, and this one's place among them. A home is served by one
 * process at a time: a second one on the same home, or on a copy of it, waits until the first is gone.
 */
@ApplicationScoped
public class Nodes {

    private static final Logger LOG = Logger.getLogger(Nodes.class.getName());
    private static final String VERSION = Optional.ofNullable(
                    Nodes.class.getPackage().getImplementationVersion())
            .orElse("");

    /** Statements that commit by themselves: each gives its connection back at once, however long the thread goes on. */
    @Resource(lookup = "jdbc/howdah", shareable = false)
    private DataSource alone;

    @Resource(lookup = "jdbc/howdah")
    private DataSource transaction;

    @Inject
    private Settings settings;

    private FormerSelf former;
    private Holder self;

    /**
     * A sign of life, and what the database answered.
     *
     * @param mine whether this process still serves its home
     * @param renewed the operations whose leases were renewed
     * @param peers how many other nodes live
     */
    record Beat(boolean mine, List<UUID> renewed, int peers, Instant now) {}

    /** When a node was last seen, and whether it has gone in good order. */
    record Seen(String name, Instant at, boolean left) {}

    private record Known(String incarnation, boolean free) {}

    @PostConstruct
    void identify() {
        former = new FormerSelf(settings.home());
        self = new Holder(former.home(), Ids.random().toString(), settings.node());
    }

    /** The name of this node's home; what lies on this machine alone is pinned to it. */
    public String home() {
        return self.home();
    }

    Holder self() {
        return self;
    }

    /** Takes this node's place and what its former self held; false while another process has the place. */
    boolean arrive() {
        Optional<Known> known = Sql.row(
                alone,
                """
                select incarnation, left_at is not null
                    or seen_at < statement_timestamp() - ? * interval '1 millisecond' as free
                from node where home = ?""",
                row -> new Known(row.getString("incarnation"), row.getBoolean("free")),
                OperationTable.LEASE.toMillis(),
                self.home());
        boolean mine;
        if (known.isEmpty()) {
            mine = Sql.change(alone, """
                            insert into node (home, name, incarnation, started_at, seen_at, version)
                            values (?, ?, ?, statement_timestamp(), statement_timestamp(), ?) on conflict do nothing""", self.home(), self.name(), self.incarnation(), VERSION) == 1;
        } else {
            String before = known.get().incarnation();
            mine = before.equals(self.incarnation())
                    || (known.get().free() || former.wasAndIsDead(before)) && replace(before);
        }
        if (mine) {
            former.remember(self.incarnation());
            warnOfNamesakes();
        }
        return mine;
    }

    private boolean replace(String before) {
        boolean replaced = Sql.change(alone, """
                        update node set name = ?, incarnation = ?, started_at = statement_timestamp(),
                            seen_at = statement_timestamp(), left_at = null, version = ?
                        where home = ? and incarnation = ?""", self.name(), self.incarnation(), VERSION, self.home(), before) == 1;
        if (replaced) {
            Sql.change(
                    alone, "update operation set lease_owner = null, lease_until = null where lease_owner = ?", before);
        }
        return replaced;
    }

    private void warnOfNamesakes() {
        List<String> namesakes = Sql.rows(
                alone,
                "select home from node where name = ? and home <> ? and left_at is null",
                row -> row.getString("home"),
                self.name(),
                self.home());
        if (!namesakes.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "another node is called \"{0}\" too; people can''t tell them apart: give each a HOWDAH_NODE",
                    self.name());
        }
    }

    /** Says that this process lives and goes on holding these operations. */
    Beat beat(Collection<UUID> held) {
        return Sql.row(
                        alone,
                        """
                        with me as (
                            update node set seen_at = statement_timestamp() where home = ? and incarnation = ?
                            returning home),
                        renewed as (
                            update operation set
                                lease_until = statement_timestamp() + ? * interval '1 millisecond'
                            where id = any(?) and lease_owner = ? and exists (select 1 from me)
                            returning id)
                        select exists (select 1 from me) as mine, array(select id from renewed) as renewed,
                            clock_timestamp() as now,
                            (select count(*) from node where home <> ? and left_at is null
                                and seen_at > statement_timestamp() - interval '1 minute') as peers""",
                        row -> new Beat(
                                row.getBoolean("mine"),
                                List.of((UUID[]) row.getArray("renewed").getArray()),
                                row.getInt("peers"),
                                Sql.instant(row, "now")),
                        self.home(),
                        self.incarnation(),
                        OperationTable.LEASE.toMillis(),
                        held,
                        self.incarnation(),
                        self.home())
                .orElseThrow();
    }

    /** This process goes in good order, and holds nothing any more. */
    void leave() {
        Sql.change(
                alone,
                "update node set left_at = statement_timestamp() where home = ? and incarnation = ?",
                self.home(),
                self.incarnation());
    }

    /** All nodes that were ever seen, by their homes. */
    Map<String, Seen> seen() {
        Map<String, Seen> nodes = new HashMap<>();
        Sql.rows(
                        transaction,
                        "select home, name, seen_at, left_at is not null as gone from node",
                        row -> Map.entry(
                                row.getString("home"),
                                new Seen(row.getString("name"), Sql.instant(row, "seen_at"), row.getBoolean("gone"))))
                .forEach(node -> nodes.put(node.getKey(), node.getValue()));
        return nodes;
    }
}
