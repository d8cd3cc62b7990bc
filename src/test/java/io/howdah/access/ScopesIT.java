package io.howdah.access;

import static io.howdah.container.Container.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.container.Metadata;
import io.howdah.container.People;
import io.howdah.shared.Ids;
import io.howdah.shared.ProblemCode;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.assertj.core.api.SoftAssertions;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** That a role given somewhere holds there and below, and nowhere else; and who may give it. */
@ExtendWith(ArquillianExtension.class)
class ScopesIT {

    @Inject
    private Access access;

    @Inject
    private AccessService people;

    @Inject
    private GroupService groups;

    @Inject
    private RoleService roles;

    @Inject
    private ProjectService projects;

    @Inject
    private RequestService requests;

    @Inject
    private ExplanationService explanations;

    /** A team with two projects and a server in each, beside another team. */
    private record World(UUID team, Scope shop, Scope reports, Scope inShop, Scope inReports, Scope elsewhere) {

        Map<String, Scope> scopes() {
            Map<String, Scope> scopes = new LinkedHashMap<>();
            scopes.put("installation", Scope.INSTALLATION);
            scopes.put("team", Scope.team(team));
            scopes.put("project", shop);
            scopes.put("project beside", reports);
            scopes.put("server", inShop);
            scopes.put("server beside", inReports);
            scopes.put("other team", elsewhere);
            return scopes;
        }

        /** Whether what is given at the one holds at the other. */
        boolean inherits(Scope given, Scope asked) {
            return given.equals(asked)
                    || given.isInstallation()
                    || given.isTeam() && given.teamId().equals(asked.teamId())
                    || given.equals(shop) && asked.equals(inShop)
                    || given.equals(reports) && asked.equals(inReports);
        }
    }

    private World world() {
        UUID team = People.team("Scoped");
        Caller root = People.administrator();
        Scope shop = Callers.as(root, () -> projects.create(team, "Shop").scope());
        Scope reports = Callers.as(root, () -> projects.create(team, "Reports").scope());
        return new World(team, shop, reports, server(shop), server(reports), Scope.team(People.team("Elsewhere")));
    }

    private static Scope server(Scope project) {
        UUID id = Ids.random();
        Metadata.change(
                "insert into server (id, team_id, project_id, name, wished, state, major_version, size_code, storage_gib, administrator_login, created_at, created_by, version, deleted_at, kept_until) values (?, ?, ?, ?, 'RUNNING', 'READY', 17, 'H0.25', 1, 'dba', now(), 'test', 1, null, null)",
                id,
                project.teamId(),
                project.projectId(),
                People.unique("scoped"));
        return Scope.server(project.teamId(), id);
    }

    @Test
    void everyRoleAllowsItsActionsWhereItIsGivenAndBelow() {
        World world = world();
        BiPredicate<Scope, Scope> inherits = world::inherits;
        SoftAssertions checks = new SoftAssertions();
        for (Role role : Role.values()) {
            for (Map.Entry<String, Scope> given : world.scopes().entrySet()) {
                Caller caller = People.member(role.title(), given.getValue());
                Callers.as(caller, () -> {
                    for (Permission permission : Permission.values()) {
                        Reach reach = access.reach(permission);
                        world.scopes().forEach((name, asked) -> checks.assertThat(reach.includes(asked))
                                .as(role.title() + " in " + given.getKey() + ": " + permission.action() + " in " + name)
                                .isEqualTo(role.actions().contains(permission.action())
                                        && inherits.test(given.getValue(), asked)));
                    }
                });
            }
        }
        checks.assertAll();
    }

    @Test
    void aGroupsRolesAreItsPeoplesUntilTheyLeaveOrTheRoleEnds() {
        World world = world();
        Caller root = People.administrator();
        Caller member = People.member("Reader", world.elsewhere());
        UUID group =
                Callers.as(root, () -> groups.create(People.unique("Night")).id());
        Callers.as(root, () -> groups.assign(group, "Operator", world.shop(), null));
        assertThat(mayStart(member, world.inShop())).isFalse();

        Callers.as(root, () -> groups.setMembers(group, Set.of(member.personId())));
        assertThat(mayStart(member, world.inShop())).isTrue();
        assertThat(mayStart(member, world.inReports())).isFalse();

        Metadata.change("update assignment set ends_at = now() - interval '1 second' where group_id = ?", group);
        assertThat(mayStart(member, world.inShop())).isFalse();
        Callers.as(
                root,
                () -> groups.assign(
                        group, "Operator", world.shop(), Instant.now().plusSeconds(3600)));
        assertThat(mayStart(member, world.inShop())).isTrue();

        Callers.as(root, () -> groups.setMembers(group, Set.of()));
        assertThat(mayStart(member, world.inShop())).isFalse();
    }

    private boolean mayStart(Caller caller, Scope scope) {
        return Callers.as(caller, () -> access.may(Permission.SERVERS_START, scope));
    }

    @Test
    void nobodyGivesMoreThanTheyHold() {
        World world = world();
        Caller root = People.administrator();
        Caller administrator = People.member("Access Administrator", Scope.team(world.team()));
        Caller reader = People.member("Reader", Scope.team(world.team()));
        Caller boss = People.member("Owner", Scope.team(world.team()));
        assertThat(refused(administrator, () -> people.assign(reader.personId(), "Operator", world.shop(), null))
                        .code())
                .isEqualTo(ProblemCode.GrantTooMuch);
        assertThat(refused(administrator, () -> people.assign(administrator.personId(), "Owner", world.shop(), null))
                        .code())
                .isEqualTo(ProblemCode.GrantTooMuch);
        assertThat(refused(administrator, () -> people.newLink(boss.personId())).code())
                .as("whoever has the link has the account")
                .isEqualTo(ProblemCode.GrantTooMuch);
        Callers.as(administrator, () -> people.assign(reader.personId(), "Cost Viewer", world.shop(), null));
        assertThat(refused(boss, () -> people.assign(reader.personId(), "Owner", world.elsewhere(), null))
                        .code())
                .isEqualTo(ProblemCode.NotFound);

        UUID group =
                Callers.as(root, () -> groups.create(People.unique("Owners")).id());
        Callers.as(root, () -> groups.assign(group, "Owner", Scope.INSTALLATION, null));
        Caller wide = People.member("Access Administrator", Scope.INSTALLATION);
        assertThat(refused(wide, () -> groups.setMembers(group, Set.of(wide.personId())))
                        .code())
                .isEqualTo(ProblemCode.GrantTooMuch);
        assertThat(refused(wide, () -> roles.create(People.unique("Mine"), "", Set.of("servers/delete")))
                        .code())
                .isEqualTo(ProblemCode.GrantTooMuch);
    }

    @Test
    void aRoleOfOnesOwnAllowsWhatIsTickedAndChangesAtOnce() {
        World world = world();
        Caller root = People.administrator();
        String name = People.unique("Shift");
        Callers.as(root, () -> roles.create(name, "Starts servers.", Set.of("servers/read", "servers/start")));
        Caller shift = People.member(name, world.shop());
        assertThat(mayStart(shift, world.inShop())).isTrue();

        Callers.as(root, () -> roles.change(name, "Looks on.", Set.of("servers/read")));
        assertThat(mayStart(shift, world.inShop())).isFalse();
        assertThat(refused(root, () -> roles.delete(name)).code()).isEqualTo(ProblemCode.RoleInUse);
        assertThat(refused(root, () -> roles.change("Reader", "", Set.of("servers/read")))
                        .code())
                .isEqualTo(ProblemCode.RoleReadyMade);
    }

    @Test
    void onlyAnEmptyProjectThatIsNotTheDefaultOneIsDeleted() {
        World world = world();
        Caller root = People.administrator();
        List<ProjectView> all = Callers.as(root, () -> projects.projects()).stream()
                .filter(project -> project.teamId().equals(world.team()))
                .toList();
        assertThat(all).extracting(ProjectView::standard).containsExactly(true, false, false);
        assertThat(refused(root, () -> projects.delete(all.getFirst().id())).code())
                .isEqualTo(ProblemCode.ProjectIsDefault);
        assertThat(refused(root, () -> projects.delete(world.shop().projectId()))
                        .code())
                .isEqualTo(ProblemCode.ProjectNotEmpty);
        Metadata.change("delete from server where id = ?", world.inShop().serverId());
        Callers.as(root, () -> projects.delete(world.shop().projectId()));
        assertThat(Metadata.count("project where id = ?", world.shop().projectId()))
                .isZero();
    }

    @Test
    void aRoleThatWasAskedForIsDecidedOnceAndExplained() {
        World world = world();
        Caller boss = People.member("Owner", world.team());
        Caller reader = People.member("Reader", world.team());
        UUID first = Callers.as(reader, () -> requests.ask("Operator", world.shop(), "night shift"));
        UUID second = Callers.as(reader, () -> requests.ask("Owner", world.shop(), "why not"));
        assertThat(Callers.as(boss, () -> requests.open()))
                .extracting(RequestView::id)
                .containsExactly(first, second);
        assertThat(Metadata.count(
                        "notice where kind = 'ACCESS_REQUESTED' and concerned like ?", "%" + boss.personId() + "%"))
                .isEqualTo(2);
        assertThat(refused(reader, () -> requests.approve(first)).code()).isEqualTo(ProblemCode.AccessDenied);

        Callers.as(boss, () -> requests.approve(first));
        Callers.as(boss, () -> requests.refuse(second, "Ask for less."));

        assertThat(mayStart(reader, world.inShop())).isTrue();
        assertThat(refused(boss, () -> requests.approve(second)).code()).isEqualTo(ProblemCode.RequestDecided);
        assertThat(refused(reader, () -> requests.withdraw(first)).code()).isEqualTo(ProblemCode.RequestDecided);
        assertThat(Callers.as(boss, () -> explanations.whoMay(Permission.SERVERS_START, world.inShop())))
                .filteredOn(grant -> grant.person().equals(reader.name()))
                .extracting(GrantView::role)
                .containsExactly("Operator");
        assertThat(Callers.as(reader, () -> explanations.whyMayI(world.inReports())))
                .extracting(GrantView::role)
                .containsOnly("Reader");
    }
}
