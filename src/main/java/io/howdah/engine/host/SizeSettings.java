package io.howdah.engine.host;

import io.howdah.engine.Compute;
import io.howdah.engine.SettingChange;
import java.util.ArrayList;
import java.util.List;

/** The settings of PostgreSQL and PgBouncer that follow a server's size. */
record SizeSettings(
        int maxConnections,
        int sharedBuffersMib,
        int effectiveCacheSizeMib,
        int workMemMib,
        int maintenanceWorkMemMib) {

    private static final int FEWEST_CONNECTIONS = ServerSettings.RESERVED_CONNECTIONS + 5;
    private static final int POOLED_CLIENTS = 5_000;

    static SizeSettings of(Compute compute) {
        int memory = compute.memoryMib();
        int connections = Math.max(FEWEST_CONNECTIONS, compute.maxConnections());
        return new SizeSettings(
                connections,
                Math.max(32, memory / 4),
                Math.max(64, memory / 4 * 3),
                Math.clamp(memory / (4L * connections), memory < 1024 ? 1 : 4, 64),
                Math.clamp(memory / 16, 16, 2048));
    }

    /** Connections that people's sessions may take. */
    int slots() {
        return maxConnections - ServerSettings.RESERVED_CONNECTIONS;
    }

    int poolSize() {
        return Math.clamp(slots() * 3L / 4, 1, 50);
    }

    int pooledClients() {
        return Math.clamp(OpenFiles.limit() - slots() - 100, 50, POOLED_CLIENTS);
    }

    /** What is different in another size. */
    List<SettingChange> changesTo(SizeSettings other) {
        List<SettingChange> changes = new ArrayList<>();
        add(changes, "max_connections", maxConnections, other.maxConnections, "", true);
        add(changes, "shared_buffers", sharedBuffersMib, other.sharedBuffersMib, " MB", true);
        add(changes, "effective_cache_size", effectiveCacheSizeMib, other.effectiveCacheSizeMib, " MB", false);
        add(changes, "work_mem", workMemMib, other.workMemMib, " MB", false);
        add(changes, "maintenance_work_mem", maintenanceWorkMemMib, other.maintenanceWorkMemMib, " MB", false);
        add(changes, "default_pool_size", poolSize(), other.poolSize(), "", false);
        add(changes, "max_db_connections", slots(), other.slots(), "", false);
        add(changes, "max_client_conn", pooledClients(), other.pooledClients(), "", false);
        return changes;
    }

    private static void add(
            List<SettingChange> changes, String name, int before, int after, String unit, boolean restart) {
        if (before != after) {
            changes.add(new SettingChange(name, before + unit, after + unit, restart));
        }
    }
}
