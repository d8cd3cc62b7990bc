package io.howdah.scaling;

import static io.howdah.container.Container.refused;
import static io.howdah.container.SharedServer.ask;
import static io.howdah.container.SharedServer.ended;
import static io.howdah.container.SharedServer.owner;
import static io.howdah.container.SharedServer.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.container.Container;
import io.howdah.container.Metadata;
import io.howdah.container.People;
import io.howdah.container.SharedServer;
import io.howdah.engine.Engine;
import io.howdah.engine.ServerKey;
import io.howdah.engine.SettingChange;
import io.howdah.engine.Usage;
import io.howdah.monitoring.UsageLog;
import io.howdah.monitoring.UsageSample;
import io.howdah.monitoring.UsageSampled;
import io.howdah.operation.OperationService;
import io.howdah.operation.OperationStatus;
import io.howdah.operation.OperationView;
import io.howdah.schedule.ActionArgument;
import io.howdah.schedule.Misfire;
import io.howdah.schedule.ScheduleDraft;
import io.howdah.schedule.ScheduleService;
import io.howdah.schedule.ScheduledAction;
import io.howdah.schedule.Timetable;
import io.howdah.schedule.Timing;
import io.howdah.schedule.WhenStopped;
import io.howdah.server.LockKind;
import io.howdah.server.ServerFacts;
import io.howdah.server.ServerRegister;
import io.howdah.server.ServerService;
import io.howdah.server.ServerState;
import io.howdah.server.SizeChangeView;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    @Inject
    private AutoscaleService autoscale;

    @Inject
    private ScheduleService schedules;

    @Inject
    private UsageLog usage;

    @Inject
    private ServerRegister register;

    @Inject
    private Engine engine;

    @Inject
    private Event<UsageSampled> minutes;

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
        String password = SharedServer.password();
        Callers.as(owner(), () -> idle.choose(id, new IdlePolicy(30, "check, monitor")));
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> Metadata.change(
                                            "update idle_stop set idle_since = now() - interval '1 hour' where idle_since is not null")
                                    == 0
                            && SharedServer.view(id).asleep());
            assertThat(SharedServer.view(id).note()).startsWith("Sleeping – wakes on connect");
            try (Connection connection = SharedServer.connect(
                            SharedServer.view(id).endpoints().pooledPort(), "shop", password);
                    Statement statement = connection.createStatement()) {
                statement.execute("SELECT 1");
            }
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

    private UsageSampled.Sampled minute(String size, Instant at, double vCores) {
        ServerFacts known = register.find(id).orElseThrow();
        ServerFacts sized = new ServerFacts(
                id,
                known.name(),
                known.teamId(),
                known.node(),
                known.majorVersion(),
                size,
                known.storageGib(),
                known.administratorLogin(),
                known.firstDatabase(),
                known.createdAt(),
                true,
                true,
                null);
        return new UsageSampled.Sampled(sized, new UsageSample(id, at, vCores, 100, 3));
    }

    @Test
    void whatItUsesIsSeenKeptAndSummedUp() {
        Usage now = engine.usage(List.of(new ServerKey(id))).get(new ServerKey(id));
        assertThat(now.memoryMib()).isBetween(1, 256);
        assertThat(now.cpu()).isPositive();
        Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        UsageSample busy = new UsageSample(id, minute.minusSeconds(3600), 0.2, 200, 9);
        usage.keep(List.of(busy, new UsageSample(id, minute.minusSeconds(3660), 0.1, 100, 3)));
        usage.keep(List.of(new UsageSample(id, minute.minusSeconds(3600), 9, 9, 9)));
        assertThat(usage.of(id, minute.minusSeconds(7200))).hasSizeGreaterThanOrEqualTo(2);
        assertThat(usage.of(id, minute.minusSeconds(3601)).getFirst().memoryMib())
                .isEqualTo(200);
        assertThat(view().use().memoryMaxMib()).isGreaterThanOrEqualTo(200);
        assertThat(view().use().vCoresMax()).isLessThan(9);
        assertThat(view().day()).isNotEmpty();
    }

    @Test
    void outOfCreditsItIsHeldToItsBaselineUntilItHasSavedSome() throws Exception {
        Instant begin = Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(2, ChronoUnit.HOURS);
        try {
            for (int i = 0; i < 40; i++) {
                minutes.fire(new UsageSampled(List.of(minute("Standard_B1ms", begin.plusSeconds(60L * i), 1))));
            }
            assertThat(quota()).isEqualTo(20_000);
            for (int i = 40; i < 46; i++) {
                minutes.fire(new UsageSampled(List.of(minute("Standard_B1ms", begin.plusSeconds(60L * i), 0))));
            }
            assertThat(quota()).isEqualTo(100_000);
            assertThat(Metadata.rows("select at from cpu_credit where server_id = ? and held", id))
                    .hasSizeBetween(3, 8);
        } finally {
            engine.holdCpu(new ServerKey(id), 0.25);
            Metadata.change("delete from cpu_credit where server_id = ?", id);
        }
    }

    /** In minutes that nothing else can have been seen of yet. */
    private void willHaveUsed(double vCores, int memoryMib) {
        Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        for (int i = 3; i <= 5; i++) {
            usage.keep(List.of(new UsageSample(id, minute.plusSeconds(60L * i), vCores, memoryMib, 3)));
        }
    }

    private AutoscaleView autoscaled() {
        return Callers.as(owner(), () -> autoscale.view(id));
    }

    @Test
    void itsSizeFollowsItsLoadWithinItsBoundsAndSaysWhy() {
        AutoscalePolicy policy = new AutoscalePolicy(SMALL, LARGER, 70, 80, 30, null);
        Callers.as(owner(), () -> autoscale.set(id, true, policy));
        try {
            UsageSampled now = new UsageSampled(List.of(minute(SMALL, Instant.now(), 0)));
            minutes.fire(now);
            assertThat(size()).isEqualTo(SMALL);
            willHaveUsed(0.25, 100);
            minutes.fire(now);
            UUID operation =
                    Metadata.value("select id from operation where subject_id = ? order by number desc limit 1", id);
            succeeded(operation);
            assertThat(size()).isEqualTo(LARGER);
            assertThat(Callers.as(owner(), () -> operations.get(operation)).requestedBy())
                    .isEqualTo("howdah");
            assertThat(Metadata.<String>value(
                            "select details from audit_record where actor = 'howdah' and result = 'ACCEPTED' and correlation_id = ?",
                            Callers.as(owner(), () -> operations.get(operation)).correlationId()))
                    .contains("0.25 vCores were in use");
            assertThat(autoscaled().verdict()).contains("0.25 vCores were in use");
            assertThat(autoscaled().active()).isTrue();
            assertThat(autoscaled().policy()).isEqualTo(policy);
            minutes.fire(now);
            assertThat(autoscaled().verdict()).isEqualTo(Messages.text("autoscale.reason.fits"));
        } finally {
            Metadata.change("delete from usage_sample where server_id = ?", id);
            Callers.as(owner(), () -> autoscale.set(id, false, policy));
        }
    }

    @Test
    void aLockKeepsTheSizeWhateverTheLoad() {
        AutoscalePolicy policy = new AutoscalePolicy(SMALL, LARGER, 70, 80, 30, null);
        Callers.as(owner(), () -> autoscale.set(id, true, policy));
        UUID lock = Callers.as(
                owner(), () -> servers.addLock(id, LockKind.READ_ONLY, "").id());
        try {
            willHaveUsed(0.25, 100);
            minutes.fire(new UsageSampled(List.of(minute(SMALL, Instant.now(), 0))));
            assertThat(autoscaled().verdict()).contains("ReadOnly");
            assertThat(view().server().wished().code()).isEqualTo(SMALL);
        } finally {
            Callers.as(owner(), () -> servers.removeLock(id, lock));
            Metadata.change("delete from usage_sample where server_id = ?", id);
            Callers.as(owner(), () -> autoscale.set(id, false, policy));
        }
    }

    @Test
    void whatATimetableSetsOrIsAboutToSetStays() {
        LocalDateTime soon = LocalDateTime.ofInstant(Instant.now().plusSeconds(600), ZoneOffset.UTC);
        UUID schedule = Callers.as(
                People.again(owner()),
                () -> schedules.create(new ScheduleDraft(
                        id,
                        People.unique("schedule"),
                        "server-scale",
                        Map.of("size", LARGER),
                        new Timing(new Timetable.Once(soon), ZoneOffset.UTC, null, null),
                        Misfire.CATCH_UP,
                        WhenStopped.SKIP,
                        Set.of())));
        AutoscalePolicy policy = new AutoscalePolicy(SMALL, "H1", 70, 80, 30, null);
        Callers.as(owner(), () -> autoscale.set(id, true, policy));
        try {
            willHaveUsed(0.25, 100);
            UsageSampled now = new UsageSampled(List.of(minute(SMALL, Instant.now(), 0)));
            minutes.fire(now);
            assertThat(autoscaled().verdict()).isEqualTo(Messages.text("autoscale.rest.soon"));
            ask(() -> schedules.runNow(schedule));
            await().atMost(Duration.ofSeconds(60)).until(() -> size().equals(LARGER));
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                minutes.fire(now);
                return autoscaled().verdict().equals(Messages.text("autoscale.rest.scheduled", LARGER));
            });
        } finally {
            Metadata.change("delete from usage_sample where server_id = ?", id);
            Callers.as(owner(), () -> autoscale.set(id, false, policy));
            Callers.as(owner(), () -> schedules.delete(schedule));
        }
    }

    @Test
    void autoscaleIsSetByRightAndWithinReason() {
        AutoscalePolicy good = new AutoscalePolicy(SMALL, LARGER, 70, 80, 30, null);
        assertThat(refused(People.member("Reader", SharedServer.team()), () -> set(good))
                        .code())
                .isEqualTo(ProblemCode.AccessDenied);
        assertThat(refused(owner(), () -> set(new AutoscalePolicy(LARGER, SMALL, 70, 80, 30, null)))
                        .code())
                .isEqualTo(ProblemCode.AutoscaleBoundsInvalid);
        assertThat(refused(owner(), () -> set(new AutoscalePolicy(SMALL, "Standard_B1ms", 70, 80, 30, null)))
                        .field())
                .isEqualTo("maxSize");
        assertThat(refused(owner(), () -> set(new AutoscalePolicy(SMALL, LARGER, 5, 80, 30, null)))
                        .field())
                .isEqualTo("targetCpuPercent");
        SimulationView week = Callers.as(owner(), () -> autoscale.simulate(id, good));
        assertThat(week.wouldHave()).isNotEmpty();
    }

    private UUID set(AutoscalePolicy policy) {
        autoscale.set(id, true, policy);
        return id;
    }

    /** Of the kernel; as expected where none can be set. */
    private long quota() throws Exception {
        String name = "/howdah/" + id.toString().substring(0, 8);
        for (Path file : List.of(
                Path.of("/sys/fs/cgroup/cpu" + name, "cpu.cfs_quota_us"),
                Path.of("/sys/fs/cgroup" + name, "cpu.max"))) {
            if (Files.exists(file)) {
                return Long.parseLong(Files.readString(file).strip().split(" ")[0]);
            }
        }
        return Metadata.rows("select held from cpu_credit where server_id = ? order by at desc limit 1", id)
                        .getFirst()
                        .get("held")
                        .equals(true)
                ? 20_000
                : 100_000;
    }
}
