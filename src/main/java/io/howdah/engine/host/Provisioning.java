package io.howdah.engine.host;

import io.howdah.engine.ServerKey;
import io.howdah.engine.Specification;
import io.howdah.shared.Messages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Makes a server's files. What a crash left unfinished is made anew; the data directory appears whole by a rename. */
final class Provisioning {

    private static final Duration INITDB = Duration.ofMinutes(5);
    private static final int TRIES = 500;

    private final HostSettings settings;
    private final ServerDirectories directories;
    private final ToolSets tools;
    private final CertificateAuthority authority;
    private final Spares spares;
    private final Repositories repositories;
    private final Volumes volumes;

    Provisioning(
            HostSettings settings,
            ServerDirectories directories,
            ToolSets tools,
            CertificateAuthority authority,
            Spares spares,
            Repositories repositories,
            Volumes volumes) {
        this.settings = settings;
        this.directories = directories;
        this.tools = tools;
        this.authority = authority;
        this.spares = spares;
        this.repositories = repositories;
        this.volumes = volumes;
    }

    /** Puts a data directory there that is owned by the server's user and complete, but for the product's settings. */
    interface Filling {
        void fill(ServerFile file, ServerDirectory directory, ToolSets.ToolSet tool);
    }

    void provision(ServerKey key, Specification specification, Work.Course course) {
        provision(key, specification, course, (file, directory, tool) -> {
            course.say(Messages.text("engine.doing.initialising"));
            initialise(directory, file, tool);
        });
    }

    void provision(ServerKey key, Specification specification, Work.Course course, Filling filling) {
        ServerDirectory directory = directories.of(key);
        if (directory.provisioned()) {
            return;
        }
        specification.allowedNetworks().forEach(ServerSettings::network);
        ToolSets.ToolSet tool = tools.require(specification.majorVersion());
        PgBouncer.installed();
        course.say(Messages.text("engine.doing.endpoints"));
        ServerFile file = directories.reserve(key, specification);
        ServiceUsers.ensure(file.user());
        volumes.give(directory, file.specification());
        lay(file);
        if (Files.exists(directory.data())) {
            seal(directory);
            return;
        }
        CompletableFuture<Void> certificate = CompletableFuture.runAsync(
                () -> certify(file), task -> Thread.ofVirtual().start(task));
        try {
            filling.fill(file, directory, tool);
        } finally {
            join(certificate);
        }
        new ServerSettings(file, directory, settings).write();
        try {
            Files.move(directory.unfinishedData(), directory.data(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        seal(directory);
        spares.refill(tool);
    }

    private static void seal(ServerDirectory directory) {
        if (directory.hard()) {
            Disk.write(directory.filled(), "", "rw-------", null);
        }
    }

    private static void join(CompletableFuture<Void> work) {
        try {
            work.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** The directories, and who may do what in them. Also what a reboot or a newer version calls for. */
    void lay(ServerFile file) {
        ServerDirectory directory = directories.of(file.key());
        String user = file.user();
        String shared = user == null ? "rwx------" : "rwxr-x---";
        try {
            volumes.attachAll(directory);
            volumes.lay(directory, user);
            for (Path path : List.of(directory.member(), directory.conf(), directory.tls())) {
                Disk.directory(path, shared);
                ServiceUsers.share(path, user);
            }
            for (Path path : List.of(directory.log(), directory.pooler())) {
                Disk.directory(path, "rwx------");
                ServiceUsers.own(path, user);
            }
            Disk.directory(directory.run(), "rwx------");
            Disk.directory(directory.restoreLock(), "rwx------");
            ServiceUsers.own(directory.restoreLock(), user);
            repositories.lay(file, directory);
            laySockets(Path.of(file.sockets()), user);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void laySockets(Path sockets, String user) throws IOException {
        if (sockets.startsWith(settings.home())) {
            Disk.directory(sockets.getParent(), "rwx--x--x");
        }
        if (Files.isSymbolicLink(sockets)) {
            Files.delete(sockets);
        }
        // In a directory that everyone can write to, somebody else may have made it: then this fails.
        if (!Files.isDirectory(sockets, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(sockets);
        }
        Disk.directory(sockets, "rwx------");
        ServiceUsers.own(sockets, user);
    }

    void certify(ServerFile file) {
        Set<String> hosts = new LinkedHashSet<>();
        hosts.add(settings.publicName());
        hosts.add(HostAddresses.hostName());
        hosts.addAll(HostAddresses.all());
        authority.certify(directories.of(file.key()).tls(), hosts, file.user());
    }

    private void initialise(ServerDirectory directory, ServerFile file, ToolSets.ToolSet tool) {
        Path data = directory.unfinishedData();
        for (int i = 0; i < TRIES && Leftovers.kill(file, directory); i++) {
            Pause.millis(10);
        }
        Disk.delete(data);
        try {
            if (!spares.take(tool, data, directory.spare(), file.user())) {
                Disk.directory(data, "rwx------");
                ServiceUsers.own(data, file.user());
                new Command(INITDB, ServiceUsers.as(file.user(), Spares.initialisation(tool, data)))
                        .in(directory.member())
                        .run();
            }
            Files.writeString(
                    data.resolve("postgresql.conf"),
                    "\ninclude '../conf/howdah.conf'\n",
                    StandardOpenOption.APPEND,
                    StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
