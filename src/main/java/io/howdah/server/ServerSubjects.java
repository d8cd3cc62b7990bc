package io.howdah.server;

import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.engine.DatabaseInfo;
import io.howdah.engine.Engine;
import io.howdah.operation.Subject;
import io.howdah.schedule.ScheduleSubjects;
import io.howdah.server.Server.Wish;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Servers as schedules see them. Whoever asks has been asked for permission by the schedule. */
@Dependent
class ServerSubjects implements ScheduleSubjects {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private ServerService servers;

    @Inject
    private Engine engine;

    @Override
    public Optional<Subject> find(UUID serverId) {
        return live(entities.find(Server.class, serverId)).map(Server::subject);
    }

    @Override
    public Optional<Subject> lock(UUID serverId) {
        return live(entities.find(Server.class, serverId, LockModeType.PESSIMISTIC_WRITE))
                .map(Server::subject);
    }

    private static Optional<Server> live(Server server) {
        return Optional.ofNullable(server).filter(known -> known.deletedAt == null);
    }

    @Override
    public boolean running(UUID serverId) {
        return live(entities.find(Server.class, serverId))
                .filter(server -> server.wished == Wish.RUNNING)
                .isPresent();
    }

    @Override
    public boolean asleep(UUID serverId) {
        return live(entities.find(Server.class, serverId))
                .filter(Server::asleep)
                .isPresent();
    }

    @Override
    public UUID start(UUID serverId, Caller caller) {
        return Callers.as(caller, () -> servers.start(serverId));
    }

    @Override
    public UUID stop(UUID serverId, Caller caller) {
        return Callers.as(caller, () -> servers.stop(serverId));
    }

    @Override
    public List<String> databases(UUID serverId) {
        return asked(serverId, server -> engine.databases(server.key()).stream()
                .map(DatabaseInfo::name)
                .toList());
    }

    @Override
    public List<String> roles(UUID serverId) {
        return asked(serverId, server -> engine.roles(server.key()));
    }

    /** One that does not answer has nothing to choose from just now. */
    private List<String> asked(UUID serverId, Function<Server, List<String>> question) {
        return live(entities.find(Server.class, serverId))
                .filter(Requirements::answers)
                .map(question)
                .orElse(List.of());
    }
}
