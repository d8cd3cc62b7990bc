package io.howdah.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.engine.BackupEngine;
import io.howdah.engine.BackupKind;
import io.howdah.engine.BackupTask;
import io.howdah.engine.Compute;
import io.howdah.engine.DatabaseInfo;
import io.howdah.engine.FakeEngine;
import io.howdah.engine.Observation;
import io.howdah.engine.RestoreSource;
import io.howdah.engine.RestoreTarget;
import io.howdah.engine.ServerKey;
import io.howdah.engine.Specification;
import io.howdah.operation.Workflow;
import io.howdah.server.RecordsInMemory.Row;
import io.howdah.server.Server.Wish;
import io.howdah.server.WorkflowDriver.CancelledRun;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation is cancelled at every moment at which it can be: it ends with the server as it was before, or as it
 * was asked to be, and nothing in between.
 */
class CancelledWorkflowsTest {

    private static final Specification SPECIFICATION =
            new Specification("orders", 17, new Compute(1, 1024, 50), 4, List.of());

    /** Each piece of the engine's work can be seen under way this often. */
    private static final int SLOWNESS = 2;

    /** All that people can see of a server. */
    private record Seen(
            Observation.State state,
            List<String> databases,
            Wish wish,
            Wish settled,
            ServerState shown,
            Instant deletedAt,
            Instant keptUntil,
            boolean listed,
            Compute compute,
            List<String> sizes,
            String wishedSize,
            int servers,
            boolean lookedAt,
            long storageGib,
            Integer wishedGib,
            int disksKept) {}

    private static final class World {
        private final FakeEngine engine =
                new FakeEngine(Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC));
        private final RecordsInMemory records = new RecordsInMemory();
        private final UUID id = UUID.randomUUID();
        private final Row row = records.add(id);

        World(Journey.Before before) {
            switch (before) {
                case NOTHING -> {}
                case RUNNING -> create();
                case BACKED_UP -> {
                    create();
                    backUp(id);
                }
                case BACKED_UP_TWICE -> {
                    create();
                    backUp(id);
                    backUp(id);
                }
                case RESTORED_IN_PLACE -> {
                    create();
                    backUp(id);
                    BackupEngine backups = engine.backups().orElseThrow();
                    ServerKey key = new ServerKey(id);
                    backups.restoreBeside(key, RestoreJourneys.RESTORED, new RestoreTarget.Latest(1));
                    engine.stop(key);
                    backups.exchange(key, RestoreJourneys.RESTORED);
                    backups.recover(key);
                }
                case LOOKED_AT -> {
                    create();
                    backUp(id);
                    BackupEngine backups = engine.backups().orElseThrow();
                    ServerKey copy = new ServerKey(RestoreJourneys.LOOKED_AT);
                    RestoreTarget.At then = new RestoreTarget.At(Instant.parse("2026-03-01T12:00:00Z"), 1);
                    backups.restore(copy, SPECIFICATION, new RestoreSource(new ServerKey(id), then));
                    backups.look(copy, then);
                }
                case NOTHING_BUT_A_SOURCE -> {
                    records.add(Journey.SOURCE);
                    create(Journey.SOURCE);
                    backUp(Journey.SOURCE);
                }
                case SHRUNK -> {
                    create();
                    ServerKey key = new ServerKey(id);
                    engine.copyStorage(key, StorageJourneys.SHRUNK, SPECIFICATION.storageGib() - 1);
                    engine.switchStorage(key, StorageJourneys.SHRUNK, SPECIFICATION.storageGib() - 1);
                    row.storageGib = SPECIFICATION.storageGib() - 1;
                    records.kept.add(StorageJourneys.SHRUNK);
                }
                case STOPPED -> {
                    create();
                    done(new StopServer(engine, records), new StopServer.Request());
                }
                case DELETED -> {
                    create();
                    delete();
                }
                case DELETED_WHILE_STOPPED -> {
                    create();
                    done(new StopServer(engine, records), new StopServer.Request());
                    delete();
                }
            }
        }

        private void create() {
            create(id);
        }

        private void backUp(UUID server) {
            BackupEngine backups = engine.backups().orElseThrow();
            ServerKey key = new ServerKey(server);
            backups.enable(key);
            backups.backUp(key, UUID.randomUUID(), new BackupTask(BackupKind.FULL, Map.of()));
            Journey.hasBackup(backups, key);
        }

        private void create(UUID server) {
            done(
                    new CreateServer(engine, records),
                    server,
                    new CreateServer.Request(SPECIFICATION, Journey.LOGIN, "SCRAM-SHA-256$x", "shop"));
        }

        private void delete() {
            done(new DeleteServer(engine, records), new DeleteServer.Request(Journey.DELETED, Journey.KEPT_UNTIL));
        }

        private <S extends Enum<S>, D extends Record> void done(Workflow<S, D> workflow, D data) {
            done(workflow, id, data);
        }

        private <S extends Enum<S>, D extends Record> void done(Workflow<S, D> workflow, UUID server, D data) {
            assertThat(WorkflowDriver.run(workflow, server, data).problem()).isNull();
        }

        /** What the services write down when they are asked. */
        private void ask(String kind) {
            switch (kind) {
                case StartServer.KIND -> row.wish = Wish.RUNNING;
                case ScaleServer.KIND -> row.wishedSize = Journey.LARGER.size();
                case StopServer.KIND -> row.wish = Wish.STOPPED;
                case DeleteServer.KIND -> {
                    row.deletedAt = Journey.DELETED;
                    row.keptUntil = Journey.KEPT_UNTIL;
                    row.state = ServerState.DROPPING;
                }
                case UndeleteServer.KIND -> {
                    row.deletedAt = null;
                    row.keptUntil = null;
                }
                default -> {}
            }
        }

        private Seen seen() {
            Observation.State state = engine.observe(new ServerKey(id)).state();
            return new Seen(
                    state,
                    state == Observation.State.RUNNING
                            ? engine.databases(new ServerKey(id)).stream()
                                    .map(DatabaseInfo::name)
                                    .sorted()
                                    .toList()
                            : List.of(),
                    row.wish,
                    row.settled,
                    row.state,
                    row.deletedAt,
                    row.keptUntil,
                    records.exists(id),
                    engine.compute(new ServerKey(id)),
                    List.copyOf(row.sizes),
                    row.wishedSize,
                    engine.servers().size(),
                    engine.backups().orElseThrow().looked(new ServerKey(RestoreJourneys.LOOKED_AT)) != null,
                    state == Observation.State.ABSENT
                            ? 0
                            // What a growth has given is not taken back.
                            : Math.min(
                                    SPECIFICATION.storageGib(),
                                    engine.storage(new ServerKey(id)).capacityBytes() >> 30),
                    row.wishedStorageGib,
                    state == Observation.State.ABSENT ? 0 : engine.beside(new ServerKey(id)));
        }
    }

    static Stream<Journey<?, ?>> undisturbed() {
        return Journey.ALL.stream().filter(journey -> journey.broken() == null);
    }

    @ParameterizedTest
    @MethodSource("undisturbed")
    void whatIsCancelledEndsAsBeforeOrAsAsked(Journey<?, ?> journey) {
        check(journey);
    }

    private static <S extends Enum<S>, D extends Record> void check(Journey<S, D> journey) {
        World asked = new World(journey.before());
        asked.ask(workflow(journey, asked).kind());
        asked.done(workflow(journey, asked), journey.data().apply(SPECIFICATION));
        Seen after = asked.seen();
        int moments = 0;
        boolean open = true;
        while (open) {
            World world = new World(journey.before());
            for (FakeEngine.Call call : FakeEngine.Call.values()) {
                world.engine.slow(call, SLOWNESS);
            }
            Workflow<S, D> workflow = workflow(journey, world);
            world.ask(workflow.kind());
            CancelledRun run =
                    WorkflowDriver.cancel(workflow, world.id, journey.data().apply(SPECIFICATION), moments);
            assertThat(world.seen())
                    .as("%s, cancelled after %d answers", journey, moments)
                    .isEqualTo(run.cancelled() ? before(journey, moments > 0) : after);
            open = run.asked();
            moments++;
        }
        assertThat(moments).isGreaterThan(SLOWNESS);
    }

    /** A creation that came to nothing leaves a line in the list; until then it counts as under way. */
    private static Seen before(Journey<?, ?> journey, boolean begun) {
        World world = new World(journey.before());
        if (journey.before() == Journey.Before.NOTHING
                && (begun || journey.name().equals("create"))) {
            world.row.state = ServerState.DISABLED;
        }
        if (journey.before() == Journey.Before.NOTHING_BUT_A_SOURCE) {
            world.row.state = ServerState.DISABLED;
        }
        return world.seen();
    }

    private static <S extends Enum<S>, D extends Record> Workflow<S, D> workflow(Journey<S, D> journey, World world) {
        return journey.workflow().apply(world.engine, world.records);
    }

    @Test
    void aStopThatIsTakenBackLeavesWhatWasAskedBeforeItNotWhatItFound() {
        World world = new World(Journey.Before.STOPPED);
        world.ask(StartServer.KIND);
        world.done(new StartServer(world.engine, world.records), new StartServer.Request());
        world.ask(StopServer.KIND);

        WorkflowDriver.cancel(new StopServer(world.engine, world.records), world.id, new StopServer.Request(), 0);

        assertThat(world.row.wish).isEqualTo(Wish.RUNNING);
        assertThat(world.seen().state()).isEqualTo(Observation.State.RUNNING);
    }

    @Test
    void whatWaitedForACreationThatCameToNothingFailsAndTouchesNothing() {
        World world = new World(Journey.Before.NOTHING);
        world.ask(StopServer.KIND);

        WorkflowDriver.Run run =
                WorkflowDriver.run(new StopServer(world.engine, world.records), world.id, new StopServer.Request());

        assertThat(run.problem().code()).isEqualTo(io.howdah.shared.ProblemCode.ServerNeverCreated);
        assertThat(world.engine.calls()).isEmpty();
        assertThat(world.row.wish).isEqualTo(Wish.RUNNING);
    }
}
