package io.howdah.openid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the claims of Keycloak, Entra ID and Google come to. */
class ProvenIdentityTest {

    @Test
    void groupsAreAListOrLieInAnObject() {
        assertThat(of(Map.of("groups", List.of("b", "a"))).values("groups")).containsExactly("a", "b");
        assertThat(of(Map.of("realm_access", Map.of("roles", List.of("dba")))).values("realm_access.roles"))
                .containsExactly("dba");
        assertThat(of(Map.of("https://example.org/groups", "one")).values("https://example.org/groups"))
                .as("a name with dots of its own")
                .containsExactly("one");
        assertThat(of(Map.of()).values("groups")).isEmpty();
        assertThat(of(Map.of("groups", Map.of("a", 1))).values("groups")).isEmpty();
    }

    @Test
    void groupsThatDoNotFitIntoTheTokenAreNotNone() {
        assertThat(of(Map.of("_claim_names", Map.of("groups", "src1"))).leftOut("groups"))
                .isTrue();
        assertThat(of(Map.of("hasgroups", true)).leftOut("groups")).isTrue();
        assertThat(of(Map.of("groups", List.of())).leftOut("groups")).isFalse();
    }

    @Test
    void severalFactorsAreTwoKindsOrALevelThatSaysSo() {
        assertThat(factors(Map.of("amr", List.of("mfa")))).isTrue();
        assertThat(factors(Map.of("amr", List.of("pwd", "otp")))).isTrue();
        assertThat(factors(Map.of("amr", List.of("pwd", "pin")))).isFalse();
        assertThat(factors(Map.of("amr", List.of("otp")))).isFalse();
        assertThat(factors(Map.of("amr", "pwd"))).isFalse();
        assertThat(factors(Map.of("acr", "gold"))).isTrue();
        assertThat(factors(Map.of("acr", "1"))).isFalse();
        assertThat(factors(Map.of())).isFalse();
    }

    @Test
    void nothingOfItsTokenIsWritten() {
        assertThat(of(Map.of("email", "olga@example.org")).toString()).doesNotContain("token", "olga@example.org");
    }

    private static boolean factors(Map<String, Object> claims) {
        return of(claims).severalFactors(List.of("gold"));
    }

    private static ProvenIdentity of(Map<String, Object> claims) {
        return new ProvenIdentity("https://id.example.org", "olga-1", null, "the.id.token", claims);
    }
}
