package io.howdah.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.howdah.engine.BackupEngine;
import io.howdah.engine.BackupKind;
import io.howdah.engine.BackupTask;
import io.howdah.engine.Compute;
import io.howdah.engine.FakeEngine;
import io.howdah.engine.FakeEngine.Call;
import io.howdah.engine.Looked;
import io.howdah.engine.Progress;
import io.howdah.engine.RestoreTarget;
import io.howdah.engine.ServerKey;
import io.howdah.engine.Specification;
import io.howdah.engine.SqlTask;
import io.howdah.engine.TableName;
import io.howdah.operation.Workflow;
import io.howdah.server.WorkflowDriver.Run;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each step of looking at an earlier time, and of bringing parts of it back, leads to, and what is left when it fails. */
class LookWorkflowsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final Specification SPECIFICATION =
            new Specification("orders", 17, new Compute(1, 1024, 50), 4, List.of());
    private static final Progress.Failed BROKEN =
            new Progress.Failed(Problem.of(ProblemCode.EngineStartFailed), "log", false);

    private final FakeEngine.Host host = new FakeEngine.Host();
    private final FakeEngine before = new FakeEngine(host, Clock.fixed(NOW, ZoneOffset.UTC));
    private final FakeEngine engine = new FakeEngine(host, Clock.fixed(LATER, ZoneOffset.UTC));
    private final BackupEngine backups = engine.backups().orElseThrow();
    private final RecordsInMemory records = new RecordsInMemory();
    private final UUID id = UUID.randomUUID();
    private final UUID copy = UUID.randomUUID();
    private final ServerKey key = new ServerKey(id);

    /** Orders were there when it was backed up; letters came a minute later, and orders went. */
    @BeforeEach
    void aServerThatLostATable() {
        records.add(id);
        done(
                new CreateServer(before, records),
                new CreateServer.Request(SPECIFICATION, "dbadmin", "SCRAM-SHA-256$x", "shop"));
        before.runSql(key, UUID.randomUUID(), task("CREATE TABLE orders (n int)"));
        before.backups().orElseThrow().enable(key);
        before.backups().orElseThrow().backUp(key, UUID.randomUUID(), new BackupTask(BackupKind.FULL, Map.of()));
        engine.runSql(key, UUID.randomUUID(), task("CREATE TABLE letters (n int)"));
    }

    private static SqlTask task(String script) {
        return new SqlTask("shop", "dbadmin", script, Duration.ofMinutes(1));
    }

    private <S extends Enum<S>, D extends Record> Run run(Workflow<S, D> workflow, D data) {
        return WorkflowDriver.run(workflow, id, data);
    }

    private <S extends Enum<S>, D extends Record> Run done(Workflow<S, D> workflow, D data) {
        Run run = run(workflow, data);
        assertThat(run.problem()).isNull();
        return run;
    }

    private static OpenLook.Request at(UUID copy, Instant instant, boolean archive) {
        return new OpenLook.Request(copy, SPECIFICATION, instant, 1, archive);
    }

    private List<List<String>> tables(ServerKey server) {
        return backups.query(server, task("SELECT 1"), 10).rows();
    }

    @Test
    void aServerIsOpenedAsItWasAndGoesOnToLaterTimesWithTheSameFiles() {
        Run opened = done(new OpenLook(engine), at(copy, NOW, false));
        assertThat(opened.steps()).containsExactly("ARCHIVE", "CLEAR", "RESTORE", "REPLAY");
        assertThat(tables(new ServerKey(copy))).containsExactly(List.of("orders"));
        assertThat(backups.looked(new ServerKey(copy)))
                .extracting(Looked::at, Looked::open)
                .containsExactly(NOW, true);

        Run moved = done(new MoveLook(engine), new MoveLook.Request(copy, LATER, 1, true));
        assertThat(moved.steps()).containsExactly("ARCHIVE", "REPLAY");
        assertThat(tables(new ServerKey(copy))).containsExactly(List.of("letters"), List.of("orders"));
        assertThat(engine.calls())
                .filteredOn(call -> call.startsWith("RESTORE "))
                .hasSize(1);

        done(new CloseLook(engine), new CloseLook.Request(copy));
        assertThat(engine.servers()).containsExactly(key);
        assertThat(backups.repositories()).containsExactly(key);
        assertThat(tables(key)).as("the server itself").hasSize(2);
    }

    @Test
    void anEarlierTimeIsMadeAnewAndNotByGoingBack() {
        done(new OpenLook(engine), at(copy, LATER, true));
        assertThat(run(new MoveLook(engine), new MoveLook.Request(copy, NOW, 1, false))
                        .problem()
                        .code())
                .isEqualTo(ProblemCode.LookOnlyForward);
        done(new OpenLook(engine), at(copy, NOW, false));
        assertThat(tables(new ServerKey(copy))).containsExactly(List.of("orders"));
    }

    @ParameterizedTest
    @CsvSource({"ARCHIVE", "REMOVE", "RESTORE", "LOOK"})
    void anOpeningThatFailsLeavesNothing(Call call) {
        engine.fail(call, 1, BROKEN);
        Run run = run(new OpenLook(engine), at(copy, LATER, true));
        assertThat(run.problem().code()).isEqualTo(ProblemCode.EngineStartFailed);
        assertThat(engine.servers()).containsExactly(key);
        assertThat(backups.repositories()).containsExactly(key);
    }

    @Test
    void aStepThatFailsLeavesWhatIsOpen() {
        done(new OpenLook(engine), at(copy, NOW, false));
        engine.fail(Call.LOOK, 1, BROKEN);
        assertThat(run(new MoveLook(engine), new MoveLook.Request(copy, LATER, 1, true))
                        .problem())
                .isNotNull();
        assertThat(backups.looked(new ServerKey(copy)).at()).isEqualTo(NOW);
    }

    private static RestoreObjects.Request objects(List<TableName> tables, String into, String schema) {
        return objects(tables, into, schema, false);
    }

    private static RestoreObjects.Request objects(
            List<TableName> tables, String into, String schema, boolean existing) {
        return new RestoreObjects.Request(
                SPECIFICATION,
                RestorePoint.of(new RestoreTarget.At(NOW, 1)),
                false,
                "shop",
                tables,
                into,
                schema,
                existing,
                "dbadmin");
    }

    private List<String> databases() {
        return engine.databases(key).stream().map(database -> database.name()).toList();
    }

    @Test
    void aDatabaseComesBackUnderAnotherName() {
        Run run = done(new RestoreObjects(engine, records), objects(List.of(), "shop_then", null));
        assertThat(run.steps()).containsExactly("ARCHIVE", "RESTORE", "RECOVER", "LOAD", "PLACE", "DISCARD", "KEEP");
        assertThat(databases()).contains("shop", "shop_then");
        assertThat(backups.query(key, new SqlTask("shop_then", "dbadmin", "SELECT 1", Duration.ZERO), 10)
                        .rows())
                .containsExactly(List.of("orders"));
        assertThat(engine.servers()).containsExactly(key);
        assertThat(records.outputs.values()).containsExactly("brought over\n");
    }

    @Test
    void aTableComesBackIntoASchemaOfItsOwn() {
        done(
                new RestoreObjects(engine, records),
                objects(List.of(new TableName("public", "orders")), "shop", "restored"));
        assertThat(tables(key)).containsExactly(List.of("letters"), List.of("orders"), List.of("restored.orders"));
    }

    @Test
    void aTableComesBackIntoASchemaThatIsThereWhenNothingHasItsName() {
        List<TableName> orders = List.of(new TableName("public", "orders"));
        before.createDatabase(key, "archive", "dbadmin");
        Run run = done(new RestoreObjects(engine, records), objects(orders, "archive", "public", true));
        assertThat(run.steps()).containsExactly("ARCHIVE", "RESTORE", "RECOVER", "LOAD", "PLACE", "DISCARD", "KEEP");
        assertThat(tablesOf("archive")).containsExactly("orders");

        Run again = run(new RestoreObjects(engine, records), objects(orders, "archive", "public", true));
        assertThat(again.problem().code()).isEqualTo(ProblemCode.NamesTaken);
        assertThat(again.steps()).endsWith("LOAD", "UNLOAD", "DISCARD_AGAIN");
        assertThat(tablesOf("archive")).containsExactly("orders");
        assertThat(engine.servers()).containsExactly(key);
    }

    private List<String> tablesOf(String database) {
        return backups.query(key, new SqlTask(database, "dbadmin", "SELECT 1", Duration.ZERO), 10).rows().stream()
                .map(List::getFirst)
                .toList();
    }

    /** The answers are those of the steps, one each. */
    @ParameterizedTest
    @CsvSource({"1, true", "2, true", "3, true", "4, true", "5, false"})
    void tablesAreCancelledUntilTheyAppear(int after, boolean cancelled) {
        assertThat(WorkflowDriver.cancel(
                                new RestoreObjects(engine, records),
                                id,
                                objects(List.of(new TableName("public", "orders")), "shop", "restored"),
                                after)
                        .cancelled())
                .isEqualTo(cancelled);
        assertThat(tablesOf("shop").contains("restored.orders")).isNotEqualTo(cancelled);
        assertThat(engine.servers()).containsExactly(key);
        assertThat(backups.repositories()).containsExactly(key);
    }

    @ParameterizedTest
    @CsvSource({
        "shop, , DatabaseExists",
        "shop_then, LOAD, EngineStartFailed",
        "shop_then, PLACE, EngineStartFailed",
        "shop_then, RESTORE, EngineStartFailed",
        "shop_then, RECOVER, EngineStartFailed"
    })
    void whatCanNotBeBroughtBackLeavesTheServerAsItWas(String into, Call broken, ProblemCode code) {
        if (broken != null) {
            engine.fail(broken, 1, BROKEN);
        }
        List<String> there = databases();
        Run run = run(new RestoreObjects(engine, records), objects(List.of(), into, null));
        assertThat(run.problem().code()).isEqualTo(code);
        assertThat(run.steps()).endsWith("DISCARD_AGAIN");
        assertThat(databases()).isEqualTo(there);
        assertThat(engine.servers()).containsExactly(key);
        assertThat(backups.repositories()).containsExactly(key);
    }

    @Test
    void namesAreReadAsPeopleWriteThem() {
        assertThat(Looks.tables(" public.orders, sales.\u00e9t\u00e9\npublic.orders"))
                .containsExactly(new TableName("public", "orders"), new TableName("sales", "\u00e9t\u00e9"));
        assertThatThrownBy(() -> Looks.tables("orders"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(ProblemCode.TableNameInvalid));
    }

    @ParameterizedTest
    @CsvSource({
        "shop, , false, DatabaseExists",
        "fresh, , false, ",
        "shop, kept, false, SchemaExists",
        "shop, fresh, false, ",
        "nowhere, fresh, false, DatabaseNotFound",
        "shop, kept, true, NamesTaken",
        "shop, public, true, NamesTaken",
        "shop, fresh, true, SchemaNotFound",
        "shop, theirs, true, SchemaNotAllowed",
        "postgres, public, true, "
    })
    void whatIsThereIsRefusedBeforeAnythingBegins(String into, String schema, boolean existing, ProblemCode code) {
        List<TableName> orders = List.of(new TableName("public", "orders"));
        done(new RestoreObjects(engine, records), objects(orders, "shop", "kept"));
        done(new RestoreObjects(engine, records), objects(orders, "shop", "theirs"));
        List<TableName> tables = schema == null ? List.of() : orders;
        Looks.Objects wanted = new Looks.Objects("shop", tables, into, schema, existing, "dbadmin");
        assertThat(ObjectRules.check(wanted)).isEmpty();
        assertThat(ObjectRules.checkThere(engine, key, wanted)
                        .map(Problem::code)
                        .orElse(null))
                .isEqualTo(code);
    }

    @Test
    void aNameThatIsTakenIsSaidWithItsSchemaAndDatabase() {
        Looks.Objects wanted =
                new Looks.Objects("shop", List.of(new TableName("sales", "orders")), "shop", "public", true, "dbadmin");
        assertThat(ObjectRules.checkThere(engine, key, wanted)).hasValueSatisfying(problem -> {
            assertThat(problem.message()).contains("\"orders\"", "\"public\"", "\"shop\"");
            assertThat(problem.field()).isEqualTo("schema");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "restored_1, false, ",
        "public, false, SchemaNameInvalid",
        "pg_temp, false, SchemaNameInvalid",
        "it's, false, SchemaNameInvalid",
        "1st, false, SchemaNameInvalid",
        "public, true, ",
        "it's, true, ",
        "'', true, Required"
    })
    void newSchemasHaveNamesThatNeedNoQuotes(String schema, boolean existing, ProblemCode code) {
        Looks.Objects wanted = new Looks.Objects(
                "shop", List.of(new TableName("public", "orders")), "shop", schema, existing, "dbadmin");
        assertThat(ObjectRules.check(wanted).map(Problem::code).orElse(null)).isEqualTo(code);
    }
}
