package io.howdah.server;

import static io.howdah.container.Container.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.backup.BackupService;
import io.howdah.backup.OnDemand;
import io.howdah.backup.Policy;
import io.howdah.container.Container;
import io.howdah.container.Metadata;
import io.howdah.container.People;
import io.howdah.container.Wanted;
import io.howdah.engine.BackupKind;
import io.howdah.scaling.ScalingService;
import io.howdah.scaling.StorageService;
import io.howdah.shared.Ids;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a team may have, asked of every service that makes something larger. Only the servers' rows are there. */
@ExtendWith(ArquillianExtension.class)
class QuotasIT {

    private static final double GIB = 1024;
    private static final String SIZE = "H0.25";

    private UUID team;
    private Caller owner;

    @BeforeEach
    void meet() {
        team = People.team("Quotas");
        owner = People.member("Owner", team);
    }

    @AfterEach
    void leaveNoRows() {
        Metadata.change("delete from recovery_state where team_id = ?", team);
        Metadata.change("delete from server where team_id = ?", team);
    }

    @Test
    void everyServiceThatMakesSomethingLargerIsRefusedAndNothingBegins() {
        ServerService servers = Container.bean(ServerService.class);
        UUID live = insert("RUNNING", "READY", false);
        UUID rests = insert("STOPPED", "STOPPED", false);
        UUID gone = insert("RUNNING", "DISABLED", true);
        insertBackups(live, 2L << 30);
        assertThat(used())
                .isEqualTo(Map.of(
                        QuotaKind.SERVERS, 2.0,
                        QuotaKind.VCORES, Sizes.of(SIZE).vCores(),
                        QuotaKind.MEMORY, 1.0 * Sizes.of(SIZE).memoryMib(),
                        QuotaKind.STORAGE, 2.0,
                        QuotaKind.BACKUP_STORAGE, 2.0));
        Map<QuotaKind, Double> exactly = used();

        BackupService backups = Container.bean(BackupService.class);
        Policy longer = new Policy(14, 3, 15, DayOfWeek.FRIDAY, BackupKind.DIFFERENTIAL);
        OnDemand wanted = new OnDemand("before", null, Instant.now().plus(Duration.ofDays(1)));
        Map<Runnable, String> calls = new LinkedHashMap<>();
        calls.put(() -> servers.create(Wanted.usual(owner, team).draft()), "servers");
        calls.put(() -> servers.undelete(gone), "servers");
        calls.put(() -> servers.start(rests), "vCores");
        calls.put(() -> Container.bean(ScalingService.class).scale(live, "H0.5"), "vCores");
        calls.put(() -> Container.bean(StorageService.class).grow(live, 2), "storage");
        calls.put(() -> backups.setPolicy(live, longer), "backup storage");
        calls.put(() -> backups.backUp(live, wanted), "backup storage");
        set(exactly);
        calls.forEach((call, kind) -> {
            Problem problem = refused(People.again(owner), call);
            assertThat(problem.code()).as(kind).isEqualTo(ProblemCode.QuotaExceeded);
            assertThat(problem.message()).contains(" for " + kind + " is ");
            assertThat(problem.hint()).contains("ask ");
        });
        assertThat(Metadata.count("operation where team_id = ?", team)).isZero();

        // Each is let in again by no more than it wants.
        set(Map.of());
        assertThat(Callers.as(owner, () -> Container.bean(QuotaService.class).check(team, SIZE, 1)))
                .isEmpty();
        Callers.as(People.again(owner), () -> backups.setPolicy(live, longer));
    }

    @Test
    void whatIsLessAndWhatIsThereAlreadyIsNeverRefused() {
        UUID live = insert("RUNNING", "READY", false);
        insertBackups(live, 2L << 30);
        Map<QuotaKind, Double> nothing = new LinkedHashMap<>();
        for (QuotaKind kind : QuotaKind.values()) {
            nothing.put(kind, 0.0);
        }
        set(nothing);
        Policy same = new Policy(7, 3, 15, DayOfWeek.FRIDAY, BackupKind.DIFFERENTIAL);
        Callers.as(
                People.again(owner), () -> Container.bean(BackupService.class).setPolicy(live, same));
        Callers.as(People.again(owner), () -> Container.bean(ServerService.class)
                .setTags(live, Map.of("still", "possible")));
        QuotaView.Line storage = view().lines().get(QuotaKind.STORAGE.ordinal());
        assertThat(storage.left()).isEqualTo(-1);
    }

    /** One more fits, and two want it at the same instant. */
    @Test
    void twoAtOnceCannotPassTogether() throws Exception {
        UUID one = insert("RUNNING", "DISABLED", true);
        UUID other = insert("RUNNING", "DISABLED", true);
        set(Map.of(QuotaKind.SERVERS, 1.0));
        ServerService servers = Container.bean(ServerService.class);
        List<Problem> problems = Container.twice(
                () -> Callers.as(People.again(owner), () -> servers.undelete(one)),
                () -> Callers.as(People.again(owner), () -> servers.undelete(other)));
        assertThat(problems).extracting(Problem::code).containsExactly(ProblemCode.QuotaExceeded);
        Container.await(60).until(() -> Metadata.count("operation where team_id = ? and ended_at is null", team) == 0);
    }

    @Test
    void aLimitIsSetOnRecordAndCountsOnlyInItsTeam() {
        set(Map.of(QuotaKind.MEMORY, GIB, QuotaKind.SERVERS, 3.0));
        set(Map.of(QuotaKind.MEMORY, 2 * GIB));
        assertThat(view().lines()).extracting(QuotaView.Line::limit).containsExactly(null, null, 2 * GIB, null, null);
        assertThat(Metadata.<String>column(
                        "select details from audit_record where action = 'quotas/write' and target_id = ? order by number",
                        team))
                .hasSize(2)
                .last()
                .asString()
                .contains("MEMORY=1024.0", "MEMORY=2048.0");
        assertThat(refused(People.administrator(), () -> Container.bean(QuotaService.class)
                                .set(team, Map.of(QuotaKind.SERVERS, -1.0)))
                        .code())
                .isEqualTo(ProblemCode.QuotaOutOfRange);
    }

    private void set(Map<QuotaKind, Double> limits) {
        Callers.as(
                People.administrator(), () -> Container.bean(QuotaService.class).set(team, limits));
    }

    private QuotaView view() {
        return Callers.as(owner, () -> Container.bean(QuotaService.class).of(team));
    }

    private Map<QuotaKind, Double> used() {
        Map<QuotaKind, Double> used = new LinkedHashMap<>();
        view().lines().forEach(line -> used.put(line.kind(), line.used()));
        return used;
    }

    /** One that no node works on. */
    private UUID insert(String wished, String state, boolean deleted) {
        UUID id = Ids.random();
        Metadata.change(
                "insert into server (id, team_id, name, wished, state, major_version, size_code, storage_gib, administrator_login, created_at, created_by, version, deleted_at, kept_until) values (?, ?, ?, ?, ?, 17, ?, 1, 'dba', now(), 'test', 1, "
                        + (deleted ? "now(), now() + interval '5 days')" : "null, null)"),
                id,
                team,
                People.unique("quota"),
                wished,
                state,
                SIZE);
        return id;
    }

    private void insertBackups(UUID server, long bytes) {
        Metadata.change(
                "insert into recovery_state (server_id, team_id, name, major_version, size_code, storage_gib, administrator_login, created_at, read_at, repository_bytes, version) select id, team_id, name, 17, size_code, 1, 'dba', now(), now(), ?, 1 from server where id = ?",
                bytes,
                server);
        Metadata.change(
                "insert into backup_policy (server_id, retention_days, hour, minute, full_day, daily_kind, changed_at, changed_by, version) values (?, 7, 2, 30, 'SUNDAY', 'INCREMENTAL', now(), 'test', 1)",
                server);
    }
}
