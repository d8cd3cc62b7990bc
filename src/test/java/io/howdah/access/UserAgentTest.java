package io.howdah.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserAgentTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0 | Firefox 141
            Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36 | Chrome 139
            Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36 Edg/139.0.3405.86 | Edg 139
            Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/139.0.0.0 Safari/537.36 | HeadlessChrome 139
            Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15 | Safari 18
            Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1 | Safari 18
            curl/8.14.1 | curl 8
            Wget | Wget""")
    void aBrowserIsCalledByItsOwnNameAndMajorVersion(String header, String name) {
        assertThat(UserAgent.product(header)).isEqualTo(name);
    }

    @Test
    void whatSaysNothingHasNoName() {
        assertThat(UserAgent.product("")).isEmpty();
        assertThat(UserAgent.product("Mozilla/5.0 (compatible)")).isEmpty();
        assertThat(UserAgent.product("((((")).isEmpty();
    }

    @Test
    void whatIsKeptIsOneShortLine() {
        assertThat(UserAgent.kept(null)).isEmpty();
        assertThat(UserAgent.kept("curl/8\r\nSet-Cookie: a")).isEqualTo("curl/8  Set-Cookie: a");
        assertThat(UserAgent.kept("x".repeat(5000))).hasSize(256);
        assertThat(UserAgent.product("x".repeat(5000))).hasSize(40);
    }
}
