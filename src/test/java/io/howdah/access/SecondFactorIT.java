package io.howdah.access;

import static io.howdah.container.Container.refused;
import static io.howdah.container.People.ADDRESS;
import static io.howdah.container.People.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import io.howdah.container.Metadata;
import io.howdah.container.People;
import io.howdah.shared.ProblemCode;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A password alone is not enough for who has set up more. */
@ExtendWith(ArquillianExtension.class)
class SecondFactorIT {

    @Inject
    private SignIn signIn;

    @Inject
    private AccessService access;

    @Inject
    private SecondFactorService factors;

    @Test
    void anAuthenticatorAppIsAskedForOnceACodeHasShownThatItWorks() {
        Caller reader = People.memberWithPassword("Reader", People.team("Apps"));
        assertThat(refused(reader, () -> factors.begin("wrong")).field()).isEqualTo("current");
        Enrolment enrolment = Callers.as(reader, () -> factors.begin(PASSWORD));
        assertThat(signIn.verify(reader.name(), PASSWORD, ADDRESS))
                .as("not confirmed yet")
                .contains(reader.name());
        assertThat(refused(reader, () -> factors.confirm("000")).code()).isEqualTo(ProblemCode.SecondFactorWrong);

        // Asked for again, they could be the next ones already.
        String confirming = code(enrolment, 0);
        String next = code(enrolment, 1);
        List<String> codes = Callers.as(reader, () -> factors.confirm(confirming));

        assertThat(codes).hasSize(10);
        assertThat(signIn.verify(reader.name(), PASSWORD, ADDRESS)).isEmpty();
        assertThat(signIn.refusal().orElseThrow().code()).isEqualTo(ProblemCode.SecondFactorNeeded);
        assertThat(signIn.verify(reader.name(), PASSWORD, confirming, ADDRESS))
                .as("the code that confirmed it")
                .isEmpty();
        assertThat(signIn.refusal().orElseThrow().code()).isEqualTo(ProblemCode.SecondFactorWrong);
        assertThat(signIn.verify(reader.name(), "wrong", next, ADDRESS)).isEmpty();
        assertThat(signIn.verify(reader.name(), PASSWORD, next, ADDRESS)).contains(reader.name());
        assertThat(signIn.verify(reader.name(), PASSWORD, next, ADDRESS))
                .as("again")
                .isEmpty();
        assertThat(signIn.verify(reader.name(), PASSWORD, codes.get(3), ADDRESS))
                .contains(reader.name());
        assertThat(signIn.verify(reader.name(), PASSWORD, codes.get(3), ADDRESS))
                .as("again")
                .isEmpty();
        assertThat(Callers.as(reader, () -> factors.mine()).recoveryCodes()).isEqualTo(9);
        assertThat(Metadata.<String>value("select secret from second_factor where person_id = ?", reader.personId()))
                .doesNotContain(enrolment.secret());
        assertThat(Metadata.<String>column(
                        "select code_hash from recovery_code where person_id = ?", reader.personId()))
                .doesNotContain(codes.get(0));
    }

    @Test
    void wrongCodesSlowTheAccountDownLikeWrongPasswords() {
        Caller reader = People.memberWithPassword("Reader", People.team("Guessed"));
        Enrolment enrolment = Callers.as(reader, () -> factors.begin(PASSWORD));
        Callers.as(reader, () -> factors.confirm(code(enrolment, 0)));
        for (int i = 0; i < 5; i++) {
            assertThat(signIn.verify(reader.name(), PASSWORD, "00000" + i, ADDRESS))
                    .isEmpty();
        }
        assertThat(signIn.verify(reader.name(), PASSWORD, code(enrolment, 1), ADDRESS))
                .isEmpty();
        assertThat(signIn.refusal().orElseThrow().code()).isEqualTo(ProblemCode.SignInSlowedDown);
    }

    @Test
    void anOwnerTakesASecondFactorAwayAndItIsOnRecord() {
        Caller owner = People.administrator();
        Caller reader = People.memberWithPassword("Reader", People.team("Lost"));
        Enrolment enrolment = Callers.as(reader, () -> factors.begin(PASSWORD));
        Callers.as(reader, () -> factors.confirm(code(enrolment, 0)));

        Callers.as(owner, () -> access.removeSecondFactor(reader.personId()));

        assertThat(signIn.verify(reader.name(), PASSWORD, ADDRESS)).contains(reader.name());
        assertThat(Metadata.count("recovery_code where person_id = ?", reader.personId()))
                .isZero();
        assertThat(Metadata.<String>column(
                        "select details from audit_record where action = 'access/write' and target_id = ? order by number desc limit 1",
                        reader.personId()))
                .singleElement()
                .asString()
                .contains("secondFactor", "removed");
    }

    private static String code(Enrolment enrolment, int step) {
        try {
            TimeBasedOneTimePasswordGenerator app = new TimeBasedOneTimePasswordGenerator();
            return app.generateOneTimePasswordString(
                    new SecretKeySpec(new Base32().decode(enrolment.secret()), app.getAlgorithm()),
                    Instant.now().plus(app.getTimeStep().multipliedBy(step)));
        } catch (java.security.InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }
}
