package io.howdah.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every engine promises. */
public abstract class EngineContract {

    /** The password of {@link #administrator()}. */
    public static final String PASSWORD = "Correct-Horse-9";

    protected Engine engine;
    protected ServerKey key;

    /** A new engine on the same place each time, as after a restart of the portal. */
    protected abstract Engine freshEngine();

    @BeforeEach
    final void beginWithANewServerKey() {
        engine = freshEngine();
        key = new ServerKey(UUID.randomUUID());
    }

    @AfterEach
    final void leaveNothingBehind() {
        for (ServerKey left : engine.servers()) {
            done(() -> engine.remove(left));
        }
    }

    protected final Specification specification(String... networks) {
        int major = engine.versions().getLast().major();
        return new Specification("orders-db", major, new Compute(0.5, 256, 25), 1, List.of(networks));
    }

    protected static Administrator administrator() {
        return administrator(PASSWORD);
    }

    protected static Administrator administrator(String password) {
        return new Administrator("dbadmin", Scram.verifier(password));
    }

    /** Asks again until the work ends, and expects it to end well. */
    protected static void done(Supplier<Progress> call) {
        assertThat(end(call)).isInstanceOf(Progress.Done.class);
    }

    /** Asks again until the work ends. */
    protected static Progress end(Supplier<Progress> call) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(call::get, progress -> !(progress instanceof Progress.Running));
    }

    protected static Progress.Failed failed(Supplier<Progress> call, ProblemCode code) {
        Progress progress = end(call);
        assertThat(progress).isInstanceOfSatisfying(Progress.Failed.class, failed -> assertThat(
                        failed.problem().code())
                .isEqualTo(code));
        return (Progress.Failed) progress;
    }

    protected final void makeRunning(ServerKey server) {
        done(() -> engine.provision(server, specification()));
        done(() -> engine.start(server));
    }

    protected final Observation.State state() {
        return engine.observe(key).state();
    }

    @Test
    void anUnknownServerIsAbsentAndCannotBeStarted() {
        assertThat(state()).isEqualTo(Observation.State.ABSENT);
        failed(() -> engine.start(key), ProblemCode.EngineServerUnknown);
        failed(() -> engine.stop(key), ProblemCode.EngineServerUnknown);
        failed(() -> engine.flush(key), ProblemCode.EngineServerUnknown);
        failed(() -> engine.restart(key, Instant.now()), ProblemCode.EngineServerUnknown);
        failed(() -> engine.setAdministrator(key, administrator()), ProblemCode.EngineServerUnknown);
        assertThatThrownBy(() -> engine.databases(key)).isInstanceOf(ProblemException.class);
        done(() -> engine.remove(key));
    }

    @Test
    void provisioningTwiceKeepsTheFirstEndpoints() {
        done(() -> engine.provision(key, specification()));
        Endpoints first = engine.observe(key).endpoints();
        done(() -> engine.provision(key, specification()));
        assertThat(engine.observe(key).endpoints()).isEqualTo(first);
        assertThat(state()).isEqualTo(Observation.State.STOPPED);
        assertThat(engine.servers()).containsExactly(key);
    }

    @Test
    void aVersionThatIsNotThereIsRefusedAndLeavesNothing() {
        Specification wrong = new Specification("old", 9, new Compute(1, 256, 25), 1, List.of());
        failed(() -> engine.provision(key, wrong), ProblemCode.VersionNotAvailable);
        assertThat(engine.servers()).isEmpty();
        assertThat(state()).isEqualTo(Observation.State.ABSENT);
    }

    @Test
    void aNetworkThatIsNoneIsRefusedAndLeavesNothing() {
        failed(() -> engine.provision(key, specification("all reject\nhost")), ProblemCode.NetworkInvalid);
        assertThat(engine.servers()).isEmpty();
    }

    @Test
    void aServerStartsStopsAndStartsAgainAtTheSameEndpoints() {
        makeRunning(key);
        Observation running = engine.observe(key);
        assertThat(running.state()).isEqualTo(Observation.State.RUNNING);
        assertThat(running.version()).isEqualTo(engine.versions().getLast().full());
        assertThat(running.startedAt())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
        assertThat(running.note()).isNull();
        done(() -> engine.start(key));
        assertThat(Duration.between(running.startedAt(), engine.observe(key).startedAt())
                        .abs())
                .isLessThan(Duration.ofMillis(100));

        done(() -> engine.stop(key));
        assertThat(state()).isEqualTo(Observation.State.STOPPED);
        done(() -> engine.stop(key));
        done(() -> engine.start(key));
        assertThat(state()).isEqualTo(Observation.State.RUNNING);
        assertThat(engine.observe(key).endpoints()).isEqualTo(running.endpoints());
    }

    @Test
    void aRestartIsDoneOnceForItsTime() {
        makeRunning(key);
        Instant before = engine.observe(key).startedAt();
        Instant asked = Instant.now();
        done(() -> engine.restart(key, asked));
        Instant after = engine.observe(key).startedAt();
        assertThat(after).isAfter(before);
        done(() -> engine.restart(key, asked));
        assertThat(Duration.between(after, engine.observe(key).startedAt()).abs())
                .isLessThan(Duration.ofMillis(100));
    }

    @Test
    void aRestartStartsAStoppedServer() {
        done(() -> engine.provision(key, specification()));
        Instant asked = Instant.now();
        done(() -> engine.restart(key, asked));
        assertThat(state()).isEqualTo(Observation.State.RUNNING);
    }

    @Test
    void aFreshEngineGoesOnWithWhatRuns() {
        makeRunning(key);
        done(() -> engine.setAdministrator(key, administrator()));
        done(() -> engine.createDatabase(key, "shop", "dbadmin"));
        Observation before = engine.observe(key);
        engine = freshEngine();
        assertThat(engine.servers()).containsExactly(key);
        assertThat(state()).isEqualTo(Observation.State.RUNNING);
        assertThat(engine.observe(key).endpoints()).isEqualTo(before.endpoints());
        done(() -> engine.provision(key, specification()));
        done(() -> engine.start(key));
        assertThat(Duration.between(before.startedAt(), engine.observe(key).startedAt())
                        .abs())
                .isLessThan(Duration.ofMillis(100));
        assertThat(engine.databases(key)).extracting(DatabaseInfo::name).contains("shop");
    }

    @Test
    void dataAndEndpointsSurviveBeingStopped() {
        makeRunning(key);
        done(() -> engine.setAdministrator(key, administrator()));
        done(() -> engine.createDatabase(key, "shop", "dbadmin"));
        Endpoints endpoints = engine.observe(key).endpoints();
        done(() -> engine.flush(key));
        done(() -> engine.stop(key));
        engine = freshEngine();
        ServerKey other = new ServerKey(UUID.randomUUID());
        makeRunning(other);
        assertThat(engine.observe(other).endpoints().pooledPort()).isNotEqualTo(endpoints.pooledPort());
        done(() -> engine.start(key));
        assertThat(engine.observe(key).endpoints()).isEqualTo(endpoints);
        assertThat(engine.databases(key)).extracting(DatabaseInfo::name).containsExactly("postgres", "shop");
        assertThat(engine.servers()).containsExactlyInAnyOrder(key, other);
    }

    @Test
    void aStoppedServerAnswersNoQuestions() {
        done(() -> engine.provision(key, specification()));
        failed(() -> engine.setAdministrator(key, administrator()), ProblemCode.EngineNotResponding);
        failed(() -> engine.createDatabase(key, "shop", "dbadmin"), ProblemCode.EngineNotResponding);
        failed(() -> engine.runSql(key, UUID.randomUUID(), sql("SELECT 'x'")), ProblemCode.EngineNotResponding);
        Maintenance vacuum = new Maintenance(Maintenance.Kind.VACUUM, List.of(), A_MINUTE);
        failed(() -> engine.maintain(key, UUID.randomUUID(), vacuum), ProblemCode.EngineNotResponding);
        assertThatThrownBy(() -> engine.sessions(key)).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(
                        e.problem().code())
                .isEqualTo(ProblemCode.EngineNotResponding));
    }

    @Test
    void databasesAreMadeAndDroppedOnce() {
        makeRunning(key);
        failed(() -> engine.createDatabase(key, "shop", "nobody"), ProblemCode.EngineSqlFailed);
        done(() -> engine.setAdministrator(key, administrator()));
        done(() -> engine.setAdministrator(key, administrator()));
        done(() -> engine.createDatabase(key, "Odd\"na'me", "dbadmin"));
        done(() -> engine.createDatabase(key, "Odd\"na'me", "dbadmin"));
        assertThat(engine.databases(key))
                .filteredOn(database -> database.name().equals("Odd\"na'me"))
                .singleElement()
                .satisfies(database -> {
                    assertThat(database.owner()).isEqualTo("dbadmin");
                    assertThat(database.encoding()).isEqualTo("UTF8");
                    assertThat(database.sizeBytes()).isPositive();
                });
        done(() -> engine.dropDatabase(key, "Odd\"na'me"));
        done(() -> engine.dropDatabase(key, "Odd\"na'me"));
        assertThat(engine.databases(key)).extracting(DatabaseInfo::name).containsExactly("postgres");
        failed(() -> engine.dropDatabase(key, "postgres"), ProblemCode.DatabaseNameReserved);
    }

    protected static final Duration A_MINUTE = Duration.ofMinutes(1);

    protected static SqlTask sql(String script) {
        return new SqlTask("postgres", "dbadmin", script, A_MINUTE);
    }

    protected final UUID runs(String script) {
        UUID unit = UUID.randomUUID();
        done(() -> engine.runSql(key, unit, sql(script)));
        return unit;
    }

    protected final void makeRunningWithAnAdministrator() {
        makeRunning(key);
        done(() -> engine.setAdministrator(key, administrator()));
    }

    @Test
    void aScriptRunsOnceForItsUnitAndWhatItSaidStaysKnown() {
        makeRunningWithAnAdministrator();
        UUID unit = runs("CREATE TABLE once (n int); SELECT 'told';\nSELECT session_user");
        assertThat(engine.unitOutput(key, unit)).contains("told").contains("dbadmin");
        engine = freshEngine();
        done(() -> engine.runSql(key, unit, sql("CREATE TABLE once (n int)")));
        assertThat(engine.unitOutput(key, unit)).contains("told");
        failed(
                () -> engine.runSql(key, UUID.randomUUID(), sql("CREATE TABLE once (n int)")),
                ProblemCode.SqlFailedRolledBack);
    }

    @Test
    void aForgottenUnitsNameIsNewAgain() {
        makeRunningWithAnAdministrator();
        UUID unit = runs("SELECT 'first'");
        done(() -> engine.forgetUnit(key, unit));
        done(() -> engine.forgetUnit(key, unit));
        assertThat(engine.unitOutput(key, unit)).isNull();
        done(() -> engine.runSql(key, unit, sql("SELECT 'second'")));
        assertThat(engine.unitOutput(key, unit)).contains("second").doesNotContain("first");
    }

    @Test
    void aScriptThatFailsKeepsNothingAndSaysWhere() {
        makeRunningWithAnAdministrator();
        UUID unit = UUID.randomUUID();
        SqlTask wrong = sql("CREATE TABLE kept (n int); SELEC 'x'");
        Progress.Failed failed = failed(() -> engine.runSql(key, unit, wrong), ProblemCode.SqlFailedRolledBack);
        assertThat(failed.passing()).isFalse();
        assertThat(failed.problem().message()).startsWith("Statement 2 of 2 failed: syntax error");
        assertThat(engine.unitOutput(key, unit)).contains("ERROR: syntax error");
        runs("CREATE TABLE kept (n int)");
    }

    @Test
    void aScriptIsEndedWhenItsTimeIsOver() {
        makeRunningWithAnAdministrator();
        UUID unit = UUID.randomUUID();
        SqlTask slow = new SqlTask(
                "postgres", "dbadmin", "CREATE TABLE slow (n int); SELECT pg_sleep(300)", Duration.ofSeconds(1));
        failed(() -> engine.runSql(key, unit, slow), ProblemCode.WorkTimedOut);
        runs("CREATE TABLE slow (n int)");
    }

    @Test
    void aScriptCanBeCancelledAndIsNotRunAfterwards() {
        makeRunningWithAnAdministrator();
        UUID unit = UUID.randomUUID();
        SqlTask slow = sql("CREATE TABLE dropped (n int); SELECT pg_sleep(300)");
        assertThat(engine.runSql(key, unit, slow)).isInstanceOf(Progress.Running.class);
        done(() -> engine.cancelUnit(key, unit));
        failed(() -> engine.runSql(key, unit, slow), ProblemCode.WorkCancelled);
        UUID never = UUID.randomUUID();
        done(() -> engine.cancelUnit(key, never));
        failed(() -> engine.runSql(key, never, sql("SELECT 'x'")), ProblemCode.WorkCancelled);
        runs("CREATE TABLE dropped (n int)");
    }

    @Test
    void scriptsRunOnlyAsRolesOfPeople() {
        makeRunningWithAnAdministrator();
        assertThat(engine.roles(key)).containsExactly("dbadmin");
        for (String role : List.of("howdah_superuser", "pg_monitor", "azure_pg_admin", "nobody", "x\"\nhowdah")) {
            SqlTask task = new SqlTask("postgres", role, "SELECT 'x'", A_MINUTE);
            failed(() -> engine.runSql(key, UUID.randomUUID(), task), ProblemCode.SqlRoleNotAllowed);
        }
        SqlTask elsewhere = new SqlTask("nowhere", "dbadmin", "SELECT 'x'", A_MINUTE);
        failed(() -> engine.runSql(key, UUID.randomUUID(), elsewhere), ProblemCode.DatabaseNotFound);
    }

    @ParameterizedTest
    @EnumSource
    void databasesAreMaintained(Maintenance.Kind kind) {
        makeRunningWithAnAdministrator();
        done(() -> engine.createDatabase(key, "shop", "dbadmin"));
        done(() -> engine.createDatabase(key, "odd 'na=me", "dbadmin"));
        UUID unit = UUID.randomUUID();
        Maintenance all = new Maintenance(kind, List.of(), A_MINUTE);
        done(() -> engine.maintain(key, unit, all));
        done(() -> engine.maintain(key, unit, all));
        assertThat(engine.unitOutput(key, unit)).contains("odd 'na=me", "postgres", "shop");
        UUID one = UUID.randomUUID();
        done(() -> engine.maintain(key, one, new Maintenance(kind, List.of("shop"), A_MINUTE)));
        assertThat(engine.unitOutput(key, one)).contains("shop").doesNotContain("postgres");
        Maintenance missing = new Maintenance(kind, List.of("nowhere"), A_MINUTE);
        failed(() -> engine.maintain(key, UUID.randomUUID(), missing), ProblemCode.DatabaseNotFound);
    }

    private static final Compute LARGER = new Compute(1, 512, 40);
    private static final Compute FASTER = new Compute(1, 256, 25);

    /** The time is precise to some hundredths of a second only. */
    protected final void assertNotRestartedSince(Instant started) {
        assertThat(Duration.between(started, engine.observe(key).startedAt()).abs())
                .isLessThan(Duration.ofMillis(100));
    }

    @Test
    void aRunningServerIsGivenAnotherSizeOnceAndGoesOnAtItsEndpoints() {
        makeRunning(key);
        Observation before = engine.observe(key);
        UUID change = UUID.randomUUID();
        assertThat(engine.resized(key, change)).isNull();
        assertThat(engine.planResize(key, LARGER).restart()).isTrue();
        assertThat(engine.planResize(key, LARGER).settings())
                .filteredOn(setting -> setting.name().equals("max_connections"))
                .containsExactly(new SettingChange("max_connections", "25", "40", true));
        done(() -> engine.resize(key, change, LARGER));
        Observation after = engine.observe(key);
        assertThat(after.state()).isEqualTo(Observation.State.RUNNING);
        assertThat(after.endpoints()).isEqualTo(before.endpoints());
        assertThat(after.startedAt()).isAfter(before.startedAt());
        engine = freshEngine();
        assertThat(engine.planResize(key, LARGER).settings()).isEmpty();
        assertThat(engine.resized(key, change)).satisfies(told -> {
            assertThat(told.before()).isEqualTo(specification().compute());
            assertThat(told.after()).isEqualTo(LARGER);
            assertThat(told.restarted()).isTrue();
            assertThat(told.held()).isPositive();
            assertThat(told.settings()).extracting(SettingChange::name).contains("shared_buffers");
        });
        done(() -> engine.resize(key, change, LARGER));
        assertNotRestartedSince(after.startedAt());
        assertThat(engine.resized(key, UUID.randomUUID())).isNull();
    }

    @Test
    void aChangeOfSizeThatIsTakenBackIsStillToldFromItsBeginning() {
        makeRunning(key);
        UUID change = UUID.randomUUID();
        done(() -> engine.resize(key, change, LARGER));
        done(() -> engine.resize(key, change, specification().compute()));
        assertThat(engine.planResize(key, specification().compute()).settings()).isEmpty();
        assertThat(engine.resized(key, change).before())
                .isEqualTo(specification().compute());
        assertThat(state()).isEqualTo(Observation.State.RUNNING);
    }

    @Test
    void moreOfTheProcessorComesWithoutARestart() {
        makeRunning(key);
        Instant started = engine.observe(key).startedAt();
        UUID change = UUID.randomUUID();
        assertThat(engine.planResize(key, FASTER).restart()).isFalse();
        done(() -> engine.resize(key, change, FASTER));
        assertNotRestartedSince(started);
        assertThat(engine.resized(key, change).restarted()).isFalse();
        assertThat(engine.resized(key, change).held()).isZero();
        assertThat(engine.resized(key, change).after()).isEqualTo(FASTER);
    }

    @Test
    void aStoppedServerIsGivenAnotherSizeAndStaysStopped() {
        done(() -> engine.provision(key, specification()));
        assertThat(engine.planResize(key, LARGER).restart()).isFalse();
        UUID change = UUID.randomUUID();
        done(() -> engine.resize(key, change, LARGER));
        assertThat(state()).isEqualTo(Observation.State.STOPPED);
        done(() -> engine.start(key));
        assertThat(engine.planResize(key, LARGER).settings()).isEmpty();
    }

    @Test
    void whatIsNotThereHasNoSize() {
        failed(() -> engine.resize(key, UUID.randomUUID(), LARGER), ProblemCode.EngineServerUnknown);
        assertThatThrownBy(() -> engine.planResize(key, LARGER)).isInstanceOf(ProblemException.class);
        assertThat(engine.resized(key, UUID.randomUUID())).isNull();
    }

    @Test
    void theProcessorIsHeldAndGivenBackAndAStoppedServerIsLeftAlone() {
        failed(() -> engine.holdCpu(key, 0.2), ProblemCode.EngineServerUnknown);
        done(() -> engine.provision(key, specification()));
        done(() -> engine.holdCpu(key, 0.2));
        assertThat(state()).isEqualTo(Observation.State.STOPPED);
        done(() -> engine.start(key));
        Instant started = engine.observe(key).startedAt();
        done(() -> engine.holdCpu(key, 0.2));
        done(() -> engine.holdCpu(key, 0.5));
        assertNotRestartedSince(started);
    }

    @Test
    void whatARunningServerUsesIsSeenAndNothingOfAStoppedOne() {
        makeRunning(key);
        Usage first =
                engine.usage(List.of(key, new ServerKey(UUID.randomUUID()))).get(key);
        assertThat(first.memoryMib()).isPositive();
        assertThat(first.connections()).isNotNegative();
        assertThat(engine.usage(engine.servers()).get(key).cpu()).isGreaterThanOrEqualTo(first.cpu());
        done(() -> engine.stop(key));
        assertThat(engine.usage(engine.servers())).isEmpty();
    }

    @Test
    void removingARunningServerLeavesNothing() {
        makeRunning(key);
        done(() -> engine.remove(key));
        assertThat(state()).isEqualTo(Observation.State.ABSENT);
        assertThat(engine.servers()).isEmpty();
        done(() -> engine.remove(key));
    }

    @Test
    void aServerCanBeStoppedWhileItStarts() {
        done(() -> engine.provision(key, specification()));
        engine.start(key);
        done(() -> engine.stop(key));
        assertThat(state()).isEqualTo(Observation.State.STOPPED);
        done(() -> engine.start(key));
        assertThat(state()).isEqualTo(Observation.State.RUNNING);
    }

    @Test
    void thePlaceTellsWhatItHas() {
        assertThat(engine.capabilities().place()).isNotBlank();
        assertThat(engine.capabilities().limitsNote()).isNotBlank();
        assertThat(engine.versions()).isNotEmpty().isSortedAccordingTo((a, b) -> b.major() - a.major());
        Room room = engine.room();
        assertThat(room.vCores()).isPositive();
        assertThat(room.serverMemoryMib()).isBetween(1, room.memoryMib() - 1);
        assertThat(engine.certificateAuthority(key)).startsWith("-----BEGIN CERTIFICATE-----");
    }

    @Test
    void aRunningServersStorageGrowsAndNeverShrinks() {
        makeRunning(key);
        Instant started = engine.observe(key).startedAt();
        long before = engine.storage(key).capacityBytes();
        assertThat(engine.storage(key).usedBytes()).isPositive();
        assertThat(engine.storage(key).readOnly()).isFalse();
        done(() -> engine.grow(key, 2));
        done(() -> engine.grow(key, 2));
        failed(() -> engine.grow(key, 1), ProblemCode.StorageOnlyGrows);
        engine = freshEngine();
        assertThat(engine.storage(key).capacityBytes()).isBetween(2 * before - (1L << 26), 2 * before + (1L << 26));
        assertThat(engine.storageUse(key).databases())
                .extracting(StorageUse.Share::name)
                .contains("postgres");
        assertThat(engine.storageUse(key).walBytes()).isPositive();
        assertNotRestartedSince(started);
        failed(() -> engine.grow(new ServerKey(UUID.randomUUID()), 2), ProblemCode.EngineServerUnknown);
    }
}
