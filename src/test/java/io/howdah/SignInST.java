package io.howdah;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import com.google.gson.JsonObject;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.options.RequestOptions;
import java.security.InvalidKeyException;
import java.time.Instant;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Coming in by more than a password, in a real browser with an authenticator of its own. */
@ExtendWith(Installation.Shared.class)
@Order(4)
class SignInST {

    private static final String NAME = "sina@example.org";
    private static final String PASSWORD = "seven slow rivers bend";

    @Test
    void aCodeIsAskedForAndAPasskeyNeedsNeitherPasswordNorCode(Installation installation) {
        String invitation;
        try (Visitor ada = installation.administrator()) {
            ada.go("access");
            ada.press("Invite a person");
            ada.fill("Sign-in name", NAME);
            ada.pressInDialog("Invite");
            invitation = ada.copyField("One-time link");
        }
        try (Visitor sina = installation.visitor()) {
            sina.page().navigate(invitation);
            sina.fill("New password", PASSWORD);
            sina.press("Set the password");
            sina.awaitText("Your password is set");
            sina.signIn(NAME, PASSWORD);
            String secret = setUpAnApp(sina);
            addAPasskey(sina);
            sina.page().context().clearCookies();

            sina.go("sign-in");
            sina.fill("Sign-in name", NAME);
            sina.fill("Password", PASSWORD);
            sina.press("Sign in");
            sina.awaitText("One more step");
            sina.fill("Code", "000000");
            sina.press("Sign in");
            sina.awaitText("The code is not right");
            sina.fill("Code", code(secret, 1));
            sina.press("Sign in");
            Visitor.await(sina.page().locator("main#content"));
            sina.page().context().clearCookies();

            sina.go("profile/sign-in");
            sina.press("Sign in with a passkey");
            Visitor.await(sina.page().locator("main#content"));
            sina.awaitPath("profile/sign-in");
            sina.awaitText("Last used");
            aTokenOfHersTellsWhoSheIsUntilSheRevokesIt(installation, sina);
            assertThat(sina.errors()).isEmpty();
        }
    }

    private static String setUpAnApp(Visitor sina) {
        sina.go("profile/sign-in");
        sina.press("Set up");
        sina.fill("Current password", PASSWORD);
        sina.pressInDialog("Next");
        String secret = sina.copyField("Or type this into the app");
        Visitor.await(sina.page().locator(".qr-code svg"));
        sina.fill("Code", code(secret, 0));
        sina.pressInDialog("Switch on");
        assertThat(sina.copyField("Recovery codes").split("\\s+")).hasSize(10);
        sina.pressInDialog("I have kept them");
        sina.awaitText("Recovery codes left: 10");
        return secret;
    }

    private static void addAPasskey(Visitor sina) {
        CDPSession devTools = sina.context().newCDPSession(sina.page());
        devTools.send("WebAuthn.enable");
        JsonObject options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "internal");
        options.addProperty("hasResidentKey", true);
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", true);
        JsonObject authenticator = new JsonObject();
        authenticator.add("options", options);
        devTools.send("WebAuthn.addVirtualAuthenticator", authenticator);
        sina.press("Add a passkey");
        sina.fill("Name of the passkey", "Laptop");
        sina.fill("Current password", PASSWORD);
        sina.pressInDialog("Next");
        sina.awaitText("Not used yet");
    }

    private static void aTokenOfHersTellsWhoSheIsUntilSheRevokesIt(Installation installation, Visitor sina) {
        sina.go("profile/tokens");
        sina.press("Make a token");
        sina.fill("Name of the token", "nightly build");
        sina.pressInDialog("Make");
        String token = sina.copyField("Token");
        sina.pressInDialog("I have copied it");
        sina.awaitText("Not used yet");
        APIResponse answer = whoAmI(installation, sina, token);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains(NAME, "nightly build", "servers/read");

        sina.press("Actions for nightly build");
        sina.press("Revoke");
        sina.pressInDialog("Revoke");
        sina.awaitText("No tokens");
        assertThat(whoAmI(installation, sina, token).status()).isEqualTo(401);
    }

    private static APIResponse whoAmI(Installation installation, Visitor visitor, String token) {
        return visitor.context()
                .request()
                .get(
                        installation.address("api/whoami"),
                        RequestOptions.create().setHeader("Authorization", "Bearer " + token));
    }

    private static String code(String secret, int step) {
        TimeBasedOneTimePasswordGenerator app = new TimeBasedOneTimePasswordGenerator();
        try {
            return app.generateOneTimePasswordString(
                    new SecretKeySpec(new Base32().decode(secret), app.getAlgorithm()),
                    Instant.now().plus(app.getTimeStep().multipliedBy(step)));
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }
}
