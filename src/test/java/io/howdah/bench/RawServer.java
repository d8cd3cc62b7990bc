package io.howdah.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A server made by hand with PostgreSQL's own tools and PgBouncer: what the product is measured against. Settings,
 * access rules and certificate are copies of those that the product wrote for a server of its own, so that the two differ
 * in nothing but who does the work.
 */
final class RawServer {

    private static final List<String> CONFIGURED = List.of("conf", "tls");
    private static final List<String> WRITABLE = List.of("log", "pooler", "sockets");

    private static final int LOOK_MILLIS = 2;
    private static final String SUPERUSER = "howdah_superuser";

    private final Path root;
    private final Path tools;
    private final Path pgbouncer;
    private final int pooledPort;
    private final String user;
    private String groups;

    /**
     * @param model the member directory of a server of the product
     * @param modelPort its pooled port; the direct one is the next
     * @param modelSockets the directory of its sockets
     * @param user the unprivileged user it runs as, or null for the one who measures
     */
    RawServer(
            Path root,
            Path model,
            int modelPort,
            String modelSockets,
            Path tools,
            Path pgbouncer,
            int pooledPort,
            String user)
            throws IOException {
        this.root = root;
        this.tools = tools;
        this.pgbouncer = pgbouncer;
        this.pooledPort = pooledPort;
        this.user = user;
        directory(root);
        for (String name : WRITABLE) {
            directory(root.resolve(name));
        }
        for (String name : CONFIGURED) {
            directory(root.resolve(name));
            try (Stream<Path> files = Files.list(model.resolve(name))) {
                for (Path file : files.toList()) {
                    Path copy = root.resolve(name).resolve(file.getFileName());
                    Files.writeString(
                            copy,
                            Files.readString(file)
                                    // What is made by hand has no disk of its own.
                                    .replace(model.resolve("volume").toString(), root.toString())
                                    .replace(model.toString(), root.toString())
                                    .replace(
                                            modelSockets,
                                            root.resolve("sockets").toString())
                                    .replace(Integer.toString(modelPort + 1), Integer.toString(pooledPort + 1))
                                    .replace(Integer.toString(modelPort), Integer.toString(pooledPort)));
                    own(copy, "rw-------");
                }
            }
        }
        // The model's pooler is known to its PostgreSQL by an OS user of its own, and so is this one's.
        if (user != null) {
            Path identities = root.resolve("conf/pg_ident.conf");
            Files.writeString(identities, Files.readString(identities) + "howdah \"" + user + "\" " + SUPERUSER + "\n");
        }
    }

    int pooledPort() {
        return pooledPort;
    }

    /** The words the product calls initdb with. */
    void initialise() throws IOException {
        Path data = root.resolve("data");
        List<String> words = new ArrayList<>(List.of(
                tools.resolve("initdb").toString(),
                "--no-sync",
                "--data-checksums",
                "--username=howdah_superuser",
                "--auth-local=peer",
                "--auth-host=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--pgdata=" + data));
        if (Files.readString(root.resolve("conf/howdah.conf")).contains("jsonlog")) {
            words.add("--locale-provider=libc");
        }
        run(words);
        Path settings = data.resolve("postgresql.conf");
        // The model's repository refuses another's WAL, and every shutdown would wait for three vain tries.
        Files.writeString(
                settings, Files.readString(settings) + "\ninclude '../conf/howdah.conf'\narchive_mode = off\n");
    }

    /**
     * The words by which a backup is restored, and PostgreSQL told to replay what follows it.
     *
     * @param repository the product's settings for the repository
     * @param group whose members may read it
     */
    void restore(Path repository, int group, String label, int timeline) throws IOException {
        Path data = root.resolve("data");
        directory(data);
        directory(root.resolve("lock"));
        String tool = "pgbackrest --config=" + repository + " --stanza=main --pg1-path=" + data + " --lock-path="
                + root.resolve("lock");
        groups = user == null ? null : user + "," + group;
        run(List.of(
                "sh",
                "-c",
                tool + " --spool-path=" + root.resolve("lock") + " restore --type=none --set=" + label
                        + " --log-level-console=warn"));
        Path settings = data.resolve("postgresql.conf");
        Files.writeString(settings, Files.readString(settings) + "\narchive_mode = off\n");
        own(settings, "rw-------");
        Path recovery = root.resolve("conf/recovery.conf");
        Files.writeString(
                recovery,
                "restore_command = '" + tool + " archive-get %f \"%p\"'\nhot_standby = off\n"
                        + "recovery_target_timeline = '" + timeline + "'\n");
        own(recovery, "rw-------");
        Files.writeString(data.resolve("recovery.signal"), "");
        own(data.resolve("recovery.signal"), "rw-------");
    }

    /** Returns when both have been started; PostgreSQL accepts connections by then, the pooler soon. */
    void start() {
        pgCtl("start");
        startPooler();
    }

    void stop() {
        stopPooler();
        pgCtl("stop");
    }

    /** As the product restarts: the pooler goes on and holds its clients. */
    void restart() {
        pgCtl("restart");
    }

    /** What somebody would type who wants no transaction to fail. */
    void restartBehindPause() {
        console("PAUSE");
        restart();
        console("RESUME");
    }

    private void console(String command) {
        sql(pooledPort, System.getProperty("user.name"), "pgbouncer", command);
    }

    /** A role and a database of its own, and the load on them through the pooler. */
    PgBench load(Path tools, Path folder, Path authority) throws IOException {
        String password = java.util.UUID.randomUUID().toString();
        sql(pooledPort + 1, SUPERUSER, "postgres", "CREATE ROLE bench LOGIN PASSWORD '" + password + "'");
        sql(pooledPort + 1, SUPERUSER, "postgres", "CREATE DATABASE bench OWNER bench");
        return new PgBench(tools.resolve("pgbench"), folder, authority, pooledPort, "bench", password, "bench");
    }

    /** As the one who measures, whom both know by their OS user. */
    private void sql(int port, String role, String database, String statement) {
        try {
            Process psql = new ProcessBuilder(
                            tools.resolve("psql").toString(),
                            "-q",
                            "-X",
                            "-h",
                            root.resolve("sockets").toString(),
                            "-p",
                            Integer.toString(port),
                            "-U",
                            role,
                            "-d",
                            database)
                    .redirectErrorStream(true)
                    .start();
            psql.outputWriter().append(statement).append(";\n").close();
            String said = new String(psql.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (psql.waitFor() != 0 || said.contains("ERROR")) {
                throw new IllegalStateException(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends what runs. The files lie in the throw-away home of the benchmark, which is removed after it. */
    void remove() throws IOException {
        try {
            stop();
        } finally {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void pgCtl(String action) {
        List<String> words = new ArrayList<>(List.of(
                tools.resolve("pg_ctl").toString(),
                action,
                "-w",
                "-s",
                "-D",
                root.resolve("data").toString(),
                "-l",
                root.resolve("log/start.log").toString()));
        if (!action.equals("start")) {
            words.addAll(List.of("-m", "fast"));
        }
        run(words);
    }

    private void startPooler() {
        run(List.of(
                pgbouncer.toString(),
                "-q",
                "-d",
                root.resolve("conf/pgbouncer.ini").toString()));
    }

    /** It removes its pid file as the last thing; it is nobody's child here, so that its end itself shows late. */
    private void stopPooler() {
        Path pid = root.resolve("pooler/pgbouncer.pid");
        try {
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(ProcessHandle::destroy);
            while (Files.exists(pid)) {
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void run(List<String> words) {
        List<String> all = new ArrayList<>();
        if (user != null) {
            String belongs = groups == null ? "--init-groups" : "--groups=" + groups;
            all.addAll(List.of("setpriv", "--reuid=" + user, "--regid=" + user, belongs, "--no-new-privs", "--"));
        }
        all.addAll(words);
        Path output = root.resolve("log/output.txt");
        try {
            Process process = new ProcessBuilder(all)
                    .directory(root.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(words + ": " + Files.readString(output) + logged());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String logged() throws IOException {
        Path log = root.resolve("log/start.log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    private void directory(Path path) throws IOException {
        Files.createDirectories(path);
        own(path, "rwx------");
    }

    private void own(Path path, String permissions) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        view.setPermissions(PosixFilePermissions.fromString(permissions));
        if (user != null) {
            UserPrincipalLookupService users = FileSystems.getDefault().getUserPrincipalLookupService();
            view.setOwner(users.lookupPrincipalByName(user));
            view.setGroup(users.lookupPrincipalByGroupName(user));
        }
    }
}
