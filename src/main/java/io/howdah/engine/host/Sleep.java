package io.howdah.engine.host;

import io.howdah.engine.ClientInfo;
import io.howdah.shared.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The rest of a server that nobody uses: PostgreSQL is stopped and the pooler stays, paused. A paused pooler holds who
 * connects, even before they have signed in, since it asks PostgreSQL for their verifiers; whoever looks at its clients
 * sees them waiting.
 */
final class Sleep {

    private static final Logger LOG = Logger.getLogger(Sleep.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final ServerFile file;
    private final ServerDirectory directory;
    private final HostSettings settings;
    private final ServerProcesses processes;

    Sleep(ServerFile file, ServerDirectory directory, HostSettings settings) {
        this.file = file;
        this.directory = directory;
        this.settings = settings;
        this.processes = new ServerProcesses(file, directory, settings);
    }

    private Path mark() {
        return directory.run().resolve("asleep");
    }

    /** Whether PostgreSQL rests and the pooler holds who comes. */
    boolean asleep() {
        return Files.exists(mark()) && processes.resting();
    }

    /** Does nothing when somebody is connected, or a transaction is open. */
    void begin(Work.Course course) {
        if (asleep() || !processes.postgresReady() || !connected().isEmpty()) {
            return;
        }
        ClientHold hold = new ClientHold(file, directory, settings.home());
        course.say(Messages.text("engine.doing.sleep.nobody"));
        hold.begin();
        boolean resting = false;
        try {
            if (connected().isEmpty()) {
                Disk.write(mark(), "", "rw-------", null);
                processes.rest(course);
                hold.leave();
                resting = true;
            }
        } finally {
            if (!resting) {
                hold.end();
            }
        }
    }

    /** Lets those go on who were held, once PostgreSQL answers; nothing happens when it was not asleep. */
    void end() {
        if (!Files.exists(mark())) {
            return;
        }
        new ClientHold(file, directory, settings.home()).end();
        forget();
    }

    /** It is not asleep any more, whatever it is. */
    void forget() {
        Disk.delete(mark());
    }

    List<ClientInfo> clients() {
        return asleep() ? waiting() : connected();
    }

    /** Who waits; and a pooler that has been started anew by its keeper is paused again. */
    private List<ClientInfo> waiting() {
        AllowedNetworks allowed = new AllowedNetworks(new ServerSettings(file, directory, settings).networks());
        try (PoolerConsole console = new PoolerConsole(file)) {
            pause(console);
            return pooled(console).stream()
                    .filter(client -> allowed.include(client.address()))
                    .toList();
        } catch (IOException e) {
            LOG.log(Level.WARNING, e, () -> file.id() + ": its pooler can't be asked who waits");
            return List.of();
        }
    }

    private static void pause(PoolerConsole console) throws IOException {
        try {
            console.say("PAUSE");
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("already")) {
                throw e;
            }
        }
    }

    private List<ClientInfo> connected() {
        List<ClientInfo> found = new ArrayList<>(direct());
        try (PoolerConsole console = new PoolerConsole(file)) {
            found.addAll(pooled(console));
        } catch (IOException e) {
            throw EngineFault.passing(e.getMessage(), io.howdah.shared.ProblemCode.EngineNotResponding);
        }
        return found;
    }

    private static List<ClientInfo> pooled(PoolerConsole console) throws IOException {
        List<ClientInfo> found = new ArrayList<>();
        for (Map<String, String> client : console.ask("SHOW CLIENTS")) {
            if (!"pgbouncer".equals(client.get("database"))) {
                found.add(new ClientInfo(
                        client.getOrDefault("addr", ""),
                        client.getOrDefault("application_name", ""),
                        client.getOrDefault("state", "").startsWith("waiting")));
            }
        }
        return found;
    }

    /** The pooler's own sessions come over the socket. */
    private List<ClientInfo> direct() {
        return new ControlConnection(file).use(LOOK, connection -> {
            List<ClientInfo> found = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("""
                            SELECT host(client_addr), application_name FROM pg_stat_activity
                             WHERE backend_type IN ('client backend', 'walsender') AND client_addr IS NOT NULL""")) {
                while (rows.next()) {
                    found.add(new ClientInfo(rows.getString(1), rows.getString(2), false));
                }
            }
            return found;
        });
    }
}
