package io.howdah.access;

import static io.howdah.access.PermissionTable.Expected.ALLOWED;
import static io.howdah.access.PermissionTable.Expected.DENIED;
import static io.howdah.access.PermissionTable.Expected.NOTHING;
import static io.howdah.access.PermissionTable.Expected.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.container.Container;
import io.howdah.container.Metadata;
import io.howdah.container.People;
import io.howdah.server.LockKind;
import io.howdah.shared.Ids;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import jakarta.ejb.Singleton;
import jakarta.ejb.Stateless;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.CDI;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.assertj.core.api.SoftAssertions;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may call what: every method of every service, for every kind of person. */
@ExtendWith(ArquillianExtension.class)
class PermissionsIT {

    private static final int STRANGER = 3;

    /** What whoever has a role in a part of a team may know of all of it. */
    private static final Set<String> OF_THE_TEAM = Set.of("AccessService.myTeams/0", "BreakGlassService.current/0");

    @Test
    void everyMethodOfEveryServiceHasItsLineInTheTable() {
        assertThat(new PermissionTable().rows().keySet()).containsExactlyInAnyOrderElementsOf(serviceMethods());
    }

    @Test
    void everyMethodAnswersEachPersonAsTheTableSays() throws Exception {
        PermissionTable.makeWorld();
        List<Caller> callers = PermissionTable.callers();
        SoftAssertions checks = new SoftAssertions();
        for (Map.Entry<String, PermissionTable.Row> line :
                new PermissionTable().rows().entrySet()) {
            for (int i = 0; i < callers.size(); i++) {
                check(checks, line.getKey(), line.getValue(), People.again(callers.get(i)), i);
            }
        }
        checks.assertAll();
    }

    /** The owner of another project of the same team, and of another team, is a stranger to the team's other projects. */
    @Test
    void whoOwnsTheProjectBesideIsAStranger() throws Exception {
        PermissionTable.makeWorld();
        UUID team = PermissionTable.team();
        Scope beside = Callers.as(People.administrator(), () -> Container.bean(ProjectService.class)
                .create(team, People.unique("Beside"))
                .scope());
        Caller neighbour = People.member("Owner", beside);
        Callers.as(People.administrator(), () -> Container.bean(AccessService.class)
                .assign(neighbour.personId(), "Owner", Scope.team(People.team("Neighbours")), null));
        SoftAssertions checks = new SoftAssertions();
        for (Map.Entry<String, PermissionTable.Row> line :
                new PermissionTable().rows().entrySet()) {
            if (!OF_THE_TEAM.contains(line.getKey())) {
                check(checks, line.getKey(), line.getValue(), People.again(neighbour), STRANGER);
            }
        }
        checks.assertAll();
    }

    /** Whatever a lock of the server stops is found by trying, and must be stopped by one of its project or team too. */
    @Test
    void whatALockOfTheServerStopsAnInheritedOneStopsToo() throws Exception {
        PermissionTable.makeWorld();
        Map<String, PermissionTable.Row> rows = new PermissionTable().rows();
        Caller owner = PermissionTable.callers().getFirst();
        Map<LockKind, Integer> least = Map.of(LockKind.READ_ONLY, 15, LockKind.CAN_NOT_DELETE, 2);
        for (LockKind kind : LockKind.values()) {
            Set<String> stopped = stoppedBy(rows.keySet(), rows, owner, kind, PermissionTable.serverScope());
            assertThat(stopped).hasSizeGreaterThanOrEqualTo(least.get(kind));
            for (Scope place : List.of(PermissionTable.serversProject(), Scope.team(PermissionTable.team()))) {
                assertThat(stoppedBy(stopped, rows, owner, kind, place))
                        .as(kind + " at " + place)
                        .isEqualTo(stopped);
            }
        }
    }

    /** The methods that answer that a lock is in the way when this is the only one over the server. */
    private static Set<String> stoppedBy(
            Set<String> methods, Map<String, PermissionTable.Row> rows, Caller owner, LockKind kind, Scope place)
            throws Exception {
        UUID lock = Ids.random();
        Metadata.change(
                "insert into resource_lock (id, team_id, project_id, server_id, kind, note, set_by, set_at) values (?, ?, ?, ?, ?, '', 'test', now())",
                lock,
                place.teamId(),
                place.projectId(),
                place.serverId(),
                kind.name());
        try {
            Set<String> stopped = new TreeSet<>();
            for (String method : methods) {
                Object came = outcome(People.again(owner), rows.get(method).call());
                if (came instanceof Problem problem
                        && problem.code() == ProblemCode.ServerLocked
                        && problem.message().contains("test")) {
                    stopped.add(method);
                }
            }
            return stopped;
        } finally {
            Metadata.change("delete from resource_lock where id = ?", lock);
        }
    }

    @Test
    void nobodyMayCallAnything() throws Exception {
        PermissionTable.makeWorld();
        SoftAssertions checks = new SoftAssertions();
        for (Map.Entry<String, PermissionTable.Row> line :
                new PermissionTable().rows().entrySet()) {
            Object came = outcome(null, line.getValue().call());
            // What is looked up first by an id tells nothing that the id did not.
            checks.assertThat(came)
                    .as(line.getKey())
                    .isInstanceOfSatisfying(Problem.class, problem -> checks.assertThat(problem.code())
                            .as(line.getKey())
                            .isEqualTo(ProblemCode.SignInFailed));
        }
        checks.assertAll();
    }

    @Test
    void aTeamsOwnerGivesNoRolesElsewhere() {
        PermissionTable.makeWorld();
        Caller owner = PermissionTable.callers().get(0);
        UUID other = People.team("Elsewhere");
        Map<Scope, ProblemCode> refusals =
                Map.of(Scope.team(other), ProblemCode.NotFound, Scope.INSTALLATION, ProblemCode.AccessDenied);
        AccessService access = Container.bean(AccessService.class);
        refusals.forEach((place, refusal) -> {
            assertThat(Container.refused(owner, () -> access.assign(owner.personId(), "Owner", place, null))
                            .code())
                    .isEqualTo(refusal);
            assertThat(Container.refused(owner, () -> access.invite(People.unique("eve"), null, "Reader", place))
                            .code())
                    .isEqualTo(refusal);
        });
        assertThat(Metadata.count("assignment where person_id = ?", owner.personId()))
                .isEqualTo(1);
    }

    private void check(SoftAssertions checks, String method, PermissionTable.Row row, Caller caller, int column)
            throws Exception {
        PermissionTable.Expected expected = row.expected().get(column);
        String what = method + " by " + caller.name();
        Object came = outcome(caller, row.call());
        ProblemCode code =
                came instanceof Problem problem && !"current".equals(problem.field()) ? problem.code() : null;
        switch (expected) {
            case ALLOWED ->
                checks.assertThat(code)
                        .as(what)
                        .isNotIn(
                                ProblemCode.AccessDenied,
                                ProblemCode.NotFound,
                                ProblemCode.SignInFailed,
                                ProblemCode.Internal);
            case DENIED -> checks.assertThat(code).as(what).isEqualTo(ProblemCode.AccessDenied);
            case NOT_FOUND -> checks.assertThat(code).as(what).isEqualTo(ProblemCode.NotFound);
            case NOTHING -> checks.assertThat(code).as(what).isNull();
        }
        if (came instanceof Collection<?> seen) {
            checks.assertThat(seen.isEmpty()).as(what + " sees " + seen).isEqualTo(expected == NOTHING);
        }
        if (expected == DENIED) {
            checks.assertThat(Metadata.rows(
                            "select actor, address, action, result, target_name from audit_record where correlation_id = ?",
                            caller.correlationId()))
                    .as(what)
                    .singleElement()
                    .satisfies(found -> {
                        assertThat(found.get("actor")).isEqualTo(caller.name());
                        assertThat(found.get("address")).isEqualTo(People.ADDRESS);
                        assertThat(found.get("action"))
                                .isEqualTo(row.permission().action());
                        assertThat(found.get("result")).isEqualTo("DENIED");
                        assertThat(found.get("target_name")).isNotNull();
                    });
        } else {
            checks.assertThat(Metadata.count(
                            "audit_record where correlation_id = ? and result not in ('DENIED', 'FAILED')",
                            caller.correlationId()))
                    .as(what + " is rolled back here")
                    .isZero();
        }
    }

    /** The result or the problem; what the call changed is taken back. */
    private static Object outcome(Caller caller, Supplier<Object> call) throws Exception {
        return Container.undone(() -> {
            try {
                return caller == null ? call.get() : Callers.as(caller, call);
            } catch (ProblemException e) {
                return e.problem();
            }
        });
    }

    private static List<String> serviceMethods() {
        return CDI.current().getBeanManager().getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .<Class<?>>map(bean -> bean.getBeanClass())
                .filter(type -> type.getName().matches("io\\.howdah\\..*Service")
                        && (type.isAnnotationPresent(Stateless.class) || type.isAnnotationPresent(Singleton.class)))
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                        .map(method ->
                                type.getSimpleName() + "." + method.getName() + "/" + method.getParameterCount()))
                .toList();
    }
}
