package io.howdah.engine.host;

import io.howdah.engine.Specification;
import io.howdah.shared.ProblemCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The settings that a server's specification means for PostgreSQL and for PgBouncer. They are written before every
 * start, since the host's addresses may have changed; PostgreSQL's are included by {@code postgresql.conf} and never
 * stand in {@code postgresql.auto.conf}, which base backups copy.
 */
final class ServerSettings {

    /** The product's own superuser. It has no password and signs in over the Unix socket only. */
    static final String SUPERUSER = "howdah_superuser";

    /** Connection slots that the service keeps for itself. */
    static final int RESERVED_CONNECTIONS = 15;

    /** The file of the storage's guard, see {@link StorageGuard}. */
    static final String GUARD = "guard.conf";

    private static final int MAP_MAJOR = 15;

    private final ServerFile file;
    private final ServerDirectory directory;
    private final HostSettings settings;

    ServerSettings(ServerFile file, ServerDirectory directory, HostSettings settings) {
        this.file = file;
        this.directory = directory;
        this.settings = settings;
    }

    void write() {
        String user = file.user();
        String permissions = user == null ? "rw-------" : "rw-r-----";
        Disk.write(directory.conf().resolve("howdah.conf"), postgres(), permissions, user);
        writeRecovery(permissions, user);
        synchronized (RoleDoor.TURN) {
            Disk.write(directory.conf().resolve("pg_hba.conf"), access(), permissions, user);
            Disk.write(directory.conf().resolve("pg_ident.conf"), identities(), permissions, user);
        }
        Disk.write(directory.conf().resolve("pgbouncer.ini"), pooler(), permissions, user);
        Disk.write(directory.conf().resolve("pgbouncer_hba.conf"), poolerAccess(), permissions, user);
        Disk.write(directory.conf().resolve("pgbouncer_users.txt"), poolerUsers(), permissions, user);
    }

    private void writeRecovery(String permissions, String user) {
        Path recovery = directory.conf().resolve("recovery.conf");
        RecoveryFile.find(directory.recovery())
                .ifPresentOrElse(
                        plan -> Disk.write(
                                recovery,
                                plan.settings(new Repositories(settings).read(plan.from(), directory), directory),
                                permissions,
                                user),
                        () -> writeNewTimeline(recovery, permissions, user));
    }

    /** Of files that have all WAL there is and are to begin a timeline: only the numbers that are taken are looked up. */
    private void writeNewTimeline(Path recovery, String permissions, String user) {
        if (!Files.exists(directory.data().resolve("recovery.signal"))) {
            Disk.delete(recovery);
            return;
        }
        Repository repository = new Repositories(settings).of(file.key());
        String command = repository.hasStanza()
                ? "case \"%f\" in *.history) " + repository.restoreCommand(directory) + " ;; *) exit 1 ;; esac"
                : "false";
        Disk.write(recovery, """
                # Written by Howdah for the beginning of a timeline.
                restore_command = '%s'
                recovery_target_timeline = 'current'
                hot_standby = off
                """.formatted(command.replace("'", "''")), permissions, user);
    }

    /**
     * WAL goes into the server's repository within a minute, if there is the tool for it. Until there is a repository
     * PostgreSQL keeps its WAL: tries in vain would hold up every shutdown.
     */
    private String archiving() {
        return Command.locate("pgbackrest")
                .map(program -> {
                    Repository repository = new Repositories(settings).of(file.key());
                    return """
                            archive_mode = on
                            archive_timeout = 60
                            archive_command = '%s'
                            """.formatted(repository.hasStanza() ? repository.archiveCommand() : "");
                })
                .orElse("archive_mode = off\n");
    }

    /** What was in memory before a restart is read again after it, so that the first queries need not wait for the disk. */
    private String prewarming() {
        return new ToolSets(settings.toolRoots())
                .find(file.specification().majorVersion())
                .filter(tools -> tools.hasLibrary("pg_prewarm"))
                .map(tools -> """
                        shared_preload_libraries = 'pg_prewarm'
                        pg_prewarm.autoprewarm = on
                        """)
                .orElse("");
    }

    /** A tenth of the storage, within reason. */
    static int maxWalMib(int storageGib) {
        return Math.clamp(storageGib * 1024L / 10, 96, 8192);
    }

    String postgres() {
        Specification specification = file.specification();
        SizeSettings size = SizeSettings.of(specification.compute());
        int maxWal = maxWalMib(specification.storageGib());
        String logs = specification.majorVersion() >= MAP_MAJOR ? "jsonlog,stderr" : "stderr";
        return """
                # Written by Howdah before every start; changes are lost.
                listen_addresses = '%s'
                port = %d
                unix_socket_directories = '%s'
                cluster_name = '%s'
                hba_file = '%s'
                ident_file = '%s'
                max_connections = %d
                superuser_reserved_connections = %d
                shared_buffers = %dMB
                effective_cache_size = %dMB
                work_mem = %dMB
                maintenance_work_mem = %dMB
                max_wal_size = %dMB
                min_wal_size = %dMB
                wal_level = replica
                wal_compression = on
                checkpoint_completion_target = 0.9
                random_page_cost = 1.1
                password_encryption = 'scram-sha-256'
                ssl = on
                ssl_min_protocol_version = 'TLSv1.2'
                ssl_cert_file = '%s'
                ssl_key_file = '%s'
                log_destination = '%s'
                logging_collector = on
                log_directory = '%s'
                log_filename = 'postgresql-%%u.log'
                log_file_mode = 0600
                log_rotation_age = 1d
                log_rotation_size = 0
                log_truncate_on_rotation = on
                log_line_prefix = '%%m [%%p] %%q%%u@%%d %%h '
                log_timezone = 'UTC'
                include_if_exists = 'recovery.conf'
                include_if_exists = '%s'
                %s%s""".formatted(
                        String.join(",", settings.listenAddresses()),
                        file.directPort(),
                        file.sockets(),
                        specification.name().replaceAll("[^A-Za-z0-9-]", "_"),
                        directory.conf().resolve("pg_hba.conf"),
                        directory.conf().resolve("pg_ident.conf"),
                        size.maxConnections(),
                        RESERVED_CONNECTIONS,
                        size.sharedBuffersMib(),
                        size.effectiveCacheSizeMib(),
                        size.workMemMib(),
                        size.maintenanceWorkMemMib(),
                        maxWal,
                        Math.min(80, maxWal / 2),
                        directory.tls().resolve("server.crt"),
                        directory.tls().resolve("server.key"),
                        logs,
                        directory.log(),
                        GUARD,
                        prewarming(),
                        archiving());
    }

    /** First match wins. What is not named is refused, physical replication too. */
    private String access() {
        StringBuilder lines = new StringBuilder("# Written by Howdah before every start; changes are lost.\n");
        lines.append("local all ").append(SUPERUSER).append(" peer map=howdah\n");
        lines.append("local replication ").append(SUPERUSER).append(" peer map=howdah\n");
        lines.append("host all ").append(SUPERUSER).append(" all reject\n");
        lines.append("local all all scram-sha-256\n");
        for (String network : networks()) {
            lines.append("hostssl all all ").append(network).append(" scram-sha-256\n");
        }
        return lines.append("host all all all reject\n").toString();
    }

    private String identities() {
        Set<String> users = new LinkedHashSet<>();
        users.add(System.getProperty("user.name"));
        if (file.user() != null) {
            users.add(file.user());
        }
        StringBuilder lines = new StringBuilder("# Written by Howdah before every start; changes are lost.\n");
        for (String user : users) {
            lines.append("howdah \"")
                    .append(user)
                    .append("\" ")
                    .append(SUPERUSER)
                    .append('\n');
        }
        return lines.toString();
    }

    private String pooler() {
        SizeSettings size = SizeSettings.of(file.specification().compute());
        return """
                ; Written by Howdah before every start; changes are lost.
                [databases]
                * = host=%s port=%d
                [pgbouncer]
                listen_addr = %s
                listen_port = %d
                unix_socket_dir = %s
                pidfile = %s
                logfile = %s
                pool_mode = transaction
                max_client_conn = %d
                default_pool_size = %d
                max_db_connections = %d
                auth_type = hba
                auth_hba_file = %s
                auth_file = %s
                auth_user = %s
                auth_query = %s
                admin_users = %s
                client_tls_sslmode = require
                client_tls_protocols = secure
                client_tls_cert_file = %s
                client_tls_key_file = %s
                server_tls_sslmode = disable
                client_login_timeout = 15
                server_login_retry = 0.1
                server_connect_timeout = 2
                server_fast_close = 1
                ignore_startup_parameters = %s
                log_connections = 0
                log_disconnections = 0
                log_stats = 0
                %s""".formatted(
                        file.sockets(),
                        file.directPort(),
                        String.join(",", settings.listenAddresses()),
                        file.pooledPort(),
                        file.sockets(),
                        directory.pooler().resolve("pgbouncer.pid"),
                        directory.log().resolve("pgbouncer.log"),
                        size.pooledClients(),
                        size.poolSize(),
                        size.slots(),
                        directory.conf().resolve("pgbouncer_hba.conf"),
                        directory.conf().resolve("pgbouncer_users.txt"),
                        SUPERUSER,
                        verifierQuery(),
                        System.getProperty("user.name"),
                        directory.tls().resolve("server.crt"),
                        directory.tls().resolve("server.key"),
                        PgBouncer.installed().ignoredParameters(),
                        PgBouncer.installed().furtherSettings());
    }

    /**
     * Runs as the superuser in the database that the client asked for: every name in it is qualified, so that nothing
     * made in that database can take its place.
     */
    private static String verifierQuery() {
        return "SELECT r.rolname, r.rolpassword FROM pg_catalog.pg_authid r"
                + " WHERE r.rolname OPERATOR(pg_catalog.=) $1 AND r.rolcanlogin AND NOT r.rolsuper"
                + " AND (r.rolvaliduntil IS NULL OR r.rolvaliduntil OPERATOR(pg_catalog.>) pg_catalog.now())";
    }

    /** PgBouncer's console is for the control plane's OS user alone, over the Unix socket. */
    private String poolerAccess() {
        String controller = System.getProperty("user.name");
        StringBuilder lines = new StringBuilder();
        lines.append("local pgbouncer \"").append(controller).append("\" peer\n");
        for (String everywhere : List.of("0.0.0.0/0", "::/0")) {
            for (String user : Set.of(SUPERUSER, controller)) {
                lines.append("host all \"")
                        .append(user)
                        .append("\" ")
                        .append(everywhere)
                        .append(" reject\n");
            }
            lines.append("host pgbouncer all ").append(everywhere).append(" reject\n");
        }
        for (String network : networks()) {
            lines.append("hostssl all all ").append(network).append(" scram-sha-256\n");
        }
        return lines.toString();
    }

    private static String poolerUsers() {
        return "\"" + SUPERUSER + "\" \"\"\n\"" + System.getProperty("user.name") + "\" \"\"\n";
    }

    /** The host itself and the networks allowed. */
    List<String> networks() {
        Set<String> networks = new LinkedHashSet<>(List.of("127.0.0.0/8", "::1/128"));
        HostAddresses.all().forEach(address -> networks.add(network(address)));
        file.specification().allowedNetworks().forEach(address -> networks.add(network(address)));
        return new ArrayList<>(networks);
    }

    /** @throws EngineFault NetworkInvalid */
    static String network(String text) {
        String network = text.strip();
        if (!network.matches("[0-9a-fA-F:.]+(/\\d{1,3})?") || !network.matches(".*[:.].*")) {
            throw EngineFault.lasting(null, ProblemCode.NetworkInvalid, text);
        }
        if (network.contains("/")) {
            return network;
        }
        return network + (network.contains(":") ? "/128" : "/32");
    }
}
