package io.howdah.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A while in which fifty servers of a shared engine and three real ones are started, stopped and restarted while nodes are
 * killed and cut off and the metadata server dies, in an order that the seed decides. Afterwards everything is as it was
 * asked for. The real servers belong to the node on whose host they lie: while that is dead nobody else touches them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(7)
class ChaosST {

    private static final Logger LOG = Logger.getLogger(ChaosST.class.getName());
    private static final int SHARED_SERVERS = 50;
    private static final int REAL_SERVERS = 3;
    private static final int SLOWNESS_MILLIS = 800;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** The promise is five minutes, HOWDAH_CHAOS_SECONDS=300; a part of that is enough for every change. */
    private static final Duration LENGTH =
            Duration.ofSeconds(Long.parseLong(System.getenv().getOrDefault("HOWDAH_CHAOS_SECONDS", "45")));

    private final long seed = System.nanoTime();
    private Cluster cluster;
    private Fleet fleet;

    @BeforeAll
    void makeTheFleet() throws IOException {
        LOG.log(Level.INFO, "chaos with seed {0}", Long.toString(seed));
        cluster = new Cluster("chaos", SLOWNESS_MILLIS);
        cluster.node("node-a");
        cluster.node("node-b");
        fleet = new Fleet(cluster);
        cluster.launchAll();
        for (int i = 0; i < SHARED_SERVERS; i++) {
            fleet.create(cluster.nodes().get(i % 2), "shared-" + i);
        }
        for (int i = 0; i < REAL_SERVERS; i++) {
            fleet.create(cluster.nodes().get(i % 2), ClusterParts.REAL + i);
        }
        fleet.awaitQuiet(PATIENCE);
    }

    @AfterAll
    void stop() throws IOException {
        cluster.close();
    }

    @Test
    void afterManyKillsEverythingIsAsItWasAskedFor() throws Exception {
        List<UUID> servers = fleet.servers();
        assertThat(servers).hasSize(SHARED_SERVERS + REAL_SERVERS);
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger accepted = new AtomicInteger();
        CompletableFuture<Void> people = CompletableFuture.runAsync(() -> {
            Random random = new Random(seed);
            while (!over.get()) {
                ask(random, servers, accepted);
            }
        });
        wreck(new Random(seed + 1), System.nanoTime() + LENGTH.toNanos());
        over.set(true);
        people.get(2, TimeUnit.MINUTES);
        for (Cluster.Node node : cluster.nodes()) {
            node.awaitReady();
        }
        fleet.awaitQuiet(PATIENCE);
        fleet.awaitAsWished(PATIENCE);
        fleet.requireOneNodeAtATime();
        fleet.requireCompleteAudit();
        assertThat(cluster.rows("select kind, subject_name, problem_message, detail from operation"
                        + " where status not in ('SUCCEEDED', 'CANCELLED')"))
                .as("seed " + seed)
                .isEmpty();
        assertThat(accepted.get()).as("requests that were accepted").isGreaterThan((int)
                Math.min(100, LENGTH.toSeconds() / 2));
        assertThat(cluster.count("operation where ended_at is not null")).isGreaterThanOrEqualTo(accepted.get());
    }

    private void ask(Random random, List<UUID> servers, AtomicInteger accepted) {
        Cluster.Node node = cluster.nodes().get(random.nextInt(2));
        String act = List.of("start", "stop", "restart").get(random.nextInt(3));
        try {
            if (!fleet.ask(node, act, servers.get(random.nextInt(servers.size())))
                    .startsWith("refused")) {
                accepted.incrementAndGet();
            }
        } catch (IOException unwell) {
            pause(200);
        }
        pause(50 + random.nextInt(200));
    }

    private void wreck(Random random, long until) throws IOException, SQLException {
        while (System.nanoTime() < until) {
            pause(4_000 + random.nextInt(8_000));
            Cluster.Node victim = cluster.nodes().get(random.nextInt(2));
            switch (random.nextInt(4)) {
                case 0 -> {
                    LOG.log(Level.INFO, "cut off {0}", victim.name);
                    victim.cut();
                    pause(10_000 + random.nextInt(30_000));
                    victim.mend();
                }
                case 1 -> {
                    LOG.log(Level.INFO, "killing the metadata server");
                    cluster.killMetadata();
                    pause(random.nextInt(20_000));
                    cluster.startMetadata();
                }
                default -> {
                    LOG.log(Level.INFO, "killing {0}", victim.name);
                    victim.kill();
                    pause(random.nextInt(5_000));
                    victim.launch();
                }
            }
        }
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
