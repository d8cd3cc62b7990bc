package io.howdah.access;

import static io.howdah.container.Container.refused;
import static io.howdah.container.People.ADDRESS;
import static io.howdah.container.People.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.container.Container;
import io.howdah.container.Metadata;
import io.howdah.container.People;
import io.howdah.shared.Language;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.enterprise.inject.spi.Unmanaged;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How people get in, and what keeps others out. */
@ExtendWith(ArquillianExtension.class)
class AccessIT {

    @Inject
    private SignIn signIn;

    @Inject
    private AccessService access;

    @Inject
    private ProfileService profiles;

    @Test
    void theCodeInTheFileMakesTheFirstAdministratorOnce() throws Exception {
        nobodyIsThere();
        String code = People.firstCode();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(codeFile())))
                .isEqualTo("rw-------");
        assertThat(signIn.personOf(code)).isEmpty();
        String name = People.unique("first");

        signIn.acceptLink(code, name, "First", PASSWORD);

        assertThat(codeFile()).doesNotExist();
        assertThat(signIn.awaitsFirstAdministrator()).isFalse();
        assertThat(signIn.verify(name, PASSWORD, ADDRESS)).contains(name);
        assertThat(Metadata.<String>column("select name from team")).contains("Default team");
        assertThat(Metadata.rows(
                        "select a.role, a.team_id from assignment a join person p on p.id = a.person_id where p.name = ?",
                        name))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.get("role")).isEqualTo("Owner");
                    assertThat(row.get("team_id")).isNull();
                });
        assertThat(refused(() -> signIn.acceptLink(code, "second", null, PASSWORD))
                        .code())
                .isEqualTo(ProblemCode.LinkNotValid);
    }

    @Test
    void anotherCodeMakesNobody() throws Exception {
        nobodyIsThere();
        assertThat(refused(() -> signIn.acceptLink("x" + People.firstCode(), "mallory", null, PASSWORD))
                        .code())
                .isEqualTo(ProblemCode.LinkNotValid);
        assertThat(signIn.awaitsFirstAdministrator()).isTrue();
    }

    @Test
    void aTryThatFailsDoesNotUseTheFirstCodeUp() throws Exception {
        nobodyIsThere();
        String code = People.firstCode();
        assertThat(refused(() -> signIn.acceptLink(code, "first", null, "short"))
                        .code())
                .isEqualTo(ProblemCode.PasswordTooShort);
        Container.undone(() -> {
            signIn.acceptLink(code, "first", null, PASSWORD);
            return null;
        });

        assertThat(codeFile()).exists();
        assertThat(signIn.awaitsFirstAdministrator()).isTrue();
        signIn.acceptLink(code, People.unique("first"), null, PASSWORD);
        assertThat(signIn.awaitsFirstAdministrator()).isFalse();
    }

    @Test
    void onlyOneOfTwoAtOnceBecomesTheFirstAdministrator() throws Exception {
        nobodyIsThere();
        String code = People.firstCode();

        List<Problem> problems = Container.twice(
                () -> signIn.acceptLink(code, People.unique("left"), null, PASSWORD),
                () -> signIn.acceptLink(code, People.unique("right"), null, PASSWORD));

        assertThat(problems).extracting(Problem::code).containsExactly(ProblemCode.LinkNotValid);
        assertThat(Metadata.count("person")).isEqualTo(1);
    }

    @Test
    void anInvitedPersonSetsAPasswordByTheLinkOnce() {
        Caller owner = People.administrator();
        UUID team = People.team("Invited");
        String name = People.unique("ines");
        OneTimeLink link = Callers.as(owner, () -> access.invite(name, "Ines", "Reader", Scope.team(team)));
        assertThat(signIn.personOf(link.code())).isEqualTo(name);
        assertThat(signIn.verify(name, PASSWORD, ADDRESS)).isEmpty();
        assertThat(Metadata.<String>column("select code_hash from one_time_link"))
                .doesNotContain(link.code());

        signIn.acceptLink(link.code(), null, null, PASSWORD);

        assertThat(signIn.verify(name, PASSWORD, ADDRESS)).contains(name);
        assertThat(refused(() -> signIn.personOf(link.code())).code()).isEqualTo(ProblemCode.LinkNotValid);
        assertThat(refused(() -> signIn.acceptLink(link.code(), null, null, PASSWORD + "2"))
                        .code())
                .isEqualTo(ProblemCode.LinkNotValid);
        assertThat(signIn.verify(name, PASSWORD, ADDRESS)).contains(name);
    }

    @Test
    void aLinkEndsWithItsTimeAndWithTheNextLink() {
        Caller owner = People.administrator();
        String name = People.unique("lara");
        OneTimeLink first =
                Callers.as(owner, () -> access.invite(name, null, "Reader", Scope.team(People.team("Links"))));
        UUID person = People.caller(name).personId();
        OneTimeLink second = Callers.as(owner, () -> access.newLink(person));
        assertThat(refused(() -> signIn.personOf(first.code())).code()).isEqualTo(ProblemCode.LinkNotValid);
        assertThat(signIn.personOf(second.code())).isEqualTo(name);

        Metadata.change(
                "update one_time_link set valid_until = now() - interval '1 second' where person_id = ?", person);

        assertThat(refused(() -> signIn.acceptLink(second.code(), null, null, PASSWORD))
                        .code())
                .isEqualTo(ProblemCode.LinkNotValid);
    }

    @Test
    void aProfileIsOnesOwnAndFollowsToEveryBrowser() {
        Caller reader = People.member("Reader", People.team("Profiles"));
        assertThat(Callers.as(reader, profiles::mine)).isEqualTo(new Profile(reader.name(), null, null, null));

        Caller again = People.again(reader);
        Callers.as(
                again, () -> profiles.change(new Profile(" Ines Ö. ", Theme.DARK, "Europe/Berlin", Language.GERMAN)));

        assertThat(Callers.as(reader, profiles::mine))
                .isEqualTo(new Profile("Ines Ö.", Theme.DARK, "Europe/Berlin", Language.GERMAN));
        assertThat(Metadata.<String>column("select details::text from audit_record where correlation_id = '%s'"
                        .formatted(again.correlationId())))
                .singleElement()
                .satisfies(details -> assertThat(details)
                        .contains("Ines Ö.", "browser → DARK", "browser → Europe/Berlin", "browser → GERMAN"));
        assertThat(refused(reader, () -> profiles.change(new Profile("a\u202eb", null, null, null)))
                        .code())
                .isEqualTo(ProblemCode.DisplayNameInvalid);
        assertThat(refused(reader, () -> profiles.change(new Profile("Ines", null, "Atlantis/Capital", null)))
                        .code())
                .isEqualTo(ProblemCode.TimeZoneUnknown);

        String older = "x".repeat(200);
        Metadata.change("update person set display_name = ? where id = ?", older, reader.personId());
        Callers.as(reader, () -> profiles.change(new Profile(older, Theme.LIGHT, null, null)));
        assertThat(Callers.as(reader, profiles::mine)).isEqualTo(new Profile(older, Theme.LIGHT, null, null));

        Callers.as(reader, () -> profiles.change(new Profile(" ", Theme.SYSTEM, null, null)));
        assertThat(Callers.as(reader, profiles::mine)).isEqualTo(new Profile(reader.name(), Theme.SYSTEM, null, null));
    }

    @Test
    void aServiceSpeaksEnglishWhoeverReads() {
        Problem said = Messages.in(Language.GERMAN, () -> {
            assertThat(Messages.text("server.state.STOPPED")).isEqualTo("Angehalten");
            return refused(() -> signIn.personOf("no such link"));
        });

        assertThat(said.message()).isEqualTo(Messages.text(Language.ENGLISH, "problem.LinkNotValid.message"));
    }

    @Test
    void aDisabledPersonMayNothing() {
        Caller owner = People.administrator();
        Caller reader = People.memberWithPassword("Reader", People.team("Disabled"));
        assertThat(Callers.as(reader, () -> access.myTeams())).hasSize(1);
        OneTimeLink link = Callers.as(owner, () -> access.newLink(reader.personId()));

        Callers.as(owner, () -> access.disable(reader.personId()));

        assertThat(signIn.verify(reader.name(), PASSWORD, ADDRESS)).isEmpty();
        assertThat(signIn.callerOf(reader.name(), ADDRESS)).isEmpty();
        assertThat(refused(() -> signIn.personOf(link.code())).code()).isEqualTo(ProblemCode.LinkNotValid);
        // A session that was open before.
        assertThat(Callers.as(reader, () -> access.myTeams())).isEmpty();
        assertThat(refused(reader, () -> access.createTeam("Mine")).code()).isEqualTo(ProblemCode.AccessDenied);
        assertThat(refused(reader, () -> access.changeMyPassword(PASSWORD, PASSWORD + "2"))
                        .code())
                .isEqualTo(ProblemCode.AccessDenied);

        Callers.as(owner, () -> access.enable(reader.personId()));
        assertThat(signIn.verify(reader.name(), PASSWORD, ADDRESS)).contains(reader.name());
    }

    @Test
    void theLastOwnerOfTheInstallationCannotGo() throws Exception {
        nobodyIsThere();
        Caller owner = People.administrator();
        UUID assignment = assignmentOf(owner);
        assertThat(refused(owner, () -> access.disable(owner.personId())).code())
                .isEqualTo(ProblemCode.LastOwner);
        assertThat(refused(owner, () -> access.unassign(assignment)).code()).isEqualTo(ProblemCode.LastOwner);

        OneTimeLink link = Callers.as(owner, () -> access.invite("second-owner", null, "Owner", Scope.INSTALLATION));
        assertThat(refused(owner, () -> access.unassign(assignment)).code())
                .as("somebody who never set a password can't take over")
                .isEqualTo(ProblemCode.LastOwner);
        signIn.acceptLink(link.code(), null, null, "a password of the second");
        Caller other = signIn.callerOf("second-owner", "127.0.0.1").orElseThrow();
        Callers.as(owner, () -> access.unassign(assignment));

        assertThat(refused(other, () -> access.disable(other.personId())).code())
                .isEqualTo(ProblemCode.LastOwner);
    }

    @Test
    void twoOwnersWhoDisableEachOtherAtOnceDoNotBothGo() throws Exception {
        nobodyIsThere();
        Caller left = People.administrator();
        Caller right = People.memberWithPassword("Owner", null);
        Future<?>[] other = new Future<?>[1];

        Container.committedAfter(() -> Callers.as(left, () -> access.disable(right.personId())), () -> {
            other[0] = Container.beside(
                    () -> Callers.as(right, () -> Container.problem(() -> access.disable(left.personId()))));
            // It can't end before this transaction does.
            Container.await(30).until(AccessIT::somebodyWaitsForALock);
        });
        Container.within(other[0]);

        assertThat(Metadata.count("person where not disabled")).isEqualTo(1);
    }

    @Test
    void fiveWrongTriesSlowTheAccountDownAndEachIsOnRecord() {
        Caller reader = People.memberWithPassword("Reader", People.team("Slow"));
        for (int i = 1; i <= 4; i++) {
            assertThat(signIn.verify(reader.name(), "wrong " + i, ADDRESS)).isEmpty();
            assertThat(signIn.refusal().orElseThrow().code()).isEqualTo(ProblemCode.SignInFailed);
        }
        assertThat(signIn.verify(reader.name(), "wrong 5", ADDRESS)).isEmpty();
        assertThat(signIn.refusal().orElseThrow().code()).isEqualTo(ProblemCode.SignInSlowedDown);
        assertThat(signIn.verify(reader.name(), PASSWORD, ADDRESS)).isEmpty();
        assertThat(signIn.refusal().orElseThrow().code()).isEqualTo(ProblemCode.SignInSlowedDown);

        List<Map<String, Object>> records = Metadata.rows(
                "select result, address, details from audit_record where action = 'access/signIn' and actor = ? order by number",
                reader.name());
        assertThat(records).hasSize(6).allSatisfy(row -> {
            assertThat(row.get("result")).isEqualTo("DENIED");
            assertThat(row.get("address")).isEqualTo(ADDRESS);
        });
        assertThat(records.get(4).get("details").toString()).contains("wrong password");
        assertThat(records.get(5).get("details").toString()).contains("slowed down");

        assertThat(signIn.verify(reader.name(), PASSWORD, "203.0.113.77"))
                .as("from elsewhere")
                .contains(reader.name());
        Metadata.change("update sign_in_brake set slow_until = now() - interval '1 second'");
        assertThat(signIn.verify(reader.name(), PASSWORD, ADDRESS)).contains(reader.name());
        assertThat(signIn.verify(reader.name(), "wrong", ADDRESS)).isEmpty();
        assertThat(signIn.refusal().orElseThrow().code()).isEqualTo(ProblemCode.SignInFailed);
    }

    @Test
    void anAddressThatGuessesAtManyAccountsIsSlowedDownForAll() {
        Caller reader = People.memberWithPassword("Reader", People.team("Sprayed"));
        String attacker = "203.0.113.66";
        Brakes brakes = Container.bean(Brakes.class);
        for (int i = 0; i < 29; i++) {
            // What a wrong try comes to but for its hashing, which is slow on purpose.
            assertThat(brakes.take("nobody-" + i, attacker)).isZero();
        }
        assertThat(signIn.verify("nobody-29", "wrong", attacker)).isEmpty();
        assertThat(signIn.verify(reader.name(), PASSWORD, attacker)).isEmpty();
        assertThat(signIn.refusal().orElseThrow().code()).isEqualTo(ProblemCode.SignInSlowedDown);
        assertThat(signIn.verify(reader.name(), PASSWORD, ADDRESS)).contains(reader.name());
    }

    @Test
    void whateverIsTypedForANameIsOnRecord() {
        String typed = "x\u0000\n" + "\u00e4".repeat(5000);
        assertThat(signIn.verify(typed, "wrong", ADDRESS)).isEmpty();
        assertThat(Metadata.count(
                        "audit_record where action = 'access/signIn' and actor = ?", "x  " + "\u00e4".repeat(297)))
                .isPositive();
    }

    @Test
    void signingOutIsOnRecord() {
        Caller leaves = People.member("Reader", People.team("Leaving"));
        Callers.as(leaves, signIn::leave);
        assertThat(Metadata.<String>value(
                        "select result from audit_record where action = 'access/signOut' and actor = ?", leaves.name()))
                .isEqualTo("SUCCEEDED");
    }

    @Test
    void anUnknownNameIsRefusedInTheSameWordsAsAWrongPassword() {
        Caller reader = People.memberWithPassword("Reader", People.team("Unknown"));
        String nobody = People.unique("nobody");
        assertThat(signIn.verify(reader.name(), "wrong", ADDRESS)).isEmpty();
        Problem wrong = signIn.refusal().orElseThrow();
        assertThat(signIn.verify(nobody, "wrong", ADDRESS)).isEmpty();
        assertThat(signIn.refusal()).contains(wrong);
        assertThat(Metadata.<String>column(
                        "select result from audit_record where action = 'access/signIn' and actor = ?", nobody))
                .containsExactly("DENIED");
        assertThat(signIn.verify(reader.name().toUpperCase(Locale.ROOT), PASSWORD, ADDRESS))
                .contains(reader.name());
        assertThat(Metadata.<String>column(
                        "select result from audit_record where action = 'access/signIn' and actor = ? order by number",
                        reader.name()))
                .containsExactly("DENIED", "SUCCEEDED");
    }

    @Test
    void passwordsAreKeptAsSlowSaltedHashesOnly() {
        UUID team = People.team("Hashes");
        String one = hashOf(People.memberWithPassword("Reader", team));
        String other = hashOf(People.memberWithPassword("Reader", team));
        assertThat(one).startsWith("PBKDF2WithHmacSHA512:210000:").doesNotContain(PASSWORD);
        assertThat(other).isNotEqualTo(one);
    }

    @Test
    void changingThePasswordAsksForTheOldOne() {
        Caller reader = People.memberWithPassword("Reader", People.team("Passwords"));
        String wanted = "Slow-Rivers-7-bend";
        Problem problem = refused(reader, () -> access.changeMyPassword("wrong", wanted));
        assertThat(problem.code()).isEqualTo(ProblemCode.SignInFailed);
        assertThat(problem.field()).isEqualTo("current");
        assertThat(refused(reader, () -> access.changeMyPassword(PASSWORD, "short"))
                        .code())
                .isEqualTo(ProblemCode.PasswordTooShort);

        Callers.as(reader, () -> access.changeMyPassword(PASSWORD, wanted));

        assertThat(signIn.verify(reader.name(), PASSWORD, ADDRESS)).isEmpty();
        assertThat(signIn.verify(reader.name(), wanted, ADDRESS)).contains(reader.name());
    }

    private static String hashOf(Caller caller) {
        return Metadata.value("select password_hash from person where id = ?", caller.personId());
    }

    private static UUID assignmentOf(Caller caller) {
        return Metadata.value("select id from assignment where person_id = ?", caller.personId());
    }

    private static boolean somebodyWaitsForALock() {
        return Metadata.count("pg_locks where not granted") > 0;
    }

    private static Path codeFile() {
        return Metadata.home().resolve("secrets/first-administrator");
    }

    /** As the product finds it when it starts on an empty database. */
    private static void nobodyIsThere() throws Exception {
        Metadata.change("delete from person");
        Metadata.change("delete from team where id not in (select team_id from server)");
        Unmanaged.UnmanagedInstance<FirstAdministrator> start =
                new Unmanaged<>(CDI.current().getBeanManager(), FirstAdministrator.class).newInstance();
        Container.committedAfter(() -> start.produce().inject().postConstruct(), () -> {});
    }
}
