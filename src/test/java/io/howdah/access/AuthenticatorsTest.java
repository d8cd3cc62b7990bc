package io.howdah.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AuthenticatorsTest {

    private static final Site SITE = new Site("https", "db.example.org", 8443);

    private final Authenticators authenticators = new Authenticators();
    private final Person ada = new Person();

    AuthenticatorsTest() {
        ada.id = UUID.randomUUID();
        ada.name = "ada";
        ada.displayName = "Ada";
    }

    private Passkey registered(SoftAuthenticator authenticator) throws Exception {
        PasskeyCeremony ceremony = authenticators.forNewPasskey(SITE, ada, List.of());
        Authenticators.Made made =
                authenticators.made(ceremony, authenticator.makes(ceremony)).orElseThrow();
        Passkey passkey = new Passkey();
        passkey.id = made.id();
        passkey.personId = ada.id;
        passkey.credential = made.credential();
        passkey.relyingParty = SITE.host();
        passkey.signCount = made.signCount();
        return passkey;
    }

    @Test
    void aPasskeyThatWasMadeHereSignsInHere() throws Exception {
        SoftAuthenticator laptop = new SoftAuthenticator();
        Passkey passkey = registered(laptop);
        PasskeyCeremony ceremony = authenticators.forSignIn(SITE);
        String answer = laptop.counting(2).signsIn(ceremony);
        assertThat(authenticators.claimed(answer)).contains(laptop.id()).contains(passkey.id);
        assertThat(authenticators.holds(ceremony, passkey, answer)).contains(2L);
    }

    @Test
    void anAnswerToAnotherQuestionIsWorthNothing() throws Exception {
        SoftAuthenticator laptop = new SoftAuthenticator();
        Passkey passkey = registered(laptop);
        String answer = laptop.counting(2).signsIn(authenticators.forSignIn(SITE));
        assertThat(authenticators.holds(authenticators.forSignIn(SITE), passkey, answer))
                .isEmpty();
        PasskeyCeremony making = authenticators.forNewPasskey(SITE, ada, List.of());
        assertThat(authenticators.made(authenticators.forNewPasskey(SITE, ada, List.of()), laptop.makes(making)))
                .isEmpty();
    }

    @Test
    void aCopyOfThePortalUnderAnotherNameLearnsNothingOfUse() throws Exception {
        SoftAuthenticator laptop = new SoftAuthenticator();
        Passkey passkey = registered(laptop);
        PasskeyCeremony ceremony = authenticators.forSignIn(SITE);
        String answer =
                laptop.counting(2).at("https://db.example.org.evil.test").signsIn(ceremony);
        assertThat(authenticators.holds(ceremony, passkey, answer)).isEmpty();
        Site elsewhere = new Site("https", "db.example.org.evil.test", 443);
        PasskeyCeremony forged = authenticators.forSignIn(elsewhere);
        assertThat(authenticators.holds(
                        forged,
                        passkey,
                        laptop.counting(3).at(elsewhere.origin()).signsIn(forged)))
                .as("with a forged Host header as well")
                .isEmpty();
    }

    @Test
    void anAuthenticatorMustCheckWhoHoldsIt() throws Exception {
        SoftAuthenticator laptop = new SoftAuthenticator();
        Passkey passkey = registered(laptop);
        PasskeyCeremony ceremony = authenticators.forSignIn(SITE);
        assertThat(authenticators.holds(
                        ceremony,
                        passkey,
                        laptop.counting(2).withoutAskingItsPerson().signsIn(ceremony)))
                .isEmpty();
        PasskeyCeremony making = authenticators.forNewPasskey(SITE, ada, List.of());
        assertThat(authenticators.made(making, laptop.makes(making))).isEmpty();
    }

    @Test
    void aCountThatDoesNotGrowTellsACopiedKey() throws Exception {
        SoftAuthenticator laptop = new SoftAuthenticator().counting(5);
        Passkey passkey = registered(laptop);
        PasskeyCeremony ceremony = authenticators.forSignIn(SITE);
        assertThat(authenticators.holds(ceremony, passkey, laptop.signsIn(ceremony)))
                .isEmpty();
        assertThat(authenticators.holds(ceremony, passkey, laptop.counting(6).signsIn(ceremony)))
                .contains(6L);
    }

    @Test
    void anotherKeyUnderTheSameIdAndNonsenseAreRefused() throws Exception {
        Passkey passkey = registered(new SoftAuthenticator());
        PasskeyCeremony ceremony = authenticators.forSignIn(SITE);
        assertThat(authenticators.holds(
                        ceremony, passkey, new SoftAuthenticator().counting(9).signsIn(ceremony)))
                .isEmpty();
        for (String nonsense : List.of("", "{}", "null", "[1]", "{\"id\":\"AA\"}", "{\"rawId\":7,\"response\":{}}")) {
            assertThat(authenticators.claimed(nonsense)).as(nonsense).isEmpty();
            assertThat(authenticators.holds(ceremony, passkey, nonsense))
                    .as(nonsense)
                    .isEmpty();
            assertThat(authenticators.made(ceremony, nonsense)).as(nonsense).isEmpty();
        }
    }

    @Test
    void theUsualPortIsNotPartOfTheOrigin() {
        assertThat(new Site("https", "db.example.org", 443).origin()).isEqualTo("https://db.example.org");
        assertThat(SITE.origin()).isEqualTo("https://db.example.org:8443");
    }
}
