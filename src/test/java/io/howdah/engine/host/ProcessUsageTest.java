package io.howdah.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessUsageTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgres: orders-db: shop_owner shop [local] idle|true",
                "postgres: orders-db: shop_owner shop 10.0.0.7(53412) SELECT|true",
                "postgres: orders-db: shop_owner shop fe80::1(53412) idle in transaction|true",
                "postgres: orders-db: checkpointer |false",
                "postgres: orders-db: autovacuum worker shop|false",
                "postgres: orders-db: parallel worker for PID 4711|false",
                "postgres: orders-db: archiver last was 000000010000000000000003|false",
                "postgres: orders-db: walsender replicator 10.0.0.8(40112) streaming 0/3000148|false",
                "/usr/lib/postgresql/17/bin/postgres -D /srv/data|false"
            })
    void sessionsOfClientsAreKnownByTheirTitle(String title, boolean client) {
        assertThat(ProcessUsage.isClient(title)).isEqualTo(client);
    }
}
