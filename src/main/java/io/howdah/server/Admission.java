package io.howdah.server;

import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.access.Projects;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.access.Teams;
import io.howdah.engine.Engine;
import io.howdah.engine.EngineVersion;
import io.howdah.engine.Room;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Whether a server that somebody asks for may be and fits: the rules of the names, and the room on the place. */
@Dependent
class Admission {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private Engine engine;

    @Inject
    private Teams teams;

    @Inject
    private HostRoom hostRoom;

    @Inject
    private Projects projects;

    /** @throws io.howdah.shared.ProblemException for the first rule the draft breaks */
    void checkDraft(ServerDraft draft) {
        checkNames(draft);
        raise(Rules.administratorPassword(draft.administratorPassword(), draft.administratorLogin()));
    }

    /** The same for one whose password has become a verifier: it was checked before, and can't be any more. */
    void checkDraft(SealedDraft sealed) {
        checkNames(sealed.draft());
    }

    private void checkNames(ServerDraft draft) {
        checkFrame(draft);
        raise(Rules.administratorLogin(draft.administratorLogin()));
        if (draft.database() != null && !draft.database().isBlank()) {
            raise(Rules.database(draft.database().strip()));
        }
    }

    /** What must be right of any server, also of one whose administrator and databases come from elsewhere. */
    void checkFrame(ServerDraft draft) {
        if (draft.teamId() == null) {
            throw Problem.of(ProblemCode.Required, "team").at("team").raise();
        }
        Optional<UUID> project = projects.of(draft.teamId(), draft.projectId());
        Scope place = project.map(id -> Scope.project(draft.teamId(), id)).orElse(Scope.team(draft.teamId()));
        if (!teams.exists(draft.teamId())
                || !access.seesPlace(
                        Permission.SERVERS_CREATE,
                        place,
                        new Target("team", draft.teamId(), teams.names().get(draft.teamId())))) {
            throw Problem.of(ProblemCode.NotFound, "team", draft.teamId())
                    .at("team")
                    .raise();
        }
        if (project.isEmpty()) {
            throw Problem.of(ProblemCode.NotFound, "project", String.valueOf(draft.projectId()))
                    .at("project")
                    .raise();
        }
        raise(Rules.serverName(draft.name()));
        raise(checkVersion(draft.majorVersion()));
        raise(checkSize(draft.sizeCode()));
        raise(Rules.storage(draft.storageGib()));
        draft.allowedNetworks().forEach(network -> raise(Rules.network(network)));
        raise(Rules.tags(draft.tags()));
    }

    void checkNameFree(String name) {
        raise(nameTaken(name));
    }

    Optional<Problem> nameTaken(String name) {
        return entities.createQuery("select s from Server s where lower(s.name) = lower(:name)", Server.class)
                .setParameter("name", name)
                .getResultStream()
                .findFirst()
                .map(holder -> holder.deletedAt == null
                        ? Problem.of(ProblemCode.ServerNameTaken, name, freeNameLike(name))
                        : Problem.of(ProblemCode.ServerNameHeldByDeleted, holder.name, DAY.format(holder.keptUntil)))
                .map(problem -> problem.at("name"));
    }

    private String freeNameLike(String name) {
        List<String> taken = entities.createQuery("select lower(s.name) from Server s", String.class)
                .getResultList();
        String stem = name.length() > 60 ? name.substring(0, 60) : name;
        int number = 2;
        while (taken.contains((stem + "-" + number).toLowerCase(java.util.Locale.ROOT))) {
            number++;
        }
        return stem + "-" + number;
    }

    Optional<Problem> checkVersion(int major) {
        List<EngineVersion> versions = engine.versions();
        return versions.stream().anyMatch(version -> version.major() == major)
                ? Optional.empty()
                : Optional.of(Problem.of(
                                ProblemCode.VersionNotAvailable,
                                String.valueOf(major),
                                versions.stream()
                                        .map(version -> String.valueOf(version.major()))
                                        .collect(Collectors.joining(", ")))
                        .at("majorVersion"));
    }

    static Optional<Problem> checkSize(String code) {
        return Sizes.find(code).isPresent()
                ? Optional.empty()
                : Optional.of(Problem.of(ProblemCode.SizeUnknown, String.valueOf(code))
                        .at("sizeCode"));
    }

    /** Whether a server of this size fits beside those that exist; a deleted one's memory is free again. */
    Optional<Problem> checkRoom(String sizeCode, int storageGib) {
        return checkRoom(null, sizeCode, storageGib);
    }

    /** The same for one that waits; those who came later do not count. */
    Optional<Problem> checkRoom(UUID waiting, String sizeCode, int storageGib) {
        Size size = Sizes.of(sizeCode);
        Room room = engine.room();
        if (!Sizes.fits(size, room)) {
            return Optional.of(tooLarge(size, room).at("sizeCode"));
        }
        Optional<Problem> lacking = lacking(waiting, size.code(), HostRoom.Share.of(size), room);
        if (lacking.isPresent()) {
            return lacking.map(problem -> problem.at("sizeCode"));
        }
        return storageGib > room.storageGib()
                ? Optional.of(Problem.of(ProblemCode.NoRoomForStorage, storageGib, room.storageGib())
                        .at("storageGib"))
                : Optional.empty();
    }

    /** Whether its team may have another server of this size. */
    Optional<Problem> checkQuota(ServerDraft draft, QuotaStanding standing) {
        Size size = Sizes.of(draft.sizeCode());
        return standing.lacking(draft.name(), QuotaAmounts.server(HostRoom.Share.of(size), draft.storageGib(), true));
    }

    /** What is missing for something new beside all that is promised. */
    Optional<Problem> lacking(String what, HostRoom.Share wanted, Room room) {
        return lacking(null, what, wanted, room);
    }

    private Optional<Problem> lacking(UUID waiting, String what, HostRoom.Share wanted, Room room) {
        return hostRoom.lacking(waiting, what, wanted, HostRoom.Share.NONE, hostRoom.promised(), room);
    }

    /**
     * Whether the server could have the size beside the others. What does not grow always fits.
     *
     * @param promised to all servers, this one included
     */
    Optional<Problem> checkSize(
            Server server, Size wanted, Room room, HostRoom.Share promised, QuotaStanding standing) {
        if (!Sizes.fits(wanted, room)) {
            return Optional.of(tooLarge(wanted, room).at("size"));
        }
        Optional<Problem> lacking = Quotas.lacking(standing, server, wanted);
        if (lacking.isPresent()) {
            return lacking.map(problem -> problem.at("size"));
        }
        HostRoom.Share own = hostRoom.share(server);
        HostRoom.Share before = HostRoom.Share.of(Sizes.of(server.sizeCode));
        return hostRoom.lacking(server.id, wanted.code(), HostRoom.Share.of(wanted), before, promised.minus(own), room)
                .map(problem -> problem.at("size"));
    }

    /**
     * Whether the server could have so much storage; only what it does not have yet needs room.
     *
     * @param standing its team's
     */
    Optional<Problem> checkStorage(Server server, int storageGib, QuotaStanding standing) {
        int has = server.stored().wishedGib();
        Optional<Problem> rule = Rules.storage(storageGib);
        if (rule.isPresent()) {
            return rule;
        }
        if (storageGib <= has) {
            return Optional.of(
                    Problem.of(ProblemCode.StorageOnlyGrows, server.name, has).at("storageGib"));
        }
        Optional<Problem> lacking = standing.lacking(server.name, QuotaAmounts.of(QuotaKind.STORAGE, storageGib - has));
        if (lacking.isPresent()) {
            return lacking.map(problem -> problem.at("storageGib"));
        }
        return checkDisk(storageGib - has);
    }

    /** Whether there is room for so much more on the place. */
    Optional<Problem> checkDisk(int gib) {
        int free = engine.room().storageGib();
        return gib > free
                ? Optional.of(
                        Problem.of(ProblemCode.NoRoomForStorage, gib, free).at("storageGib"))
                : Optional.empty();
    }

    private static Problem tooLarge(Size size, Room room) {
        return Problem.of(
                ProblemCode.SizeTooLarge,
                size.code(),
                size.vCores(),
                size.memoryMib(),
                room.vCores(),
                room.serverMemoryMib());
    }

    private static void raise(Optional<Problem> problem) {
        problem.ifPresent(p -> {
            throw p.raise();
        });
    }
}
