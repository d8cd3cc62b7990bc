package io.howdah;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A Keycloak with one realm, in a process of its own, without encryption on this machine. */
final class Keycloak implements AutoCloseable {

    static final String CLIENT = "howdah";
    static final String SECRET = "a-secret-of-the-tests";
    static final String PASSWORD = "known to the provider";

    private static final Path PLACE = Path.of("target", "keycloak");
    private static final String ADMINISTRATOR = "admin";
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
    private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");

    private final int port = TestPlace.freePorts(1);
    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;

    /** @param portal the address of the portal that it shall know */
    Keycloak(String portal, Path portalsAuthority) {
        try (Stream<Path> found = Files.list(PLACE)) {
            Path home = found.filter(Files::isDirectory).findFirst().orElseThrow();
            Path realm = Files.createDirectories(home.resolve("data/import")).resolve("company.json");
            Files.writeString(
                    realm,
                    REALM.replace("PORTAL", portal).replace("SECRET", SECRET).replace("PASSWORD", PASSWORD));
            ProcessBuilder start = new ProcessBuilder(
                    "bash",
                    home.resolve("bin/kc.sh").toString(),
                    "start",
                    "--optimized",
                    "--import-realm",
                    "--http-enabled=true",
                    "--http-host=127.0.0.1",
                    "--http-port=" + port,
                    "--hostname=http://localhost:" + port,
                    "--truststore-paths=" + portalsAuthority);
            start.environment().put("JAVA_HOME", System.getProperty("java.home"));
            start.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
            start.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
            start.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMINISTRATOR);
            start.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", PASSWORD);
            process = start.redirectErrorStream(true)
                    .redirectOutput(
                            TestPlace.home("keycloak").resolve("keycloak.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await().atMost(Duration.ofMinutes(3)).until(this::answers);
    }

    /** What a check-out has that was prepared with {@code ./howdah test st}. */
    static boolean available() {
        return Files.exists(PLACE.resolve("ready"));
    }

    String issuer() {
        return "http://localhost:" + port + "/realms/company";
    }

    void join(String user, String group) {
        send("PUT", "users/" + userId(user) + "/groups/" + groupId(group), "{}");
    }

    void leave(String user, String group) {
        send("DELETE", "users/" + userId(user) + "/groups/" + groupId(group), "");
    }

    /** As its administrator does, with all sessions of the user. */
    void signOut(String user) {
        send("POST", "users/" + userId(user) + "/logout", "");
    }

    private String userId(String user) {
        return id(send("GET", "users?exact=true&username=" + user, ""));
    }

    private String groupId(String group) {
        return id(send("GET", "groups?exact=true&search=" + group, ""));
    }

    private static String id(String json) {
        return first(ID, json);
    }

    private static String first(Pattern pattern, String json) {
        Matcher matcher = pattern.matcher(json);
        if (!matcher.find()) {
            throw new AssertionError("Keycloak says " + json);
        }
        return matcher.group(1);
    }

    private String send(String method, String path, String body) {
        String token = first(
                TOKEN,
                call(HttpRequest.newBuilder(address("/realms/master/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(Map.of(
                                        "grant_type",
                                        "password",
                                        "client_id",
                                        "admin-cli",
                                        "username",
                                        ADMINISTRATOR,
                                        "password",
                                        PASSWORD)
                                .entrySet()
                                .stream()
                                .map(each -> each.getKey() + "="
                                        + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                                .collect(Collectors.joining("&"))))
                        .build()));
        return call(HttpRequest.newBuilder(address("/admin/realms/company/" + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private String call(HttpRequest request) {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new AssertionError(request.uri() + ": " + response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new AssertionError("Keycloak ended with " + process.exitValue());
        }
        try {
            return client.send(
                                    HttpRequest.newBuilder(URI.create(issuer() + "/.well-known/openid-configuration"))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private static final String REALM = """
            { "realm": "company", "enabled": true, "sslRequired": "none",
              "groups": [ { "name": "database-operators" }, { "name": "auditors" } ],
              "clients": [ { "clientId": "howdah", "secret": "SECRET", "protocol": "openid-connect",
                "standardFlowEnabled": true, "redirectUris": [ "PORTAL/oidc/callback" ],
                "attributes": {
                  "pkce.code.challenge.method": "S256", "post.logout.redirect.uris": "PORTAL/sign-in",
                  "backchannel.logout.url": "PORTAL/oidc/backchannel-logout",
                  "backchannel.logout.session.required": "true" },
                "protocolMappers": [ { "name": "groups", "protocol": "openid-connect",
                  "protocolMapper": "oidc-group-membership-mapper",
                  "config": { "claim.name": "groups", "full.path": "false", "id.token.claim": "true" } } ] } ],
              "users": [
                { "username": "olga", "enabled": true, "email": "olga@example.org", "emailVerified": true,
                  "firstName": "Olga", "lastName": "Ott", "groups": [ "database-operators" ],
                  "credentials": [ { "type": "password", "value": "PASSWORD" } ] },
                { "username": "ada", "enabled": true, "email": "countess@example.org", "emailVerified": true,
                  "firstName": "Ada", "lastName": "King",
                  "credentials": [ { "type": "password", "value": "PASSWORD" } ] } ] }
            """;
}
