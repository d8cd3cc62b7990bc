package io.howdah.engine.host;

import io.howdah.engine.ServerKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** The repositories of all servers, also of those that are gone. */
final class Repositories {

    private final Path backups;
    private final BackupKeys keys;
    private final String heirs;

    Repositories(HostSettings settings) {
        this.backups = settings.home().resolve("backups");
        this.keys = new BackupKeys(settings.home());
        this.heirs = settings.userPrefix() + "backups";
    }

    Repository of(ServerKey key) {
        return new Repository(key, backups.resolve(key.toString()));
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
            Disk.delete(repository.root());
            return;
        }
        if (!ServiceUsers.runsAsRoot()) {
            return;
        }
        ServiceUsers.ensure(heirs);
        try {
            UserPrincipal owner = Files.getOwner(Path.of("/proc/self"));
            Files.walkFileTree(repository.root(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
                    return take(path, owner);
                }

                @Override
                public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                    return take(path, owner);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FileVisitResult take(Path path, UserPrincipal owner) throws IOException {
        Files.getFileAttributeView(path, PosixFileAttributeView.class, java.nio.file.LinkOption.NOFOLLOW_LINKS)
                .setOwner(owner);
        ServiceUsers.share(path, heirs);
        return FileVisitResult.CONTINUE;
    }
}
