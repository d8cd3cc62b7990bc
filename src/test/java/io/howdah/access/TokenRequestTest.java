package io.howdah.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which requests the token endpoint reads, and how it names the fault of others (RFC 6749 sections 2.3.1, 4.4 and 5.2). */
class TokenRequestTest {

    private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";

    @Test
    void idAndSecretStandInTheHeaderOrInTheBody() throws TokenRequest.Refused {
        assertThat(TokenRequest.of(request(basic("robot", "a b"), Map.of("grant_type", "client_credentials"))))
                .isEqualTo(new TokenRequest("robot", "a b"));
        assertThat(TokenRequest.of(request(
                        null, Map.of("grant_type", "client_credentials", "client_id", "robot", "client_secret", "s"))))
                .isEqualTo(new TokenRequest("robot", "s"));
    }

    /** Both are form-encoded before they get into the header, so that a colon in them stays theirs. */
    @Test
    void theHeadersPartsAreDecoded() throws TokenRequest.Refused {
        assertThat(TokenRequest.of(request(basic("a%3Ab", "c%25+d"), Map.of("grant_type", "client_credentials"))))
                .isEqualTo(new TokenRequest("a:b", "c% d"));
    }

    @Test
    void whatCannotBeReadIsNamedAsTheStandardNamesIt() {
        String grant = "client_credentials";
        assertRefused("invalid_client", request("Bearer x", Map.of("grant_type", grant)));
        assertRefused("invalid_client", request("Basic ???", Map.of("grant_type", grant)));
        assertRefused("invalid_client", request(basic("%zz", "s"), Map.of("grant_type", grant)));
        assertRefused("invalid_client", request(null, Map.of("grant_type", grant, "client_id", "robot")));
        assertRefused("invalid_request", request(basic("a", "b"), Map.of()));
        assertRefused("invalid_request", request(basic("a", "b"), Map.of("grant_type", grant, "client_secret", "b")));
        assertRefused("unsupported_grant_type", request(basic("a", "b"), Map.of("grant_type", "password")));
        assertRefused("invalid_scope", request(basic("a", "b"), Map.of("grant_type", grant, "scope", "openid")));
    }

    @Test
    void aRequestNeverTellsItsSecret() {
        assertThat(new TokenRequest("robot\r\n", "hush").toString()).doesNotContain("hush", "\r", "\n");
    }

    private static void assertRefused(String error, HttpServletRequest request) {
        assertThatThrownBy(() -> TokenRequest.of(request))
                .isInstanceOfSatisfying(TokenRequest.Refused.class, refused -> assertThat(refused.error())
                        .isEqualTo(error));
    }

    private static String basic(String id, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    private static HttpServletRequest request(String authorization, Map<String, String> parameters) {
        Map<String, String[]> all = new HashMap<>();
        parameters.forEach((name, value) -> all.put(name, new String[] {value}));
        return (HttpServletRequest) Proxy.newProxyInstance(
                TokenRequestTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getContentType" -> FORM;
                    case "getContentLengthLong" -> 100L;
                    case "getQueryString" -> null;
                    case "getParameterMap" -> all;
                    case "getParameter" -> parameters.get(arguments[0]);
                    case "getHeader" -> authorization;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
