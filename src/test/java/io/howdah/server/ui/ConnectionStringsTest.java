package io.howdah.server.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.engine.Endpoints;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.postgresql.Driver;

class ConnectionStringsTest {

    private static final Endpoints ENDPOINTS = new Endpoints("db.example.org", 6432, 5432);

    private final ConnectionStrings pooled = ConnectionStrings.of(ENDPOINTS, true, "orders", "dbadmin");
    private final ConnectionStrings direct = ConnectionStrings.of(ENDPOINTS, false, "orders", "dbadmin");
    private final ConnectionStrings odd = ConnectionStrings.of(
            new Endpoints("2001:db8::7", 6432, 5432), true, "it's a \"b\\c\" & d+e/f?", "o'neil @home");

    @Test
    void plainNamesNeedNoQuoting() {
        assertThat(direct.psql())
                .isEqualTo("psql \"host=db.example.org port=5432 dbname=orders user=dbadmin"
                        + " sslmode=verify-full sslrootcert=howdah-ca.crt\"");
        assertThat(direct.uri())
                .isEqualTo("postgresql://dbadmin@db.example.org:5432/orders"
                        + "?sslmode=verify-full&sslrootcert=howdah-ca.crt");
        assertThat(direct.jdbc())
                .isEqualTo("jdbc:postgresql://db.example.org:5432/orders?user=dbadmin"
                        + "&sslmode=verify-full&sslrootcert=howdah-ca.crt");
        assertThat(direct.npgsql())
                .isEqualTo("Host=db.example.org;Port=5432;Database=orders;Username=dbadmin;"
                        + "SSL Mode=VerifyFull;Root Certificate=howdah-ca.crt");
    }

    @Test
    void thePooledEndpointHasItsOwnPortAndPreparesNothingOnTheServer() {
        assertThat(pooled.uri()).contains(":6432/").doesNotContain("5432/o");
        assertThat(pooled.jdbc()).endsWith("&prepareThreshold=0");
        assertThat(direct.jdbc()).doesNotContain("prepareThreshold");
        assertThat(pooled.npgsql()).endsWith(";No Reset On Close=true");
        assertThat(direct.npgsql()).doesNotContain("No Reset");
        assertThat(pooled.psycopg()).contains("prepare_threshold=None");
        assertThat(direct.psycopg()).doesNotContain("prepare_threshold");
    }

    @Test
    void conninfoValuesAreQuotedAsLibpqReadsThemAndThenForTheShell() {
        assertThat(odd.conninfo())
                .startsWith("host=2001:db8::7 port=6432 dbname='it\\'s a \"b\\\\c\" & d+e/f?' user='o\\'neil @home' ");
        assertThat(odd.psql()).startsWith("psql 'host=").contains("dbname='\\''it\\'\\''s a \"b");
        assertThat(ConnectionStrings.of(ENDPOINTS, true, "two words", "a").psql())
                .startsWith("psql \"host=db.example.org port=6432 dbname='two words' user=a ");
    }

    @Test
    void uriPartsArePercentEncodedAndAddressesOfIpv6Bracketed() {
        assertThat(odd.uri())
                .startsWith("postgresql://o%27neil%20%40home@[2001:db8::7]:6432/"
                        + "it%27s%20a%20%22b%5Cc%22%20%26%20d%2Be%2Ff%3F?");
    }

    @Test
    void theJdbcDriverReadsBackWhatWasMeant() {
        for (ConnectionStrings strings : List.of(pooled, direct, odd)) {
            Properties read = Driver.parseURL(strings.jdbc(), new Properties());
            assertThat(read).as(strings.jdbc()).isNotNull();
            assertThat(read.getProperty("PGDBNAME")).isEqualTo(strings.database());
            assertThat(read.getProperty("user")).isEqualTo(strings.login());
            assertThat(read.getProperty("PGPORT")).isEqualTo(Integer.toString(strings.port()));
            assertThat(read.getProperty("sslmode")).isEqualTo("verify-full");
            assertThat(read.getProperty("sslrootcert")).isEqualTo(ConnectionStrings.CERTIFICATE_FILE);
        }
        assertThat(odd.java()).contains("System.getenv(\"PGPASSWORD\")");
    }

    @Test
    void npgsqlValuesWithSeparatorsAreQuoted() {
        ConnectionStrings strings = ConnectionStrings.of(ENDPOINTS, false, "a;b=\"c\"", " x");
        assertThat(strings.npgsql()).contains("Database=\"a;b=\"\"c\"\"\";Username=\" x\";");
    }

    @Test
    void literalsOfPythonAndJavaScriptAreEscaped() {
        assertThat(odd.psycopg()).contains("dbname=\"it's a \\\"b\\\\c\\\" & d+e/f?\"");
        assertThat(odd.node()).contains("database: 'it\\'s a \"b\\\\c\" & d+e/f?'");
    }

    @Test
    void nodeIsToldTheNameToVerifyOnlyWhenItIsAnAddress() {
        assertThat(direct.node()).contains("ssl: { ca:");
        assertThat(odd.node()).contains("ssl: { host: '2001:db8::7', ca:");
        assertThat(ConnectionStrings.of(new Endpoints("127.0.0.1", 1, 2), false, "d", "u")
                        .node())
                .contains("ssl: { host: '127.0.0.1', ca:");
    }

    @Test
    void noStringHoldsAPassword() {
        for (ConnectionStrings strings : List.of(pooled, direct, odd)) {
            assertThat(strings.psql() + strings.uri() + strings.jdbc() + strings.npgsql() + strings.psycopg())
                    .doesNotContainIgnoringCase("password");
            assertThat(strings.node()).contains("password: process.env.PGPASSWORD,");
        }
    }
}
