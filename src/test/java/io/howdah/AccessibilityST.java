package io.howdah;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page, in both themes, passes all of axe's rules, and fits the narrowest screens without being pushed aside. */
@ExtendWith(Installation.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(3)
class AccessibilityST {

    private static final int WIDE_PX = 1440;
    private static final int NARROW_PX = 360;
    private static final String SERVER = "axe-db";
    private static final String EMPTY_TEAM = "Nobody yet";

    private Visitor ada;
    private int looked;
    private Visitor stranger;
    private String invitation;

    @BeforeAll
    void makeSomethingToLookAt(Installation installation) {
        ada = installation.administrator();
        stranger = installation.visitor();
        ada.createServer(SERVER);
        ada.go("servers/" + SERVER + "/locks");
        ada.press("Add lock");
        Visitor.await(ada.button("Remove lock CanNotDelete"));
        ada.go("access?part=teams");
        ada.press("Create team");
        ada.fill("Name of the team", EMPTY_TEAM);
        ada.pressInDialog("Create");
        ada.awaitText(EMPTY_TEAM);
        ada.go("access");
        ada.press("Invite a person");
        ada.fill("Sign-in name", "axel@example.org");
        ada.pressInDialog("Invite");
        invitation = ada.copyField("One-time link");
        ada.press("I have copied it");
        ada.press("Invite a person");
        ada.fill("Sign-in name", "otto@example.org");
        ada.dialog().getByLabel("Role").click();
        ada.page()
                .getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("Access Administrator"))
                .click();
        ada.pressInDialog("Invite");
        ada.press("I have copied it");
    }

    /** The one before leaves it narrow, where actions are in a menu. */
    @BeforeEach
    void widen() {
        ada.page().setViewportSize(WIDE_PX, 1000);
    }

    @AfterAll
    void closeTheBrowsers() {
        ada.close();
        stranger.close();
    }

    static Stream<String> pages() {
        return Stream.of(
                "",
                "servers?team=",
                "servers?team=" + EMPTY_TEAM.replace(" ", "%20"),
                "servers?show=deleted",
                "servers/create",
                "servers/" + SERVER,
                "servers/" + SERVER + "/compute",
                "servers/" + SERVER + "/connect",
                "servers/" + SERVER + "/databases",
                "servers/" + SERVER + "/backups",
                "servers/" + SERVER + "/backups/look",
                "servers/" + SERVER + "/backups/objects",
                "servers/" + SERVER + "/activity",
                "servers/" + SERVER + "/sessions",
                "servers/" + SERVER + "/locks",
                "servers/" + SERVER + "/health",
                "servers/" + SERVER + "/tags",
                "servers/" + SERVER + "/schedules",
                "servers/" + SERVER + "/schedules/new",
                "servers/" + SERVER + "/schedules/office-hours",
                "servers/" + SERVER + "/delete",
                "servers/" + SERVER + "/reset-password",
                "servers/nobody-db",
                "backups",
                "operations",
                "jobs",
                "jobs?view=week",
                "jobs/standing:housekeeping",
                "audit",
                "approvals",
                "approvals?part=done",
                "access?part=people",
                "access?part=teams",
                "access?part=roles",
                "access?part=service_accounts",
                "access?part=tokens",
                "access?part=providers",
                "access/providers/new",
                "profile",
                "profile/all-permissions",
                "profile/tokens",
                "profile/sign-in",
                "profile/sessions",
                "profile/notifications",
                "profile/webhooks",
                "notifications",
                "notifications?show=unread",
                "no-such-page");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPageIsAccessible(String path) {
        ada.go(path);
        // Looking takes seconds, and the themes differ in colours that all pages share: one page in each, in turns.
        check(ada, List.of(looked++ % 2 == 0 ? ColorScheme.LIGHT : ColorScheme.DARK));
    }

    @Test
    void theTeamsPageIsAccessible() {
        ada.go("access?part=teams");
        ada.page()
                .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Default team"))
                .click();
        Visitor.await(ada.button("Change…"));
        check(ada);
    }

    @Test
    void whatAnotherSizeMeansIsAccessible() {
        ada.go("servers/" + SERVER + "/compute");
        ada.page()
                .locator("vaadin-radio-button", new Page.LocatorOptions().setHasText("H0.5"))
                .locator("visible=true")
                .first()
                .click();
        Visitor.await(ada.button("Change to H0.5"));
        check(ada);
    }

    @Test
    void aServerAsItWasIsAccessible() {
        ada.go("servers/" + SERVER + "/backups");
        ada.awaitText("What to restore");
        ada.press("Look first");
        Visitor.await(ada.button("10 seconds later"));
        ada.fill("SQL", "select * from pg_database");
        ada.press("Run");
        Visitor.await(ada.page().getByText("template0").first());
        check(ada);
    }

    /** From asking to breaking the glass, without which nobody could stop asking for approvals again alone. */
    @Test
    void whatNeedsASecondPersonIsAccessible() {
        protectOwners(true);
        check(ada);
        ada.go("access");
        ada.press("Actions for axel@example.org");
        ada.press("Give a role…");
        ada.dialog().getByLabel("Role").click();
        ada.page()
                .getByRole(
                        AriaRole.OPTION,
                        new Page.GetByRoleOptions().setName("Owner").setExact(true))
                .click();
        ada.pressInDialog("Give");
        Visitor.await(ada.buttonInDialog("Ask for approval"));
        check(ada);
        ada.fill("Why", "Ada goes on holiday");
        ada.pressInDialog("Ask for approval");
        Visitor.await(ada.button("Withdraw"));
        check(ada);
        ada.press("Withdraw");
        ada.awaitText("Withdrawn");
        ada.go("approvals");
        ada.press("Break the glass");
        ada.fill("Why", "Nobody else is there to decide this");
        ada.pressInDialog("Break the glass");
        Visitor.await(ada.button("End it"));
        check(ada);
        protectOwners(false);
        ada.press("End it");
        PlaywrightAssertions.assertThat(ada.button("End it")).hasCount(0);
    }

    private void protectOwners(boolean wanted) {
        widen();
        ada.go("access?part=teams");
        ada.page()
                .getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions()
                                .setName(Pattern.compile(
                                        "What needs approval in .*: " + (wanted ? "Nothing" : "1 act"))))
                .first()
                .click();
        ada.dialog().getByLabel("Give an owner's powers").setChecked(wanted);
        ada.pressInDialog("Save");
        Visitor.await(ada.page()
                .getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions()
                                .setName(Pattern.compile(
                                        "What needs approval in .*: " + (wanted ? "1 act" : "Nothing"))))
                .first());
    }

    @Test
    void anOperationsPageIsAccessible() {
        ada.go("operations");
        ada.page()
                .locator("vaadin-grid")
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(Pattern.compile("Create server.*")))
                .first()
                .click();
        ada.awaitText("About this operation");
        check(ada);
    }

    @Test
    void theSignInPageIsAccessible() {
        stranger.go("sign-in");
        Visitor.await(stranger.button("Sign in"));
        check(stranger);
        stranger.press("Sign in");
        stranger.awaitText("Name or password is not right.");
        check(stranger);
    }

    @Test
    void theWelcomePageIsAccessible() {
        stranger.page().navigate(invitation);
        Visitor.await(stranger.button("Set the password"));
        check(stranger);
    }

    @Test
    void aConfirmationIsAccessible() {
        ada.go("servers/" + SERVER);
        ada.press("Stop");
        Visitor.await(ada.buttonInDialog("Stop"));
        check(ada);
    }

    private static void check(Visitor visitor) {
        check(visitor, List.of(ColorScheme.LIGHT, ColorScheme.DARK));
    }

    private static void check(Visitor visitor, List<ColorScheme> themes) {
        Page page = visitor.page();
        page.setViewportSize(WIDE_PX, 1000);
        Locator heading =
                page.getByRole(AriaRole.HEADING).locator("visible=true").first();
        Visitor.await(heading);
        TreeSet<String> colours = new TreeSet<>();
        List<String> found = new ArrayList<>();
        for (ColorScheme theme : themes) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
            visitor.awaitCalm();
            colours.add(heading.evaluate("each => getComputedStyle(each).color").toString());
            AxeBuilder axe = new AxeBuilder(page).setLegacyMode(true);
            if (theme != themes.getFirst()) {
                // All else is the same in both themes, and looking takes seconds.
                axe.withRules(List.of("color-contrast", "link-in-text-block"));
            }
            for (Rule rule : axe.analyze().getViolations()) {
                found.add(theme + " " + rule.getId() + ": " + rule.getHelp() + " "
                        + rule.getNodes().getFirst().getHtml());
            }
        }
        assertThat(colours).as("the theme follows the system").hasSize(themes.size());
        assertThat(found).isEmpty();
        page.setViewportSize(NARROW_PX, 740);
        visitor.awaitCalm();
        assertThat(page.evaluate("document.scrollingElement.scrollWidth"))
                .as("width of the page in pixels")
                .isEqualTo(NARROW_PX);
    }
}
