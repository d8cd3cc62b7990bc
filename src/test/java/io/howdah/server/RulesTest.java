package io.howdah.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.engine.SqlTask;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {

    @ParameterizedTest
    @ValueSource(strings = {"abc", "orders-db", "a1b", "Orders-2", "0ab"})
    void aServerMayBeCalled(String name) {
        assertThat(Rules.serverName(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "-abc", "abc-", "a_b", "a.b", "a b", "bücher", "abc\n"})
    void aServerMayNotBeCalled(String name) {
        assertThat(Rules.serverName(name)).map(Problem::code).contains(ProblemCode.ServerNameInvalid);
    }

    @Test
    void aServersNameHasAtMost63Characters() {
        assertThat(Rules.serverName("a".repeat(63))).isEmpty();
        assertThat(Rules.serverName("a".repeat(64))).isPresent();
        assertThat(Rules.serverName(null)).isPresent();
    }

    private static Optional<ProblemCode> script(String database, String role, String script, long seconds) {
        return Rules.sql(new SqlTask(database, role, script, Duration.ofSeconds(seconds)))
                .map(Problem::code);
    }

    @Test
    void aScriptHasADatabaseARoleAnEndAndABound() {
        assertThat(script("shop", "app", "SELECT 1", 1)).isEmpty();
        assertThat(script("shop", "app", "x".repeat(64 * 1024), 6 * 3600)).isEmpty();
        assertThat(script("", "app", "SELECT 1", 1)).contains(ProblemCode.Required);
        assertThat(script("shop", null, "SELECT 1", 1)).contains(ProblemCode.Required);
        assertThat(script("shop", "app", " \n", 1)).contains(ProblemCode.ScriptEmpty);
        assertThat(script("shop", "app", "ü".repeat(32 * 1024 + 1), 1)).contains(ProblemCode.ScriptTooLong);
        assertThat(script("shop", "app", "SELECT 1", 0)).contains(ProblemCode.TimeoutOutOfRange);
        assertThat(script("shop", "app", "SELECT 1", 6 * 3600 + 1)).contains(ProblemCode.TimeoutOutOfRange);
    }

    @Test
    void aServerIsNotCalledLikeAPage() {
        assertThat(Rules.serverName("Create")).map(Problem::code).contains(ProblemCode.ServerNameReserved);
    }

    @ParameterizedTest
    @CsvSource({
        "dbadmin,",
        "_x,",
        "1st,AdministratorLoginInvalid",
        "two words,AdministratorLoginInvalid",
        "azure_superuser,AdministratorLoginReserved",
        "azure_pg_admin,AdministratorLoginReserved",
        "Admin,AdministratorLoginReserved",
        "administrator,AdministratorLoginReserved",
        "ROOT,AdministratorLoginReserved",
        "guest,AdministratorLoginReserved",
        "public,AdministratorLoginReserved",
        "pg_monitor,AdministratorLoginReserved",
        "howdah_superuser,AdministratorLoginReserved"
    })
    void administratorLogins(String login, ProblemCode expected) {
        assertThat(Rules.administratorLogin(login).map(Problem::code)).isEqualTo(Optional.ofNullable(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "Abcdefg1,",
        "abcdefg1,AdministratorPasswordInvalid",
        "abcdef-1,",
        "ABCDEF-1,",
        "Abc-1,AdministratorPasswordInvalid",
        "xxDBAyy-1,AdministratorPasswordContainsLogin",
        "Xmin-1234,AdministratorPasswordContainsLogin"
    })
    void passwordsOfTheAdministratorDbadmin(String password, ProblemCode expected) {
        assertThat(Rules.administratorPassword(password, "dbadmin").map(Problem::code))
                .isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void aPasswordHasAtMost128Characters() {
        assertThat(Rules.administratorPassword("Aa1" + "x".repeat(125), "dbadmin"))
                .isEmpty();
        assertThat(Rules.administratorPassword("Aa1" + "x".repeat(126), "dbadmin"))
                .isPresent();
    }

    @Test
    void aGeneratedPasswordMeetsTheRulesAndIsNeverTheSame() {
        String first = GeneratedPassword.next("dbadmin");
        assertThat(Rules.administratorPassword(first, "dbadmin")).isEmpty();
        assertThat(GeneratedPassword.next("dbadmin")).isNotEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7,203.0.113.7/32",
        "10.1.2.3/16,10.1.0.0/16",
        "0.0.0.0/0,0.0.0.0/0",
        "2001:db8::1/32,2001:db8:0:0:0:0:0:0/32",
        "::1,0:0:0:0:0:0:0:1/128",
        "255.255.255.255/32,255.255.255.255/32"
    })
    void aNetworkIsWrittenWithItsHostBitsCleared(String given, String canonical) {
        assertThat(Rules.canonicalNetwork(given)).contains(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "10.0.0.256",
                "10.0.0.1/33",
                "10.0.0.1/-1",
                "10.0.0",
                "::g",
                "1.2.3.4/x",
                "fe80::1%eth0"
            })
    void whatIsNoNetwork(String given) {
        assertThat(Rules.canonicalNetwork(given)).isEmpty();
        assertThat(Rules.network(given)).map(Problem::code).contains(ProblemCode.NetworkInvalid);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0, true",
        "0.0.0.0/1, true",
        "128.0.0.0/7, true",
        "10.0.0.0/8, false",
        "203.0.113.7, false",
        "0.0.0.0, false",
        "::/0, true",
        "2000::/3, true",
        "fc00::/7, false",
        "2001:db8::/32, false",
        "nonsense, false"
    })
    void whichNetworksAreOpenToTheWorld(String network, boolean open) {
        assertThat(Rules.isOpen(network)).isEqualTo(open);
    }

    @ParameterizedTest
    @CsvSource({
        "orders,",
        "my-db_2,",
        "_x,",
        "1st,DatabaseNameInvalid",
        "'a b',DatabaseNameInvalid",
        "postgres,DatabaseNameReserved",
        "Template1,DatabaseNameReserved",
        "pgbouncer,DatabaseNameReserved",
        "pg_x,DatabaseNameReserved"
    })
    void databaseNames(String name, ProblemCode expected) {
        assertThat(Rules.database(name).map(Problem::code)).isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void storageIsFrom1GibTo32Tib() {
        assertThat(Rules.storage(1)).isEmpty();
        assertThat(Rules.storage(32768)).isEmpty();
        assertThat(Rules.storage(0)).isPresent();
        assertThat(Rules.storage(32769)).isPresent();
    }

    @Test
    void aServerHasAtMost50TagsOfLimitedLength() {
        Map<String, String> tags = new HashMap<>();
        for (int i = 0; i < 50; i++) {
            tags.put("tag" + i, "x");
        }
        assertThat(Rules.tags(tags)).isEmpty();
        tags.put("one too many", "x");
        assertThat(Rules.tags(tags)).map(Problem::code).contains(ProblemCode.TooManyTags);
        assertThat(Rules.tags(Map.of(" ", "x"))).map(Problem::code).contains(ProblemCode.TagInvalid);
        assertThat(Rules.tags(Map.of("x", "y".repeat(257)))).isPresent();
        assertThat(Rules.tags(Map.of("x".repeat(129), ""))).isPresent();
    }
}
