package io.howdah;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Coming in, and going, by the word of a real OpenID provider, in a real browser. */
@ExtendWith(Installation.Shared.class)
@Order(5)
class OpenIdST {

    private static final String BUTTON = "Sign in with Company account";

    private static Keycloak keycloak;

    @BeforeAll
    static void startTheProvider(Installation installation) {
        assumeTrue(Keycloak.available());
        keycloak = new Keycloak(
                "https://localhost:" + installation.httpsPort(),
                installation.home().resolve("ca.crt"));
        try (Visitor ada = installation.administrator()) {
            describeTheProvider(ada);
        }
    }

    @AfterAll
    static void stopTheProvider() throws InterruptedException {
        if (keycloak != null) {
            keycloak.close();
        }
    }

    @Test
    void groupsComeAndGoAndSigningOutIsAtBothSides(Installation installation) throws SQLException {
        try (Visitor olga = installation.visitor()) {
            olga.go("profile");
            Visitor.await(olga.button(BUTTON));
            String planted = session(olga);
            olga.press(BUTTON);
            signInAtTheProvider(olga, "olga");
            olga.awaitPath("profile");
            olga.awaitText("Operator, whole installation");
            assertThat(olga.page()
                            .getByLabel("Name to show", new Page.GetByLabelOptions().setExact(true))
                            .inputValue())
                    .isEqualTo("Olga Ott");
            assertThat(session(olga)).as("of before the sign-in").isNotEqualTo(planted);

            keycloak.leave("olga", "database-operators");
            keycloak.join("olga", "auditors");
            signOut(olga);
            Visitor.await(olga.button(BUTTON));
            olga.press(BUTTON);
            // It would not ask again if it did not know of the sign-out.
            signInAtTheProvider(olga, "olga");
            Visitor.await(olga.page().locator("main#content"));
            olga.go("profile");
            olga.awaitText("Auditor, whole installation");
            assertThat(olga.page().getByText("Operator, whole installation").count())
                    .isZero();

            keycloak.signOut("olga");
            Visitor.await(olga.button(BUTTON));
            olga.go("profile");
            Visitor.await(olga.button(BUTTON));

            disable(installation, "olga@example.org");
            olga.press(BUTTON);
            signInAtTheProvider(olga, "olga");
            olga.awaitText("Company account knows you, but your account here is disabled.");
            assertThat(olga.errors()).isEmpty();
        }
        assertThat(records(installation, "access/signIn", "olga@example.org"))
                .hasSize(3)
                .allSatisfy(details -> assertThat(details).contains("by Company account, subject "));
        assertThat(records(installation, "access/signOut", "olga@example.org")).hasSize(2);
        assertThat(String.join(" ", records(installation, "access/write", "olga@example.org")))
                .contains("\"made\":\"true\"", "[Operator]", "[Auditor]", "taken");
    }

    @Test
    void anAccountOfTheProviderIsLinkedByWhoIsSignedIn(Installation installation) {
        try (Visitor ada = installation.administrator()) {
            ada.go("profile/sign-in");
            ada.press("Link Company account");
            ada.fill("Current password", Installation.ADMINISTRATOR_PASSWORD);
            ada.pressInDialog("Go on");
            signInAtTheProvider(ada, "ada");
            ada.awaitPath("profile/sign-in");
            ada.awaitText("countess@example.org");
            ada.page().context().clearCookies();

            ada.go("sign-in");
            ada.press(BUTTON);
            signInAtTheProvider(ada, "ada");
            Visitor.await(ada.page().locator("main#content"));
            ada.go("profile");
            ada.awaitText("Owner, whole installation");
            ada.page().context().clearCookies();
        }
    }

    @Test
    void anAnswerThatNobodyAskedForSignsNobodyIn(Installation installation) throws SQLException {
        try (Visitor eve = installation.visitor()) {
            eve.go("oidc/callback?code=stolen&state=guessed");
            eve.awaitPath("sign-in");
            eve.awaitText("This sign-in was begun too long ago, or in another window.");
        }
        assertThat(records(installation, "access/signIn", "")).last().asString().contains("SignInTimedOut");
    }

    private static void describeTheProvider(Visitor ada) {
        ada.go("access?part=providers");
        ada.press("Add provider");
        ada.fill("Name on the button", "Company account");
        ada.fill("Issuer", keycloak.issuer());
        ada.fill("Client id", Keycloak.CLIENT);
        ada.fill("Client secret", Keycloak.SECRET);
        ada.press("Test");
        ada.awaitText("It answers, and calls itself " + keycloak.issuer());
        ada.awaitText("It can tell when somebody signs out there.");
        ada.page()
                .getByRole(AriaRole.CHECKBOX, new Page.GetByRoleOptions().setName("Make accounts for people"))
                .check();
        map(ada, 0, "database-operators", "Role Operator");
        map(ada, 1, "auditors", "Role Auditor");
        ada.press("Save");
        ada.awaitPath("access");
        ada.awaitText("Company account");
    }

    private static void map(Visitor ada, int line, String group, String meaning) {
        ada.press("Add a line");
        Locator fields = ada.page().locator(".mapping-line").nth(line);
        fields.getByLabel("Value of the claim").fill(group);
        choose(fields.getByRole(AriaRole.COMBOBOX, new Locator.GetByRoleOptions().setName("Comes to")), meaning);
        choose(
                fields.getByRole(AriaRole.COMBOBOX, new Locator.GetByRoleOptions().setName("Where the role holds")),
                "The whole installation");
    }

    private static void choose(Locator box, String item) {
        box.click();
        box.fill(item);
        box.page()
                .getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(item))
                .first()
                .click();
    }

    private static void signInAtTheProvider(Visitor visitor, String user) {
        Visitor.await(visitor.page().locator("#kc-login"));
        visitor.page().locator("#username").fill(user);
        visitor.page().locator("#password").fill(Keycloak.PASSWORD);
        visitor.page().locator("#kc-login").click();
    }

    private static void signOut(Visitor visitor) {
        visitor.page()
                .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("You: Olga.*")))
                .click();
        visitor.press("Sign out");
    }

    private static String session(Visitor visitor) {
        return visitor.context().cookies().stream()
                .filter(cookie -> cookie.name.equals("howdah-session"))
                .map((Cookie cookie) -> cookie.value)
                .findFirst()
                .orElseThrow();
    }

    private static void disable(Installation installation, String name) throws SQLException {
        try (Connection metadata = installation.metadata();
                PreparedStatement change =
                        metadata.prepareStatement("update person set disabled = true where name = ?")) {
            change.setString(1, name);
            assertThat(change.executeUpdate()).isEqualTo(1);
        }
    }

    private static List<String> records(Installation installation, String action, String actor) throws SQLException {
        List<String> details = new ArrayList<>();
        try (Connection metadata = installation.metadata();
                PreparedStatement query = metadata.prepareStatement(
                        "select details from audit_record where action = ? and actor = ? order by number")) {
            query.setString(1, action);
            query.setString(2, actor);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    details.add(rows.getString(1));
                }
            }
        }
        return details;
    }
}
