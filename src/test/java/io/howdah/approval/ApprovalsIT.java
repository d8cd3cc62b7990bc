package io.howdah.approval;

import static io.howdah.container.Container.await;
import static io.howdah.container.Container.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.access.Access;
import io.howdah.access.AccessService;
import io.howdah.access.Approvable;
import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.access.TokenUse;
import io.howdah.container.Container;
import io.howdah.container.Metadata;
import io.howdah.container.People;
import io.howdah.container.ProtectedWorld;
import io.howdah.server.LockKind;
import io.howdah.server.ServerService;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** That nothing which a policy protects is done without a second person, and that it is done once when there is one. */
@ExtendWith(ArquillianExtension.class)
class ApprovalsIT {

    private static final int SECONDS = 20;

    @Inject
    private ApprovalService approvals;

    @Inject
    private ApprovalPolicyService policies;

    @Inject
    private BreakGlassService glass;

    @Inject
    private ServerService servers;

    @Inject
    private AccessService people;

    @Inject
    private Access access;

    @Inject
    private ExpireApprovals job;

    /** A policy that protects owners protects what is given in the installation too, so other tests must not meet it. */
    @AfterEach
    void nothingIsProtectedAnyMore() {
        Metadata.change("delete from approval_policy");
        Metadata.change("update break_glass set ended_at = now() where ended_at is null and ends_at < '2090-01-01'");
    }

    @Test
    void whatIsProtectedIsRefusedAskedForApprovedAndDoneOnce() throws Exception {
        ProtectedWorld world = ProtectedWorld.make();
        Set<String> called = new TreeSet<>();
        for (ProtectedWorld.Case one : world.cases()) {
            called.add(one.method());
            Caller requester = People.again(world.requester());
            assertThat(refused(requester, one.call()).code()).as(one.method()).isEqualTo(ProblemCode.ApprovalRequired);
            assertThat(Metadata.column(
                            "select result from audit_record where correlation_id = ?", requester.correlationId()))
                    .as(one.method())
                    .containsExactly("DENIED");
            ApprovalNeed need =
                    Container.as(requester, () -> approvals.needed(one.call())).orElseThrow();
            assertThat(need.action()).as(one.method()).isEqualTo(one.action());
            assertThat(need.approvers()).contains(world.approver().name()).doesNotContain(requester.name());

            UUID request = ask(world, one.call());
            assertThat(refused(requester, () -> approvals.ask("again", one.call()))
                            .code())
                    .isEqualTo(ProblemCode.ApprovalAsked);
            assertThat(refused(requester, () -> approvals.approve(request, null))
                            .code())
                    .isEqualTo(ProblemCode.ApprovalOwn);
            assertThat(refused(program(world.approver()), () -> approvals.approve(request, null))
                            .code())
                    .isEqualTo(ProblemCode.ApprovalByProgram);
            assertThat(one.done().getAsBoolean()).as(one.method()).isFalse();

            Runnable approve = () -> approvals.approve(request, "go on");
            List<Problem> second = Container.twice(
                    () -> Callers.as(People.again(world.approver()), approve),
                    () -> Callers.as(People.again(world.other()), approve));
            assertThat(second).extracting(Problem::code).containsExactly(ProblemCode.ApprovalDecided);
            if (one.byHand()) {
                await(SECONDS)
                        .until(() ->
                                Metadata.count("approval_request where id = ? and tried_at is not null", request) == 1);
                Runnable act = () -> Callers.as(People.again(world.requester()), one.call());
                assertThat(Container.twice(act, act))
                        .extracting(Problem::code)
                        .as(one.method())
                        .containsExactly(ProblemCode.ApprovalRequired);
            }
            await(SECONDS).alias(one.method() + " " + problem(request)).until(() -> "DONE".equals(state(request)));
            assertThat(one.done().getAsBoolean()).as(one.method()).isTrue();
            assertThat(Metadata.<String>value("select arguments from approval_request where id = ?", request))
                    .isEqualTo("{}");
            Map<String, Object> recorded = Metadata.rows(
                            "select actor, result, details from audit_record where action <> 'approvals/decide' and details like ? and result = 'ACCEPTED'",
                            "%\"approval\":\"" + request + "\"%")
                    .stream()
                    .reduce((first, more) -> {
                        throw new AssertionError(one.method() + " is on record twice");
                    })
                    .orElseThrow();
            assertThat(recorded.get("actor")).isEqualTo(requester.name());
            assertThat((String) recorded.get("details"))
                    .containsAnyOf(
                            "\"approvedBy\":\"" + world.approver().name(),
                            "\"approvedBy\":\"" + world.other().name());
        }
        assertThat(called).as("every approvable method").isEqualTo(approvable());
    }

    @Test
    void whatNobodyApprovesIsNotDone() {
        ProtectedWorld world = ProtectedWorld.make();
        ProtectedWorld.Case one = world.of("AccessService.assign");
        UUID refusedOne = ask(world, one.call());
        assertThat(refused(world.approver(), () -> approvals.refuse(refusedOne, " "))
                        .code())
                .isEqualTo(ProblemCode.RequestWordsMissing);
        as(world.approver(), () -> approvals.refuse(refusedOne, "not today"));
        UUID withdrawn = ask(world, one.call());
        as(world.requester(), () -> approvals.withdraw(withdrawn));
        UUID expired = ask(world, one.call());
        Metadata.change("update approval_request set ends_at = now() where id = ?", expired);
        assertThat(refused(world.approver(), () -> approvals.approve(expired, null))
                        .code())
                .isEqualTo(ProblemCode.ApprovalDecided);
        job.run();
        assertThat(List.of(state(refusedOne), state(withdrawn), state(expired)))
                .containsExactly("REFUSED", "WITHDRAWN", "EXPIRED");
        for (UUID ended : List.of(refusedOne, withdrawn, expired)) {
            assertThat(refused(world.approver(), () -> approvals.approve(ended, null))
                            .code())
                    .isEqualTo(ProblemCode.ApprovalDecided);
        }
        assertThat(refused(world.requester(), one.call()).code()).isEqualTo(ProblemCode.ApprovalRequired);
        assertThat(one.done().getAsBoolean()).isFalse();
        assertThat(Metadata.column(
                        "select title from notice where kind = 'APPROVAL_DECIDED' and link in (?, ?)",
                        "approvals/" + refusedOne,
                        "approvals/" + expired))
                .hasSize(2);
    }

    @Test
    void whatIsNoLongerAsItWasApprovedIsNotDone() {
        ProtectedWorld world = ProtectedWorld.make();
        ProtectedWorld.Case shorten = world.of("BackupService.setPolicy");
        UUID changed = ask(world, shorten.call());
        Metadata.change("update backup_policy set retention_days = 20 where server_id = ?", world.server());
        UUID moved = ask(world, world.of("ServerService.delete").call());
        Metadata.change("update server set name = ? where id = ?", People.unique("renamed"), world.server());
        UUID gone = ask(world, world.of("ServerService.purge").call());
        Metadata.change("update server set deleted_at = null, kept_until = null where id = ?", world.deleted());
        for (UUID request : List.of(changed, moved, gone)) {
            as(world.approver(), () -> approvals.approve(request, null));
            await(SECONDS).alias(problem(request)).until(() -> "STALE".equals(state(request)));
            ApprovalView view = Container.as(world.requester(), () -> approvals.get(request));
            assertThat(view.problem()).isNotBlank();
        }
        assertThat(shorten.done().getAsBoolean()).isFalse();
        assertThat(Metadata.count(
                        "operation where subject_id in (?, ?) and status <> 'RUNNING'",
                        world.server(),
                        world.deleted()))
                .isZero();
    }

    @Test
    void whoMayNotDoItAnyMoreDoesNotGetItDone() {
        ProtectedWorld world = ProtectedWorld.make();
        ProtectedWorld.Case one = world.of("ServerService.delete");
        UUID request = ask(world, one.call());
        Metadata.change(
                "update assignment set role = 'Reader' where person_id = ?",
                world.requester().personId());
        as(world.approver(), () -> approvals.approve(request, null));
        await(SECONDS).until(() -> "FAILED".equals(state(request)));
        assertThat(one.done().getAsBoolean()).isFalse();
        assertThat(Metadata.count(
                        "audit_record where actor = ? and action = 'servers/delete' and result = 'DENIED'",
                        world.requester().name()))
                .isEqualTo(1);
    }

    @Test
    void whatCanNotBeDoneJustNowIsTriedAgainByWhoeverAsked() {
        ProtectedWorld world = ProtectedWorld.make();
        ProtectedWorld.Case one = world.of("ServerService.delete");
        UUID lock =
                Container.as(world.requester(), () -> servers.addLock(world.server(), LockKind.CAN_NOT_DELETE, "keep")
                        .id());
        UUID request = ask(world, one.call());
        as(world.approver(), () -> approvals.approve(request, null));
        await(SECONDS)
                .until(() -> Metadata.count("approval_request where id = ? and problem is not null", request) == 1);
        assertThat(state(request)).isEqualTo("APPROVED");
        as(world.requester(), () -> servers.removeLock(world.server(), lock));
        as(world.requester(), () -> approvals.tryAgain(request));
        await(SECONDS).until(() -> "DONE".equals(state(request)));
        assertThat(one.done().getAsBoolean()).isTrue();
    }

    /** Whatever way in there will be: who goes past the services' own methods has no call that could be approved. */
    @Test
    void aChangeBesideTheApprovedCallIsRefused() throws Exception {
        ProtectedWorld world = ProtectedWorld.make();
        UUID request = ask(world, world.of("ServerService.delete").call());
        Metadata.change(
                "update approval_request set state = 'APPROVED', decided_by = 'x', tried_at = now() where id = ?",
                request);
        Problem problem = Container.undone(() -> refused(
                world.requester(),
                () -> access.change(
                        Permission.SERVERS_DELETE,
                        Scope.server(world.team(), world.server()),
                        new Target("server", world.server(), "s"),
                        Map.of())));
        assertThat(problem.code()).isEqualTo(ProblemCode.ApprovalRequired);
        assertThat(state(request)).isEqualTo("APPROVED");
    }

    @Test
    void whatIsNotProtectedNeedsNobody() {
        ProtectedWorld world = ProtectedWorld.make();
        Runnable tag = () -> servers.setTags(world.server(), Map.of("a", "b"));
        assertThat(Container.as(world.requester(), () -> approvals.needed(tag))).isEmpty();
        assertThat(refused(world.requester(), () -> approvals.ask("because", tag))
                        .code())
                .isEqualTo(ProblemCode.ApprovalNotNeeded);
        assertThat(Metadata.count("server_tag where server_id = ?", world.server()))
                .isZero();
        as(world.requester(), () -> people.assign(world.guest(), "Reader", Scope.team(world.team()), null));
        as(world.requester(), () -> policies.set(world.team(), new ApprovalPolicy(ProtectedWorld.ALL, 12, 2)));
    }

    @Test
    void whoBreaksTheGlassActsAloneForAWhileAndEverybodyKnows() {
        ProtectedWorld world = ProtectedWorld.make();
        String reason = "the disk fails and nobody else is awake";
        assertThat(refused(world.requester(), () -> glass.begin(world.team(), "too short", BreakGlassService.USUAL))
                        .code())
                .isEqualTo(ProblemCode.BreakGlassReason);
        assertThat(refused(world.requester(), () -> glass.begin(world.team(), reason, Duration.ofHours(5)))
                        .code())
                .isEqualTo(ProblemCode.BreakGlassTime);
        UUID emergency =
                Container.as(world.requester(), () -> glass.begin(world.team(), reason, BreakGlassService.USUAL));
        assertThat(refused(world.requester(), () -> glass.begin(world.team(), reason, BreakGlassService.USUAL))
                        .code())
                .isEqualTo(ProblemCode.BreakGlassLasts);
        assertThat(Metadata.count(
                        "notice where kind = 'APPROVAL_BYPASSED' and concerned like ?",
                        "%" + world.approver().personId() + "%"))
                .isEqualTo(1);
        Caller guest = world.guestCaller();
        assertThat(Container.as(guest, glass::current))
                .extracting(BreakGlassView::id)
                .contains(emergency);

        ProtectedWorld.Case delete = world.of("ServerService.delete");
        Caller alone = People.again(world.requester());
        as(alone, delete.call());
        assertThat(delete.done().getAsBoolean()).isTrue();
        Caller tags = People.again(world.requester());
        as(tags, () -> people.assign(world.guest(), "Reader", Scope.team(world.team()), null));
        for (Caller meanwhile : List.of(alone, tags)) {
            assertThat(Metadata.<String>value(
                            "select details from audit_record where correlation_id = ? and result = 'ACCEPTED'",
                            meanwhile.correlationId()))
                    .contains("\"breakGlass\":\"" + emergency);
        }
        ProtectedWorld.Case shorten = world.of("BackupService.setPolicy");
        assertThat(refused(world.approver(), shorten.call()).code()).isEqualTo(ProblemCode.ApprovalRequired);

        as(world.approver(), () -> glass.end(emergency));
        assertThat(refused(world.requester(), shorten.call()).code()).isEqualTo(ProblemCode.ApprovalRequired);
        UUID again = Container.as(world.requester(), () -> glass.begin(world.team(), reason, BreakGlassService.USUAL));
        Metadata.change("update break_glass set ends_at = now() where id = ?", again);
        assertThat(refused(world.requester(), shorten.call()).code()).isEqualTo(ProblemCode.ApprovalRequired);
        job.run();
        assertThat(Metadata.<String>value("select ended_by from break_glass where id = ?", again))
                .isEqualTo("howdah");
    }

    private UUID ask(ProtectedWorld world, Runnable call) {
        return Container.as(People.again(world.requester()), () -> approvals.ask("it has to be", call));
    }

    private static void as(Caller caller, Runnable work) {
        Callers.as(caller, work);
    }

    private static String state(UUID request) {
        return Metadata.value("select state from approval_request where id = ?", request);
    }

    private static String problem(UUID request) {
        return Metadata.<String>value(
                "select state || ' ' || coalesce(problem, '') from approval_request where id = ?", request);
    }

    private static Set<String> approvable() {
        return CDI.current().getBeanManager().getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .<Class<?>>map(bean -> bean.getBeanClass())
                .filter(type -> type.getName().matches("io\\.howdah\\..*Service"))
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Approvable.class))
                .map(method -> method.getDeclaringClass().getSimpleName() + "." + method.getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Caller program(Caller person) {
        return new Caller(
                person.personId(),
                person.name(),
                person.address(),
                People.again(person).correlationId(),
                new TokenUse(UUID.randomUUID(), "pipeline", false));
    }
}
