package io.howdah.container;

import io.howdah.access.AccessService;
import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.access.ClaimMapping;
import io.howdah.access.GroupService;
import io.howdah.access.ProtectedAction;
import io.howdah.access.ProviderDraft;
import io.howdah.access.ProviderKind;
import io.howdah.access.ProviderService;
import io.howdah.access.RequestService;
import io.howdah.access.RoleService;
import io.howdah.access.Scope;
import io.howdah.access.ServiceAccountService;
import io.howdah.approval.ApprovalPolicy;
import io.howdah.approval.ApprovalPolicyService;
import io.howdah.backup.BackupService;
import io.howdah.backup.Policy;
import io.howdah.backup.RestoreDraft;
import io.howdah.backup.RestoreService;
import io.howdah.backup.TargetChoice;
import io.howdah.engine.BackupKind;
import io.howdah.engine.Engine;
import io.howdah.server.SealedDraft;
import io.howdah.server.ServerDraft;
import io.howdah.server.ServerService;
import io.howdah.shared.Ids;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A team that protects all that can be protected, with servers that are written down and nothing else. */
public final class ProtectedWorld {

    public static final Set<ProtectedAction> ALL = Arrays.stream(ProtectedAction.values())
            .filter(ProtectedAction::isChosen)
            .collect(Collectors.toSet());

    /**
     * A call that needs a second person.
     *
     * @param byHand whether it is called again by whoever asked
     * @param done whether it has been done
     */
    public record Case(String method, ProtectedAction action, boolean byHand, Runnable call, BooleanSupplier done) {}

    private final UUID team = People.team("Protected");
    private final Caller requester = People.member("Owner", (UUID) null);
    private final Caller approver = People.member("Owner", (UUID) null);
    private final Caller other = People.member("Owner", (UUID) null);
    private final Caller guest = People.member("Reader", team);
    private final UUID robot;
    private final Caller disabled = People.member("Owner", team);
    private final Caller forgetful = People.member("Owner", team);
    private final String name = People.unique("kept");
    private final UUID server = insertServer(name, "READY", null);
    private final UUID restored = insertServer(People.unique("restored"), "READY", null);
    private final UUID deleted = insertServer(People.unique("gone"), "DISABLED", "now()");
    private final UUID open = Ids.random();
    private final UUID copy = Ids.random();
    /** Sealed once: each time is salted anew, and another draft. */
    private final SealedDraft sealed = new ServerDraft(
                    team,
                    null,
                    "open-" + name,
                    Container.bean(Engine.class).versions().getFirst().major(),
                    "H0.25",
                    1,
                    "dba",
                    "Tall-Elephants-9",
                    null,
                    List.of("0.0.0.0/0"),
                    Map.of())
            .sealed();

    private final UUID empty;
    private final UUID full;
    private final String role = People.unique("Role");
    private final UUID wish;

    private ProtectedWorld() {
        GroupService groups = Container.bean(GroupService.class);
        empty = as(() -> groups.create(People.unique("Empty")).id());
        full = as(() -> groups.create(People.unique("Owners")).id());
        Callers.as(requester, () -> {
            groups.assign(full, "Owner", Scope.team(team), null);
            Container.bean(AccessService.class).disable(disabled.personId());
            Container.bean(RoleService.class).create(role, "", Set.of("servers/read"));
        });
        robot = Callers.as(
                requester, () -> Container.bean(ServiceAccountService.class).create(team, People.unique("robot"), ""));
        wish = Callers.as(guest, () -> Container.bean(RequestService.class)
                .ask("Access Administrator", Scope.team(team), "holiday"));
        for (UUID each : List.of(server, restored)) {
            insertBackups(each);
        }
        Metadata.change("insert into server_network (server_id, network) values (?, '0.0.0.0/0')", server);
        Metadata.change(
                "insert into restoration (id, server_id, source_id, source_name, in_place, state, target_kind, bytes, asked_at, requested_by, kept_until) values (?, ?, ?, 's', true, 'KEPT', 'LATEST', 1, now(), 'test', now() + interval '1 day')",
                Ids.random(),
                restored,
                restored);
        Callers.as(
                requester, () -> Container.bean(ApprovalPolicyService.class).set(team, new ApprovalPolicy(ALL, 24, 4)));
    }

    public static ProtectedWorld make() {
        return new ProtectedWorld();
    }

    public UUID team() {
        return team;
    }

    public UUID server() {
        return server;
    }

    public UUID deleted() {
        return deleted;
    }

    public UUID guest() {
        return guest.personId();
    }

    public Caller guestCaller() {
        return People.again(guest);
    }

    public Caller requester() {
        return People.again(requester);
    }

    public Caller approver() {
        return People.again(approver);
    }

    public Caller other() {
        return People.again(other);
    }

    public Case of(String method) {
        return cases().stream()
                .filter(one -> one.method().equals(method))
                .findFirst()
                .orElseThrow();
    }

    /** In an order in which one does not stand in the way of the next. */
    public List<Case> cases() {
        AccessService people = Container.bean(AccessService.class);
        ServiceAccountService accounts = Container.bean(ServiceAccountService.class);
        GroupService groups = Container.bean(GroupService.class);
        RestoreService restores = Container.bean(RestoreService.class);
        ServerService servers = Container.bean(ServerService.class);
        RestoreDraft copied = new RestoreDraft("copy-" + name, "H0.25", 1, true, false, false);
        String invited = "invited-" + name;
        Policy shorter = new Policy(7, 2, 30, DayOfWeek.SUNDAY, BackupKind.INCREMENTAL);
        ApprovalPolicy weaker = new ApprovalPolicy(Set.of(ProtectedAction.OWNER_GRANT), 24, 4);
        Scope inTeam = Scope.team(team);
        ProviderDraft provider = new ProviderDraft(
                ProviderKind.OTHER,
                name,
                "https://" + name + ".example.org",
                "howdah",
                List.of(),
                "groups",
                List.of(),
                false,
                null,
                null,
                false,
                false,
                List.of(),
                List.of(ClaimMapping.toRole("admins", "Owner", inTeam)));
        return List.of(
                new Case(
                        "BackupService.setPolicy",
                        ProtectedAction.RETENTION_SHORTEN,
                        false,
                        () -> Container.bean(BackupService.class).setPolicy(server, shorter),
                        () -> is("backup_policy where server_id = ? and retention_days = 7", server)),
                new Case(
                        "ServerService.createOpen",
                        ProtectedAction.NETWORK_OPEN,
                        false,
                        () -> servers.createOpen(open, sealed, false),
                        () -> is("server where name = ?", "open-" + name)),
                new Case(
                        "RestoreService.intoOpenServer",
                        ProtectedAction.NETWORK_OPEN,
                        false,
                        () -> restores.intoOpenServer(copy, server, TargetChoice.latest(), copied, false),
                        () -> is("server where name = ?", copied.name())),
                new Case(
                        "RestoreService.goBack",
                        ProtectedAction.RESTORE_IN_PLACE,
                        false,
                        () -> restores.goBack(restored),
                        () -> is("restoration where server_id = ? and state = 'GOING_BACK'", restored)),
                new Case(
                        "RestoreService.inPlace",
                        ProtectedAction.RESTORE_IN_PLACE,
                        false,
                        () -> restores.inPlace(server, TargetChoice.latest(), name),
                        () -> is("restoration where server_id = ? and state = 'UNDER_WAY'", server)),
                new Case(
                        "ServerService.delete",
                        ProtectedAction.SERVER_DELETE,
                        false,
                        () -> servers.delete(server, name),
                        () -> is("server where id = ? and deleted_at is not null", server)),
                new Case(
                        "ServerService.purge",
                        ProtectedAction.SERVER_DELETE,
                        false,
                        () -> servers.purge(deleted, nameOf(deleted)),
                        () -> is("operation where subject_id = ? and kind = 'server-purge'", deleted)),
                new Case(
                        "AccessService.assign",
                        ProtectedAction.OWNER_GRANT,
                        false,
                        () -> people.assign(guest.personId(), "Owner", inTeam, null),
                        () -> is("assignment where person_id = ? and role = 'Owner'", guest.personId())),
                new Case(
                        "ServiceAccountService.assign",
                        ProtectedAction.OWNER_GRANT,
                        false,
                        () -> accounts.assign(robot, "Owner", inTeam, null),
                        () -> is("assignment where person_id = ? and role = 'Owner'", robot)),
                new Case(
                        "AccessService.enable",
                        ProtectedAction.OWNER_GRANT,
                        false,
                        () -> people.enable(disabled.personId()),
                        () -> is("person where id = ? and not disabled", disabled.personId())),
                new Case(
                        "AccessService.invite",
                        ProtectedAction.OWNER_GRANT,
                        true,
                        () -> people.invite(invited, null, "Owner", inTeam),
                        () -> is("person where name = ?", invited)),
                new Case(
                        "AccessService.newLink",
                        ProtectedAction.OWNER_GRANT,
                        true,
                        () -> people.newLink(forgetful.personId()),
                        () -> is(
                                "audit_record where target_id = ? and action = 'access/write' and details like '%newLink%'",
                                forgetful.personId())),
                new Case(
                        "GroupService.assign",
                        ProtectedAction.OWNER_GRANT,
                        false,
                        () -> groups.assign(empty, "Owner", inTeam, null),
                        () -> is("assignment where group_id = ?", empty)),
                new Case(
                        "GroupService.setMembers",
                        ProtectedAction.OWNER_GRANT,
                        false,
                        () -> groups.setMembers(full, Set.of(guest.personId(), forgetful.personId())),
                        () -> is("person_group_member where group_id = ?", full)),
                new Case(
                        "RequestService.approve",
                        ProtectedAction.OWNER_GRANT,
                        false,
                        () -> Container.bean(RequestService.class).approve(wish),
                        () -> is("role_request where id = ? and state = 'GIVEN'", wish)),
                new Case(
                        "ProviderService.save",
                        ProtectedAction.OWNER_GRANT,
                        false,
                        () -> Container.bean(ProviderService.class).save(null, provider),
                        () -> is("identity_provider where name = ?", name)),
                new Case(
                        "RoleService.change",
                        ProtectedAction.OWNER_GRANT,
                        false,
                        () -> Container.bean(RoleService.class)
                                .change(role, "", Set.of("servers/read", "access/write")),
                        () -> is("role_permission where role = ? and action = 'access/write'", role)),
                new Case(
                        "ApprovalPolicyService.set",
                        ProtectedAction.POLICY_WEAKEN,
                        false,
                        () -> Container.bean(ApprovalPolicyService.class).set(team, weaker),
                        () -> Metadata.count("approval_policy_action where team_id = ?", team) == 1));
    }

    private <T> T as(Supplier<T> work) {
        return Callers.as(requester, work);
    }

    private static boolean is(String from, Object... arguments) {
        return Metadata.count(from, arguments) > 0;
    }

    private static String nameOf(UUID server) {
        return Metadata.value("select name from server where id = ?", server);
    }

    private UUID insertServer(String named, String state, String deletedAt) {
        UUID id = Ids.random();
        Metadata.change(
                "insert into server (id, team_id, name, wished, state, major_version, size_code, storage_gib, administrator_login, created_at, created_by, settled_wish, version, deleted_at, kept_until) values (?, ?, ?, 'RUNNING', ?, 17, 'H0.25', 1, 'dba', now(), 'test', 'RUNNING', 1, "
                        + (deletedAt == null ? "null, null)" : "now(), now() + interval '5 days')"),
                id,
                team,
                named,
                state);
        // An operation that somebody else holds keeps the product's own hands off a server that isn't there.
        Metadata.change(
                "insert into operation (id, kind, subject_id, subject_name, team_id, status, step, data, due, lease_owner, lease_until, deadline, requested_at, requested_by, correlation_id, action) values (?, 'server-restart', ?, ?, ?, 'RUNNING', 'RESTART', '{}', now(), 'elsewhere:1', now() + interval '1 day', now() + interval '1 day', now(), 'test', 'c', 'servers/restart')",
                Ids.random(),
                id,
                named,
                team);
        return id;
    }

    private void insertBackups(UUID id) {
        Metadata.change(
                "insert into recovery_state (server_id, team_id, name, major_version, size_code, storage_gib, administrator_login, created_at, spans, read_at, version) values (?, ?, ?, ?, 'H0.25', 1, 'dba', now(), '[{\"timeline\":1,\"from\":\"2026-01-01T00:00:00Z\",\"until\":\"2099-01-01T00:00:00Z\",\"growing\":false,\"missing\":null}]', now(), 1)",
                id,
                team,
                nameOf(id),
                Container.bean(Engine.class).versions().getFirst().major());
        Metadata.change(
                "insert into backup_policy (server_id, retention_days, hour, minute, full_day, daily_kind, changed_at, changed_by, version) values (?, 14, 2, 30, 'SUNDAY', 'INCREMENTAL', now(), 'test', 1)",
                id);
        Metadata.change(
                "insert into backup (id, server_id, label, kind, origin, requested_by, asked_at, started_at, ended_at, timeline) values (?, ?, '20260101-000000F', 'FULL', 'SCHEDULED', 'test', '2026-01-01', '2026-01-01', '2026-01-01', 1)",
                Ids.random(),
                id);
    }
}
