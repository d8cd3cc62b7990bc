package io.howdah.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.container.Container;
import io.howdah.container.Metadata;
import io.howdah.container.People;
import io.howdah.shared.Ids;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What belongs to another team is answered exactly like what does not exist, whichever service method is asked and at
 * whichever place the id stands, so that ids can't be tried out. The calls come from the {@link PermissionTable}, which
 * must have one for every method.
 */
@ExtendWith(ArquillianExtension.class)
class ForeignIdsIT {

    /** Everybody may ask for a role in any team, and for a file of records in which then is nothing. */
    private static final Set<String> PUBLIC = Set.of(
            "RequestService.ask/3",
            "AuditService.export/2",
            // One's own all: the id is of what stays, and the notice was told to everybody.
            "SessionService.endOthers/1",
            "NotificationService.markRead/1");

    private record Answer(String text, ProblemCode refusal, boolean nothing) {}

    @Test
    void theIdOfAnotherTeamsThingIsAnsweredLikeOneThatDoesNotExist() throws Exception {
        PermissionTable.makeWorld();
        Caller stranger = PermissionTable.callers().getLast();
        SoftAssertions checks = new SoftAssertions();
        Set<String> asked = new TreeSet<>();
        for (RecordedCall call : RecordedCall.all().values()) {
            List<UUID> ids =
                    call.at(UUID.class).stream().filter(Objects::nonNull).toList();
            boolean named =
                    call.at(String.class).stream().filter(Objects::nonNull).anyMatch(PermissionTable.names()::contains);
            if (ids.stream().noneMatch(PermissionTable.ids()::contains) && !named || PUBLIC.contains(call.name())) {
                continue;
            }
            asked.add(call.name());
            Caller attacker = People.again(stranger);
            Answer foreign = answer(attacker, call);
            Answer missing = answer(People.again(stranger), unknown(call));
            checks.assertThat(foreign).as(call.name()).isEqualTo(missing);
            checks.assertThat(foreign.refusal() != null || foreign.nothing())
                    .as(call.name() + " tells " + foreign)
                    .isTrue();
            if (foreign.refusal() != null) {
                checks.assertThat(Metadata.<String>column(
                                "select distinct result from audit_record where correlation_id = '%s'"
                                        .formatted(attacker.correlationId())))
                        .as(call.name() + " on record")
                        .containsExactly("DENIED");
            }
        }
        assertThat(asked).as("methods that take an id").hasSizeGreaterThan(100);
        checks.assertAll();
    }

    /** Such as the backup of another's server, asked for as if it were of one's own. */
    @Test
    void oneForeignIdAmongOnesOwnIsAnsweredLikeOneThatDoesNotExist() throws Exception {
        PermissionTable.makeWorld();
        Map<UUID, UUID> own = PermissionTable.ofStranger();
        Caller stranger = PermissionTable.attacker();
        SoftAssertions checks = new SoftAssertions();
        for (RecordedCall call : RecordedCall.all().values()) {
            List<UUID> ids = call.at(UUID.class);
            for (int place = 0; place < ids.size() && ids.size() > 1 && !PUBLIC.contains(call.name()); place++) {
                RecordedCall mine = call.mapped(UUID.class, (at, id) -> id == null ? null : own.getOrDefault(id, id));
                tryAt(checks, mine, place, stranger);
            }
        }
        checks.assertAll();
    }

    private static void tryAt(SoftAssertions checks, RecordedCall mine, int place, Caller stranger) throws Exception {
        try {
            Answer missing = answer(People.again(stranger), with(mine, place, Ids.random()));
            for (UUID foreign : PermissionTable.ids()) {
                checks.assertThat(answer(People.again(stranger), with(mine, place, foreign)))
                        .as(mine.name() + " with " + foreign + " at " + place)
                        .isEqualTo(missing);
            }
        } catch (RecordedCall.Impossible noSuchArgument) {
            // Such as the id of a server in the scope of a project.
        }
    }

    /** Schedules are jobs as well, under a name that has their id in it. */
    @Test
    void theJobOfAnotherTeamsScheduleIsAnsweredLikeOneThatDoesNotExist() throws Exception {
        PermissionTable.makeWorld();
        Caller stranger = PermissionTable.callers().getLast();
        SoftAssertions checks = new SoftAssertions();
        for (RecordedCall call : RecordedCall.all().values()) {
            if (call.name().startsWith("JobService.") && call.at(String.class).size() == 1) {
                Answer foreign = answer(
                        People.again(stranger), call.with(String.class, 0, "schedule:" + PermissionTable.schedule()));
                Answer missing = answer(People.again(stranger), call.with(String.class, 0, "schedule:" + Ids.random()));
                checks.assertThat(foreign).as(call.name()).isEqualTo(missing);
                checks.assertThat(foreign.refusal()).as(call.name()).isEqualTo(ProblemCode.NotFound);
            }
        }
        checks.assertAll();
    }

    private static RecordedCall with(RecordedCall call, int place, UUID id) {
        return call.with(UUID.class, place, id);
    }

    /** The same call in a world where nothing of it is. */
    private static RecordedCall unknown(RecordedCall call) {
        UUID unknown = Ids.random();
        String name = People.unique("none");
        return call.mapped(UUID.class, (at, id) -> id == null ? null : unknown)
                .mapped(
                        String.class,
                        (at, text) -> text != null && PermissionTable.names().contains(text) ? name : text);
    }

    private static Answer answer(Caller caller, RecordedCall call) throws Exception {
        return Container.undone(() -> {
            try {
                Object came = Callers.as(caller, () -> made(call));
                // What was made has an id of its own each time.
                String text = came instanceof UUID ? "made" : general(call, String.valueOf(came));
                return new Answer(text, null, isNothing(came));
            } catch (ProblemException e) {
                Problem problem = e.problem();
                return new Answer(general(call, problem.toString()), problem.code(), false);
            }
        });
    }

    private static boolean isNothing(Object came) {
        return switch (came) {
            case Collection<?> list -> list.isEmpty();
            case Number number -> number.longValue() == 0;
            case Optional<?> one -> one.isEmpty();
            case Boolean told -> !told;
            case null, default -> false;
        };
    }

    private static Object made(RecordedCall call) {
        try {
            return call.made();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Without the ids and names that were asked with. */
    private static String general(RecordedCall call, String text) {
        String said = text;
        for (Object asked : Stream.concat(call.at(UUID.class).stream(), call.at(String.class).stream())
                .filter(Objects::nonNull)
                .filter(word -> word.toString().length() > 5)
                .toList()) {
            said = said.replace(asked.toString().replaceFirst("^schedule:", ""), "#");
        }
        return said;
    }
}
