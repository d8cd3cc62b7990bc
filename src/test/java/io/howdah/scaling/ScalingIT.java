package io.howdah.scaling;

import static io.howdah.container.Container.refused;
import static io.howdah.container.SharedServer.ask;
import static io.howdah.container.SharedServer.ended;
import static io.howdah.container.SharedServer.owner;
import static io.howdah.container.SharedServer.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.container.Container;
import io.howdah.container.Metadata;
import io.howdah.container.People;
import io.howdah.container.SharedServer;
import io.howdah.engine.SettingChange;
import io.howdah.operation.OperationService;
import io.howdah.operation.OperationStatus;
import io.howdah.operation.OperationView;
import io.howdah.schedule.ActionArgument;
import io.howdah.schedule.ScheduledAction;
import io.howdah.server.LockKind;
import io.howdah.server.ServerService;
import io.howdah.server.ServerState;
import io.howdah.server.SizeChangeView;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real server is given other sizes, by people and by a timetable. */
@ExtendWith(ArquillianExtension.class)
class ScalingIT {

    private static final String SMALL = "H0.25";
    private static final String LARGER = "H0.5";

    @Inject
    private ScalingService scaling;

    @Inject
    private PlannedChangeService plans;

    @Inject
    private IdleStopService idle;

    @Inject
    private ServerService servers;

    @Inject
    private OperationService operations;

    @Inject
    @Any
    private Instance<ScheduledAction> actions;

    private UUID id;

    @BeforeEach
    void aSmallServer() throws Exception {
        id = SharedServer.id();
        if (!size().equals(SMALL)) {
            succeeded(ask(() -> scaling.scale(id, SMALL)));
        }
    }

    private ScalingView view() {
        return Callers.as(owner(), () -> scaling.view(id));
    }

    private String size() {
        return view().server().size().code();
    }

    private String setting(String name) throws Exception {
        try (Connection connection = SharedServer.connect(
                        SharedServer.view(id).endpoints().directPort(), "shop", SharedServer.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + name)) {
            row.next();
            return row.getString(1);
        }
    }

    private ProblemCode code(Caller caller, String size) {
        return refused(caller, () -> scaling.scale(id, size)).code();
    }

    @Test
    void itHasTheSizeThatWasAskedForAndAReceiptSaysWhatItMeant() throws Exception {
        SizeEffect effect = Callers.as(owner(), () -> scaling.effect(id, LARGER));
        assertThat(effect.restart()).isTrue();
        assertThat(effect.obstacle()).isNull();
        assertThat(effect.settings()).contains(new SettingChange("max_connections", "40", "50", true));

        UUID operation = ask(() -> scaling.scale(id, LARGER));
        succeeded(operation);

        assertThat(size()).isEqualTo(LARGER);
        assertThat(setting("max_connections")).isEqualTo("50");
        assertThat(setting("shared_buffers")).isEqualTo("128MB");
        SizeChangeView change = view().changes().getFirst();
        assertThat(change.operationId()).isEqualTo(operation);
        assertThat(change.before()).isEqualTo(SMALL);
        assertThat(change.after()).isEqualTo(LARGER);
        assertThat(change.restarted()).isTrue();
        assertThat(change.held()).isPositive();
        assertThat(view().expectedHold()).isPositive();
        assertThat(Callers.as(owner(), () -> operations.output(operation)))
                .contains("max_connections       40 → 50")
                .contains("waited " + change.held().toMillis() + " ms at most.");
        Receipt receipt =
                Callers.as(owner(), () -> scaling.receipt(id, operation)).orElseThrow();
        assertThat(receipt.transactionsFailed()).isZero();
        assertThat(receipt.settings()).contains(new SettingChange("max_connections", "40", "50", true));
        assertThat(receipt.steps()).hasSize(2).allMatch(step -> step.endedAt() != null);
        assertThat(receipt.csv()).contains("size,H0.25,H0.5\r\n", "max_connections,40,50\r\n");
        assertThat(receipt.json()).contains("\"sizeBefore\":\"H0.25\"");
        assertThat((String) Metadata.rows(
                                "select details from audit_record where result = 'SUCCEEDED' and correlation_id = ?",
                                receipt.correlationId())
                        .getFirst()
                        .get("details"))
                .contains("\"transactionsFailed\":\"0\"", "\"longestWaitMillis\":");
        Map<String, Object> record = Metadata.rows(
                        "select details from audit_record where action = 'servers/scale' and result = 'ACCEPTED' and correlation_id = ?",
                        Callers.as(owner(), () -> operations.get(operation)).correlationId())
                .get(0);
        assertThat((String) record.get("details"))
                .contains("\"before\":\"H0.25\"")
                .contains("\"after\":\"H0.5\"");
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThat(code(owner(), "H77")).isEqualTo(ProblemCode.SizeUnknown);
        assertThat(code(owner(), SMALL)).isEqualTo(ProblemCode.SizeUnchanged);
        assertThat(code(owner(), "Standard_E96ds_v5")).isEqualTo(ProblemCode.SizeTooLarge);
        assertThat(code(People.member("Reader", SharedServer.team()), LARGER)).isEqualTo(ProblemCode.AccessDenied);
        assertThat(code(People.member("Owner", People.team("Elsewhere")), LARGER))
                .isEqualTo(ProblemCode.NotFound);
        assertThat(view().offers())
                .filteredOn(offer -> offer.size().code().equals("Standard_E96ds_v5"))
                .singleElement()
                .satisfies(offer -> assertThat(offer.problem().code()).isEqualTo(ProblemCode.SizeTooLarge));
        UUID lock = Callers.as(
                owner(), () -> servers.addLock(id, LockKind.READ_ONLY, "").id());
        try {
            assertThat(code(owner(), LARGER)).isEqualTo(ProblemCode.ServerLocked);
        } finally {
            Callers.as(owner(), () -> servers.removeLock(id, lock));
        }
        assertThat(size()).isEqualTo(SMALL);
    }

    @Test
    void oneThatIsTakenBackWhileItWaitsCountsNoMore() {
        UUID first = ask(() -> scaling.scale(id, LARGER));
        assertThat(view().server().wished().code()).isEqualTo(LARGER);
        assertThat(code(owner(), LARGER)).isEqualTo(ProblemCode.SizeUnchanged);
        UUID back = ask(() -> scaling.scale(id, SMALL));
        assertThat(view().server().wished().code()).isEqualTo(SMALL);
        ask(() -> operations.cancel(back));
        OperationView cancelled = ended(back);
        succeeded(first);
        String wished = cancelled.status() == OperationStatus.CANCELLED ? LARGER : SMALL;
        assertThat(view().server().wished().code()).isEqualTo(wished);
        assertThat(size()).isEqualTo(wished);
    }

    @Test
    void aStoppedServerHasItWhenItStarts() throws Exception {
        succeeded(ask(() -> servers.stop(id)));
        try {
            assertThat(Callers.as(owner(), () -> scaling.effect(id, LARGER)).restart())
                    .isFalse();
            succeeded(ask(() -> scaling.scale(id, LARGER)));
            assertThat(SharedServer.wish(id)).isEqualTo("STOPPED");
        } finally {
            succeeded(ask(() -> servers.start(id)));
        }
        assertThat(setting("max_connections")).isEqualTo("50");
        assertThat(view().changes().getFirst().restarted()).isFalse();
    }

    @Test
    void aPlannedChangeIsMadeAtItsTimeAndCanBeTakenBack() {
        Instant soon = Instant.now().plusSeconds(2);
        assertThat(refused(
                                owner(),
                                () -> plans.plan(
                                        id,
                                        LARGER,
                                        new Plan(WaitsFor.TIME, Instant.now().minusSeconds(1))))
                        .code())
                .isEqualTo(ProblemCode.TimeNotAhead);
        UUID window = ask(() -> plans.plan(id, LARGER, new Plan(WaitsFor.WINDOW, null)));
        PlannedChangeView planned = plans().getFirst();
        assertThat(planned.due())
                .isEqualTo(Callers.as(owner(), () -> plans.nextWindow(id)).begin());
        Callers.as(owner(), () -> plans.cancel(id, window));
        assertThat(plans()).isEmpty();

        ask(() -> plans.plan(id, LARGER, new Plan(WaitsFor.TIME, soon)));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> plans().isEmpty());
        assertThat(size()).isEqualTo(LARGER);
        assertThat(view().changes().getFirst().at()).isAfter(soon);
    }

    @Test
    void aTransactionInTheWayLeavesAChoice() throws Exception {
        try (Connection open = SharedServer.connect(
                        SharedServer.view(id).endpoints().pooledPort(), "shop", SharedServer.password());
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("SELECT pg_current_xact_id()");
            UUID failed = ask(() -> scaling.scale(id, LARGER));
            assertThat(ended(failed).problem().code()).isEqualTo(ProblemCode.EngineTransactionInTheWay);
            KeptChange kept = Callers.as(owner(), () -> scaling.kept(id)).orElseThrow();
            assertThat(kept.operationId()).isEqualTo(failed);
            assertThat(kept.server().wished().code()).isEqualTo(LARGER);

            Plan untilItEnds = new Plan(WaitsFor.TRANSACTION, Instant.now().plusSeconds(600));
            ask(() -> plans.plan(id, LARGER, untilItEnds));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> plans().getFirst().doing() != null);
            assertThat(plans().getFirst().doing()).contains("Waits for session");
            open.rollback();
        }
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> plans().isEmpty());
        assertThat(size()).isEqualTo(LARGER);
    }

    @Test
    void whatHasNoRoomWaitsInLineIfThePersonSaysSo() {
        Metadata.change("insert into host_room values (1, 10, 0.01, now(), 'test')");
        try {
            assertThat(code(owner(), LARGER)).isEqualTo(ProblemCode.NoRoomForMemory);
            ask(() -> plans.plan(id, LARGER, new Plan(WaitsFor.ROOM, null)));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> plans().getFirst().doing() != null);
            assertThat(plans().getFirst().doing()).contains("MiB are missing");
            assertThat(size()).isEqualTo(SMALL);
        } finally {
            Metadata.change("delete from host_room");
        }
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> plans().isEmpty());
        assertThat(size()).isEqualTo(LARGER);
    }

    @Test
    void oneThatNobodyUsesSleepsAndWakesForWhoConnects() throws Exception {
        Callers.as(owner(), () -> idle.choose(id, new IdlePolicy(30, "check, monitor")));
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> Metadata.change(
                                            "update idle_stop set idle_since = now() - interval '1 hour' where idle_since is not null")
                                    == 0
                            && SharedServer.view(id).asleep());
            assertThat(SharedServer.view(id).note()).startsWith("Sleeping – wakes on connect");
            long begun = System.nanoTime();
            try (Connection connection = SharedServer.connect(
                            SharedServer.view(id).endpoints().pooledPort(), "shop", SharedServer.password());
                    Statement statement = connection.createStatement()) {
                statement.execute("SELECT 1");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
            assertThat(Metadata.rows("""
                            select details from audit_record where action = 'servers/start' and actor = 'howdah'
                              and result = 'ACCEPTED' and target_id = ? order by number desc limit 1""", id).getFirst().get("details"))
                    .asString()
                    .contains("127.0.0.1");
        } finally {
            Callers.as(owner(), () -> idle.choose(id, IdlePolicy.OFF));
            Awaitility.await().until(() -> SharedServer.view(id).state() == ServerState.READY);
        }
    }

    private List<PlannedChangeView> plans() {
        return Callers.as(owner(), () -> plans.planned(id));
    }

    @Test
    void aTimetableDoesItInThePersonsNameAndNotTwice() throws Exception {
        ScheduledAction scale = actions.stream()
                .filter(one -> one.code().equals("server-scale"))
                .findFirst()
                .orElseThrow();
        Caller operator = People.member("Operator", SharedServer.team());
        ActionArgument argument = scale.arguments().getFirst();
        assertThat(argument.kind()).isEqualTo(ActionArgument.Kind.SIZE);
        assertThat(argument.choices()).contains(SMALL, LARGER).doesNotContain("Standard_E96ds_v5");
        Map<String, String> larger = Map.of("size", LARGER);
        assertThat(Callers.as(operator, () -> scale.check(id, larger))).isEmpty();
        assertThat(Callers.as(operator, () -> scale.check(id, Map.of("size", "H77")))
                        .map(Problem::field))
                .contains("size");
        assertThat(scale.idle(id, larger)).isFalse();
        UUID[] begun = new UUID[1];
        Container.committedAfter(
                () -> begun[0] = scale.begin(id, larger, People.again(operator), UUID.randomUUID()), () -> {});
        succeeded(begun[0]);
        assertThat(Callers.as(owner(), () -> operations.get(begun[0])).requestedBy())
                .isEqualTo(operator.name());
        assertThat(size()).isEqualTo(LARGER);
        assertThat(scale.idle(id, larger)).isTrue();
        assertThat(List.of(scale.needsRunningServer(), scale.idle(id, Map.of("size", SMALL))))
                .containsOnly(false);
    }
}
