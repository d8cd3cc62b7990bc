package io.howdah;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The walk of a newcomer, from the one-time link to a server that was deleted and brought back. Each step builds on the one before. */
@ExtendWith(Installation.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(1)
class PortalST {

    private static final String SERVER = "orders-db";
    private static final String READER = "rita@example.org";
    private static final String READER_PASSWORD = "reading is all I ever do";

    @TempDir
    static Path folder;

    private Installation installation;
    private Visitor ada;
    private Visitor rita;
    private Page list;
    private String link;
    private String password;
    private String pooledLine;
    private String directLine;
    private final List<String> secrets = new ArrayList<>();

    @BeforeAll
    void openABrowser(Installation shared) {
        installation = shared;
        ada = shared.visitor();
        rita = shared.visitor();
    }

    @AfterAll
    void closeTheBrowser() {
        ada.close();
        rita.close();
    }

    @Test
    @Order(1)
    void beforeTheFirstAdministratorNobodyCanSignIn() {
        ada.go("");
        ada.awaitText("Nobody can sign in yet");
        assertThat(ada.page().getByLabel("Password").count()).isZero();
    }

    @Test
    @Order(2)
    void theOneTimeLinkMakesTheFirstAdministrator() {
        link = installation.firstAdministratorsLink().orElseThrow();
        secrets.add(link.substring(link.indexOf('#') + 1));
        secrets.add(Installation.ADMINISTRATOR_PASSWORD);
        ada.page().navigate(link);
        ada.fill("Sign-in name", Installation.ADMINISTRATOR);
        ada.fill("Name to show", "Ada");
        ada.fill("Password", "short");
        ada.press("Make the administrator");
        ada.awaitText("The password has 5 characters");
        ada.fill("Password", Installation.ADMINISTRATOR_PASSWORD);
        ada.press("Make the administrator");
        ada.awaitText("Your password is set");
        assertThat(ada.page().url()).doesNotContain("#");
        assertThat(installation.firstAdministratorsLink()).isEmpty();
    }

    @Test
    @Order(3)
    void theLinkWorksOnce() {
        rita.page().navigate(link);
        rita.awaitText("This link has been used or has run out.");
    }

    private Cookie session(Visitor visitor) {
        return visitor.context().cookies().stream()
                .filter(cookie -> cookie.name.equals("howdah-session"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Order(4)
    void signingInChangesTheSessionWhoseCookieScriptsCannotRead() {
        ada.go("");
        Visitor.await(ada.button("Sign in"));
        String before = session(ada).value;
        ada.signIn(Installation.ADMINISTRATOR, Installation.ADMINISTRATOR_PASSWORD);
        assertThat(session(ada).value).isNotEqualTo(before);
        assertThat(ada.context().cookies()).isNotEmpty().allSatisfy(cookie -> {
            assertThat(cookie.httpOnly).as(cookie.name).isTrue();
            assertThat(cookie.secure).as(cookie.name).isTrue();
            assertThat(cookie.sameSite).as(cookie.name).isIn(SameSiteAttribute.LAX, SameSiteAttribute.STRICT);
        });
    }

    @Test
    @Order(5)
    void everyPageComesWithSecurityHeaders() {
        Response response = ada.page().navigate(installation.address("servers"));
        Map<String, String> headers = response.headers();
        assertThat(headers.get("content-security-policy"))
                .contains(
                        "default-src 'self'",
                        "script-src 'self' 'nonce-",
                        "frame-ancestors 'none'",
                        "object-src 'none'")
                .doesNotContain("script-src 'self' 'unsafe-inline'");
        assertThat(headers)
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("x-frame-options", "DENY")
                .containsEntry("referrer-policy", "no-referrer")
                .containsEntry("cross-origin-opener-policy", "same-origin")
                .containsKey("permissions-policy")
                .hasEntrySatisfying(
                        "strict-transport-security", value -> assertThat(value).contains("max-age="));
    }

    @Test
    @Order(6)
    void aServerIsMadeWhileItsStepsAreWatchedAndTheConnectionPageFollows() {
        ada.awaitText("No servers yet");
        list = ada.context().newPage();
        list.navigate(installation.address("servers"));
        Visitor.await(list.getByText("No servers yet"));
        list.evaluate("window.neverReloaded = true");

        ada.go("servers/create");
        ada.fill("Server name", "-wrong-");
        ada.awaitText("A server's name has 3 to 63 letters");
        ada.fill("Server name", SERVER);
        ada.awaitText("\"" + SERVER + "\" is free.");
        ada.fill("Administrator login", "dbadmin");
        ada.fill("First database", "orders");
        ada.press("Generate password");
        password = ada.copyField("Generated password");
        secrets.add(password);
        ada.page().getByLabel("I have stored it").check();
        ada.page()
                .locator("vaadin-radio-button", new Page.LocatorOptions().setHasText("H0.25"))
                .click();
        ada.fill("Storage", "1");
        ada.press("Create");
        ada.awaitPath("servers/" + SERVER + "/connect");
        ada.awaitText("Create the administrator");
        ada.awaitText("Your server is ready.");
        Visitor.await(ada.page().locator(".operation-panel").getByText("Succeeded"));
    }

    @Test
    @Order(7)
    void thePsqlLinesWorkWhenPasted() throws IOException {
        Download certificate = ada.page().waitForDownload(() -> ada.page()
                .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Download howdah-ca.crt"))
                .click());
        certificate.saveAs(folder.resolve(certificate.suggestedFilename()));
        assertThat(folder.resolve("howdah-ca.crt"))
                .hasSameTextualContentAs(installation.home().resolve("ca.crt"));
        pooledLine = ada.copyField("psql");
        ada.radio("Direct").check();
        Locator shown = ada.page().locator(".connection-strings code").first();
        assertThat(shown).not().hasText(pooledLine, new LocatorAssertions.HasTextOptions().setTimeout(60_000));
        directLine = ada.copyField("psql");
        assertThat(List.of(pooledLine, directLine)).allMatch(line -> line.contains("sslmode=verify-full"));
        Psql psql = new Psql(folder, password);
        assertThat(psql.ask(pooledLine, "select current_user || ' in ' || current_database()"))
                .isEqualTo("dbadmin in orders");
        assertThat(psql.ask(
                        directLine,
                        "create table kept (what text); insert into kept values ('gold');"
                                + " select ssl from pg_stat_ssl where pid = pg_backend_pid()"))
                .endsWith("t");
        assertThat(new Psql(folder, "wrong-Password-1")
                        .run(pooledLine, "select 1")
                        .code())
                .isNotZero();
        String underAnotherName = directLine.replaceFirst("host=\\S+", "host=db.example.org hostaddr=127.0.0.1");
        Psql.Said refused = psql.run(underAnotherName, "select 1");
        assertThat(refused.code()).isNotZero();
        assertThat(refused.text()).contains("does not match host name");
    }

    @Test
    @Order(8)
    void theJdbcStringWorks() throws Exception {
        for (String endpoint : List.of("Pooled", "Direct")) {
            ada.radio(endpoint).check();
            String line = "Pooled".equals(endpoint) ? pooledLine : directLine;
            assertThat(ada.page().locator(".connection-strings code").first())
                    .hasText(line, new LocatorAssertions.HasTextOptions().setTimeout(60_000));
            String address = ada.copyField("JDBC")
                    .replace("howdah-ca.crt", folder.resolve("howdah-ca.crt").toString());
            Properties properties = new Properties();
            properties.setProperty("password", password);
            try (Connection connection = DriverManager.getConnection(address, properties);
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery("select what from kept")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("gold");
            }
        }
    }

    @Test
    @Order(9)
    void aRoleMadeInSqlSignsInThroughThePooler() {
        new Psql(folder, password).ask(directLine, "create role app login password 'Some-Pass-1'");
        String line = pooledLine.replace("user=dbadmin", "user=app");
        assertThat(new Psql(folder, "Some-Pass-1").ask(line, "select current_user"))
                .isEqualTo("app");
    }

    private static Locator row(Page page, String text) {
        return page.locator("vaadin-grid-cell-content").getByText(text, new Locator.GetByTextOptions().setExact(true));
    }

    @Test
    @Order(10)
    void databasesAreAddedListedAndDeleted() {
        ada.go("servers/" + SERVER + "/databases");
        Visitor.await(row(ada.page(), "orders"));
        ada.fill("Database", "archive");
        ada.press("Add database");
        Visitor.await(row(ada.page(), "archive"));
        String archive = pooledLine.replace("dbname=orders", "dbname=archive");
        Psql psql = new Psql(folder, password);
        assertThat(psql.ask(archive, "select current_database()")).isEqualTo("archive");
        ada.press("Delete database archive");
        Locator yes =
                ada.dialog().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Delete database"));
        assertThat(yes).isDisabled();
        ada.fill("Type \"archive\" to confirm", "archive");
        yes.click();
        assertThat(row(ada.page(), "archive")).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(60_000));
        // The pooler makes a client wait for a database that there is not; PostgreSQL itself says so at once.
        assertThat(psql.run(directLine.replace("dbname=orders", "dbname=archive"), "select 1")
                        .code())
                .isNotZero();
    }

    /** The state as the list in the other tab shows it, which nobody touches. */
    private void awaitInList(String state) {
        Visitor.await(list.locator(".badge").getByText(state, new Locator.GetByTextOptions().setExact(true)));
        assertThat(list.evaluate("window.neverReloaded")).isEqualTo(true);
    }

    private void awaitState(String state) {
        Visitor.awaitText(ada.page().locator(".server-header .badge"), state);
    }

    @Test
    @Order(11)
    void aStopIsSeenInAnotherTabAndEndsTheService() {
        awaitInList("Ready");
        ada.go("servers/" + SERVER);
        ada.press("Stop");
        ada.pressInDialog("Stop");
        awaitState("Stopped");
        awaitInList("Stopped");
        assertThat(new Psql(folder, password).run(pooledLine, "select 1").code())
                .isNotZero();
        assertThat(new Psql(folder, password).run(directLine, "select 1").code())
                .isNotZero();
    }

    @Test
    @Order(12)
    void aStoppedServerIsStartedAgain() {
        ada.press("Start");
        awaitState("Ready");
        awaitInList("Ready");
        assertThat(new Psql(folder, password).ask(pooledLine, "select what from kept"))
                .isEqualTo("gold");
    }

    @Test
    @Order(13)
    void aRestartStartsPostgreSqlAnew() {
        Psql psql = new Psql(folder, password);
        String started = psql.ask(directLine, "select pg_postmaster_start_time()");
        ada.press("Restart");
        ada.pressInDialog("Restart");
        Awaitility.await().atMost(Visitor.PATIENCE).until(() -> {
            Psql.Said said = psql.run(directLine, "select pg_postmaster_start_time()");
            return said.code() == 0 && !said.text().equals(started);
        });
        awaitState("Ready");
    }

    @Test
    @Order(14)
    void afterAResetOnlyTheNewPasswordWorks() {
        ada.press("Reset password");
        ada.awaitPath("servers/" + SERVER + "/reset-password");
        ada.press("Generate password");
        String old = password;
        password = ada.copyField("Generated password");
        secrets.add(password);
        ada.page().getByLabel("I have stored it").check();
        ada.page()
                .locator("section.decision")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Reset password"))
                .click();
        Visitor.await(ada.page()
                .locator(".operation-slot")
                .filter(new Locator.FilterOptions().setHasText("Reset administrator's password"))
                .getByText("Succeeded"));
        for (String line : List.of(pooledLine, directLine)) {
            Psql.Said refused = new Psql(folder, old).run(line, "select 1");
            assertThat(refused.code()).isNotZero();
            assertThat(refused.text()).contains("authentication failed");
            assertThat(new Psql(folder, password).ask(line, "select 1")).isEqualTo("1");
        }
    }

    @Test
    @Order(15)
    void tagsAreKeptAndShownInTheList() {
        ada.go("servers/" + SERVER + "/tags");
        ada.press("Add tag");
        ada.fill("Name", "environment");
        ada.fill("Value", "test");
        ada.press("Save");
        ada.awaitText("Saved.");
        ada.go("servers?q=environment");
        Visitor.await(ada.page()
                .locator("vaadin-grid")
                .getByText(SERVER)
                .locator("visible=true")
                .first());
    }

    @Test
    @Order(16)
    void aLockKeepsTheServerFromBeingDeletedAndSaysWhoSetIt() {
        ada.go("servers/" + SERVER + "/locks");
        ada.fill("Note", "pays the salaries");
        ada.press("Add lock");
        ada.awaitText("Set by " + Installation.ADMINISTRATOR);
        assertThat(ada.button("Delete")).isDisabled();
        ada.go("servers/" + SERVER + "/delete");
        ada.awaitText("The lock CanNotDelete, which " + Installation.ADMINISTRATOR + " has set on the server");
        assertThat(ada.page()
                        .locator("section.decision")
                        .getByRole(
                                AriaRole.BUTTON,
                                new Locator.GetByRoleOptions().setName("Delete").setExact(true)))
                .isDisabled();
        ada.go("servers/" + SERVER + "/locks");
        ada.press("Remove lock CanNotDelete");
        ada.pressInDialog("Remove lock");
        ada.awaitText("No locks");
    }

    @Test
    @Order(17)
    void aTeamsPageSaysWhatIsLeftAndItsLockIsInherited() {
        ada.go("servers/" + SERVER);
        ada.page()
                .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Default team"))
                .click();
        ada.press("Change…");
        ada.fill("Servers", "30");
        ada.pressInDialog("Save");
        ada.awaitText("of 30 used");
        ada.radio("ReadOnly").check();
        ada.fill("Note", "year end");
        ada.press("Add lock");
        ada.awaitText("year end");

        ada.go("servers/" + SERVER + "/locks");
        Locator origin = ada.page()
                .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("From the team \"Default team\""));
        Visitor.await(origin);
        for (String action : List.of("Stop", "Restart", "Delete")) {
            assertThat(ada.button(action)).isDisabled();
        }
        origin.click();
        ada.press("Remove lock ReadOnly");
        ada.pressInDialog("Remove lock");
        ada.awaitText("No locks");
        ada.go("servers/" + SERVER);
        Visitor.await(ada.button("Stop"));
        assertThat(ada.button("Stop")).isEnabled();
    }

    @Test
    @Order(18)
    void aReaderSeesTheServerAndCanChangeNothing() {
        secrets.add(READER_PASSWORD);
        ada.go("access");
        ada.press("Invite a person");
        ada.fill("Sign-in name", READER);
        ada.fill("Name to show", "Rita");
        ada.pressInDialog("Invite");
        String invitation = ada.copyField("One-time link");
        secrets.add(invitation.substring(invitation.indexOf('#') + 1));
        ada.press("I have copied it");

        rita.page().navigate(invitation);
        rita.fill("New password", READER_PASSWORD);
        rita.press("Set the password");
        rita.awaitText("Your password is set");
        rita.signIn(READER, READER_PASSWORD);
        rita.go("servers/" + SERVER);
        for (String action : List.of("Stop", "Restart", "Reset password", "Delete")) {
            assertThat(rita.button(action)).isDisabled();
        }
        rita.button("Stop").hover(new Locator.HoverOptions().setForce(true));
        rita.awaitText("You need the permission \"servers/stop\"");
        assertThat(rita.page()
                        .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Access"))
                        .count())
                .isZero();
        rita.go("servers/create");
        rita.awaitText("You may not create servers");
        rita.go("access");
        assertThat(rita.page()
                        .getByText("Invite a person")
                        .locator("visible=true")
                        .count())
                .isZero();
    }

    @Test
    @Order(19)
    void aButtonEnabledByForceDoesNothing() {
        rita.go("servers/" + SERVER);
        Locator stop = rita.button("Stop");
        Visitor.await(stop);
        stop.evaluate("button => { button.disabled = false; button.removeAttribute('disabled'); button.click(); }");
        // the answer to a request that is sent after it
        rita.go("servers/" + SERVER);
        Visitor.awaitText(rita.page().locator(".server-header .badge"), "Ready");
        assertThat(rita.dialog().count()).isZero();
    }

    @Test
    @Order(20)
    void whoHasLostARoleIsDeniedOnThePageThatIsStillOpen() {
        ada.go("access");
        ada.press("Actions for " + READER);
        ada.press("Give a role…");
        ada.dialog().getByLabel("Role").click();
        ada.page()
                .getByRole(
                        AriaRole.OPTION,
                        new Page.GetByRoleOptions().setName("Operator").setExact(true))
                .click();
        ada.pressInDialog("Give");
        Locator taken = ada.page()
                .getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(Pattern.compile("Take away: Operator.*rita.*")));
        Visitor.await(taken);

        rita.go("servers/" + SERVER);
        rita.press("Stop");
        Visitor.await(rita.buttonInDialog("Stop"));
        taken.click();
        ada.pressInDialog("Take away");
        assertThat(taken).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(60_000));
        rita.pressInDialog("Stop");
        rita.awaitText("You need the permission \"servers/stop\"");
        rita.pressInDialog("Cancel");
        ada.go("servers/" + SERVER);
        awaitState("Ready");
    }

    @Test
    @Order(21)
    void aSessionThatIsEndedElsewhereClosesItsPagesAtOnce() {
        try (Visitor phone = installation.visitor()) {
            phone.signIn(READER, READER_PASSWORD);
            phone.go("servers/" + SERVER);
            Visitor.awaitText(phone.page().locator(".server-header .badge"), "Ready");

            rita.go("profile/sessions");
            rita.awaitText("This one");
            rita.page()
                    .getByRole(
                            AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("Sign out .* at .*")))
                    .click();

            phone.awaitPath("sign-in");
            phone.go("servers/" + SERVER);
            phone.awaitPath("sign-in");
        }
        rita.go("servers/" + SERVER);
        Visitor.awaitText(rita.page().locator(".server-header .badge"), "Ready");
    }

    @Test
    @Order(22)
    void aServerIsDeletedOnlyUnderItsTypedName() {
        ada.go("servers/" + SERVER + "/delete");
        Locator delete = ada.page()
                .locator("section.decision")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Delete").setExact(true));
        Visitor.await(delete);
        assertThat(delete).isDisabled();
        ada.fill("Type \"" + SERVER + "\" to delete it", SERVER);
        delete.click();
        ada.awaitText("This server has been deleted");
        Visitor.await(list.getByText("No servers yet"));
        assertThat(new Psql(folder, password).run(pooledLine, "select 1").code())
                .isNotZero();
    }

    @Test
    @Order(23)
    void anUndoBringsBackTheSameEndpointAndData() {
        ada.go("servers?show=deleted");
        // Rows that are drawn anew at that very moment lose a click, and a person clicks again.
        Locator undo = ada.button("Undo the deletion of " + SERVER);
        Visitor.await(undo);
        Awaitility.await()
                .atMost(Visitor.PATIENCE)
                .pollInterval(Duration.ofSeconds(5))
                .pollDelay(Duration.ZERO)
                .ignoreExceptions()
                .until(() -> {
                    if (undo.isVisible()) {
                        undo.click(new Locator.ClickOptions().setTimeout(3_000));
                    }
                    return list.getByText(SERVER).first().isVisible();
                });
        awaitInList("Ready");
        ada.go("servers/" + SERVER + "/connect?database=orders");
        assertThat(ada.copyField("psql")).isEqualTo(pooledLine);
        assertThat(new Psql(folder, password).ask(pooledLine, "select what from kept"))
                .isEqualTo("gold");
    }

    @Test
    @Order(24)
    void theAuditLogHoldsAllOfIt() {
        for (String action : List.of(
                "servers/create",
                "servers/stop",
                "servers/start",
                "servers/restart",
                "servers/resetPassword",
                "servers/tag",
                "locks/write",
                "servers/delete",
                "servers/undelete",
                "databases/create",
                "databases/delete",
                "access/write")) {
            ada.go("audit?action=" + action);
            Visitor.await(ada.page()
                    .locator("vaadin-grid .row-title")
                    .locator("visible=true")
                    .first());
            Visitor.await(ada.page()
                    .locator("vaadin-grid-cell-content")
                    .getByText(Installation.ADMINISTRATOR, new Locator.GetByTextOptions().setExact(true))
                    .first());
        }
        ada.go("audit?result=denied&action=servers/stop");
        Visitor.await(row(ada.page(), READER).first());
        Visitor.await(row(ada.page(), "Denied").first());
        ada.press("Verify");
        ada.awaitText("records are whole");
        ada.pressInDialog("Close");
    }

    @Test
    @Order(25)
    void fiveWrongPasswordsSlowTheNextTryDown() {
        try (Visitor thief = installation.visitor()) {
            thief.go("sign-in");
            for (int times = 1; times <= 5; times++) {
                thief.fill("Sign-in name", READER);
                thief.fill("Password", "guess number " + times);
                thief.press("Sign in");
                if (times < 5) {
                    thief.awaitText("Name or password is not right.");
                    assertThat(thief.page().getByLabel("Password", new Page.GetByLabelOptions().setExact(true)))
                            .hasValue("");
                }
            }
            thief.awaitText("Too many wrong passwords.");
            thief.fill("Password", READER_PASSWORD);
            thief.press("Sign in");
            thief.awaitText("Too many wrong passwords.");
            assertThat(thief.page().url()).contains("sign-in");
        }
        ada.go("audit?action=access/signIn&result=denied");
        Visitor.await(row(ada.page(), READER).first());
    }

    @Test
    @Order(26)
    void signingOutEndsTheSession() {
        rita.page()
                .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("You: Rita.*")))
                .click();
        rita.press("Sign out");
        rita.awaitPath("sign-in");
        rita.go("servers");
        rita.awaitPath("sign-in");
    }

    @Test
    @Order(27)
    void noSecretStandsInAnAddressOrALog() throws IOException {
        assertThat(secrets).hasSizeGreaterThanOrEqualTo(6).doesNotContainNull();
        List<String> said = new ArrayList<>(ada.addresses());
        said.addAll(rita.addresses());
        assertThat(said).hasSizeGreaterThan(100);
        for (String secret : secrets) {
            assertThat(said).noneMatch(address -> address.contains(secret));
        }
        try (Stream<Path> files = Files.walk(installation.home())) {
            List<Path> logs = files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("/log/"))
                    .toList();
            assertThat(logs).hasSizeGreaterThan(3);
            for (Path log : logs) {
                String text = new String(Files.readAllBytes(log), java.nio.charset.StandardCharsets.ISO_8859_1);
                assertThat(secrets).as(log.toString()).noneMatch(text::contains);
            }
        }
        assertThat(ada.errors()).isEmpty();
    }
}
