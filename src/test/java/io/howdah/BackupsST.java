package io.howdah;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
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

/** A person loses rows, and gets them back: elsewhere, in place, and the way back. Each step builds on the one before. */
@ExtendWith(Installation.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(3)
class BackupsST {

    private static final String SERVER = "kept-db";
    private static final String COPY = "kept-copy";
    private static final String BACKUPS = "servers/" + SERVER + "/backups";

    @TempDir
    private static Path folder;

    private Visitor ada;
    private String password;
    private LocalDateTime before;

    @BeforeAll
    void makeAServer(Installation installation) throws IOException {
        ada = installation.administrator();
        password = ada.createServer(SERVER);
        Files.copy(installation.home().resolve("ca.crt"), folder.resolve("howdah-ca.crt"));
    }

    @AfterAll
    void closeTheBrowser() {
        ada.close();
    }

    /** What psql says through the line that the portal shows for a server. */
    private String ask(String server, String statements) {
        ada.go("servers/" + server + "/connect");
        return new Psql(folder, password).ask(ada.copyField("psql"), statements);
    }

    private Locator radio(String name) {
        return ada.page()
                .locator("vaadin-radio-button", new Page.LocatorOptions().setHasText(name))
                .locator("visible=true");
    }

    private void awaitSuccess() {
        Visitor.await(ada.page()
                .locator("main#content")
                .getByText("Succeeded", new Locator.GetByTextOptions().setExact(true))
                .locator("visible=true")
                .first());
    }

    @Test
    @Order(1)
    void aNewServerHasItsFirstBackupWithinAMinute() {
        ada.go(BACKUPS);
        ada.awaitText("What to restore");
        ada.awaitText("First backup");
        Visitor.await(ada.page().getByRole(AriaRole.SLIDER));
    }

    @Test
    @Order(2)
    void whatCanNotBeRestoredSaysWhy() {
        ada.go(BACKUPS);
        radio("A time").click();
        fillTime(LocalDateTime.of(2020, 1, 1, 0, 0));
        ada.awaitText("can be restored from");
        assertThat(ada.button("Restore").isEnabled()).isFalse();
    }

    private void fillTime(LocalDateTime time) {
        Locator date = ada.page().locator("vaadin-date-time-picker input").first();
        date.fill(time.format(DateTimeFormatter.ISO_LOCAL_DATE));
        date.press("Enter");
        Locator clock = ada.page().locator("vaadin-date-time-picker input").nth(1);
        clock.fill(time.format(DateTimeFormatter.ofPattern("HH:mm:ss")));
        clock.press("Enter");
    }

    @Test
    @Order(3)
    void rowsThatWereLostAreThereInANewServer() {
        ask(SERVER, "create table letters (n int); insert into letters values (1), (2), (3);");
        LocalDateTime written = now();
        // Times on the page go by whole seconds.
        before = written.plusSeconds(1).truncatedTo(ChronoUnit.SECONDS);
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> now().isAfter(before.plusSeconds(1)));
        ask(SERVER, "delete from letters where n > 1;");
        ada.go(BACKUPS);
        radio("A time").click();
        fillTime(inTheBrowser(before));
        ada.awaitText("Everything committed until");
        ada.fill("Name of the new server", COPY);
        ada.press("Restore");
        ada.awaitText("About this operation");
        awaitSuccess();
        assertThat(ask(COPY, "select count(*) from letters")).isEqualTo("3");
        assertThat(ask(SERVER, "select count(*) from letters")).isEqualTo("1");
    }

    private static LocalDateTime now() {
        return LocalDateTime.now(ZoneOffset.UTC);
    }

    /** As the page wants it: in the zone of the browser. */
    private LocalDateTime inTheBrowser(LocalDateTime utc) {
        String zone = String.valueOf(ada.page().evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone"));
        return utc.atZone(ZoneOffset.UTC).withZoneSameInstant(ZoneId.of(zone)).toLocalDateTime();
    }

    @Test
    @Order(4)
    void lostRowsAreSeenBeforeAnythingIsRestoredAndComeBackBesideTodays() {
        ada.go(BACKUPS);
        radio("A time").click();
        fillTime(inTheBrowser(before));
        ada.awaitText("Everything committed until");
        ada.press("Look first");
        ada.awaitPath("servers/" + SERVER + "/backups/look");
        Visitor.await(ada.button("10 seconds later"));
        assertThat(rowsThen()).isEqualTo("3 letters");
        Locator head = ada.page().locator(".look-head h3");
        String first = head.innerText();
        ada.press("10 seconds later");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> head.isVisible() && !head.innerText().equals(first));
        assertThat(rowsThen()).isEqualTo("1 letters");
        ada.press("Close");
        ada.awaitText("Nothing is looked at");

        ada.go(BACKUPS);
        radio("A time").click();
        fillTime(inTheBrowser(before));
        ada.awaitText("Everything committed until");
        ada.press("Single database or tables");
        ada.page()
                .locator("vaadin-radio-button", new Page.LocatorOptions().setHasText("Tables"))
                .click();
        Locator tables = ada.page().locator("vaadin-text-area textarea");
        tables.fill("public.letters");
        tables.blur();
        radio("An existing schema").click();
        ada.awaitText("There is something called \"letters\" in the schema \"public\"");
        radio("A new schema").click();
        String schema = ada.page().getByLabel("Name of the new schema").inputValue();
        ada.press("Bring back");
        awaitSuccess();
        assertThat(ask(SERVER, "select count(*) from " + schema + ".letters")).isEqualTo("3");
        assertThat(ask(SERVER, "select count(*) from letters")).isEqualTo("1");
    }

    private String rowsThen() {
        ada.fill("SQL", "select count(*) || ' letters' from letters");
        ada.press("Run");
        Locator answer = ada.page().locator(".look-answer").getByText(" letters");
        Visitor.await(answer.first());
        return answer.first().innerText();
    }

    @Test
    @Order(5)
    void aDumpAndABackupAreDownloaded() throws IOException {
        ada.go("servers/" + SERVER + "/databases");
        assertThat(download("Download a dump of postgres", "dump")).startsWith("PGDMP");
        ada.go(BACKUPS);
        assertThat(download("Download ", "tar")).startsWith("postgresql-");
    }

    /** How the file begins. */
    private String download(String button, String ending) throws IOException {
        Download file = ada.page().waitForDownload(() -> ada.page()
                .locator("vaadin-button[aria-label^='" + button + "']")
                .locator("visible=true")
                .first()
                .click());
        assertThat(file.suggestedFilename()).startsWith(SERVER + "-").endsWith("." + ending);
        assertThat(file.failure()).isNull();
        ada.awaitText("Finished:");
        ada.press("Close");
        try (InputStream in = Files.newInputStream(file.path())) {
            return new String(in.readNBytes(20), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    @Order(6)
    void theServerItselfIsTakenBackInPlace() {
        ada.go(BACKUPS);
        radio("A time").click();
        fillTime(inTheBrowser(before));
        ada.awaitText("Everything committed until");
        radio("This server, in place").click();
        ada.press("Restore");
        ada.fill("Type \"" + SERVER + "\" to confirm", SERVER);
        ada.pressInDialog("Restore");
        ada.awaitText("Restored in place");
        assertThat(ask(SERVER, "select count(*) from letters")).isEqualTo("3");
    }

    @Test
    @Order(7)
    void oneClickGoesBack() {
        ada.go(BACKUPS);
        Visitor.await(ada.button("Go back"));
        ada.press("Go back");
        ada.awaitText("Go back to before a restore");
        awaitSuccess();
        assertThat(ask(SERVER, "select count(*) from letters")).isEqualTo("1");
    }

    @Test
    @Order(8)
    void aRehearsalLeavesItsProofOnThePage() {
        ada.go(BACKUPS);
        ada.awaitText("Never rehearsed");
        ada.press("Add a check");
        ada.fill("Name", "databases");
        ada.fill("Query", "SELECT count(*) > 0 FROM pg_database");
        ada.pressInDialog("Save");
        ada.awaitText("SELECT count(*) > 0 FROM pg_database");
        ada.press("Rehearse now");
        ada.awaitText("Rehearsed: restored in");
        ada.awaitText("Checks passed: 1");
    }

    @Test
    @Order(9)
    void bothServersStandInTheOverview() {
        ada.go("backups");
        ada.awaitText(SERVER);
        ada.awaitText(COPY);
        ada.awaitText("Passed");
    }
}
