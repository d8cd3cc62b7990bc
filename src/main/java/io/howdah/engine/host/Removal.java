package io.howdah.engine.host;

import io.howdah.engine.ServerKey;
import io.howdah.shared.Messages;
import io.howdah.shared.ProblemCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Removes every trace of a server. Its directory goes last and is first put aside, so that whatever a crash interrupts
 * is found and finished by the next call.
 */
final class Removal {

    private static final int POLL_MILLIS = 10;
    private static final int TRIES = 500;

    private final ServerDirectories directories;
    private final Limits limits;
    private final Repositories repositories;
    private final Volumes volumes;

    Removal(ServerDirectories directories, Limits limits, Repositories repositories, Volumes volumes) {
        this.directories = directories;
        this.volumes = volumes;
        this.repositories = repositories;
        this.limits = limits;
    }

    void remove(ServerKey key, Work.Course course) {
        course.say(Messages.text("engine.doing.removing.processes"));
        ServerDirectory directory = directories.of(key);
        ServerDirectory aside = directories.removing(key);
        Optional<ServerFile> file = directories.find(key);
        if (Files.exists(directory.root())) {
            file.ifPresent(known -> end(directory, known));
            volumes.detachAll(directory);
            volumes.detachAll(aside);
            Disk.delete(aside.root());
            try {
                Files.move(directory.root(), aside.root(), StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        volumes.detachAll(aside);
        Optional<ServerFile> known = ServerDirectories.read(aside.stateFile());
        known.ifPresent(server -> {
            course.say(Messages.text("engine.doing.removing.files"));
            Disk.delete(Path.of(server.sockets()));
            Disk.delete(aside.member());
            repositories.outlive(key);
            ServiceUsers.remove(server.user());
        });
        Disk.delete(aside.root());
    }

    private void end(ServerDirectory directory, ServerFile file) {
        if (Files.isDirectory(directory.run())) {
            directory.postgres().unwant();
            directory.pgbouncer().unwant();
        }
        for (int i = 0; i < TRIES; i++) {
            directory.postgres().kill();
            directory.pgbouncer().kill();
            limits.kill(file.shortName());
            boolean leftovers = Leftovers.kill(file, directory);
            if (directory.postgres().gone()
                    && directory.pgbouncer().gone()
                    && !leftovers
                    && limits.remove(file.shortName())) {
                return;
            }
            Pause.millis(POLL_MILLIS);
        }
        throw EngineFault.passing("processes of the server do not end", ProblemCode.EngineNotResponding);
    }
}
