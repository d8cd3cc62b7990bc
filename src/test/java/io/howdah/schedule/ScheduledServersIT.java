package io.howdah.schedule;

import static io.howdah.container.Container.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.access.Callers;
import io.howdah.container.Container;
import io.howdah.container.Metadata;
import io.howdah.container.People;
import io.howdah.container.SharedServer;
import io.howdah.server.ServerService;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Schedules of a real server. */
@ExtendWith(ArquillianExtension.class)
class ScheduledServersIT {

    private static final int SECONDS = 90;

    @Inject
    private ScheduleService schedules;

    private UUID server;
    private long before;

    @BeforeEach
    void aRunningServer() throws Exception {
        server = SharedServer.id();
        PlainAction.failing = false;
        PlainAction.idle = false;
        before = Metadata.<Long>value("select max(number) from operation");
    }

    @AfterEach
    void itRunsAgain() {
        Metadata.change("delete from schedule where server_id = ?", server);
        await(SECONDS).until(() -> Metadata.count("operation where subject_id = ? and ended_at is null", server) == 0);
        if (!SharedServer.wish(server).equals("RUNNING")) {
            SharedServer.succeeded(SharedServer.ask(() -> servers().start(server)));
        }
        Metadata.change("delete from operation where kind = 'test-nothing'");
    }

    @Test
    void itStopsAtItsTimeAndIsNotStoppedTwice() {
        UUID id = create("server-stop", WhenStopped.SKIP);
        await(SECONDS).until(() -> ended(id));
        assertThat(run(id).result()).isEqualTo(RunResult.SUCCEEDED);
        assertThat(SharedServer.wish(server)).isEqualTo("STOPPED");

        ask(() -> schedules.runNow(id));

        assertThat(run(id).result()).isEqualTo(RunResult.SKIPPED);
    }

    @Test
    void aStoppedServerIsLeftAloneWhenSoWished() {
        SharedServer.succeeded(SharedServer.ask(() -> servers().stop(server)));
        UUID id = create(PlainAction.Needy.NEEDY, WhenStopped.SKIP);
        await(SECONDS).until(() -> ended(id));
        assertThat(run(id).result()).isEqualTo(RunResult.SKIPPED);
        assertThat(run(id).reason()).isEqualTo(SharedServer.name() + " was stopped.");
    }

    @Test
    void aStoppedServerIsStartedFirst() {
        SharedServer.succeeded(SharedServer.ask(() -> servers().stop(server)));
        UUID id = create(PlainAction.Needy.NEEDY, WhenStopped.START_FIRST);
        await(SECONDS).until(() -> ended(id));
        assertThat(run(id).result()).isEqualTo(RunResult.SUCCEEDED);
        assertThat(kinds()).containsExactly("server-stop", "server-start", "test-nothing");
        assertThat(SharedServer.wish(server)).isEqualTo("RUNNING");
    }

    @Test
    void aServerThatWasStartedForARunIsStoppedAfterIt() {
        SharedServer.succeeded(SharedServer.ask(() -> servers().stop(server)));
        UUID id = create(PlainAction.Needy.NEEDY, WhenStopped.START_AND_STOP_AFTER);
        await(SECONDS).until(() -> ended(id));
        await(SECONDS).until(() -> kinds().size() == 4);
        assertThat(kinds()).containsExactly("server-stop", "server-start", "test-nothing", "server-stop");
        assertThat(run(id).result()).isEqualTo(RunResult.SUCCEEDED);
        await(SECONDS).until(() -> SharedServer.wish(server).equals("STOPPED"));
    }

    private List<Object> kinds() {
        return Metadata.rows(
                        "select kind from operation where subject_id = ? and number > ? order by number",
                        server,
                        before)
                .stream()
                .map(row -> row.get("kind"))
                .toList();
    }

    private boolean ended(UUID id) {
        RunView run = run(id);
        return run != null && run.endedAt() != null;
    }

    /** The newest. */
    private RunView run(UUID id) {
        return ask(() -> schedules.runs(id, 0, 1)).stream().findFirst().orElse(null);
    }

    /** Once, in a moment. */
    private UUID create(String action, WhenStopped whenStopped) {
        LocalDateTime due = LocalDateTime.ofInstant(Instant.now().plusSeconds(3), ZoneOffset.UTC);
        ScheduleDraft draft = new ScheduleDraft(
                server,
                People.unique("schedule"),
                action,
                Map.of(),
                new Timing(new Timetable.Once(due), ZoneId.of("UTC"), null, null),
                Misfire.CATCH_UP,
                whenStopped,
                Set.of());
        return ask(() -> schedules.create(draft));
    }

    private static <T> T ask(Supplier<T> work) {
        return Callers.as(People.again(SharedServer.owner()), work);
    }

    private static ServerService servers() {
        return Container.bean(ServerService.class);
    }
}
