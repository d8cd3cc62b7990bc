package io.howdah.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolerMeterTest {

    @Test
    void whatAClientWhoHasSignedInIsToldIsAnError() {
        assertThat(PoolerMeter.isError("2026-11-29 00:36:09.787 UTC [22332] WARNING C-0x55d5a23eec40:"
                        + " shop/dbadmin@127.0.0.1:40112 pooler error: query_wait_timeout"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-29 00:35:41.618 UTC [22332] WARNING C-0x55d5a23ee780: (nodb)/(nouser)@127.0.0.1:35304 pooler error: client_login_timeout",
                "2026-11-29 00:36:09.787 UTC [22332] WARNING C-0x55d5a23eec40: pgbouncer/root@unix(20179):20244 pooler error: already suspended/paused",
                "2026-11-29 00:36:09.787 UTC [22332] LOG C-0x55d5a23eec40: shop/dbadmin@127.0.0.1:40112 closing because: client close request (age=1s)"
            })
    void whatTheConsoleOrNobodyIsToldIsNone(String line) {
        assertThat(PoolerMeter.isError(line)).isFalse();
    }
}
