package io.howdah.engine.host;

import io.howdah.engine.ServerKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** The repositories of all servers, also of those that are gone. */
final class Repositories {

    private final Path backups;
    private final Path desks;
    private final BackupKeys keys;
    private final String heirs;

    Repositories(HostSettings settings) {
        this.backups = settings.home().resolve("backups");
        this.desks = settings.home().resolve("repositories");
        this.keys = new BackupKeys(settings.home());
        this.heirs = settings.userPrefix() + "backups";
    }

    /** With the settings of the tool, which are made anew where only the backups themselves are left. */
    Repository of(ServerKey key) {
        Repository repository = new Repository(key, backups.resolve(key.toString()), desks.resolve(key.toString()));
        if (repository.exists() && !Files.exists(repository.settings())) {
            inherit(repository);
        }
        return repository;
    }

    Set<ServerKey> all() {
        Set<ServerKey> found = new HashSet<>();
        if (Files.isDirectory(backups)) {
            try (Stream<Path> children = Files.list(backups)) {
                children.map(child -> child.getFileName().toString())
                        .filter(name -> name.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"))
                        .forEach(name -> found.add(new ServerKey(UUID.fromString(name))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }

    /** Whether the installation's backup key, as it lies there now, is the one that the backups are written with. */
    boolean keyFits(Repository repository) {
        try {
            return repository.isTold(keys.of(repository.server()));
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /** Makes the repository's directories and settings, or brings them up to date. */
    Repository lay(ServerFile file, ServerDirectory directory) {
        Repository repository = of(file.key());
        repository.lay(file.user());
        repository.configure(file, directory, keys.of(file.key()));
        return repository;
    }

    /**
     * Its server is about to go, and its OS user with it: from now on the repository belongs to the control plane, if there
     * is anything to restore from.
     */
    void outlive(ServerKey key) {
        Repository repository = of(key);
        if (!repository.hasBackups()) {
            delete(key);
            return;
        }
        if (!ServiceUsers.runsAsRoot()) {
            return;
        }
        ServiceUsers.ensure(heirs);
        try {
            ServiceUsers.ownAll(repository.root(), heirs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Disk.delete(repository.desk());
    }

    /** Whoever owns the backups goes on owning them; where that user is no more, or never was on this machine, heirs do. */
    private void inherit(Repository repository) {
        String user = repository.owner();
        try {
            if (ServiceUsers.runsAsRoot()
                    && (user == null || ServiceUsers.find(user).isEmpty())) {
                user = heirs;
                ServiceUsers.ensure(heirs);
                ServiceUsers.ownAll(repository.root(), heirs);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        repository.configureAlone(keys.of(repository.server()), user);
    }

    /** Removes the repository for good. */
    void delete(ServerKey key) {
        Repository repository = of(key);
        Disk.delete(repository.root());
        Disk.delete(repository.desk());
    }
}
