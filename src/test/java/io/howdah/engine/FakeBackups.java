package io.howdah.engine;

import io.howdah.engine.FakeEngine.Call;
import io.howdah.engine.FakeEngine.Server;
import io.howdah.engine.FakeEngine.Unit;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** The backups of {@link FakeEngine}: what is archived is a copy of everything, so any archived instant can be restored. */
final class FakeBackups implements BackupEngine {

    /** All that a server holds. */
    record Files(
            Map<String, String> databases,
            Map<String, Set<String>> tables,
            Map<String, String> administrators,
            int timeline,
            boolean restored) {

        Files on(int newTimeline, boolean toRecover) {
            return new Files(databases, tables, administrators, newTimeline, toRecover);
        }
    }

    /** What outlives its server. */
    static final class Repository {
        private final List<BackupInfo> backups = new ArrayList<>();
        private final Map<String, Files> copies = new HashMap<>();
        private final TreeMap<Instant, Files> archive = new TreeMap<>();
        private int newestTimeline = 1;
        private int taken;
    }

    private final FakeEngine engine;
    private final FakeEngine.Host host;
    private final Clock clock;

    FakeBackups(FakeEngine engine, FakeEngine.Host host, Clock clock) {
        this.engine = engine;
        this.host = host;
        this.clock = clock;
    }

    @Override
    public Progress enable(ServerKey key) {
        return engine.existing(Call.ENABLE, key, server -> {
            host.repositories.computeIfAbsent(key, any -> new Repository());
            return Progress.done();
        });
    }

    @Override
    public Progress backUp(ServerKey key, UUID unit, BackupTask task) {
        return engine.running(Call.BACK_UP, key, server -> {
            Unit known = server.units.get(unit);
            if (known == null) {
                known = new Unit(clock.instant(), "backup command end: completed successfully\n");
                server.units.put(unit, known);
                take(key, server, unit, task);
                known.end = Progress.done();
            }
            return known.end;
        });
    }

    private void take(ServerKey key, Server server, UUID unit, BackupTask task) {
        take(host.repositories.get(key), server, unit, task);
    }

    private void take(Repository repository, Server server, UUID unit, BackupTask task) {
        BackupInfo before = repository.backups.isEmpty() ? null : repository.backups.getLast();
        BackupKind kind = before == null ? BackupKind.FULL : task.kind();
        String label = "b" + ++repository.taken;
        Instant now = clock.instant();
        String prior = kind == BackupKind.FULL ? null : before.label();
        repository.backups.add(new BackupInfo(
                label, kind, prior, unit, task.notes(), now, now, server.timeline, 1 << 20, 1 << 18, false));
        repository.copies.put(label, server.files());
        repository.archive.put(now, server.files());
    }

    @Override
    public Progress archive(ServerKey key, UUID unit) {
        return engine.running(Call.ARCHIVE, key, server -> {
            host.repositories.get(key).archive.put(clock.instant(), server.files());
            return Progress.done();
        });
    }

    @Override
    public Archiving archiving(ServerKey key) {
        synchronized (engine) {
            Repository repository = host.repositories.get(key);
            return repository == null || repository.archive.isEmpty()
                    ? new Archiving(null, null, null, 0)
                    : new Archiving("" + repository.archive.size(), repository.archive.lastKey(), null, 0);
        }
    }

    @Override
    public BackupCatalogue catalogue(ServerKey key) {
        synchronized (engine) {
            return catalogue(key, host.repositories.get(key));
        }
    }

    private BackupCatalogue catalogue(ServerKey key, Repository repository) {
        synchronized (engine) {
            if (repository == null || repository.backups.isEmpty()) {
                return BackupCatalogue.EMPTY;
            }
            BackupInfo first = repository.backups.getFirst();
            Instant newest = repository.archive.lastKey();
            boolean growing = Optional.ofNullable(host.servers.get(key))
                    .filter(server -> server.startedAt != null)
                    .isPresent();
            RecoverySpan span = new RecoverySpan(repository.newestTimeline, first.stoppedAt(), newest, growing, null);
            return new BackupCatalogue(
                    repository.backups, List.of(span), 17, newest, repository.backups.size() * (1L << 18));
        }
    }

    @Override
    public Progress expire(ServerKey key, Instant window, Set<String> kept) {
        return expire(Call.EXPIRE, host.repositories, key, window, kept);
    }

    private Progress expire(
            Call call, Map<ServerKey, Repository> place, ServerKey key, Instant window, Set<String> kept) {
        return engine.perform(call, key, server -> {
            Repository repository = place.get(key);
            BackupInfo needed = repository.backups.stream()
                    .filter(backup -> backup.kind() == BackupKind.FULL
                            && !backup.stoppedAt().isAfter(window))
                    .reduce((older, newer) -> newer)
                    .orElse(null);
            for (BackupInfo backup : List.copyOf(repository.backups)) {
                boolean tooOld = needed != null && backup.stoppedAt().isBefore(needed.stoppedAt());
                if (tooOld && !kept.contains(backup.label())) {
                    drop(repository, backup.label());
                }
            }
            return Progress.done();
        });
    }

    private static void drop(Repository repository, String label) {
        repository.backups.removeIf(backup -> backup.label().equals(label));
        repository.copies.remove(label);
        repository.backups.stream()
                .filter(backup -> label.equals(backup.prior()))
                .map(BackupInfo::label)
                .toList()
                .forEach(dependent -> drop(repository, dependent));
    }

    @Override
    public Progress delete(ServerKey key, String label) {
        return engine.perform(Call.DELETE_BACKUP, key, server -> {
            drop(host.repositories.get(key), label);
            return Progress.done();
        });
    }

    @Override
    public Progress forget(ServerKey key) {
        return engine.perform(Call.FORGET, key, server -> {
            host.repositories.remove(key);
            return Progress.done();
        });
    }

    @Override
    public Set<ServerKey> repositories() {
        synchronized (engine) {
            return new HashSet<>(host.repositories.keySet());
        }
    }

    @Override
    public Optional<String> remote() {
        return engine.remote();
    }

    @Override
    public Progress ship(ServerKey key) {
        return engine.perform(Call.SHIP, key, server -> {
            Repository first = host.repositories.get(key);
            if (first != null && server != null) {
                host.remotes
                        .computeIfAbsent(key, any -> new Repository())
                        .archive
                        .putAll(first.archive);
            }
            return Progress.done();
        });
    }

    @Override
    public Archiving shipping(ServerKey key) {
        synchronized (engine) {
            Repository remote = host.remotes.get(key);
            return remote == null || remote.archive.isEmpty()
                    ? new Archiving(null, null, null, 0)
                    : new Archiving("" + remote.archive.size(), remote.archive.lastKey(), null, 0);
        }
    }

    @Override
    public Progress backUpRemote(ServerKey key, UUID unit, UUID name, BackupTask task) {
        return engine.running(Call.BACK_UP_REMOTE, key, server -> {
            Unit known = server.units.get(unit);
            if (known == null) {
                known = new Unit(clock.instant(), "backup command end: completed successfully\n");
                server.units.put(unit, known);
                take(host.remotes.computeIfAbsent(key, any -> new Repository()), server, name, task);
                known.end = Progress.done();
            }
            return known.end;
        });
    }

    @Override
    public BackupCatalogue remoteCatalogue(ServerKey key) {
        synchronized (engine) {
            return catalogue(key, host.remotes.get(key));
        }
    }

    @Override
    public Progress expireRemote(ServerKey key, Instant window, Set<String> kept) {
        return expire(Call.EXPIRE_REMOTE, host.remotes, key, window, kept);
    }

    @Override
    public Progress restore(ServerKey key, Specification specification, RestoreSource source) {
        return engine.perform(Call.RESTORE, key, server -> {
            if (server != null) {
                return Progress.done();
            }
            Files files = files(source.from(), source.target());
            if (files == null) {
                return FakeEngine.failure(ProblemCode.BackupGone, false, "it");
            }
            Server made = engine.make(key, specification);
            made.use(files.on(files.timeline() + 1, true));
            made.source = source.from();
            made.recovered = recovered(source);
            return Progress.done();
        });
    }

    private Files files(ServerKey from, RestoreTarget target) {
        Repository repository = host.repositories.get(from);
        if (repository == null) {
            return null;
        }
        return switch (target) {
            case RestoreTarget.Backup backup -> repository.copies.get(backup.label());
            case RestoreTarget.Latest latest -> repository.archive.lastEntry().getValue();
            case RestoreTarget.At at ->
                Optional.ofNullable(repository.archive.floorEntry(at.instant()))
                        .map(Map.Entry::getValue)
                        .orElse(null);
        };
    }

    @Override
    public Progress restoreBeside(ServerKey key, UUID unit, RestoreTarget target) {
        return engine.existing(Call.RESTORE_BESIDE, key, server -> {
            Files files = files(key, target);
            if (files == null) {
                return FakeEngine.failure(ProblemCode.BackupGone, false, "it");
            }
            int timeline = host.repositories.get(key).newestTimeline + 1;
            server.beside.putIfAbsent(unit, files.on(timeline, true));
            return Progress.done();
        });
    }

    @Override
    public Progress exchange(ServerKey key, UUID unit) {
        return engine.existing(Call.EXCHANGE, key, server -> {
            // What lies beside is still to be recovered; what was in use never is.
            if (server.beside.containsKey(unit) && server.beside.get(unit).restored()) {
                Files former = server.files().on(server.timeline, false);
                server.use(server.beside.get(unit));
                server.beside.put(unit, former);
            }
            return Progress.done();
        });
    }

    @Override
    public Progress exchangeBack(ServerKey key, UUID unit) {
        return engine.existing(Call.EXCHANGE_BACK, key, server -> {
            Files beside = server.beside.remove(unit);
            if (beside != null && !beside.restored()) {
                server.use(beside);
            }
            return Progress.done();
        });
    }

    @Override
    public Progress discard(ServerKey key, UUID unit) {
        return engine.existing(Call.DISCARD, key, server -> {
            server.beside.remove(unit);
            return Progress.done();
        });
    }

    @Override
    public Progress recover(ServerKey key) {
        return engine.existing(Call.RECOVER, key, server -> {
            if (server.startedAt == null) {
                server.startedAt = clock.instant();
            }
            if (server.restored) {
                server.restored = false;
                Optional.ofNullable(host.repositories.get(key)).ifPresent(repository -> {
                    repository.newestTimeline = server.timeline;
                    repository.archive.put(clock.instant(), server.files());
                });
            }
            return Progress.done();
        });
    }

    @Override
    public InputStream dump(ServerKey key, String database) {
        synchronized (engine) {
            Server server = host.servers.get(key);
            if (server == null || !server.files().databases().containsKey(database)) {
                throw Problem.of(ProblemCode.DatabaseNotFound, database).raise();
            }
            Set<String> tables = server.files().tables().getOrDefault(database, Set.of());
            return new ByteArrayInputStream(("PGDMP " + tables).getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public InputStream tarball(ServerKey key, String label) {
        synchronized (engine) {
            Repository repository = host.repositories.get(key);
            if (repository == null || !repository.copies.containsKey(label)) {
                throw Problem.of(ProblemCode.BackupNotFound, label).raise();
            }
            return new ByteArrayInputStream(label.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public Progress verify(ServerKey key, UUID unit) {
        return engine.running(Call.VERIFY, key, server -> {
            Unit checked = server.units.computeIfAbsent(unit, any -> new Unit(clock.instant(), "all whole\n"));
            checked.end = Progress.done();
            return checked.end;
        });
    }

    @Override
    public Progress look(ServerKey copy, RestoreTarget.At target) {
        return engine.existing(Call.LOOK, copy, server -> {
            if (!server.restored) {
                return FakeEngine.failure(ProblemCode.LookGone, false);
            }
            if (server.lookedAt != null && target.instant().isBefore(server.lookedAt)) {
                return FakeEngine.failure(ProblemCode.LookOnlyForward, false);
            }
            Files files = files(server.source, target);
            if (files == null) {
                return FakeEngine.failure(ProblemCode.RestoreTooEarly, false, "then");
            }
            server.use(files.on(files.timeline(), true));
            server.lookedAt = target.instant();
            server.startedAt = clock.instant();
            return Progress.done();
        });
    }

    @Override
    public Looked looked(ServerKey copy) {
        synchronized (engine) {
            Server server = host.servers.get(copy);
            return server == null
                    ? null
                    : new Looked(
                            server.lookedAt,
                            server.startedAt != null,
                            engine.observe(copy).endpoints(),
                            null);
        }
    }

    /** Answers every question with the names of the tables. */
    @Override
    public QueryResult query(ServerKey key, SqlTask task, int most) {
        synchronized (engine) {
            List<List<String>> tables = host.servers.get(key).tables.getOrDefault(task.database(), Set.of()).stream()
                    .sorted()
                    .map(List::of)
                    .toList();
            return new QueryResult(List.of("table"), tables.stream().limit(most).toList(), tables.size() > most);
        }
    }

    /** Those that something is in, and {@code public}; one that is called {@code theirs} is open to nobody. */
    @Override
    public List<SchemaInfo> schemas(ServerKey key, String database, String role) {
        synchronized (engine) {
            return Stream.concat(
                            Stream.of("public"),
                            host.servers.get(key).tables.getOrDefault(database, Set.of()).stream()
                                    .filter(name -> name.contains("."))
                                    .map(name -> name.split("\\.")[0]))
                    .distinct()
                    .sorted()
                    .map(name -> new SchemaInfo(name, !name.equals("theirs")))
                    .toList();
        }
    }

    @Override
    public List<String> taken(ServerKey key, String database, String schema, List<String> names) {
        synchronized (engine) {
            Set<String> there = host.servers.get(key).tables.getOrDefault(database, Set.of());
            return names.stream()
                    .filter(name -> there.contains(called(schema, name)))
                    .sorted()
                    .toList();
        }
    }

    private static String called(String schema, String name) {
        return schema.equals("public") ? name : schema + "." + name;
    }

    @Override
    public Progress load(ServerKey key, UUID unit, LoadTask task) {
        return engine.running(Call.LOAD, key, server -> {
            Unit known = server.units.get(unit);
            if (known == null) {
                known = new Unit(clock.instant(), "brought over\n");
                server.units.put(unit, known);
                known.end = bring(server, host.servers.get(task.from()), task, false);
            }
            return known.end;
        });
    }

    @Override
    public Progress place(ServerKey key, UUID unit, LoadTask task) {
        return engine.running(Call.PLACE, key, server -> {
            if (server.placed.contains(unit)) {
                return Progress.done();
            }
            Progress end = bring(server, host.servers.get(task.from()), task, true);
            if (end instanceof Progress.Done) {
                server.placed.add(unit);
            }
            return end;
        });
    }

    /** @param visibly whether it gets its place, or is only seen to have one */
    private static Progress bring(Server server, Server copy, LoadTask task, boolean visibly) {
        Set<String> there = copy.tables.getOrDefault(task.database(), Set.of());
        if (!copy.databases.containsKey(task.database())) {
            return FakeEngine.failure(ProblemCode.DatabaseNotFound, false, task.database());
        }
        if (task.whole()) {
            if (server.databases.containsKey(task.into())) {
                return FakeEngine.failure(ProblemCode.DatabaseExists, false, task.into());
            }
            if (visibly) {
                server.databases.put(task.into(), task.role());
                server.tables.put(task.into(), new HashSet<>(there));
            }
            return Progress.done();
        }
        Set<String> into = server.tables.computeIfAbsent(task.into(), any -> new HashSet<>());
        if (!task.existing() && into.stream().anyMatch(name -> name.startsWith(task.schema() + "."))) {
            return FakeEngine.failure(ProblemCode.SchemaExists, false, task.schema(), task.into());
        }
        for (TableName table : task.tables()) {
            if (!there.contains(table.name())) {
                return FakeEngine.failure(ProblemCode.TableNotFound, false, table);
            }
            if (into.contains(called(task.schema(), table.name()))) {
                return FakeEngine.failure(ProblemCode.NamesTaken, false, table.name(), task.schema(), task.into());
            }
        }
        if (visibly) {
            task.tables().forEach(table -> into.add(called(task.schema(), table.name())));
        }
        return Progress.done();
    }

    @Override
    public Progress unload(ServerKey key, UUID unit, LoadTask task) {
        return engine.running(Call.UNLOAD, key, server -> {
            Unit known = server.units.computeIfAbsent(unit, any -> new Unit(clock.instant(), ""));
            if (!server.placed.contains(unit)) {
                known.end = FakeEngine.failure(ProblemCode.WorkCancelled, false);
            }
            return Progress.done();
        });
    }

    // ---- rehearsals

    /** As if something had been committed at every instant at which something was archived. */
    private Recovered recovered(RestoreSource source) {
        TreeMap<Instant, Files> archive = host.repositories.get(source.from()).archive;
        return switch (source.target()) {
            case RestoreTarget.Backup backup -> new Recovered(null, null);
            case RestoreTarget.Latest latest -> new Recovered(archive.lastKey(), null);
            case RestoreTarget.At at ->
                engine.recoversTooFar
                        ? new Recovered(archive.lastKey(), null)
                        : new Recovered(archive.floorKey(at.instant()), archive.higherKey(at.instant()));
        };
    }

    @Override
    public Progress verifyRepository(ServerKey key, UUID unit) {
        return engine.existing(Call.VERIFY_REPOSITORY, key, server -> ended(server, unit, "status: ok\n"));
    }

    private Progress ended(Server server, UUID unit, String said) {
        Unit known = server.units.computeIfAbsent(unit, any -> new Unit(clock.instant(), said));
        known.end = known.end == null ? Progress.done() : known.end;
        return known.end;
    }

    @Override
    public Recovered recovered(ServerKey key) {
        synchronized (engine) {
            return host.servers.get(key).recovered;
        }
    }

    @Override
    public Progress verifyFiles(ServerKey key, UUID unit) {
        return engine.existing(
                Call.VERIFY_FILES,
                key,
                server -> server.startedAt != null
                        ? FakeEngine.failure(ProblemCode.Internal, false)
                        : ended(server, unit, "0 bad checksums\n"));
    }

    /** Knows SELECT true alone. */
    @Override
    public Progress ask(ServerKey key, UUID unit, Question question) {
        return engine.running(
                Call.ASK,
                key,
                server -> question.query().equals("SELECT true")
                        ? ended(server, unit, "")
                        : FakeEngine.failure(ProblemCode.AnswerNotTrue, false, "false"));
    }
}
