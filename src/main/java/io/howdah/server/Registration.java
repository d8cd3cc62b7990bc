package io.howdah.server;

import io.howdah.access.Caller;
import io.howdah.access.Projects;
import io.howdah.access.Scope;
import io.howdah.engine.Engine;
import io.howdah.operation.Nodes;
import io.howdah.server.Server.Wish;
import io.howdah.shared.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** Gives a new server its name and its share of the place, before anything of it exists. */
@Dependent
class Registration {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Admission admission;

    @Inject
    private WaitingServers waiting;

    @Inject
    private Projects projects;

    @Inject
    private Locks locks;

    @Inject
    private Quotas quotas;

    @Inject
    private Engine engine;

    @Inject
    private Nodes nodes;

    @Inject
    private Clock clock;

    /**
     * @throws io.howdah.shared.ProblemException when its place is locked, its name is taken, or there is no room for it on the
     *     place or in the team's quota
     */
    Server register(UUID id, ServerDraft draft, Caller caller) {
        return register(id, draft, caller, false);
    }

    /**
     * @param mayWait whether it joins the line of those who wait when there is no room for it now
     * @throws io.howdah.shared.ProblemException when its place is locked, its name is taken, it is more than the team's quota, or
     *     there is no room for it and it does not wait
     */
    Server register(UUID id, ServerDraft draft, Caller caller, boolean mayWait) {
        UUID project = projects.of(draft.teamId(), draft.projectId()).orElseThrow();
        locks.requireChangeable(
                Scope.project(draft.teamId(), project), projects.names().get(project));
        QuotaStanding standing = quotas.hold(draft.teamId());
        // Names and memory are given out one request at a time, so that two can't take the same.
        entities.createNativeQuery("lock table server in share row exclusive mode")
                .executeUpdate();
        admission.checkNameFree(draft.name());
        admission.checkQuota(draft, standing).ifPresent(problem -> {
            throw problem.raise();
        });
        Optional<Problem> lacking = admission.checkRoom(draft.sizeCode(), draft.storageGib());
        boolean waits = mayWait && lacking.filter(Problem::lacksRoom).isPresent();
        if (!waits) {
            lacking.ifPresent(problem -> {
                throw problem.raise();
            });
        }
        Server server = new Server();
        server.id = id;
        server.teamId = draft.teamId();
        server.projectId = project;
        server.name = draft.name();
        server.node = engine.capabilities().shared() ? null : nodes.home();
        server.wished = Wish.RUNNING;
        server.state = ServerState.PROVISIONING;
        server.majorVersion = draft.majorVersion();
        server.sizeCode = draft.sizeCode();
        server.storageGib = draft.storageGib();
        server.administratorLogin = draft.administratorLogin();
        server.firstDatabase = blankToNull(draft.database());
        server.createdAt = clock.instant();
        server.createdBy = caller.name();
        server.tags.putAll(draft.tags());
        draft.allowedNetworks().stream()
                .map(network -> Rules.canonicalNetwork(network).orElseThrow())
                .distinct()
                .forEach(server.allowedNetworks::add);
        entities.persist(server);
        entities.flush();
        if (waits) {
            waiting.join(server, caller);
        }
        return server;
    }

    private static String blankToNull(String text) {
        return Optional.ofNullable(text)
                .map(String::strip)
                .filter(t -> !t.isEmpty())
                .orElse(null);
    }
}
