package io.howdah.access;

import static io.howdah.access.PermissionTable.Expected.ALLOWED;
import static io.howdah.access.PermissionTable.Expected.DENIED;
import static io.howdah.access.PermissionTable.Expected.NOTHING;
import static io.howdah.access.PermissionTable.Expected.NOT_FOUND;

import io.howdah.approval.ApprovalPolicy;
import io.howdah.approval.ApprovalPolicyService;
import io.howdah.approval.ApprovalService;
import io.howdah.approval.BreakGlassService;
import io.howdah.audit.AuditExport;
import io.howdah.audit.AuditFilter;
import io.howdah.audit.AuditService;
import io.howdah.audit.ForwardKind;
import io.howdah.audit.ForwardService;
import io.howdah.backup.BackupService;
import io.howdah.backup.Download;
import io.howdah.backup.DownloadService;
import io.howdah.backup.LookService;
import io.howdah.backup.ObjectsDraft;
import io.howdah.backup.ObjectsService;
import io.howdah.backup.OnDemand;
import io.howdah.backup.Policy;
import io.howdah.backup.RehearsalDay;
import io.howdah.backup.RehearsalService;
import io.howdah.backup.RestoreDraft;
import io.howdah.backup.RestoreService;
import io.howdah.backup.TargetChoice;
import io.howdah.container.Container;
import io.howdah.container.Metadata;
import io.howdah.container.People;
import io.howdah.engine.BackupKind;
import io.howdah.engine.Engine;
import io.howdah.engine.Maintenance;
import io.howdah.engine.OpenTransaction;
import io.howdah.engine.SqlTask;
import io.howdah.maintenance.MaintenanceService;
import io.howdah.maintenance.WindowDraft;
import io.howdah.notification.Channel;
import io.howdah.notification.NotificationService;
import io.howdah.notification.Wanted;
import io.howdah.notification.WebhookDraft;
import io.howdah.notification.WebhookService;
import io.howdah.openid.ProvenIdentity;
import io.howdah.operation.OperationFilter;
import io.howdah.operation.OperationService;
import io.howdah.scaling.AutoscalePolicy;
import io.howdah.scaling.AutoscaleService;
import io.howdah.scaling.IdlePolicy;
import io.howdah.scaling.IdleStopService;
import io.howdah.scaling.Plan;
import io.howdah.scaling.PlannedChangeService;
import io.howdah.scaling.ScalingService;
import io.howdah.scaling.StorageService;
import io.howdah.scaling.WaitsFor;
import io.howdah.schedule.JobService;
import io.howdah.schedule.Misfire;
import io.howdah.schedule.ScheduleDraft;
import io.howdah.schedule.ScheduleService;
import io.howdah.schedule.Timetable;
import io.howdah.schedule.Timing;
import io.howdah.schedule.WhenStopped;
import io.howdah.server.Autogrow;
import io.howdah.server.DatabaseService;
import io.howdah.server.HealthService;
import io.howdah.server.HostRoomService;
import io.howdah.server.LockKind;
import io.howdah.server.LockService;
import io.howdah.server.QuotaKind;
import io.howdah.server.QuotaService;
import io.howdah.server.RoomFactors;
import io.howdah.server.ServerDraft;
import io.howdah.server.ServerFilter;
import io.howdah.server.ServerOrder;
import io.howdah.server.ServerProjectService;
import io.howdah.server.ServerService;
import io.howdah.server.SqlService;
import io.howdah.shared.Ids;
import io.howdah.shared.Language;
import java.lang.reflect.Field;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** What each service method must answer to the owner, the operator and the reader of a team, and to another's owner. */
final class PermissionTable {

    private static final String PASSWORD = "Rivers-88-run-slow";

    private static final Maintenance UPKEEP =
            new Maintenance(Maintenance.Kind.ANALYZE, List.of(), Duration.ofMinutes(5));
    private static final SqlTask SCRIPT = new SqlTask("postgres", "dba", "SELECT 1", Duration.ofMinutes(5));

    private static final String SIZE = "H0.5";

    private static final OpenTransaction SESSION =
            new OpenTransaction(1, Instant.EPOCH, "dba", "postgres", "psql", Instant.EPOCH);
    private static final WindowDraft WINDOW =
            new WindowDraft(DayOfWeek.SUNDAY, LocalTime.of(2, 0), Duration.ofHours(1), ZoneId.of("Europe/Berlin"));

    enum Expected {
        /** It gets past the check; what comes after that is not the point here. */
        ALLOWED,
        DENIED,
        NOT_FOUND,
        /** A list without anything of the team's. */
        NOTHING
    }

    /** What a call must come to for the team's owner, operator and reader, and for the owner of another team. */
    record Row(Permission permission, List<Expected> expected, Supplier<Object> call) {}

    private final Map<String, Row> rows = new LinkedHashMap<>();

    // Calls are taken back, so that all tests of the class may share one world.
    private static UUID team;
    private static UUID server;
    private static String serverName;
    private static UUID deleted;
    private static String deletedName;
    private static UUID lock;
    private static UUID placeLock;
    private static UUID session;
    private static UUID running;
    private static UUID failed;
    private static UUID schedule;
    private static UUID run;
    private static Caller owner;
    private static Caller operator;
    private static Caller reader;
    private static Caller stranger;
    private static Caller attacker;
    private static Caller guest;
    private static UUID token;
    private static UUID account;
    private static UUID secret;
    private static UUID guestAssignment;
    private static UUID project;
    private static UUID group;
    private static String role;
    private static UUID request;
    private static UUID notice;
    private static UUID webhook;
    private static UUID delivery;
    private static UUID planned;
    private static UUID approval;
    private static UUID decided;
    private static UUID emergency;

    private void may(String method, Permission permission, Supplier<Object> call, Expected... expected) {
        rows.put(method, new Row(permission, List.of(expected), call));
    }

    private void act(String method, Permission permission, Runnable call, Expected... expected) {
        may(
                method,
                permission,
                () -> {
                    call.run();
                    return null;
                },
                expected);
    }

    PermissionTable() {
        accessLines();
        groupLines();
        roleLines();
        tokenLines();
        serviceAccountLines();
        projectLines();
        requestLines();
        approvalLines();
        explanationLines();
        signInLines();
        sessionLines();
        passkeyLines();
        providerLines();
        serverLines();
        healthLines();
        databaseLines();
        sqlLines();
        scalingLines();
        plannedLines();
        receiptLines();
        maintenanceLines();
        roomLines();
        quotaLines();
        placeLockLines();
        idleLines();
        storageLines();
        autoscaleLines();
        historyLines();
        notificationLines();
        webhookLines();
        scheduleLines();
        jobLines();
        backupLines();
        lookLines();
    }

    private void accessLines() {
        AccessService access = Container.bean(AccessService.class);
        String name = "AccessService.";
        may(
                name + "people/0",
                Permission.ACCESS_READ,
                () -> access.people().stream()
                        .filter(person -> person.name().equals(guest.name()))
                        .toList(),
                ALLOWED,
                NOTHING,
                NOTHING,
                NOTHING);
        may(
                name + "teams/0",
                Permission.ACCESS_READ,
                () -> access.teams().stream().filter(t -> t.id().equals(team)).toList(),
                ALLOWED,
                NOTHING,
                NOTHING,
                NOTHING);
        may(
                name + "myTeams/0",
                Permission.SERVERS_READ,
                () -> access.myTeams().stream().filter(t -> t.id().equals(team)).toList(),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOTHING);
        may(
                name + "placesToGive/0",
                Permission.ACCESS_WRITE,
                () -> access.placesToGive().stream()
                        .filter(place -> place.scope().equals(Scope.team(team)))
                        .toList(),
                ALLOWED,
                NOTHING,
                NOTHING,
                NOTHING);
        may(name + "roles/0", Permission.ACCESS_READ, access::roles, ALLOWED, ALLOWED, ALLOWED, ALLOWED);
        act(name + "me/0", Permission.PROFILE_WRITE, access::me, ALLOWED, ALLOWED, ALLOWED, ALLOWED);
        act(
                name + "invite/4",
                Permission.ACCESS_WRITE,
                () -> access.invite(People.unique("new"), null, "Reader", Scope.team(team)),
                ALLOWED,
                DENIED,
                DENIED,
                NOT_FOUND);
        act(
                name + "newLink/1",
                Permission.ACCESS_WRITE,
                () -> access.newLink(id(guest)),
                ALLOWED,
                NOT_FOUND,
                NOT_FOUND,
                NOT_FOUND);
        act(
                name + "disable/1",
                Permission.ACCESS_WRITE,
                () -> access.disable(id(guest)),
                ALLOWED,
                NOT_FOUND,
                NOT_FOUND,
                NOT_FOUND);
        act(
                name + "endSessions/1",
                Permission.ACCESS_WRITE,
                () -> access.endSessions(id(guest)),
                ALLOWED,
                NOT_FOUND,
                NOT_FOUND,
                NOT_FOUND);
        act(
                name + "enable/1",
                Permission.ACCESS_WRITE,
                () -> access.enable(id(guest)),
                ALLOWED,
                NOT_FOUND,
                NOT_FOUND,
                NOT_FOUND);
        act(
                name + "assign/4",
                Permission.ACCESS_WRITE,
                () -> access.assign(id(guest), "Operator", Scope.team(team), null),
                ALLOWED,
                NOT_FOUND,
                NOT_FOUND,
                NOT_FOUND);
        act(
                name + "unassign/1",
                Permission.ACCESS_WRITE,
                () -> access.unassign(guestAssignment),
                ALLOWED,
                NOT_FOUND,
                NOT_FOUND,
                NOT_FOUND);
        act(
                name + "createTeam/1",
                Permission.ACCESS_WRITE,
                () -> access.createTeam(People.unique("Team")),
                DENIED,
                DENIED,
                DENIED,
                DENIED);
        act(
                name + "changeMyPassword/2",
                Permission.PROFILE_WRITE,
                () -> access.changeMyPassword("not it", "Another-Long-1-word"),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                ALLOWED);
    }

    private void groupLines() {
        GroupService groups = Container.bean(GroupService.class);
        String name = "GroupService.";
        Permission write = Permission.ACCESS_WRITE;
        may(
                name + "groups/0",
                Permission.ACCESS_READ,
                () -> groups.groups().stream()
                        .filter(found -> found.id().equals(group))
                        .toList(),
                ALLOWED,
                NOTHING,
                NOTHING,
                NOTHING);
        act(name + "create/1", write, () -> groups.create(People.unique("Group")), DENIED, DENIED, DENIED, DENIED);
        act(name + "delete/1", write, () -> groups.delete(group), DENIED, NOT_FOUND, NOT_FOUND, NOT_FOUND);
        act(
                name + "setMembers/2",
                write,
                () -> groups.setMembers(group, Set.of(id(guest))),
                DENIED,
                NOT_FOUND,
                NOT_FOUND,
                NOT_FOUND);
        act(
                name + "assign/4",
                write,
                () -> groups.assign(group, "Reader", Scope.team(team), null),
                ALLOWED,
                NOT_FOUND,
                NOT_FOUND,
                NOT_FOUND);
    }

    private void roleLines() {
        RoleService roles = Container.bean(RoleService.class);
        String name = "RoleService.";
        Permission write = Permission.ACCESS_WRITE;
        Set<String> actions = Set.of("servers/read");
        act(
                name + "create/3",
                write,
                () -> roles.create(People.unique("Role"), "", actions),
                DENIED,
                DENIED,
                DENIED,
                DENIED);
        act(name + "change/3", write, () -> roles.change(role, "", actions), DENIED, DENIED, DENIED, DENIED);
        act(name + "delete/1", write, () -> roles.delete(role), DENIED, DENIED, DENIED, DENIED);
    }

    private void tokenLines() {
        TokenService tokens = Container.bean(TokenService.class);
        String name = "TokenService.";
        Permission own = Permission.PROFILE_WRITE;
        act(name + "mine/0", own, tokens::mine, ALLOWED, ALLOWED, ALLOWED, ALLOWED);
        may(
                name + "all/0",
                Permission.ACCESS_READ,
                () -> tokens.all().stream()
                        .filter(one -> one.id().equals(token))
                        .toList(),
                ALLOWED,
                NOTHING,
                NOTHING,
                NOTHING);
        act(name + "longestDays/0", Permission.ACCESS_READ, tokens::longestDays, ALLOWED, ALLOWED, ALLOWED, ALLOWED);
        may(
                name + "places/0",
                Permission.SERVERS_READ,
                () -> tokens.places().stream()
                        .filter(place -> place.scope().equals(Scope.team(team)))
                        .toList(),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOTHING);
        act(
                name + "setLongestDays/1",
                Permission.TOKENS_WRITE,
                () -> tokens.setLongestDays(30),
                DENIED,
                DENIED,
                DENIED,
                DENIED);
        act(
                name + "makeMine/4",
                own,
                () -> tokens.makeMine("mine", "Reader", Scope.team(team), soon()),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOT_FOUND);
        act(
                name + "makeFor/5",
                Permission.SERVICE_ACCOUNTS_WRITE,
                () -> tokens.makeFor(account, "its", "Reader", Scope.team(team), soon()),
                ALLOWED,
                NOT_FOUND,
                NOT_FOUND,
                NOT_FOUND);
        act(
                name + "revoke/1",
                Permission.TOKENS_WRITE,
                () -> tokens.revoke(token),
                ALLOWED,
                NOT_FOUND,
                NOT_FOUND,
                NOT_FOUND);
    }

    private void serviceAccountLines() {
        ServiceAccountService accounts = Container.bean(ServiceAccountService.class);
        String name = "ServiceAccountService.";
        Permission write = Permission.SERVICE_ACCOUNTS_WRITE;
        may(
                name + "accounts/0",
                Permission.ACCESS_READ,
                () -> accounts.accounts().stream()
                        .filter(one -> one.id().equals(account))
                        .toList(),
                ALLOWED,
                NOTHING,
                NOTHING,
                NOTHING);
        may(
                name + "teams/0",
                write,
                () -> accounts.teams().stream()
                        .filter(place -> place.scope().equals(Scope.team(team)))
                        .toList(),
                ALLOWED,
                NOTHING,
                NOTHING,
                NOTHING);
        act(
                name + "create/3",
                write,
                () -> accounts.create(team, People.unique("robot"), ""),
                ALLOWED,
                DENIED,
                DENIED,
                NOT_FOUND);
        Map<String, Runnable> ofOne = Map.of(
                "disable/1", () -> accounts.disable(account),
                "enable/1", () -> accounts.enable(account),
                "delete/1", () -> accounts.delete(account),
                "makeSecret/2", () -> accounts.makeSecret(account, soon()),
                "removeSecret/1", () -> accounts.removeSecret(secret));
        act(
                name + "assign/4",
                Permission.ACCESS_WRITE,
                () -> accounts.assign(account, "Reader", Scope.team(team), null),
                ALLOWED,
                NOT_FOUND,
                NOT_FOUND,
                NOT_FOUND);
        ofOne.forEach((method, call) -> act(name + method, write, call, ALLOWED, NOT_FOUND, NOT_FOUND, NOT_FOUND));
    }

    private static Instant soon() {
        return Instant.now().plus(Duration.ofDays(2));
    }

    private void projectLines() {
        ProjectService projects = Container.bean(ProjectService.class);
        String name = "ProjectService.";
        Permission write = Permission.PROJECTS_WRITE;
        may(
                name + "projects/0",
                Permission.SERVERS_READ,
                () -> own(projects.projects()),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOTHING);
        may(
                name + "forNewServers/0",
                Permission.SERVERS_CREATE,
                () -> own(projects.forNewServers()),
                ALLOWED,
                NOTHING,
                NOTHING,
                NOTHING);
        act(name + "create/2", write, () -> projects.create(team, "Shop"), ALLOWED, DENIED, DENIED, NOT_FOUND);
        act(name + "rename/2", write, () -> projects.rename(project, "Shop"), ALLOWED, DENIED, DENIED, NOT_FOUND);
        act(name + "delete/1", write, () -> projects.delete(project), ALLOWED, DENIED, DENIED, NOT_FOUND);
        act(
                "ServerProjectService.move/2",
                Permission.SERVERS_MOVE,
                () -> Container.bean(ServerProjectService.class).move(server, project),
                ALLOWED,
                DENIED,
                DENIED,
                NOT_FOUND);
    }

    private void requestLines() {
        RequestService requests = Container.bean(RequestService.class);
        String name = "RequestService.";
        Permission own = Permission.PROFILE_WRITE;
        Permission write = Permission.ACCESS_WRITE;
        may(name + "places/0", own, requests::places, ALLOWED, ALLOWED, ALLOWED, ALLOWED);
        act(name + "mine/0", own, requests::mine, ALLOWED, ALLOWED, ALLOWED, ALLOWED);
        may(
                name + "open/0",
                write,
                () -> requests.open().stream()
                        .filter(found -> found.id().equals(request))
                        .toList(),
                ALLOWED,
                NOTHING,
                NOTHING,
                NOTHING);
        act(
                name + "ask/3",
                own,
                () -> requests.ask("Operator", Scope.team(team), "night shift"),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                ALLOWED);
        act(name + "withdraw/1", own, () -> requests.withdraw(request), NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND);
        act(name + "approve/1", write, () -> requests.approve(request), ALLOWED, NOT_FOUND, NOT_FOUND, NOT_FOUND);
        act(name + "refuse/2", write, () -> requests.refuse(request, "no"), ALLOWED, NOT_FOUND, NOT_FOUND, NOT_FOUND);
    }

    private void approvalLines() {
        ApprovalService approvals = Container.bean(ApprovalService.class);
        String name = "ApprovalService.";
        Permission own = Permission.PROFILE_WRITE;
        Permission decide = Permission.APPROVALS_DECIDE;
        act(name + "needed/1", own, () -> approvals.needed(() -> {}), ALLOWED, ALLOWED, ALLOWED, ALLOWED);
        act(name + "ask/2", own, () -> approvals.ask("because", () -> {}), ALLOWED, ALLOWED, ALLOWED, ALLOWED);
        act(name + "approve/2", decide, () -> approvals.approve(approval, null), ALLOWED, DENIED, DENIED, NOT_FOUND);
        act(name + "refuse/2", decide, () -> approvals.refuse(approval, "no"), ALLOWED, DENIED, DENIED, NOT_FOUND);
        act(name + "withdraw/1", own, () -> approvals.withdraw(approval), NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND);
        act(name + "tryAgain/1", own, () -> approvals.tryAgain(approval), NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND);
        may(name + "get/1", Permission.AUDIT_READ, () -> approvals.get(approval), ALLOWED, ALLOWED, ALLOWED, NOT_FOUND);
        may(
                name + "waiting/0",
                decide,
                () -> approvals.waiting().stream()
                        .filter(found -> found.id().equals(approval))
                        .toList(),
                ALLOWED,
                NOTHING,
                NOTHING,
                NOTHING);
        act(name + "mine/0", own, approvals::mine, ALLOWED, ALLOWED, ALLOWED, ALLOWED);
        may(
                name + "done/0",
                Permission.AUDIT_READ,
                () -> approvals.done().stream()
                        .filter(found -> found.id().equals(decided))
                        .toList(),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOTHING);
        ApprovalPolicyService policies = Container.bean(ApprovalPolicyService.class);
        may(
                "ApprovalPolicyService.policies/0",
                Permission.SERVERS_READ,
                () -> policies.policies().stream()
                        .filter(found -> found.teamId().equals(team))
                        .toList(),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOTHING);
        act(
                "ApprovalPolicyService.set/2",
                Permission.APPROVALS_POLICY,
                () -> policies.set(team, ApprovalPolicy.USUAL),
                ALLOWED,
                DENIED,
                DENIED,
                NOT_FOUND);
        BreakGlassService glass = Container.bean(BreakGlassService.class);
        may(
                "BreakGlassService.current/0",
                own,
                () -> glass.current().stream()
                        .filter(found -> found.id().equals(emergency))
                        .toList(),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOTHING);
        may(
                "BreakGlassService.begin/3",
                Permission.APPROVALS_BREAK_GLASS,
                () -> glass.begin(team, "the approver is on a plane", BreakGlassService.USUAL),
                ALLOWED,
                DENIED,
                DENIED,
                NOT_FOUND);
        act("BreakGlassService.end/1", decide, () -> glass.end(emergency), ALLOWED, DENIED, DENIED, NOT_FOUND);
    }

    private void explanationLines() {
        ExplanationService explanations = Container.bean(ExplanationService.class);
        String name = "ExplanationService.";
        may(
                name + "places/0",
                Permission.SERVERS_READ,
                () -> explanations.places().stream()
                        .filter(place -> place.scope().equals(Scope.team(team)))
                        .toList(),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOTHING);
        may(
                name + "whyMayI/1",
                Permission.PROFILE_WRITE,
                () -> explanations.whyMayI(Scope.team(team)),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOT_FOUND);
        may(
                name + "whoMay/2",
                Permission.ACCESS_READ,
                () -> explanations.whoMay(Permission.SERVERS_STOP, Scope.team(team)),
                ALLOWED,
                DENIED,
                DENIED,
                NOT_FOUND);
    }

    private static List<ProjectView> own(List<ProjectView> projects) {
        return projects.stream().filter(found -> found.id().equals(project)).toList();
    }

    private void sessionLines() {
        SessionService sessions = Container.bean(SessionService.class);
        String name = "SessionService.";
        may(name + "mine/0", Permission.PROFILE_WRITE, sessions::mine, ALLOWED, NOTHING, NOTHING, NOTHING);
        own(name + "end/1", () -> {
            sessions.end(session);
            return null;
        });
        everybodys(name + "endOthers/1", () -> sessions.endOthers(session));
        ProfileService profiles = Container.bean(ProfileService.class);
        everybodys("ProfileService.mine/0", profiles::mine);
        everybodys(
                "ProfileService.change/1",
                () -> profiles.change(new Profile("Somebody", Theme.DARK, "Europe/Berlin", Language.GERMAN)));
    }

    private void signInLines() {
        AccessService access = Container.bean(AccessService.class);
        act(
                "AccessService.removeSecondFactor/1",
                Permission.ACCESS_WRITE,
                () -> access.removeSecondFactor(id(guest)),
                ALLOWED,
                NOT_FOUND,
                NOT_FOUND,
                NOT_FOUND);
        SecondFactorService factor = Container.bean(SecondFactorService.class);
        everybodys("SecondFactorService.mine/0", factor::mine);
        everybodys("SecondFactorService.begin/1", () -> factor.begin("not it"));
        everybodys("SecondFactorService.confirm/1", () -> factor.confirm("000000"));
        everybodys("SecondFactorService.newRecoveryCodes/1", () -> factor.newRecoveryCodes("not it"));
        everybodys("SecondFactorService.remove/1", () -> factor.remove("not it"));
    }

    private void passkeyLines() {
        PasskeyService passkeys = Container.bean(PasskeyService.class);
        Site site = new Site("https", "db.example.org", 8443);
        PasskeyCeremony ceremony = new PasskeyCeremony(site, "AAAA", "{}");
        everybodys("PasskeyService.mine/0", passkeys::mine);
        everybodys("PasskeyService.begin/2", () -> passkeys.begin("not it", site));
        everybodys("PasskeyService.add/3", () -> passkeys.add(ceremony, "mine", "{}"));
        nobodys("PasskeyService.rename/2", () -> passkeys.rename("none", "other"));
        nobodys("PasskeyService.remove/1", () -> passkeys.remove("none"));
    }

    private void providerLines() {
        ProviderService providers = Container.bean(ProviderService.class);
        Permission permission = Permission.ACCESS_PROVIDERS;
        ProviderDraft draft = new ProviderDraft(
                ProviderKind.OTHER,
                "Company",
                "https://id.example.org",
                "howdah",
                List.of(),
                null,
                List.of(),
                false,
                null,
                null,
                false,
                false,
                List.of(),
                List.of());
        String service = "ProviderService.";
        may(service + "providers/0", permission, providers::providers, DENIED, DENIED, DENIED, DENIED);
        may(service + "test/1", permission, () -> providers.test(draft), DENIED, DENIED, DENIED, DENIED);
        may(service + "save/2", permission, () -> providers.save(null, draft), DENIED, DENIED, DENIED, DENIED);
        act(
                service + "setSecret/2",
                permission,
                () -> providers.setSecret(Ids.random(), "s3cret"),
                DENIED,
                DENIED,
                DENIED,
                DENIED);
        act(service + "delete/1", permission, () -> providers.delete(Ids.random()), DENIED, DENIED, DENIED, DENIED);
        IdentityService identities = Container.bean(IdentityService.class);
        Site site = new Site("https", "db.example.org", 8443);
        ProvenIdentity who = new ProvenIdentity("https://id.example.org", "somebody", null, "", Map.of());
        ProviderCredential credential = new ProviderCredential(Ids.random(), who, Ids.random(), null);
        everybodys("IdentityService.mine/0", identities::mine);
        everybodys("IdentityService.asksPassword/0", identities::asksPassword);
        nobodys("IdentityService.begin/3", () -> identities.begin(Ids.random(), "not it", site));
        nobodys(
                "IdentityService.link/2",
                () -> identities.link(
                        new PendingSignIn(
                                credential.providerId(),
                                null,
                                Callers.find().map(Caller::personId).orElse(null),
                                null),
                        credential));
        nobodys("IdentityService.unlink/1", () -> identities.unlink(Ids.random()));
    }

    private void nobodys(String method, Runnable call) {
        act(method, Permission.PROFILE_WRITE, call, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND);
    }

    /** What everybody may do with what is theirs. */
    private void everybodys(String method, Runnable call) {
        act(method, Permission.PROFILE_WRITE, call, ALLOWED, ALLOWED, ALLOWED, ALLOWED);
    }

    private static UUID id(Caller person) {
        return person == null ? null : person.personId();
    }

    private void serverLines() {
        ServerService servers = Container.bean(ServerService.class);
        String name = "ServerService.";
        Permission read = Permission.SERVERS_READ;
        may(name + "catalogue/0", read, servers::catalogue, ALLOWED, ALLOWED, ALLOWED, ALLOWED);
        may(name + "checkName/1", read, () -> servers.checkName("orders"), ALLOWED, ALLOWED, ALLOWED, ALLOWED);
        may(name + "checkLogin/1", read, () -> servers.checkLogin("dba"), ALLOWED, ALLOWED, ALLOWED, ALLOWED);
        may(
                name + "checkPassword/2",
                read,
                () -> servers.checkPassword(PASSWORD, "dba"),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                ALLOWED);
        may(
                name + "checkNetwork/1",
                read,
                () -> servers.checkNetwork("10.0.0.0/8"),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                ALLOWED);
        may(name + "checkDatabase/1", read, () -> servers.checkDatabase("shop"), ALLOWED, ALLOWED, ALLOWED, ALLOWED);
        may(name + "checkRoom/2", read, () -> servers.checkRoom("H0.25", 1), ALLOWED, ALLOWED, ALLOWED, ALLOWED);
        may(
                name + "generatePassword/1",
                read,
                () -> servers.generatePassword("dba"),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                ALLOWED);
        may(
                name + "list/5",
                read,
                () -> servers.list(ServerFilter.LIVE, ServerOrder.NAME, true, 0, 500).stream()
                        .filter(view -> view.id().equals(server))
                        .toList(),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOTHING);
        may(
                name + "count/1",
                read,
                () -> List.of(1).subList(0, servers.count(ServerFilter.LIVE)),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOTHING);
        may(name + "states/0", read, () -> servers.states().keySet(), ALLOWED, ALLOWED, ALLOWED, NOTHING);
        may(name + "byName/1", read, () -> servers.byName(serverName), ALLOWED, ALLOWED, ALLOWED, NOT_FOUND);
        may(
                name + "certificateAuthority/1",
                read,
                () -> servers.certificateAuthority(server),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOT_FOUND);
        may(
                name + "create/1",
                Permission.SERVERS_CREATE,
                () -> servers.create(draft()),
                ALLOWED,
                DENIED,
                DENIED,
                NOT_FOUND);
        may(
                name + "createInLine/1",
                Permission.SERVERS_CREATE,
                () -> servers.createInLine(draft()),
                ALLOWED,
                DENIED,
                DENIED,
                NOT_FOUND);
        may(
                name + "createOpen/3",
                Permission.SERVERS_CREATE,
                () -> servers.createOpen(Ids.random(), draft().sealed(), false),
                ALLOWED,
                DENIED,
                DENIED,
                NOT_FOUND);
        may(
                name + "start/1",
                Permission.SERVERS_START,
                () -> servers.start(server),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
        may(name + "stop/1", Permission.SERVERS_STOP, () -> servers.stop(server), ALLOWED, ALLOWED, DENIED, NOT_FOUND);
        may(
                name + "restart/1",
                Permission.SERVERS_RESTART,
                () -> servers.restart(server),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
        may(
                name + "resetPassword/2",
                Permission.SERVERS_RESET_PASSWORD,
                () -> servers.resetPassword(server, PASSWORD),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
        may(
                name + "delete/2",
                Permission.SERVERS_DELETE,
                () -> servers.delete(server, serverName),
                ALLOWED,
                DENIED,
                DENIED,
                NOT_FOUND);
        may(
                name + "undelete/1",
                Permission.SERVERS_UNDELETE,
                () -> servers.undelete(deleted),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
        may(
                name + "purge/2",
                Permission.SERVERS_PURGE,
                () -> servers.purge(deleted, deletedName),
                ALLOWED,
                DENIED,
                DENIED,
                NOT_FOUND);
        act(
                name + "setTags/2",
                Permission.SERVERS_TAG,
                () -> servers.setTags(server, Map.of("a", "b")),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
        may(
                name + "addLock/3",
                Permission.LOCKS_WRITE,
                () -> servers.addLock(server, LockKind.READ_ONLY, ""),
                ALLOWED,
                DENIED,
                DENIED,
                NOT_FOUND);
        act(
                name + "removeLock/2",
                Permission.LOCKS_WRITE,
                () -> servers.removeLock(deleted, lock),
                ALLOWED,
                DENIED,
                DENIED,
                NOT_FOUND);
    }

    private void placeLockLines() {
        LockService locks = Container.bean(LockService.class);
        Scope place = Scope.team(team);
        String name = "LockService.";
        may(
                name + "at/1",
                Permission.SERVERS_READ,
                () -> locks.at(Scope.project(team, project)),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOT_FOUND);
        may(
                name + "add/3",
                Permission.LOCKS_WRITE,
                () -> locks.add(place, LockKind.READ_ONLY, ""),
                ALLOWED,
                DENIED,
                DENIED,
                NOT_FOUND);
        act(
                name + "remove/1",
                Permission.LOCKS_WRITE,
                () -> locks.remove(placeLock),
                ALLOWED,
                DENIED,
                DENIED,
                NOT_FOUND);
    }

    /** What a team may have is not the team's to say. */
    private void quotaLines() {
        QuotaService quotas = Container.bean(QuotaService.class);
        String name = "QuotaService.";
        may(name + "of/1", Permission.SERVERS_READ, () -> quotas.of(team), ALLOWED, ALLOWED, ALLOWED, NOT_FOUND);
        may(
                name + "check/3",
                Permission.SERVERS_CREATE,
                () -> quotas.check(team, SIZE, 1),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                ALLOWED);
        act(
                name + "set/2",
                Permission.QUOTAS_WRITE,
                () -> quotas.set(team, Map.of(QuotaKind.SERVERS, 9.0)),
                DENIED,
                DENIED,
                DENIED,
                NOT_FOUND);
    }

    private ServerDraft draft() {
        int major = Container.bean(Engine.class).versions().get(0).major();
        return new ServerDraft(
                team, null, People.unique("draft"), major, "H0.25", 1, "dba", PASSWORD, null, List.of(), Map.of());
    }

    private void healthLines() {
        HealthService healths = Container.bean(HealthService.class);
        String name = "HealthService.";
        Permission read = Permission.SERVERS_READ;
        may(name + "health/2", read, () -> healths.health(server, 10), ALLOWED, ALLOWED, ALLOWED, NOT_FOUND);
        may(name + "troubled/2", read, () -> healths.troubled(team, 10), ALLOWED, ALLOWED, ALLOWED, NOTHING);
    }

    private void databaseLines() {
        DatabaseService databases = Container.bean(DatabaseService.class);
        String name = "DatabaseService.";
        act(
                name + "databases/1",
                Permission.DATABASES_READ,
                () -> databases.databases(server),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOT_FOUND);
        act(
                name + "maintain/2",
                Permission.DATABASES_MAINTAIN,
                () -> databases.maintain(server, UPKEEP),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
        act(
                name + "checkMaintenance/2",
                Permission.DATABASES_READ,
                () -> databases.checkMaintenance(server, UPKEEP),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOT_FOUND);
        act(
                name + "sessions/1",
                Permission.SESSIONS_READ,
                () -> databases.sessions(server),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOT_FOUND);
        act(
                name + "create/2",
                Permission.DATABASES_CREATE,
                () -> databases.create(server, "shop"),
                ALLOWED,
                DENIED,
                DENIED,
                NOT_FOUND);
        act(
                name + "drop/3",
                Permission.DATABASES_DELETE,
                () -> databases.drop(server, "shop", "shop"),
                ALLOWED,
                DENIED,
                DENIED,
                NOT_FOUND);
        act(
                name + "endSession/2",
                Permission.SESSIONS_END,
                () -> databases.endSession(server, SESSION),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
        act(
                name + "inTheWay/1",
                Permission.SESSIONS_READ,
                () -> databases.inTheWay(server),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOT_FOUND);
    }

    private void sqlLines() {
        SqlService sql = Container.bean(SqlService.class);
        String name = "SqlService.";
        act(name + "roles/1", Permission.DATABASES_READ, () -> sql.roles(server), ALLOWED, ALLOWED, ALLOWED, NOT_FOUND);
        act(
                name + "check/2",
                Permission.DATABASES_READ,
                () -> sql.check(server, SCRIPT),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOT_FOUND);
        act(name + "run/2", Permission.SQL_RUN, () -> sql.run(server, SCRIPT), ALLOWED, ALLOWED, DENIED, NOT_FOUND);
    }

    private void scalingLines() {
        ScalingService scaling = Container.bean(ScalingService.class);
        String name = "ScalingService.";
        may(name + "view/1", Permission.SERVERS_READ, () -> scaling.view(server), ALLOWED, ALLOWED, ALLOWED, NOT_FOUND);
        may(
                name + "effect/2",
                Permission.SERVERS_READ,
                () -> scaling.effect(server, SIZE),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOT_FOUND);
        may(
                name + "check/2",
                Permission.SERVERS_READ,
                () -> scaling.check(server, SIZE),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOT_FOUND);
        may(
                name + "scale/2",
                Permission.SERVERS_SCALE,
                () -> scaling.scale(server, SIZE),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
        may(
                name + "scale/3",
                Permission.SERVERS_SCALE,
                () -> scaling.scale(server, SIZE, "it was idle"),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
        act(
                name + "scaleWithoutRestart/2",
                Permission.SERVERS_SCALE,
                () -> scaling.scaleWithoutRestart(server, SIZE),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
        act(
                name + "finish/1",
                Permission.SERVERS_SCALE,
                () -> scaling.finish(server),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
        act(name + "kept/1", Permission.SERVERS_READ, () -> scaling.kept(server), ALLOWED, ALLOWED, ALLOWED, NOT_FOUND);
    }

    private void receiptLines() {
        ScalingService scaling = Container.bean(ScalingService.class);
        act(
                "ScalingService.receipt/2",
                Permission.SERVERS_READ,
                () -> scaling.receipt(server, Ids.random()),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOT_FOUND);
    }

    private void plannedLines() {
        PlannedChangeService plans = Container.bean(PlannedChangeService.class);
        String name = "PlannedChangeService.";
        act(
                name + "planned/1",
                Permission.SERVERS_READ,
                () -> plans.planned(server),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOT_FOUND);
        act(
                name + "nextWindow/1",
                Permission.SERVERS_READ,
                () -> plans.nextWindow(server),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOT_FOUND);
        act(
                name + "plan/3",
                Permission.SERVERS_SCALE,
                () -> plans.plan(server, SIZE, new Plan(WaitsFor.WINDOW, null)),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
        act(
                name + "cancel/2",
                Permission.SERVERS_SCALE,
                () -> plans.cancel(server, planned),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
    }

    private void idleLines() {
        IdleStopService idle = Container.bean(IdleStopService.class);
        String name = "IdleStopService.";
        act(
                name + "policy/1",
                Permission.SERVERS_READ,
                () -> idle.policy(server),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOT_FOUND);
        act(
                name + "choose/2",
                Permission.SERVERS_STOP,
                () -> idle.choose(server, new IdlePolicy(30, "")),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
    }

    private void roomLines() {
        HostRoomService rooms = Container.bean(HostRoomService.class);
        String name = "HostRoomService.";
        // It belongs to the installation, where none of these has a role.
        act(name + "room/0", Permission.INSTALLATION_READ, rooms::room, DENIED, DENIED, DENIED, DENIED);
        act(
                name + "setFactors/1",
                Permission.INSTALLATION_WRITE,
                () -> rooms.setFactors(new RoomFactors(10, 1)),
                DENIED,
                DENIED,
                DENIED,
                DENIED);
    }

    private void maintenanceLines() {
        MaintenanceService maintenance = Container.bean(MaintenanceService.class);
        String name = "MaintenanceService.";
        act(
                name + "window/1",
                Permission.SERVERS_READ,
                () -> maintenance.window(server),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOT_FOUND);
        act(
                name + "choose/2",
                Permission.MAINTENANCE_WRITE,
                () -> maintenance.choose(server, WINDOW),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
        act(
                name + "letSystemChoose/1",
                Permission.MAINTENANCE_WRITE,
                () -> maintenance.letSystemChoose(server),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
    }

    private void autoscaleLines() {
        AutoscaleService autoscale = Container.bean(AutoscaleService.class);
        AutoscalePolicy policy = new AutoscalePolicy(SIZE, SIZE, 70, 80, 30, null);
        String name = "AutoscaleService.";
        may(
                name + "view/1",
                Permission.SERVERS_READ,
                () -> autoscale.view(server),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOT_FOUND);
        may(
                name + "simulate/2",
                Permission.SERVERS_READ,
                () -> autoscale.simulate(server, policy),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOT_FOUND);
        act(
                name + "set/3",
                Permission.SERVERS_AUTOSCALE,
                () -> autoscale.set(server, false, policy),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
    }

    private void storageLines() {
        StorageService storage = Container.bean(StorageService.class);
        String name = "StorageService.";
        may(name + "view/1", Permission.SERVERS_READ, () -> storage.view(server), ALLOWED, ALLOWED, ALLOWED, NOT_FOUND);
        may(
                name + "filling/2",
                Permission.SERVERS_READ,
                () -> storage.filling(team, 10),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOTHING);
        may(name + "use/1", Permission.SERVERS_READ, () -> storage.use(server), ALLOWED, ALLOWED, ALLOWED, NOT_FOUND);
        may(
                name + "check/2",
                Permission.SERVERS_READ,
                () -> storage.check(server, 2),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOT_FOUND);
        may(
                name + "grow/2",
                Permission.SERVERS_SCALE,
                () -> storage.grow(server, 2),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
        may(
                name + "checkLess/2",
                Permission.SERVERS_READ,
                () -> storage.checkLess(server, 1),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOT_FOUND);
        may(
                name + "shrink/2",
                Permission.SERVERS_SCALE,
                () -> storage.shrink(server, 1),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
        may(
                name + "confirm/1",
                Permission.SERVERS_SCALE,
                () -> storage.confirm(server),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
        may(
                name + "goBack/1",
                Permission.BACKUPS_RESTORE,
                () -> storage.goBack(server),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
        act(
                name + "autogrow/2",
                Permission.SERVERS_SCALE,
                () -> storage.autogrow(server, new Autogrow(true, 1, 8)),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
    }

    private void historyLines() {
        OperationService operations = Container.bean(OperationService.class);
        AuditService audit = Container.bean(AuditService.class);
        String name = "OperationService.";
        Permission read = Permission.OPERATIONS_READ;
        may(
                name + "list/3",
                read,
                () -> operations.list(OperationFilter.ofSubject(server), 0, 100),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOTHING);
        may(
                name + "count/1",
                read,
                () -> List.of(1).subList(0, operations.count(OperationFilter.ofSubject(server))),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOTHING);
        may(
                name + "recent/1",
                read,
                () -> operations.recent(1000).stream()
                        .filter(view -> view.id().equals(running))
                        .toList(),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOTHING);
        may(name + "get/1", read, () -> operations.get(running), ALLOWED, ALLOWED, ALLOWED, NOT_FOUND);
        // The operation was begun under servers/purge, so who may not purge may not read what it said.
        act(
                name + "output/1",
                Permission.SERVERS_PURGE,
                () -> operations.output(failed),
                ALLOWED,
                DENIED,
                DENIED,
                NOT_FOUND);
        may(
                name + "hasOutput/1",
                Permission.SERVERS_PURGE,
                () -> operations.hasOutput(failed),
                ALLOWED,
                NOTHING,
                NOTHING,
                NOT_FOUND);
        may(
                name + "retry/1",
                Permission.OPERATIONS_RETRY,
                () -> operations.retry(failed),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
        may(
                name + "cancel/1",
                Permission.OPERATIONS_CANCEL,
                () -> operations.cancel(failed),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
        AuditFilter ofServer = AuditFilter.ofTarget(deleted);
        name = "AuditService.";
        read = Permission.AUDIT_READ;
        may(name + "list/3", read, () -> audit.list(ofServer, Long.MAX_VALUE, 100), ALLOWED, ALLOWED, ALLOWED, NOTHING);
        may(
                name + "count/1",
                read,
                () -> audit.count(ofServer) == 0 ? List.of() : List.of(1),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOTHING);
        may(
                name + "actors/0",
                read,
                () -> audit.actors().stream()
                        .filter(a -> a.equals(owner.name()))
                        .toList(),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOTHING);
        may(
                name + "actions/0",
                read,
                () -> audit.actions().stream()
                        .filter(a -> a.equals(Permission.LOCKS_WRITE.action()))
                        .toList(),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOTHING);
        // All of the log is the installation's.
        may(name + "verify/1", read, () -> audit.verify(number -> {}), DENIED, DENIED, DENIED, DENIED);
        may(name + "size/0", read, audit::size, DENIED, DENIED, DENIED, DENIED);
        may(name + "checkpoints/0", read, audit::checkpoints, DENIED, DENIED, DENIED, DENIED);
        ForwardService forwards = Container.bean(ForwardService.class);
        Permission forward = Permission.AUDIT_FORWARD;
        String forwarding = "ForwardService.";
        may(forwarding + "forwards/0", forward, forwards::forwards, DENIED, DENIED, DENIED, DENIED);
        act(forwarding + "toSyslog/2", forward, () -> forwards.toSyslog("logs", 1), DENIED, DENIED, DENIED, DENIED);
        may(
                forwarding + "toWebhook/1",
                forward,
                () -> forwards.toWebhook("https://hooks.example.org"),
                DENIED,
                DENIED,
                DENIED,
                DENIED);
        act(forwarding + "stop/1", forward, () -> forwards.stop(ForwardKind.SYSLOG), DENIED, DENIED, DENIED, DENIED);
        Permission export = Permission.AUDIT_EXPORT;
        may(name + "exportCheckpoints/0", export, audit::exportCheckpoints, DENIED, DENIED, DENIED, DENIED);
        may(
                name + "export/2",
                export,
                () -> audit.export(ofServer, AuditExport.Format.CSV),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                ALLOWED);
        may(
                name + "write/2",
                export,
                () -> Container.written(to ->
                        audit.write(new AuditExport(ofServer, AuditExport.Format.JSON_LINES, Long.MAX_VALUE), to)),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOTHING);
    }

    private void scheduleLines() {
        ScheduleService schedules = Container.bean(ScheduleService.class);
        String name = "ScheduleService.";
        Permission read = Permission.SCHEDULES_READ;
        Permission write = Permission.SCHEDULES_WRITE;
        may(name + "ofServer/1", read, () -> schedules.ofServer(server), ALLOWED, ALLOWED, ALLOWED, NOT_FOUND);
        may(
                name + "all/0",
                read,
                () -> schedules.all().stream()
                        .filter(view -> view.id().equals(schedule))
                        .toList(),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOTHING);
        may(name + "get/1", read, () -> schedules.get(schedule), ALLOWED, ALLOWED, ALLOWED, NOT_FOUND);
        may(name + "actions/1", read, () -> schedules.actions(server), ALLOWED, ALLOWED, ALLOWED, NOT_FOUND);
        may(name + "check/1", read, () -> schedules.check(wanted()), ALLOWED, ALLOWED, ALLOWED, NOT_FOUND);
        may(name + "check/2", read, () -> schedules.check(schedule, wanted()), ALLOWED, ALLOWED, ALLOWED, NOT_FOUND);
        may(
                name + "preview/2",
                read,
                () -> schedules.preview(schedule, List.of(wanted())),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOT_FOUND);
        may(name + "create/1", write, () -> schedules.create(wanted()), ALLOWED, ALLOWED, DENIED, NOT_FOUND);
        may(
                name + "createAll/1",
                write,
                () -> schedules.createAll(List.of(wanted())),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
        act(name + "change/2", write, () -> schedules.change(schedule, wanted()), ALLOWED, ALLOWED, DENIED, NOT_FOUND);
        act(name + "delete/1", write, () -> schedules.delete(schedule), ALLOWED, ALLOWED, DENIED, NOT_FOUND);
        act(name + "pause/1", write, () -> schedules.pause(schedule), ALLOWED, ALLOWED, DENIED, NOT_FOUND);
        act(name + "resume/1", write, () -> schedules.resume(schedule), ALLOWED, ALLOWED, DENIED, NOT_FOUND);
        act(name + "runNow/1", write, () -> schedules.runNow(schedule), ALLOWED, ALLOWED, DENIED, NOT_FOUND);
        may(name + "runs/3", read, () -> schedules.runs(schedule, 0, 10), ALLOWED, ALLOWED, ALLOWED, NOT_FOUND);
        may(name + "countRuns/1", read, () -> schedules.countRuns(schedule), ALLOWED, ALLOWED, ALLOWED, NOT_FOUND);
        may(name + "output/1", read, () -> schedules.output(run), ALLOWED, ALLOWED, ALLOWED, NOT_FOUND);
        may(name + "tellable/1", read, () -> schedules.tellable(server), ALLOWED, ALLOWED, ALLOWED, NOT_FOUND);
        // Nothing runs there that could be asked for either.
        act(name + "databases/1", read, () -> schedules.databases(server), ALLOWED, ALLOWED, ALLOWED, NOT_FOUND);
        act(name + "roles/1", read, () -> schedules.roles(server), ALLOWED, ALLOWED, ALLOWED, NOT_FOUND);
    }

    private static ScheduleDraft wanted() {
        return new ScheduleDraft(
                server,
                People.unique("evening"),
                "server-stop",
                Map.of(),
                new Timing(new Timetable.Daily(LocalTime.of(19, 0)), ZoneId.of("UTC"), null, null),
                Misfire.SKIP,
                WhenStopped.SKIP,
                Set.of());
    }

    private void rehearsalLines() {
        RehearsalService rehearsals = Container.bean(RehearsalService.class);
        String name = "RehearsalService.";
        may(
                name + "ofServer/1",
                Permission.BACKUPS_READ,
                () -> rehearsals.ofServer(server),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOT_FOUND);
        may(
                name + "rehearse/1",
                Permission.BACKUPS_REHEARSE,
                () -> rehearsals.rehearse(server),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
        act(
                name + "setDay/2",
                Permission.BACKUPS_POLICY,
                () -> rehearsals.setDay(server, RehearsalDay.MONDAY),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
        act(
                name + "setChecks/2",
                Permission.SQL_RUN,
                () -> rehearsals.setChecks(server, List.of()),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
    }

    private void backupLines() {
        BackupService backups = Container.bean(BackupService.class);
        RestoreService restores = Container.bean(RestoreService.class);
        Permission read = Permission.BACKUPS_READ;
        OnDemand wanted = new OnDemand("before", null, Instant.now().plus(Duration.ofDays(1)));
        Policy policy = new Policy(9, 3, 15, DayOfWeek.FRIDAY, BackupKind.DIFFERENTIAL);
        TargetChoice latest = TargetChoice.latest();
        String name = "BackupService.";
        may(
                name + "fleet/0",
                read,
                () -> backups.fleet().stream()
                        .filter(row -> row.serverId().equals(server))
                        .toList(),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOTHING);
        may(name + "available/0", read, backups::available, ALLOWED, ALLOWED, ALLOWED, ALLOWED);
        may(name + "ofServer/1", read, () -> backups.ofServer(server), ALLOWED, ALLOWED, ALLOWED, NOT_FOUND);
        may(name + "usual/1", read, () -> backups.usual(server), ALLOWED, ALLOWED, ALLOWED, NOT_FOUND);
        may(name + "check/2", read, () -> backups.check(server, wanted), ALLOWED, ALLOWED, ALLOWED, NOT_FOUND);
        may(
                name + "backUp/2",
                Permission.BACKUPS_TAKE,
                () -> backups.backUp(server, wanted),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
        may(
                name + "delete/2",
                Permission.BACKUPS_DELETE,
                () -> backups.delete(server, Ids.random()),
                ALLOWED,
                DENIED,
                DENIED,
                NOT_FOUND);
        act(
                name + "setPolicy/2",
                Permission.BACKUPS_POLICY,
                () -> backups.setPolicy(server, policy),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
        rehearsalLines();
        DownloadService downloads = Container.bean(DownloadService.class);
        Permission download = Permission.BACKUPS_DOWNLOAD;
        Download file = new Download(server, "orders", team, "nowhere", null, "nowhere.dump", 0);
        String downloading = "DownloadService.";
        may(downloading + "dump/2", download, () -> downloads.dump(server, "a"), ALLOWED, ALLOWED, DENIED, NOT_FOUND);
        may(
                downloading + "backup/2",
                download,
                () -> downloads.backup(server, Ids.random()),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
        may(downloading + "open/1", download, () -> downloads.open(file), ALLOWED, ALLOWED, DENIED, NOT_FOUND);
        act(
                downloading + "ended/3",
                download,
                () -> downloads.ended(file, 0, Download.End.FAILED),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
        String restoring = "RestoreService.";
        may(
                restoring + "preview/2",
                read,
                () -> restores.preview(server, latest),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOT_FOUND);
        RestoreDraft draft = new RestoreDraft(People.unique("copy"), "H0.25", 1, false, false, false);
        may(restoring + "check/2", read, () -> restores.check(server, draft), ALLOWED, ALLOWED, ALLOWED, NOT_FOUND);
        may(
                restoring + "intoNewServer/3",
                Permission.SERVERS_CREATE,
                () -> restores.intoNewServer(server, latest, draft),
                ALLOWED,
                DENIED,
                DENIED,
                NOT_FOUND);
        may(
                restoring + "intoNewServerInLine/3",
                Permission.SERVERS_CREATE,
                () -> restores.intoNewServerInLine(server, latest, draft),
                ALLOWED,
                DENIED,
                DENIED,
                NOT_FOUND);
        may(
                restoring + "intoOpenServer/5",
                Permission.SERVERS_CREATE,
                () -> restores.intoOpenServer(Ids.random(), server, latest, draft, false),
                ALLOWED,
                DENIED,
                DENIED,
                NOT_FOUND);
        may(
                restoring + "opensToWorld/2",
                read,
                () -> restores.opensToWorld(server, draft),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOT_FOUND);
        Permission restore = Permission.BACKUPS_RESTORE;
        may(
                restoring + "inPlace/3",
                restore,
                () -> restores.inPlace(server, latest, serverName),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
        may(restoring + "goBack/1", restore, () -> restores.goBack(server), ALLOWED, ALLOWED, DENIED, NOT_FOUND);
        may(restoring + "confirm/1", restore, () -> restores.confirm(server), ALLOWED, ALLOWED, DENIED, NOT_FOUND);
    }

    private void lookLines() {
        LookService looks = Container.bean(LookService.class);
        ObjectsService objects = Container.bean(ObjectsService.class);
        Permission look = Permission.BACKUPS_LOOK;
        Instant then = Instant.parse("2026-02-01T00:00:00Z");
        TargetChoice choice = TargetChoice.at(then);
        String name = "LookService.";
        may(name + "ofServer/1", look, () -> looks.ofServer(server), ALLOWED, ALLOWED, DENIED, NOT_FOUND);
        may(name + "open/2", look, () -> looks.open(server, then), ALLOWED, ALLOWED, DENIED, NOT_FOUND);
        may(name + "move/2", look, () -> looks.move(server, then), ALLOWED, ALLOWED, DENIED, NOT_FOUND);
        may(name + "prolong/1", look, () -> looks.prolong(server), ALLOWED, ALLOWED, DENIED, NOT_FOUND);
        may(name + "close/1", look, () -> looks.close(server), ALLOWED, ALLOWED, DENIED, NOT_FOUND);
        may(name + "databases/1", look, () -> looks.databases(server), ALLOWED, ALLOWED, DENIED, NOT_FOUND);
        may(name + "tables/2", look, () -> looks.tables(server, "shop"), ALLOWED, ALLOWED, DENIED, NOT_FOUND);
        may(name + "query/3", look, () -> looks.query(server, "shop", "select 1"), ALLOWED, ALLOWED, DENIED, NOT_FOUND);
        ObjectsDraft draft = new ObjectsDraft("shop", null, "shop_then", null, false);
        String restoring = "ObjectsService.";
        may(
                restoring + "check/3",
                Permission.BACKUPS_READ,
                () -> objects.check(server, choice, draft),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOT_FOUND);
        may(
                restoring + "schemas/2",
                Permission.BACKUPS_READ,
                () -> objects.schemas(server, "shop"),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOT_FOUND);
        may(
                restoring + "restore/3",
                Permission.BACKUPS_RESTORE,
                () -> objects.restore(server, choice, draft),
                ALLOWED,
                ALLOWED,
                DENIED,
                NOT_FOUND);
    }

    private void jobLines() {
        JobService jobs = Container.bean(JobService.class);
        String name = "JobService.";
        String job = "standing:housekeeping";
        Permission read = Permission.JOBS_READ;
        Permission write = Permission.JOBS_WRITE;
        may(name + "list/0", read, jobs::list, ALLOWED, ALLOWED, ALLOWED, ALLOWED);
        may(name + "get/1", read, () -> jobs.get(job), ALLOWED, ALLOWED, ALLOWED, ALLOWED);
        act(name + "history/3", read, () -> jobs.history(job, 0, 10), ALLOWED, ALLOWED, ALLOWED, ALLOWED);
        may(name + "countHistory/1", read, () -> jobs.countHistory(job), ALLOWED, ALLOWED, ALLOWED, ALLOWED);
        // They belong to the installation, where none of these has a role.
        act(name + "runNow/1", write, () -> jobs.runNow(job), DENIED, DENIED, DENIED, DENIED);
        act(name + "pause/1", write, () -> jobs.pause(job), DENIED, DENIED, DENIED, DENIED);
        act(name + "resume/1", write, () -> jobs.resume(job), DENIED, DENIED, DENIED, DENIED);
        act(
                name + "past/2",
                read,
                () -> jobs.past(Instant.now().minus(Duration.ofDays(2)), Instant.now()),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                ALLOWED);
        may(
                name + "planned/2",
                read,
                () -> jobs.planned(Instant.now(), Instant.now().plus(Duration.ofDays(2))),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                ALLOWED);
    }

    private void everybody(String method, Supplier<Object> call) {
        may(method, Permission.PROFILE_WRITE, call, ALLOWED, ALLOWED, ALLOWED, ALLOWED);
    }

    /** Everybody has their own; what they are about is shown only to who may see the team's servers. */
    private void notificationLines() {
        NotificationService notifications = Container.bean(NotificationService.class);
        String name = "NotificationService.";
        may(
                name + "list/3",
                Permission.SERVERS_READ,
                () -> notifications.list(false, 0, 10),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOTHING);
        may(
                name + "count/1",
                Permission.SERVERS_READ,
                () -> List.of(1).subList(0, Math.min(1, notifications.count(false))),
                ALLOWED,
                ALLOWED,
                ALLOWED,
                NOTHING);
        everybody(name + "markRead/1", () -> notifications.markRead(notice));
        everybody(name + "markAllRead/0", notifications::markAllRead);
        everybody(name + "choices/0", notifications::choices);
        everybody(name + "choose/3", () -> {
            notifications.choose(EventKind.DRIFT, Channel.MAIL, Wanted.EVERYTHING);
            return null;
        });
        everybody(name + "mailAddress/0", notifications::mailAddress);
        everybody(name + "changeMailAddress/1", () -> {
            notifications.changeMailAddress("ada@example.org");
            return null;
        });
        everybody(name + "confirmMailAddress/1", () -> notifications.confirmMailAddress("12345678"));
        everybody(name + "keepMailAddress/0", () -> {
            notifications.keepMailAddress();
            return null;
        });
        everybody(name + "sendTestMail/0", notifications::sendTestMail);
        everybody(name + "delivery/1", () -> notifications.delivery(notice));
    }

    /** A webhook is its owner's alone: for others it does not exist. */
    private void webhookLines() {
        WebhookService webhooks = Container.bean(WebhookService.class);
        WebhookDraft draft = new WebhookDraft("https://hooks.example.org/", Set.of(EventKind.DRIFT));
        String name = "WebhookService.";
        may(name + "list/0", Permission.PROFILE_WRITE, webhooks::list, ALLOWED, NOTHING, NOTHING, NOTHING);
        everybody(name + "create/1", () -> webhooks.create(draft));
        own(name + "get/1", () -> webhooks.get(webhook));
        own(name + "change/2", () -> {
            webhooks.change(webhook, draft);
            return null;
        });
        own(name + "renewSecret/1", () -> webhooks.renewSecret(webhook));
        own(name + "pause/1", () -> {
            webhooks.pause(webhook);
            return null;
        });
        own(name + "resume/1", () -> {
            webhooks.resume(webhook);
            return null;
        });
        own(name + "delete/1", () -> {
            webhooks.delete(webhook);
            return null;
        });
        own(name + "sendTest/1", () -> webhooks.sendTest(webhook));
        own(name + "deliveries/3", () -> webhooks.deliveries(webhook, 0, 10));
        own(name + "countDeliveries/1", () -> webhooks.countDeliveries(webhook));
        own(name + "sendAgain/1", () -> {
            webhooks.sendAgain(delivery);
            return null;
        });
    }

    private void own(String method, Supplier<Object> call) {
        may(method, Permission.PROFILE_WRITE, call, ALLOWED, NOT_FOUND, NOT_FOUND, NOT_FOUND);
    }

    static void makeWorld() {
        if (lock != null) {
            return;
        }
        team = People.team("Orders");
        UUID otherTeam = People.team("Others");
        owner = People.member("Owner", team);
        operator = People.member("Operator", team);
        reader = People.member("Reader", team);
        guest = People.member("Reader", team);
        stranger = People.member("Owner", otherTeam);
        guestAssignment = Metadata.value("select id from assignment where person_id = ?", guest.personId());
        Caller root = People.administrator();
        project = Callers.as(root, () -> Container.bean(ProjectService.class)
                .create(team, "Reports")
                .id());
        GroupService groups = Container.bean(GroupService.class);
        group = Callers.as(root, () -> groups.create(People.unique("Group")).id());
        Callers.as(root, () -> groups.assign(group, "Reader", Scope.team(team), null));
        role = People.unique("Role");
        Callers.as(root, () -> Container.bean(RoleService.class).create(role, "", Set.of("servers/read")));
        request = Callers.as(
                guest, () -> Container.bean(RequestService.class).ask("Operator", Scope.team(team), "night shift"));
        account = Callers.as(
                root, () -> Container.bean(ServiceAccountService.class).create(team, People.unique("robot"), ""));
        Callers.as(root, () -> Container.bean(ServiceAccountService.class).makeSecret(account, soon()));
        secret = Metadata.value("select id from client_secret where person_id = ?", account);
        Callers.as(
                guest, () -> Container.bean(TokenService.class).makeMine("guest", "Reader", Scope.team(team), soon()));
        token = Metadata.value("select id from access_token where person_id = ?", guest.personId());
        serverName = People.unique("live");
        server = insertServer(serverName, "READY", null);
        // An operation that somebody else holds keeps the product's own hands off a server that isn't there.
        running = insertOperation(server, serverName, "RUNNING");
        Metadata.change("update server set degraded_since = now() where id = ?", server);
        Metadata.change(
                "insert into server_storage (server_id, step_gib, ceiling_gib, hard, capacity_bytes, used_bytes, seen_at, filling_told, version) values (?, 1, 4, true, 100, 90, now(), true, 1)",
                server);
        deletedName = People.unique("gone");
        deleted = insertServer(deletedName, "DISABLED", "now()");
        failed = insertOperation(deleted, deletedName, "FAILED");
        schedule = insertSchedule();
        run = insertRun();
        lock = Callers.as(owner, () -> Container.bean(ServerService.class)
                .addLock(deleted, LockKind.CAN_NOT_DELETE, "keep")
                .id());
        placeLock = Callers.as(owner, () -> Container.bean(LockService.class)
                .add(Scope.project(team, project), LockKind.CAN_NOT_DELETE, "keep")
                .id());
        session = Ids.random();
        Metadata.change(
                "insert into portal_session (id, person_id, began_at, last_used_at, address, user_agent) values (?, ?, now(), now() + interval '1 hour', '203.0.113.9', 'test/1.0')",
                session,
                owner.personId());
        planned = Ids.random();
        Metadata.change(
                "insert into planned_change (id, server_id, size_code, waits_for, due, asked_at, asked_by) values (?, ?, ?, 'TIME', now() + interval '1 day', now(), 'test')",
                planned,
                server,
                SIZE);
        insertNotifications();
        insertApprovals();
        insertBackups();
    }

    /** A server that can be restored to any time since long ago, as far as is written down. */
    private static void insertBackups() {
        Metadata.change(
                "insert into recovery_state (server_id, team_id, name, major_version, size_code, storage_gib, administrator_login, created_at, spans, read_at, version) values (?, ?, ?, ?, 'H0.25', 1, 'dba', now(), '[{\"timeline\":1,\"from\":\"2026-01-01T00:00:00Z\",\"until\":\"2099-01-01T00:00:00Z\",\"growing\":false,\"missing\":null}]', now(), 1)",
                server,
                team,
                serverName,
                Container.bean(Engine.class).versions().getFirst().major());
        Metadata.change(
                "insert into backup_policy (server_id, retention_days, hour, minute, full_day, daily_kind, changed_at, changed_by, version) values (?, 7, 2, 30, 'SUNDAY', 'INCREMENTAL', now(), 'test', 1)",
                server);
    }

    private static void insertApprovals() {
        approval = insertApproval("OPEN");
        decided = insertApproval("REFUSED");
        emergency = Ids.random();
        Metadata.change(
                "insert into break_glass (id, person_id, person_name, team_id, reason, began_at, ends_at) values (?, ?, ?, ?, 'a test', now(), '2099-01-01')",
                emergency,
                guest.personId(),
                guest.name(),
                team);
    }

    private static UUID insertApproval(String state) {
        UUID id = Ids.random();
        Metadata.change(
                "insert into approval_request (id, action, permission, method, arguments, team_id, server_id, target_type, target_id, target_name, details, person_id, person_name, reason, asked_at, ends_at, state, version) values (?, 'SERVER_DELETE', 'servers/delete', 'io.howdah.server.ServerService.delete', '{}', ?, ?, 'server', ?, ?, '{}', ?, ?, 'r', now(), '2099-01-01', ?, 1)",
                id,
                team,
                server,
                server,
                serverName,
                guest.personId(),
                guest.name(),
                state);
        return id;
    }

    private static void insertNotifications() {
        notice = Ids.random();
        Metadata.change(
                "insert into notice (id, kind, at, team_id, title, text, correlation_id, concerned, everybody, made_out) values (?, 'DRIFT', now(), ?, 't', 't', 'c', '[]', true, true)",
                notice,
                team);
        for (Caller person : callers()) {
            Metadata.change("insert into notification (person_id, notice_id) values (?, ?)", person.personId(), notice);
        }
        webhook = Callers.as(owner, () -> Container.bean(WebhookService.class)
                .create(new WebhookDraft("https://hooks.example.org/", Set.of(EventKind.DRIFT)))
                .id());
        delivery = Ids.random();
        Metadata.change(
                "insert into delivery (id, purpose, channel, notice_id, person_id, webhook_id, state, tries, created_at, begun_at, due) values (?, 'NOTICE', 'WEBHOOK', ?, ?, ?, 'DELIVERED', 1, now(), now(), now())",
                delivery,
                notice,
                owner.personId(),
                webhook);
    }

    private static UUID insertServer(String name, String state, String deletedAt) {
        UUID id = Ids.random();
        Metadata.change(
                "insert into server (id, team_id, name, wished, state, major_version, size_code, storage_gib, administrator_login, created_at, created_by, version, deleted_at, kept_until) values (?, ?, ?, 'RUNNING', ?, 17, 'H0.25', 1, 'dba', now(), 'test', 1, "
                        + (deletedAt == null ? "null, null)" : "now(), now() + interval '5 days')"),
                id,
                team,
                name,
                state);
        return id;
    }

    /** One whose time is far, so that it stays where it is. */
    private static UUID insertSchedule() {
        UUID id = Ids.random();
        Metadata.change(
                "insert into schedule (id, server_id, name, action, arguments, timetable, zone, misfire, when_stopped, paused, next_due, created_at, created_by, runs_as, runs_as_name, version) values (?, ?, 'evening', 'server-stop', '{}', '{\"kind\":\"once\",\"at\":\"2099-01-01T00:00\"}', 'UTC', 'SKIP', 'SKIP', false, '2099-01-01', now(), 'test', ?, 'test', 1)",
                id,
                server,
                owner.personId());
        return id;
    }

    private static UUID insertRun() {
        UUID id = Ids.random();
        Metadata.change(
                "insert into schedule_run (id, schedule_id, planned_at, began_at, ended_at, result, stop_after) values (?, ?, now(), now(), now(), 'SKIPPED', false)",
                id,
                schedule);
        return id;
    }

    private static UUID insertOperation(UUID subject, String name, String status) {
        UUID id = Ids.random();
        boolean ended = status.equals("FAILED");
        Metadata.change(
                "insert into operation (id, kind, subject_id, subject_name, team_id, status, step, failed_step, data, due, lease_owner, lease_until, deadline, requested_at, requested_by, correlation_id, action, problem_code, problem_message, problem_hint, ended_at) values (?, 'server-purge', ?, ?, ?, ?, 'REMOVE', 'REMOVE', '{\"neverCreated\":false}', now(), "
                        + (ended ? "null, null" : "'elsewhere:1', now() + interval '1 day'")
                        + ", now() + interval '1 day', now(), 'test', 'c', 'servers/purge', "
                        + (ended ? "'Internal', 'm', 'h', now())" : "null, null, null, null)"),
                id,
                subject,
                name,
                team,
                status);
        return id;
    }

    /** The ids of all that is in the world. */
    static List<UUID> ids() {
        return Arrays.stream(PermissionTable.class.getDeclaredFields())
                .filter(field -> field.getType() == UUID.class)
                .map(PermissionTable::valueOf)
                .map(UUID.class::cast)
                .toList();
    }

    private static Object valueOf(Field field) {
        try {
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The names by which a thing of the team's can be asked for. */
    static Set<String> names() {
        return Set.of(serverName, deletedName);
    }

    /** What the stranger has instead of what is the team's. */
    static Map<UUID, UUID> ofStranger() {
        UUID other = People.team("Attackers");
        attacker = People.member("Owner", other);
        String name = People.unique("theirs");
        UUID teams = team;
        team = other;
        UUID theirs = insertServer(name, "READY", null);
        insertOperation(theirs, name, "RUNNING");
        team = teams;
        Metadata.change(
                "insert into recovery_state select (jsonb_populate_record(r, jsonb_build_object('server_id', ?, 'team_id', ?))).* from recovery_state r where server_id = ?",
                theirs.toString(),
                other.toString(),
                server);
        return Map.of(team, other, server, theirs, guest.personId(), attacker.personId());
    }

    /** Who has what {@link #ofStranger} made. */
    static Caller attacker() {
        return attacker;
    }

    /** The team, for those who look at it from beside. */
    static UUID team() {
        return team;
    }

    static Scope serverScope() {
        return Scope.server(team, server);
    }

    static Scope serversProject() {
        return Scope.project(team, Metadata.value("select project_id from server where id = ?", server));
    }

    static UUID server() {
        return server;
    }

    static UUID schedule() {
        return schedule;
    }

    Map<String, Row> rows() {
        return rows;
    }

    /** In the order of what is expected of them. */
    static List<Caller> callers() {
        return List.of(owner, operator, reader, stranger);
    }
}
