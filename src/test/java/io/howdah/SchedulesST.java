package io.howdah;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** A person lets a server keep office hours and run SQL by itself, and sees what came of it. Each step builds on the one before. */
@ExtendWith(Installation.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(2)
class SchedulesST {

    private static final String SERVER = "timed-db";
    private static final String SCHEDULES = "servers/" + SERVER + "/schedules";
    private static final String SQL = "Count something";
    private static final String READER = "rolf@example.org";
    private static final String READER_PASSWORD = "only the clock tells the time";

    private Visitor ada;
    private Visitor rolf;

    @BeforeAll
    void makeAServer(Installation installation) {
        ada = installation.administrator();
        rolf = installation.visitor();
        ada.createServer(SERVER);
    }

    @AfterAll
    void closeTheBrowsers() {
        ada.close();
        rolf.close();
    }

    private static Locator link(Visitor visitor, String name) {
        return visitor.page()
                .getByRole(
                        AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true))
                .locator("visible=true");
    }

    private static void follow(Visitor visitor, String name) {
        link(visitor, name).first().click();
    }

    private void choose(String label, String option) {
        ada.page()
                .locator("vaadin-select,vaadin-combo-box")
                .filter(new Locator.FilterOptions()
                        .setHas(ada.page()
                                .locator("label")
                                .getByText(label, new Locator.GetByTextOptions().setExact(true))))
                .click();
        ada.page()
                .getByRole(
                        AriaRole.OPTION,
                        new Page.GetByRoleOptions().setName(option).setExact(true))
                .click();
    }

    @Test
    @Order(1)
    void officeHoursAreTwoSchedulesMadeAtOnce() {
        ada.go(SCHEDULES);
        ada.page()
                .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile("^Office hours")))
                .click();
        ada.awaitText("Saves about 113 server hours a week; it runs about 55.");
        ada.press("Save both schedules");
        ada.awaitPath(SCHEDULES);
        Visitor.await(link(ada, "Office hours: start"));
        Visitor.await(link(ada, "Office hours: stop"));
        ada.awaitText("Just saved");
    }

    @Test
    @Order(2)
    void whatIsWrongIsSaidAtItsFieldAndWhatIsRightInWords() {
        ada.press("New schedule");
        ada.awaitPath(SCHEDULES + "/new");
        choose("Action", "Run SQL");
        choose("Database", "orders");
        choose("Role", "dbadmin");
        ada.fill("Script", "select 'forty-two' as answer;");
        ada.radio("By cron expression").check();
        ada.fill("Cron expression", "0 0 25 * * ?");
        ada.awaitText("This is no cron expression");
        ada.fill("Cron expression", "0 30 2 ? * MON-FRI");
        ada.awaitText("It means:");
        ada.awaitText("In the coming week");
        ada.fill("Name", SQL);
        ada.press("Save");
        ada.awaitPath(SCHEDULES);
        Visitor.await(link(ada, SQL));
    }

    @Test
    @Order(3)
    void aRunByHandIsSeenToItsEndWithWhatItSaid() {
        follow(ada, SQL);
        ada.awaitText("No runs yet");
        ada.press("Run now");
        ada.pressInDialog("Run now");
        Visitor.await(ada.page().locator(".run-history .badge").getByText("Succeeded"));
        ada.page()
                .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Output of the run")))
                .click();
        Visitor.awaitText(ada.page().locator(".run-output"), "forty-two");
    }

    @Test
    @Order(4)
    void aPausedJobWaitsForNothing() {
        ada.press("Pause");
        ada.awaitText("None while it is paused");
        Visitor.await(ada.button("Resume"));
    }

    @Test
    @Order(5)
    void theCalendarShowsWhatRanAndWhatIsToCome() {
        ada.go("jobs?view=week&server=" + SERVER);
        Locator ran = ada.page().locator(".week-chip[state='succeeded']");
        Visitor.awaitText(ran, SQL);
        ada.page().getByLabel("Next week").click();
        Visitor.await(ada.page().locator(".week-chip[state='planned']").first());
        assertThat(ada.page().locator(".week-chip[state='planned']").getByText("Office hours: start"))
                .hasCount(5);
        assertThat(ada.page().locator(".week-now")).hasCount(0);
    }

    @Test
    @Order(6)
    void aReaderSeesItAllAndCanChangeNothing() {
        ada.go("access");
        ada.press("Invite a person");
        ada.fill("Sign-in name", READER);
        ada.pressInDialog("Invite");
        String invitation = ada.copyField("One-time link");
        ada.press("I have copied it");
        rolf.page().navigate(invitation);
        rolf.fill("New password", READER_PASSWORD);
        rolf.press("Set the password");
        rolf.awaitText("Your password is set");
        rolf.signIn(READER, READER_PASSWORD);
        rolf.go(SCHEDULES);
        Visitor.await(link(rolf, SQL));
        assertThat(rolf.button("New schedule")).isDisabled();
        assertThat(rolf.button("Office hours")).isDisabled();
        follow(rolf, SQL);
        Visitor.await(rolf.button("Run now"));
        for (String action : new String[] {"Run now", "Resume", "Edit", "Delete"}) {
            assertThat(rolf.button(action)).isDisabled();
        }
        rolf.go(SCHEDULES + "/new");
        rolf.awaitText("You may not change schedules here");
    }

    @Test
    @Order(7)
    void aDeletedScheduleIsGoneFromEveryPage() {
        ada.go("jobs?server=" + SERVER);
        follow(ada, SQL);
        ada.press("Delete");
        ada.pressInDialog("Delete");
        ada.awaitPath("jobs");
        ada.go("jobs?server=" + SERVER);
        Visitor.await(link(ada, "Office hours: stop"));
        assertThat(link(ada, SQL)).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(60_000));
    }
}
