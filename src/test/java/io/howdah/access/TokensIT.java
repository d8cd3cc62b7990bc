package io.howdah.access;

import static io.howdah.container.Container.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.container.Container;
import io.howdah.container.Metadata;
import io.howdah.container.People;
import io.howdah.shared.Json;
import io.howdah.shared.ProblemCode;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What programs are let in by, how far, and until when: through the doors they use. */
@ExtendWith(ArquillianExtension.class)
class TokensIT {

    private static final String HERE = "127.0.0.1";
    private static final String BASE = "http://" + HERE + ":" + System.getenv("HOWDAH_HTTP_PORT") + "/howdah-tests";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String GRANT = "grant_type=client_credentials";

    @Inject
    private TokenService tokens;

    @Inject
    private ServiceAccountService accounts;

    @Inject
    private AccessService access;

    @Inject
    private TokenKeeping keeping;

    @Inject
    private Bearers bearers;

    @AfterEach
    void nobodyWaits() {
        Metadata.change("delete from sign_in_brake where address = ?", HERE);
    }

    @Test
    void aTokenTellsWhoItIsAndIsWorthItsRole() throws Exception {
        UUID team = People.team("Builds");
        Caller mara = People.member("Owner", team);
        NewSecret token = Container.as(mara, () -> tokens.makeMine("nightly", "Reader", Scope.team(team), soon()));

        HttpResponse<String> answer = get("/api/whoami", token.text());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        TokenIdentity identity = Json.read(answer.body(), TokenIdentity.class);
        assertThat(identity.name()).isEqualTo(mara.name());
        assertThat(identity.kind()).isEqualTo("person");
        assertThat(identity.token()).isEqualTo("nightly");
        assertThat(identity.grants()).singleElement().satisfies(grant -> {
            assertThat(grant.role()).isEqualTo("Reader");
            assertThat(grant.permissions()).contains("audit/export").doesNotContain("servers/start", "profile/write");
        });
        assertThat(Metadata.rows(
                        "select last_used_address from access_token where name = 'nightly' and person_id = ?",
                        mara.personId()))
                .singleElement()
                .satisfies(row -> assertThat(row.get("last_used_address")).isEqualTo(HERE));
    }

    @Test
    void whatATokenDoesIsOnRecordWithItsHolderAndItsName() throws Exception {
        UUID team = People.team("Exports");
        Caller mara = People.member("Auditor", team);
        NewSecret token = Container.as(mara, () -> tokens.makeMine("archive", "Auditor", Scope.team(team), soon()));

        HttpResponse<String> answer = get("/api/audit/export?format=csv", token.text());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("number,at,actor").contains(mara.name());
        assertThat(record(answer)).satisfies(row -> {
            assertThat(row.get("actor")).isEqualTo(mara.name());
            assertThat(row.get("action")).isEqualTo("audit/export");
            assertThat(row.get("result")).isEqualTo("ACCEPTED");
            assertThat(row.get("address")).isEqualTo(HERE);
            assertThat((String) row.get("details")).contains("\"token\":\"archive\"");
        });
        HttpResponse<String> nothing = get("/api/servers", token.text());
        assertThat(nothing.statusCode()).isEqualTo(404);
        assertThat(nothing.body()).contains("\"code\":\"NotFound\"");
        assertThat(get("/api/audit/export?from=yesterday", token.text()).statusCode())
                .isEqualTo(400);
        assertThat(get("/api/audit/export?actor=a%00b", token.text()).statusCode())
                .isEqualTo(400);
    }

    @Test
    void aTokenShrinksWithItsPerson() throws Exception {
        UUID team = People.team("Shrinking");
        Caller mara = People.member("Auditor", team);
        NewSecret token = Container.as(mara, () -> tokens.makeMine("archive", "Auditor", Scope.team(team), soon()));
        assertThat(get("/api/audit/export", token.text()).statusCode()).isEqualTo(200);

        Container.as(People.administrator(), () -> {
            access.unassign(Metadata.value("select id from assignment where person_id = ?", mara.personId()));
            return null;
        });

        HttpResponse<String> answer = get("/api/audit/export", token.text());
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("\"code\":\"AccessDenied\"");
        assertThat(record(answer)).satisfies(row -> {
            assertThat(row.get("result")).isEqualTo("DENIED");
            assertThat((String) row.get("details")).contains("archive");
        });
        assertThat(Json.read(get("/api/whoami", token.text()).body(), TokenIdentity.class)
                        .grants())
                .singleElement()
                .satisfies(grant -> assertThat(grant.permissions()).isEmpty());
    }

    @Test
    void aTokenIsRefusedFromTheMomentItIsRevokedEndsOrItsPersonIsDisabled() throws Exception {
        UUID team = People.team("Ending");
        Caller mara = People.member("Reader", team);
        NewSecret revoked = make(mara, team, "revoked");
        NewSecret ended = make(mara, team, "ended");
        NewSecret sleeping = make(mara, team, "sleeping");
        for (NewSecret token : List.of(revoked, ended, sleeping)) {
            assertThat(get("/api/whoami", token.text()).statusCode()).isEqualTo(200);
        }

        Callers.as(mara, () -> tokens.revoke(idOf(mara, "revoked")));
        Metadata.change("update access_token set ends_at = now() where id = ?", idOf(mara, "ended"));
        assertRefused(revoked, mara, "token revoked");
        assertRefused(ended, mara, "token ended");

        Callers.as(People.administrator(), () -> access.disable(mara.personId()));
        assertRefused(sleeping, mara, "disabled");
        Callers.as(People.administrator(), () -> access.enable(mara.personId()));
        assertThat(get("/api/whoami", sleeping.text()).statusCode()).isEqualTo(200);
    }

    @Test
    void nobodyMakesATokenForMoreThanTheyHoldOrForLongerThanTheLimit() {
        UUID team = People.team("Limits");
        Caller reader = People.member("Reader", team);
        assertThat(refused(reader, () -> tokens.makeMine("more", "Owner", Scope.team(team), soon()))
                        .code())
                .isEqualTo(ProblemCode.GrantTooMuch);
        assertThat(refused(reader, () -> tokens.makeMine("wide", "Reader", Scope.INSTALLATION, soon()))
                        .code())
                .isEqualTo(ProblemCode.GrantTooMuch);
        for (Instant end : new Instant[] {null, Instant.now(), Instant.now().plus(Duration.ofDays(400))}) {
            assertThat(refused(reader, () -> tokens.makeMine("long", "Reader", Scope.team(team), end))
                            .code())
                    .isEqualTo(ProblemCode.TokenEndInvalid);
        }
        Caller root = People.administrator();
        Callers.as(root, () -> tokens.setLongestDays(1));
        try {
            assertThat(refused(reader, () -> tokens.makeMine("long", "Reader", Scope.team(team), soon().plusSeconds(1)))
                            .code())
                    .isEqualTo(ProblemCode.TokenEndInvalid);
        } finally {
            Callers.as(root, () -> tokens.setLongestDays(TokenLimit.USUAL_DAYS));
        }
    }

    /** A stolen token must not be turned into a password, a passkey or another token. */
    @Test
    void whatIsOnesOwnNoTokenChanges() {
        UUID team = People.team("Own");
        Caller mara = People.member("Owner", team);
        NewSecret token = Container.as(mara, () -> tokens.makeMine("whole", "Owner", Scope.team(team), soon()));
        Caller byToken = bearers.callerOf(token.text(), People.ADDRESS);
        assertThat(refused(byToken, () -> tokens.makeMine("child", "Reader", Scope.team(team), soon()))
                        .code())
                .isEqualTo(ProblemCode.AccessDenied);
        assertThat(refused(byToken, () -> tokens.mine()).code()).isEqualTo(ProblemCode.AccessDenied);
    }

    @Test
    void aServiceAccountGetsATokenForItsSecretAndIsNamedOnRecord() throws Exception {
        Robot robot = robot("Reader");
        for (String path : List.of("/oauth2/token", "/" + UUID.randomUUID() + "/oauth2/v2.0/token")) {
            for (HttpResponse<String> answer : List.of(
                    post(
                            path,
                            GRANT + "&scope=https%3A%2F%2Fmanagement.azure.com%2F.default&client_id=" + robot.id
                                    + "&client_secret=" + robot.secret,
                            null),
                    post(path, GRANT, basic(robot.id.toString(), robot.secret)))) {
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
                Map<?, ?> given = Json.read(answer.body(), Map.class);
                assertThat(given.get("token_type")).isEqualTo("Bearer");
                assertThat((int) given.get("expires_in")).isBetween(1, 3600);
                TokenIdentity identity = Json.read(
                        get("/api/whoami", given.get("access_token").toString()).body(), TokenIdentity.class);
                assertThat(identity.name()).isEqualTo(robot.name);
                assertThat(identity.kind()).isEqualTo("service-account");
                assertThat(identity.grants()).singleElement().satisfies(grant -> assertThat(grant.permissions())
                        .contains("servers/read"));
            }
        }
        assertThat(Metadata.count(
                        "audit_record where actor = ? and action = 'access/signIn' and result = 'SUCCEEDED'",
                        robot.name))
                .isEqualTo(4);
    }

    @Test
    void twoSecretsFollowEachOtherWithoutAGapAndTakeTheirTokensWithThem() throws Exception {
        Robot robot = robot("Reader");
        Caller root = People.administrator();
        String second =
                Container.as(root, () -> accounts.makeSecret(robot.id, soon())).text();
        assertThat(refused(root, () -> accounts.makeSecret(robot.id, soon())).code())
                .isEqualTo(ProblemCode.TooManySecrets);
        String bearer = token(robot.id, robot.secret);
        String bearerOfSecond = token(robot.id, second);

        UUID first = Metadata.value(
                "select id from client_secret where hint = ? and person_id = ?",
                SecretText.hint(robot.secret),
                robot.id);
        Callers.as(root, () -> accounts.removeSecret(first));

        assertThat(get("/api/whoami", bearer).statusCode()).isEqualTo(401);
        assertThat(get("/api/whoami", bearerOfSecond).statusCode()).isEqualTo(200);
        assertError(post("/oauth2/token", GRANT, basic(robot.id.toString(), robot.secret)), 401, "invalid_client");

        Callers.as(root, () -> accounts.disable(robot.id));
        assertThat(get("/api/whoami", bearerOfSecond).statusCode()).isEqualTo(401);
        assertError(post("/oauth2/token", GRANT, basic(robot.id.toString(), second)), 401, "invalid_client");

        Callers.as(root, () -> accounts.enable(robot.id));
        Callers.as(root, () -> accounts.delete(robot.id));
        assertThat(get("/api/whoami", bearerOfSecond).statusCode()).isEqualTo(401);
        assertThat(Metadata.count("assignment where person_id = ?", robot.id)).isZero();
    }

    @Test
    void aServiceAccountNeverGetsALinkOrAPassword() {
        Robot robot = robot("Reader");
        assertThat(refused(People.administrator(), () -> access.newLink(robot.id))
                        .code())
                .isEqualTo(ProblemCode.NotFound);
        assertThat(Container.bean(SignIn.class).callerOf(robot.name, HERE)).isEmpty();
        assertThat(Container.bean(SignIn.class).verify(robot.name, robot.secret, People.ADDRESS))
                .isEmpty();
        assertThat(Container.as(People.administrator(), access::people))
                .noneMatch(person -> person.name().equals(robot.name));
    }

    @Test
    void whoHoldsLessThanAServiceAccountMakesNoSecretForIt() {
        Robot robot = robot("Owner");
        Caller administrator = People.member("Access Administrator", robot.team);
        assertThat(refused(administrator, () -> accounts.makeSecret(robot.id, soon()))
                        .code())
                .isEqualTo(ProblemCode.GrantTooMuch);
        assertThat(refused(
                                administrator,
                                () -> tokens.makeFor(robot.id, "its", "Owner", Scope.team(robot.team), soon()))
                        .code())
                .isEqualTo(ProblemCode.GrantTooMuch);
    }

    @Test
    void errorsOfTheTokenEndpointAreThoseOfItsStandard() throws Exception {
        Robot robot = robot("Reader");
        String id = "&client_id=" + robot.id;
        String secret = "&client_secret=" + robot.secret;
        assertError(post("/oauth2/token", "client_id=" + robot.id + secret, null), 400, "invalid_request");
        assertError(post("/oauth2/token", "grant_type=password" + id + secret, null), 400, "unsupported_grant_type");
        assertError(post("/oauth2/token", GRANT + id + secret + "&scope=openid", null), 400, "invalid_scope");
        assertError(post("/oauth2/token", GRANT + id + id + secret, null), 400, "invalid_request");
        assertError(post("/oauth2/token", GRANT, null), 401, "invalid_client");
        assertError(
                post("/oauth2/token", GRANT + secret, basic(robot.id.toString(), robot.secret)),
                400,
                "invalid_request");
        assertError(
                post("/oauth2/token", GRANT + id + secret + "&x=" + "x".repeat(9000), null), 400, "invalid_request");
        assertError(post("/oauth2/token?" + GRANT + id + secret, "", null), 400, "invalid_request");
        HttpResponse<String> wrong = post("/oauth2/token", GRANT, basic(robot.id.toString(), "guess"));
        assertError(wrong, 401, "invalid_client");
        assertThat(wrong.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(scheme -> assertThat(scheme).startsWith("Basic"));
        HttpResponse<String> get = HTTP.send(
                HttpRequest.newBuilder(URI.create(BASE + "/oauth2/token")).build(),
                HttpResponse.BodyHandlers.ofString());
        assertError(get, 405, "invalid_request");
    }

    @Test
    void aClientIdWithALineBreakGetsIntoNoHeaderAndNoLine() throws Exception {
        String evil = "x\r\nSet-Cookie: howdah-session=evil\r\n";
        HttpResponse<String> answer = post(
                "/oauth2/token",
                GRANT + "&client_id=x%0d%0aSet-Cookie:%20howdah-session=evil%0d%0a" + "&client_secret=y",
                null);
        assertError(answer, 401, "invalid_client");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        assertError(
                post("/oauth2/token", GRANT, basic(URLEncoder.encode(evil, StandardCharsets.UTF_8), "y")),
                401,
                "invalid_client");
        assertError(post("/oauth2/token", GRANT, basic("a\0b", "y")), 401, "invalid_client");
        assertThat(Metadata.<String>column("select actor from audit_record where actor like 'x%howdah-session%'"))
                .hasSize(2)
                .allMatch(actor -> actor.chars().noneMatch(Character::isISOControl));
    }

    @Test
    void whoGuessesSecretsIsSlowedDown() throws Exception {
        Robot robot = robot("Reader");
        for (int i = 0; i < 5; i++) {
            assertError(post("/oauth2/token", GRANT, basic(robot.id.toString(), "guess" + i)), 401, "invalid_client");
        }
        HttpResponse<String> slowed = post("/oauth2/token", GRANT, basic(robot.id.toString(), robot.secret));
        assertError(slowed, 429, "temporarily_unavailable");
        assertThat(slowed.headers().firstValue("Retry-After")).isPresent();
        assertThat(Metadata.count("audit_record where actor = ? and result = 'DENIED'", robot.name))
                .isEqualTo(6);
    }

    @Test
    void whoGuessesTokensIsSlowedDownAndNobodyBesideIs() {
        UUID team = People.team("Guessed");
        Caller mara = People.member("Reader", team);
        NewSecret known = make(mara, team, "at home");
        NewSecret fresh = make(mara, team, "new here");
        String guesser = "203.0.113.77";
        bearers.callerOf(known.text(), guesser);
        for (int i = 0; i < 30; i++) {
            String guess = SecretText.make(SecretText.Kind.PERSONAL_TOKEN);
            assertThat(refused((Caller) null, () -> bearers.callerOf(guess, guesser))
                            .code())
                    .isEqualTo(ProblemCode.TokenNotValid);
        }
        assertThat(refused((Caller) null, () -> bearers.callerOf(fresh.text(), guesser))
                        .code())
                .isEqualTo(ProblemCode.TooManyTries);
        assertThat(bearers.callerOf(known.text(), guesser).name()).isEqualTo(mara.name());
        assertThat(bearers.callerOf(fresh.text(), "203.0.113.78").name()).isEqualTo(mara.name());
    }

    @Test
    void withoutATokenOrWithACookieAloneNobodyComesIn() throws Exception {
        for (String header : new String[] {null, "Basic eDp5", "Bearer", "Bearer ", "Bearer ' or 1=1"}) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(BASE + "/api/whoami")).header("Cookie", "howdah-session=stolen");
            if (header != null) {
                request.header("Authorization", header);
            }
            HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(header).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate"))
                    .hasValueSatisfying(scheme -> assertThat(scheme).startsWith("Bearer"));
            assertThat(answer.body()).contains("\"code\":\"TokenNotValid\"");
        }
        // A client secret is no token.
        assertThat(get("/api/whoami", robot("Reader").secret).statusCode()).isEqualTo(401);
    }

    @Test
    void aWeekBeforeTheEndItsPersonIsToldOnce() {
        UUID team = People.team("Told");
        Caller mara = People.member("Reader", team);
        make(mara, team, "ending soon");
        UUID token = idOf(mara, "ending soon");
        Metadata.change(
                "update access_token set created_at = now() - interval '30 days', ends_at = now() + interval '6 days' where id = ?",
                token);
        Robot robot = robot("Reader");
        Caller owner = People.member("Owner", robot.team);
        Metadata.change(
                "update client_secret set created_at = now() - interval '30 days', ends_at = now() + interval '6 days' where person_id = ?",
                robot.id);

        keeping.tellEnds();
        keeping.tellEnds();

        assertThat(Metadata.<String>column(
                        "select concerned from notice where kind = 'TOKEN_ENDING' and title like ?",
                        "%ending soon of " + mara.name() + "%"))
                .singleElement()
                .satisfies(people -> assertThat(people).contains(mara.personId().toString()));
        assertThat(Metadata.<String>column(
                        "select concerned from notice where kind = 'TOKEN_ENDING' and title like ?",
                        "%" + robot.name + "%"))
                .singleElement()
                .satisfies(people ->
                        assertThat(people).contains(owner.personId().toString()).doesNotContain(robot.id.toString()));
    }

    @Test
    void noTokenAndNoSecretIsWrittenAnywhere() throws Exception {
        UUID team = People.team("Silent");
        Caller mara = People.member("Reader", team);
        Robot robot = robot("Reader");
        List<String> secrets = List.of(
                make(mara, team, "silent").text(), robot.secret, token(robot.id, robot.secret), "Sh-" + robot.id);
        get("/api/whoami", secrets.get(0));
        get("/api/audit/export?from=" + secrets.get(0), secrets.get(0));
        post("/oauth2/token", GRANT, basic(robot.id.toString(), secrets.get(3)));

        List<Path> logs = logs();
        assertThat(logs).isNotEmpty();
        for (Path log : logs) {
            String text = Files.readString(log, StandardCharsets.ISO_8859_1);
            secrets.forEach(secret ->
                    assertThat(text.contains(secret)).as(log.toString()).isFalse());
        }
        for (String secret : secrets) {
            assertThat(Metadata.count("audit_record where details like ? or actor like ?", like(secret), like(secret)))
                    .isZero();
            assertThat(Metadata.count("access_token where hash = ? or name = ?", secret, secret))
                    .isZero();
        }
    }

    private static String like(String text) {
        return "%" + text.replace("_", "\\_") + "%";
    }

    private static List<Path> logs() throws IOException {
        List<Path> logs = new ArrayList<>();
        for (Path folder : List.of(Path.of(System.getProperty("user.dir"), "logs"), Metadata.home())) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.walk(folder, 3)) {
                    files.filter(file -> file.toString().endsWith(".log")).forEach(logs::add);
                }
            }
        }
        return logs;
    }

    private record Robot(UUID id, UUID team, String name, String secret) {}

    private Robot robot(String role) {
        UUID team = People.team("Robots");
        String name = People.unique("robot");
        return Container.as(People.administrator(), () -> {
            UUID id = accounts.create(team, name, "For a test");
            accounts.assign(id, role, Scope.team(team), null);
            return new Robot(id, team, name, accounts.makeSecret(id, soon()).text());
        });
    }

    private NewSecret make(Caller caller, UUID team, String name) {
        return Container.as(caller, () -> tokens.makeMine(name, "Reader", Scope.team(team), soon()));
    }

    private static UUID idOf(Caller caller, String name) {
        return Metadata.value("select id from access_token where person_id = ? and name = ?", caller.personId(), name);
    }

    private static Instant soon() {
        return Instant.now().plus(Duration.ofDays(2));
    }

    private void assertRefused(NewSecret token, Caller holder, String why) throws Exception {
        HttpResponse<String> answer = get("/api/whoami", token.text());
        assertThat(answer.statusCode()).as(why).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(scheme -> assertThat(scheme).contains("invalid_token"));
        assertThat(Metadata.<String>column(
                        "select details from audit_record where actor = ? and result = 'DENIED' order by number desc limit 1",
                        holder.name()))
                .singleElement()
                .satisfies(details -> assertThat(details).contains(why, token.name()));
    }

    private static void assertError(HttpResponse<String> answer, int status, String error) {
        assertThat(answer.body()).contains("\"error\":\"" + error + "\"");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    private static Map<String, Object> record(HttpResponse<String> answer) {
        return Metadata.rows(
                        "select actor, address, action, result, details from audit_record where correlation_id = ?",
                        answer.headers().firstValue("X-Correlation-Id").orElseThrow())
                .getFirst();
    }

    private static String token(UUID id, String secret) throws Exception {
        HttpResponse<String> answer = post("/oauth2/token", GRANT, basic(id.toString(), secret));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.read(answer.body(), Map.class).get("access_token").toString();
    }

    private static String basic(String id, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<String> get(String path, String token) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(BASE + path))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String path, String body, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(BASE + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
