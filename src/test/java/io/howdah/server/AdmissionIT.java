package io.howdah.server;

import static io.howdah.container.Container.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.container.Container;
import io.howdah.container.Metadata;
import io.howdah.container.People;
import io.howdah.container.Wanted;
import io.howdah.operation.OperationService;
import io.howdah.operation.OperationStatus;
import io.howdah.shared.Ids;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a server that somebody asks for must be like, and the room that must be there. */
@ExtendWith(ArquillianExtension.class)
class AdmissionIT {

    private static UUID team;
    private static Caller owner;

    @Inject
    private ServerService servers;

    @Test
    void everyRuleOfADraftIsSaidAtItsFieldAndNothingIsLeftBehind() {
        meet();
        String name = insertDisabled(Ids.random(), "H0.25");
        long before = Metadata.count("server");
        Map<ServerDraft, List<Object>> refusals = new LinkedHashMap<>();
        refusals.put(draft(d -> d.with("team", null)), List.of(ProblemCode.Required, "team"));
        refusals.put(draft(d -> d.with("team", Ids.random())), List.of(ProblemCode.NotFound, "team"));
        refusals.put(draft(d -> d.with("name", "-orders")), List.of(ProblemCode.ServerNameInvalid, "name"));
        refusals.put(
                draft(d -> d.with("name", name.toUpperCase(Locale.ROOT))),
                List.of(ProblemCode.ServerNameTaken, "name"));
        refusals.put(draft(d -> d.with("major", 9)), List.of(ProblemCode.VersionNotAvailable, "majorVersion"));
        refusals.put(draft(d -> d.with("size", "X1")), List.of(ProblemCode.SizeUnknown, "sizeCode"));
        refusals.put(draft(d -> d.with("size", "Standard_E96ds_v5")), List.of(ProblemCode.SizeTooLarge, "sizeCode"));
        refusals.put(draft(d -> d.with("storage", 0)), List.of(ProblemCode.StorageOutOfRange, "storageGib"));
        refusals.put(draft(d -> d.with("storage", 32 * 1024)), List.of(ProblemCode.NoRoomForStorage, "storageGib"));
        refusals.put(
                draft(d -> d.with("login", "9lives")),
                List.of(ProblemCode.AdministratorLoginInvalid, "administratorLogin"));
        refusals.put(
                draft(d -> d.with("login", "pg_me")),
                List.of(ProblemCode.AdministratorLoginReserved, "administratorLogin"));
        refusals.put(
                draft(d -> d.with("password", "short1A")),
                List.of(ProblemCode.AdministratorPasswordInvalid, "administratorPassword"));
        refusals.put(
                draft(d -> d.with("password", "My-dba-Is-9-good")),
                List.of(ProblemCode.AdministratorPasswordContainsLogin, "administratorPassword"));
        refusals.put(draft(d -> d.with("database", "1st")), List.of(ProblemCode.DatabaseNameInvalid, "database"));
        refusals.put(draft(d -> d.with("database", "postgres")), List.of(ProblemCode.DatabaseNameReserved, "database"));
        refusals.put(
                draft(d -> d.with("networks", List.of("300.1.1.1"))),
                List.of(ProblemCode.NetworkInvalid, "allowedNetworks"));
        refusals.put(draft(d -> d.with("tags", Map.of("", "x"))), List.of(ProblemCode.TagInvalid, "tags"));
        for (Map.Entry<ServerDraft, List<Object>> entry : refusals.entrySet()) {
            Problem problem = refused(owner, () -> servers.create(entry.getKey()));
            assertThat(List.<Object>of(problem.code(), String.valueOf(problem.field())))
                    .isEqualTo(entry.getValue());
            assertThat(problem.message()).isNotBlank();
            assertThat(problem.hint()).isNotBlank();
        }
        assertThat(Metadata.count("server")).isEqualTo(before);
    }

    @Test
    void memoryThatIsPromisedToOthersIsNotPromisedAgain() {
        meet();
        int room = Callers.as(owner, () -> servers.catalogue().room().serverMemoryMib());
        UUID big = Ids.random();
        // A server that could not be made takes no memory from this machine but counts like any other.
        for (int promised = 0; promised < room; promised += 1024) {
            insertDisabled(big, "H1");
        }
        try {
            Problem problem = refused(owner, () -> servers.create(draft(d -> d)));
            assertThat(problem.code()).isEqualTo(ProblemCode.NoRoomForMemory);
            assertThat(problem.field()).isEqualTo("sizeCode");
            assertThat(problem.message()).contains("MiB are missing");
            assertThat(problem.hint()).contains("ask ");
        } finally {
            Metadata.change("delete from server where created_by = ?", big.toString());
        }
        assertThat(Callers.as(owner, () -> servers.checkRoom("H0.25", 1))).isEmpty();
    }

    @Test
    void whatHasNoRoomIsMadeOnceThereIsAndWhatIsCancelledLeavesTheLine() {
        meet();
        OperationService operations = Container.bean(OperationService.class);
        Metadata.change("insert into host_room values (1, 10, 0.01, now(), 'test')");
        UUID first;
        String name;
        try {
            Wanted wanted = Wanted.usual(owner, team);
            name = wanted.draft().name();
            assertThat(refused(owner, () -> servers.create(wanted.draft())).code())
                    .isEqualTo(ProblemCode.NoRoomForMemory);
            UUID waits = Callers.as(owner, () -> servers.createInLine(wanted.draft()));
            first = waits;
            UUID second = Callers.as(owner, () -> servers.createInLine(draft(d -> d)));
            ServerView waiting = awaitNote(name);
            assertThat(waiting.state()).isEqualTo(ServerState.PROVISIONING);
            assertThat(waiting.note()).contains("MiB are missing");
            // How long others took tells nothing of it.
            assertThat(Callers.as(owner, () -> operations.get(waits)).expectedEnd())
                    .isNull();
            // One that waits has its name, and no share yet.
            assertThat(refused(owner, () -> servers.create(wanted.draft())).code())
                    .isEqualTo(ProblemCode.ServerNameTaken);
            Callers.as(owner, () -> operations.cancel(second));
            assertThat(ended(second)).isEqualTo(OperationStatus.CANCELLED);
            assertThat(Metadata.count("waiting_server where in_line")).isEqualTo(1);
        } finally {
            Metadata.change("delete from host_room");
        }
        assertThat(ended(first)).isEqualTo(OperationStatus.SUCCEEDED);
        assertThat(Metadata.count("waiting_server where in_line")).isZero();
        UUID id = Callers.as(owner, () -> servers.byName(name).id());
        assertThat(ended(Callers.as(owner, () -> servers.delete(id, name)))).isEqualTo(OperationStatus.SUCCEEDED);
    }

    private static OperationStatus ended(UUID operation) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> Metadata.count("operation where id = ? and ended_at is not null", operation) == 1);
        return Callers.as(
                owner,
                () -> Container.bean(OperationService.class).get(operation).status());
    }

    private ServerView awaitNote(String name) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> Callers.as(owner, () -> servers.byName(name)), server -> String.valueOf(server.note())
                        .startsWith("Waits in line."));
    }

    /** A server whose creation failed: only its row is there. */
    private static String insertDisabled(UUID mark, String size) {
        String name = People.unique("big");
        Metadata.change(
                "insert into server (id, team_id, name, wished, state, major_version, size_code, storage_gib, administrator_login, created_at, created_by, version) values (?, ?, ?, 'RUNNING', 'DISABLED', 17, ?, 1, 'dba', now(), ?, 1)",
                Ids.random(),
                team,
                name,
                size,
                mark.toString());
        return name;
    }

    private static ServerDraft draft(UnaryOperator<Wanted> change) {
        return change.apply(Wanted.usual(owner, team)).draft();
    }

    private static void meet() {
        if (owner == null) {
            team = People.team("Admission");
            owner = People.member("Owner", team);
        }
    }
}
