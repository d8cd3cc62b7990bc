package io.howdah;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.Cookie;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What no button sends: requests of other sites, of other sessions, with made-up keys, and for controls that are disabled. */
@ExtendWith(Installation.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(4)
class ForgedRequestsST {

    private static final Pattern KEY = Pattern.compile("\"csrfToken\":\"([^\"]+)\"");

    private static final Predicate<String> CHANGES = said -> said.contains("\"changes\":[{");
    private static final String REFUSED = "refused";
    private static final String RPC = "**/*v-r=uidl*";

    private Installation installation;
    private Plain plain;
    private Visitor ada;
    private Visitor rita;
    private String server;

    @BeforeAll
    void signIn(Installation shared) throws SQLException {
        installation = shared;
        plain = new Plain(shared);
        ada = shared.administrator();
        RolesOnScreen people = new RolesOnScreen(shared);
        server = people.server(ada);
        people.make(false);
        rita = shared.visitor();
        rita.signIn(RolesOnScreen.nameOf("Reader", false), Installation.ADMINISTRATOR_PASSWORD);
    }

    @AfterAll
    void leave() {
        ada.close();
        rita.close();
    }

    /** The press of a button is held back, and sent by others and changed; at last as it was, to see that it would have worked. */
    @Test
    void aRequestActsOnlyWithItsOwnSessionAndKey() throws SQLException {
        String team = "Forged " + System.nanoTime();
        Request held = heldBack(team);
        String body = held.postData();
        String address = held.url().substring(installation.address("").length());
        Matcher key = KEY.matcher(body);
        assertThat(key.find()).isTrue();
        Map<String, String> own = Plain.cookies(ada);
        String wrong = body.replace(key.group(1), "11111111-2222-3333-4444-555555555555");

        nothingComesOf(team, address, Map.of(), body);
        nothingComesOf(team, address, Plain.cookies(rita), body);
        nothingComesOf(team, address, own, wrong);
        nothingComesOf(team, address, own, body.replace("\"csrfToken\"", "\"other\""));
        nothingComesOf(team, address, with(own, "Sec-Fetch-Site", "cross-site"), body);
        nothingComesOf(team, address, with(own, "Sec-Fetch-Site", "same-site"), body);

        assertThat(plain.send("POST", address, with(own, "Content-Type", "application/json"), body)
                        .statusCode())
                .isEqualTo(200);
        Awaitility.await().atMost(Visitor.PATIENCE).until(() -> count("team where name = ?", team) == 1);
        ada.page().navigate("about:blank");
        ada.page().unroute(RPC);
    }

    private void nothingComesOf(String team, String address, Map<String, String> headers, String body)
            throws SQLException {
        HttpResponse<String> came =
                plain.send("POST", address, with(headers, "Content-Type", "application/json"), body);
        assertThat(came.body()).doesNotContain("\"changes\":[{");
        assertThat(count("team where name = ?", team))
                .as(came.statusCode() + ": " + came.body())
                .isZero();
    }

    /** The request that the press of the last button makes. The portal sees nothing of this page any more. */
    private Request heldBack(String team) {
        ada.go("access?part=teams");
        ada.press("Create team");
        ada.fill("Name of the team", team);
        ada.awaitCalm();
        ada.page().route(RPC, Route::abort);
        return ada.page().waitForRequest(RPC, () -> ada.buttonInDialog("Create").click());
    }

    @Test
    void aPushChannelOpensOnlyWithItsOwnKeyAndFromItsOwnSite() throws Exception {
        rita.go("operations");
        rita.awaitCalm();
        Map<String, String> own = Plain.cookies(rita);
        String push = rita.addresses().stream()
                .filter(address -> address.startsWith("wss:"))
                .reduce((first, last) -> last)
                .orElseThrow();
        String wrong = push.replaceAll("v-pushId=[^&]+", "v-pushId=11111111-2222-3333-4444-555555555555");
        assertThat(wrong).isNotEqualTo(push);
        assertThat(said(wrong, own)).noneMatch(CHANGES);
        assertThat(said(push, Map.of())).noneMatch(CHANGES);
        assertThat(said(push, Plain.cookies(ada))).noneMatch(CHANGES);
        assertThat(said(push, with(own, "Sec-Fetch-Site", "cross-site"))).containsExactly(REFUSED);
    }

    /** All that a channel says until it is closed, or for a moment. */
    private List<String> said(String address, Map<String, String> headers) {
        List<String> said = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> closed = new CompletableFuture<>();
        WebSocket.Builder builder = plain.client().newWebSocketBuilder().connectTimeout(Duration.ofSeconds(10));
        headers.forEach(builder::header);
        CompletableFuture<WebSocket> opened = builder.buildAsync(URI.create(address), new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                said.add(text.toString());
                socket.request(1);
                return null;
            }

            @Override
            public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                closed.complete(null);
                return null;
            }

            @Override
            public void onError(WebSocket socket, Throwable error) {
                closed.complete(null);
            }
        });
        try {
            WebSocket socket = opened.get(10, TimeUnit.SECONDS);
            closed.completeOnTimeout(null, 2, TimeUnit.SECONDS).join();
            socket.abort();
        } catch (ExecutionException refused) {
            return List.of(REFUSED);
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
        return said;
    }

    /** In the browser everything can be enabled; the portal knows what it had disabled. */
    @Test
    void aDisabledControlThatIsPressedAllTheSameDoesNothing() throws SQLException {
        int pressed = 0;
        for (String path : List.of(
                "",
                "servers",
                "access?part=people",
                "access?part=teams",
                "access?part=roles",
                "audit",
                "jobs/standing:housekeeping")) {
            rita.go("servers/" + server + path);
            rita.awaitCalm();
            long before = records();
            Object tried = rita.page().evaluate("""
                    () => {
                      const all = [...document.querySelectorAll('main#content vaadin-button')].filter(b => b.disabled);
                      for (const b of all) { b.disabled = false; b.removeAttribute('disabled'); b.click(); }
                      return all.length;
                    }""");
            rita.awaitCalm();
            pressed += ((Number) tried).intValue();
            assertThat(records()).as(path).isEqualTo(before);
            assertThat(rita.page()
                            .locator("vaadin-dialog[opened], vaadin-confirm-dialog[opened]")
                            .count())
                    .as(path)
                    .isZero();
        }
        assertThat(pressed).isGreaterThan(3);
    }

    @Test
    void aSessionPlantedBeforeSignInIsWorthNothingAfterwards() {
        try (Visitor victim = installation.visitor();
                Visitor attacker = installation.visitor()) {
            attacker.go("sign-in");
            Visitor.await(attacker.button("Sign in"));
            Cookie planted = session(attacker);
            victim.context().addCookies(List.of(planted));
            victim.signIn(RolesOnScreen.nameOf("Reader", false), Installation.ADMINISTRATOR_PASSWORD);
            assertThat(session(victim).value).isNotEqualTo(planted.value);
            attacker.go("servers");
            Visitor.await(attacker.button("Sign in"));
        }
    }

    /** The container has no servlet but Vaadin's; whatever an address is given by GET changes nothing. */
    @Test
    void gettingAnAddressChangesNothing() throws SQLException {
        long before = count("audit_record where result <> 'DENIED'");
        Map<String, String> own = Plain.cookies(ada);
        for (String path : List.of(
                "access?part=teams&create=Forged",
                "servers/create?name=forged",
                "profile?signOut",
                "sign-out",
                "oauth2/token",
                "api/whoami",
                "api/audit/export",
                "oidc/backchannel-logout",
                "?v-r=uidl&v-uiId=0",
                "jobs/standing:housekeeping?run",
                "operations?cancel=all")) {
            plain.send("GET", path, own, null);
        }
        assertThat(count("audit_record where result <> 'DENIED'")).isEqualTo(before);
    }

    /** What somebody else at the same machine finds when the person has gone. */
    @Test
    void browsersKeepNoPage() {
        for (String path : List.of("", "sign-in", "servers", "audit")) {
            for (Map<String, String> headers : List.of(Map.<String, String>of(), Plain.cookies(ada))) {
                assertThat(plain.send("GET", path, headers, null).headers().allValues("Cache-Control"))
                        .as(path)
                        .singleElement()
                        .asString()
                        .startsWith("no-store");
            }
        }
    }

    private static Cookie session(Visitor visitor) {
        return visitor.context().cookies().stream()
                .filter(cookie -> cookie.name.equals("howdah-session"))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return more;
    }

    private long records() throws SQLException {
        return count("audit_record where actor = ?", RolesOnScreen.nameOf("Reader", false));
    }

    private long count(String from, String... arguments) throws SQLException {
        try (Connection metadata = installation.metadata();
                PreparedStatement query = metadata.prepareStatement("select count(*) from " + from)) {
            for (int i = 0; i < arguments.length; i++) {
                query.setString(i + 1, arguments[i]);
            }
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
