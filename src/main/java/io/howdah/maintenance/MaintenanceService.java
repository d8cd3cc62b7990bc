package io.howdah.maintenance;

import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.server.ServerFacts;
import io.howdah.server.ServerRegister;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;

/** When work on a server that its clients might notice is done. */
@Stateless
public class MaintenanceService {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private ServerRegister servers;

    @Inject
    private MaintenanceWindows windows;

    /** @throws io.howdah.shared.ProblemException NotFound */
    public MaintenanceWindow window(UUID serverId) {
        visible(serverId);
        return windows.of(serverId);
    }

    /** @throws io.howdah.shared.ProblemException Required, WindowLengthOutOfRange, NotFound */
    public void choose(UUID serverId, WindowDraft draft) {
        check(draft);
        ServerFacts server = visible(serverId);
        record(server, draft.day() + " " + draft.start() + " " + draft.zone() + ", " + draft.length());
        WindowChoice choice = entities.find(WindowChoice.class, serverId);
        boolean first = choice == null;
        if (first) {
            choice = new WindowChoice();
            choice.serverId = serverId;
        }
        choice.day = draft.day();
        choice.starts = draft.start().truncatedTo(ChronoUnit.MINUTES);
        choice.minutes = (int) draft.length().toMinutes();
        choice.zone = draft.zone().getId();
        if (first) {
            entities.persist(choice);
        }
    }

    /** @throws io.howdah.shared.ProblemException NotFound */
    public void letSystemChoose(UUID serverId) {
        ServerFacts server = visible(serverId);
        record(server, "system");
        WindowChoice choice = entities.find(WindowChoice.class, serverId);
        if (choice != null) {
            entities.remove(choice);
        }
    }

    private static void check(WindowDraft draft) {
        require(draft.day(), "day");
        require(draft.start(), "start");
        require(draft.zone(), "zone");
        require(draft.length(), "length");
        if (draft.length().compareTo(MaintenanceWindow.SHORTEST) < 0
                || draft.length().compareTo(MaintenanceWindow.LONGEST) > 0) {
            throw Problem.of(
                            ProblemCode.WindowLengthOutOfRange,
                            MaintenanceWindow.SHORTEST.toMinutes(),
                            MaintenanceWindow.LONGEST.toHours())
                    .at("length")
                    .raise();
        }
    }

    private static void require(Object value, String field) {
        if (value == null) {
            throw Problem.of(ProblemCode.Required, field).at(field).raise();
        }
    }

    private void record(ServerFacts server, String after) {
        access.change(
                Permission.MAINTENANCE_WRITE,
                Scope.server(server.teamId(), server.id()),
                new Target("server", server.id(), server.name()),
                Map.of("before", windows.of(server.id()).toString(), "after", after));
    }

    private ServerFacts visible(UUID serverId) {
        return servers.find(serverId)
                .filter(server -> access.sees(
                        Permission.SERVERS_READ,
                        Scope.server(server.teamId(), server.id()),
                        new Target("server", server.id(), server.name())))
                .orElseThrow(() -> Problem.of(ProblemCode.NotFound, "server", String.valueOf(serverId))
                        .raise());
    }
}
