package io.howdah.container;

import static io.howdah.container.Container.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.operation.OperationService;
import io.howdah.operation.OperationStatus;
import io.howdah.operation.OperationView;
import io.howdah.server.ServerDraft;
import io.howdah.server.ServerFilter;
import io.howdah.server.ServerOrder;
import io.howdah.server.ServerService;
import io.howdah.server.ServerView;
import io.howdah.shared.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.postgresql.ds.PGSimpleDataSource;

/** The one real server that the tests in the container share. Two ask for it at one instant; a test leaves it running. */
public final class SharedServer {

    public static final String OTHER_PASSWORD = "Cedar-52-Harbour-next";
    private static final int SECONDS = 90;

    private static UUID team;
    private static Caller owner;
    private static String name;
    private static UUID id;
    private static UUID created;
    private static List<Problem> lost;

    private SharedServer() {}

    /** The owner of its team. */
    public static Caller owner() {
        return owner;
    }

    public static String name() {
        return name;
    }

    public static UUID team() {
        return team;
    }

    /** The operation that made it. */
    public static UUID created() {
        return created;
    }

    /** What was said to whoever wanted the same name at the same instant. */
    public static List<Problem> lost() {
        return lost;
    }

    /** Makes the server when there is none yet, or none any more. */
    public static UUID id() throws Exception {
        if (id == null || Metadata.count("server where id = ?", id) == 0) {
            team = People.team("Servers");
            owner = People.member("Owner", team);
            name = People.unique("orders");
            ServerDraft draft = draft(d -> d.with("name", name));
            List<UUID> begun = Collections.synchronizedList(new ArrayList<>());
            Runnable create = () ->
                    begun.add(Callers.as(People.again(owner), () -> servers().create(draft)));
            lost = Container.twice(create, create);
            assertThat(begun).hasSize(1);
            created = begun.get(0);
            succeeded(created);
            id = Metadata.value("select id from server where name = ?", name);
        } else if (Metadata.count("person where id = ?", owner.personId()) == 0) {
            // Some tests begin with nobody at all.
            owner = People.member("Owner", team);
        }
        return id;
    }

    public static UUID ask(Supplier<UUID> act) {
        return Callers.as(People.again(owner), act);
    }

    public static OperationView ended(UUID operation) {
        await(SECONDS).until(() -> Metadata.count("operation where id = ? and ended_at is not null", operation) == 1);
        return Callers.as(owner, () -> Container.bean(OperationService.class).get(operation));
    }

    public static void succeeded(UUID operation) {
        OperationView view = ended(operation);
        assertThat(view.status())
                .as(view.kind() + ": " + view.problem() + " " + view.detail())
                .isEqualTo(OperationStatus.SUCCEEDED);
    }

    public static ServerView view(UUID id) {
        return Callers.as(owner, () -> servers().list(ServerFilter.LIVE, ServerOrder.NAME, true, 0, 100).stream()
                .filter(view -> view.id().equals(id))
                .findFirst()
                .orElseGet(() -> servers().byName(name)));
    }

    public static String wish(UUID id) {
        return Metadata.value("select wished from server where id = ?", id);
    }

    /** The one that holds now: tests run in any order. */
    public static String password() throws SQLException {
        return canSignIn(Wanted.PASSWORD) ? Wanted.PASSWORD : OTHER_PASSWORD;
    }

    public static boolean canSignIn(String password) throws SQLException {
        try (Connection connection = connect(view(id).endpoints().directPort(), "postgres", password)) {
            return connection.isValid(5);
        } catch (SQLException e) {
            if ("28P01".equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    public static Connection connect(int port, String database, String password) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(Wanted.LOGIN);
        source.setPassword(password);
        source.setSslMode("require");
        source.setConnectTimeout(10);
        return source.getConnection();
    }

    /** The living process that the file of a keeper names; it must be at work for this very server. */
    public static List<ProcessHandle> processOf(UUID id, String file) throws IOException {
        Path server = Metadata.home().resolve("servers").resolve(id.toString());
        Path path = server.resolve("1/run").resolve(file);
        if (!Files.exists(path)) {
            return List.of();
        }
        long pid = Long.parseLong(Files.readString(path).strip().split(" ")[0]);
        String line =
                Files.exists(Path.of("/proc", "" + pid)) ? Files.readString(Path.of("/proc", "" + pid, "cmdline")) : "";
        return line.contains(server.toString()) ? ProcessHandle.of(pid).stream().toList() : List.of();
    }

    public static ServerDraft draft(UnaryOperator<Wanted> change) {
        return change.apply(Wanted.usual(owner, team)).draft();
    }

    private static ServerService servers() {
        return Container.bean(ServerService.class);
    }
}
