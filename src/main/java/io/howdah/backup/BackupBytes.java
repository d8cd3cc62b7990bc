package io.howdah.backup;

import io.howdah.server.BackupStorageUse;
import io.howdah.shared.Sql;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.Dependent;
import java.util.UUID;
import javax.sql.DataSource;

/** What the repositories on this place take, as they were last read. A second repository elsewhere is not counted. */
@Dependent
class BackupBytes implements BackupStorageUse {

    /** What backups of nothing take. */
    private static final long LEAST = 1L << 20;

    private static final String OF_TEAM =
            "select coalesce(sum(repository_bytes), 0) as bytes from recovery_state where team_id = ?";

    private static final String NEWEST_FULL = """
            select repository_bytes from backup where server_id = ? and kind = 'FULL' and label is not null
            order by started_at desc limit 1""";

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    @Override
    public long bytesOfTeam(UUID teamId) {
        return Sql.row(dataSource, OF_TEAM, row -> row.getLong("bytes"), teamId).orElse(0L);
    }

    /** What another full backup of the server is likely to take: as much as the newest. */
    long another(UUID serverId) {
        return Sql.row(dataSource, NEWEST_FULL, row -> row.getLong("repository_bytes"), serverId)
                .orElse(LEAST);
    }

    /** What keeping so much longer is likely to take beside what there is. */
    static long longer(long bytes, int daysBefore, int daysAfter) {
        return daysAfter <= daysBefore ? 0 : Math.max(LEAST, bytes * (daysAfter - daysBefore) / daysBefore);
    }
}
