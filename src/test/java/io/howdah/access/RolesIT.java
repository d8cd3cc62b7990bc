package io.howdah.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.container.Container;
import io.howdah.container.Metadata;
import io.howdah.container.People;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every ready-made role at every method: it may what its actions say, and nothing else. */
@ExtendWith(ArquillianExtension.class)
class RolesIT {

    private static final Set<ProblemCode> REFUSALS = Set.of(ProblemCode.AccessDenied, ProblemCode.NotFound);

    @Test
    void everyReadyMadeRoleMayWhatItsActionsSay() throws Exception {
        PermissionTable.makeWorld();
        Map<String, PermissionTable.Row> rows = new PermissionTable().rows();
        SoftAssertions checks = new SoftAssertions();
        List<String> roles = Metadata.column("select name from role where ready_made order by position");
        assertThat(roles).hasSizeGreaterThanOrEqualTo(8);
        for (String role : roles) {
            Set<String> actions =
                    Set.copyOf(Metadata.column("select action from role_permission where role = ?", role));
            Caller holder = People.member(role, PermissionTable.team());
            rows.forEach((method, row) -> {
                if (isOfTheTeam(row)) {
                    check(checks, role + " at " + method, actions, row, People.again(holder));
                }
            });
        }
        checks.assertAll();
    }

    /** What its owner may, and others not. */
    private static boolean isOfTheTeam(PermissionTable.Row row) {
        return row.permission() != Permission.PROFILE_WRITE
                && row.expected().getFirst() == PermissionTable.Expected.ALLOWED
                && row.expected().getLast() != PermissionTable.Expected.ALLOWED;
    }

    private static void check(
            SoftAssertions checks, String what, Set<String> actions, PermissionTable.Row row, Caller caller) {
        Object came = outcome(caller, row);
        boolean nothing = Boolean.FALSE.equals(came)
                || came instanceof Collection<?> list && list.isEmpty()
                || came instanceof Problem problem && REFUSALS.contains(problem.code());
        if (!actions.contains(row.permission().action())) {
            checks.assertThat(nothing).as(what + " came to " + came).isTrue();
        } else {
            boolean refused = came instanceof Problem problem
                    && problem.code() == ProblemCode.AccessDenied
                    && problem.message().contains(row.permission().action());
            checks.assertThat(refused).as(what + " came to " + came).isFalse();
        }
    }

    private static Object outcome(Caller caller, PermissionTable.Row row) {
        try {
            return Container.undone(() -> {
                try {
                    return Callers.as(caller, row.call());
                } catch (ProblemException e) {
                    return e.problem();
                }
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
