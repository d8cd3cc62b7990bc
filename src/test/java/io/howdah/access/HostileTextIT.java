package io.howdah.access;

import static io.howdah.container.Container.bean;
import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.audit.AuditService;
import io.howdah.backup.Download;
import io.howdah.container.Container;
import io.howdah.container.Flush;
import io.howdah.container.Metadata;
import io.howdah.container.People;
import io.howdah.server.ServerService;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whatever is typed into whichever text is refused clearly, or kept as it was typed. The calls come from the {@link
 * PermissionTable}, which must have one for every method of every service.
 */
@ExtendWith(ArquillianExtension.class)
class HostileTextIT {

    private static final String MARK = "howdah-forged-entry";

    private static final List<String> TEXTS = List.of(
            "'; drop table server; -- ",
            "\"; drop role howdah; -- ",
            "../../../../../../tmp/" + MARK,
            "with\u0000nothing",
            "two\r\n" + MARK + " lines",
            "$(touch /tmp/" + MARK + ") `touch /tmp/" + MARK + "`",
            "%0d%0a%00%2e%2e%2f",
            "long ".repeat(2_000),
            "\u202egnp.exe",
            "half \ud83d",
            "{0} %s ${jndi:ldap://127.0.0.1/}",
            "<script>alert(1)</script>",
            " ");

    /** Checking a password takes long, as it should; it goes the same way whatever is in it. */
    private static final List<String> PASSWORDS = List.of("half \ud83d", " ");

    @Test
    void whateverIsTypedIsRefusedClearlyOrTaken() throws Exception {
        PermissionTable.makeWorld();
        SoftAssertions checks = new SoftAssertions();
        Map<String, RecordedCall> calls = RecordedCall.all();
        int tried = 0;
        for (Map.Entry<String, PermissionTable.Row> line :
                new PermissionTable().rows().entrySet()) {
            RecordedCall call = calls.get(line.getKey());
            int places = call.at(String.class).size();
            boolean slow = line.getKey().matches("SecondFactor.*|Passkey.*begin.*|.*changeMyPassword.*");
            for (int place = 0; place < places; place++) {
                for (String text : slow ? PASSWORDS : share(tried)) {
                    tried++;
                    Object came = outcome(caller(line.getValue()), call, place, text);
                    checks.assertThat(came == null ? "" : came)
                            .as("%s with %s at %d", line.getKey(), shown(text), place)
                            .isNotInstanceOf(Throwable.class)
                            .isNotEqualTo(ProblemCode.Internal);
                    if (came instanceof Download download) {
                        checks.assertThat(download.fileName()).as(shown(text)).matches("[\\p{L}\\p{N}._-]+");
                    }
                }
            }
        }
        assertThat(tried).isGreaterThan(200);
        checks.assertAll();
        assertThat(Path.of("/tmp", MARK)).doesNotExist();
        assertThat(Metadata.count("server")).isPositive();
    }

    /** A sixth of them at each place, another one at the next. */
    private static List<String> share(int number) {
        List<String> share = new ArrayList<>();
        for (int i = number % 6; i < TEXTS.size(); i += 6) {
            share.add(TEXTS.get(i));
        }
        return share;
    }

    @Test
    void whatIsKeptIsKeptAsItWasTyped() throws Exception {
        PermissionTable.makeWorld();
        UUID server = PermissionTable.ofStranger().get(PermissionTable.server());
        Caller owner = PermissionTable.attacker();
        RequestService requests = bean(RequestService.class);
        ServerService servers = bean(ServerService.class);
        Scope team = Scope.team(Metadata.value("select team_id from server where id = ?", server));
        SoftAssertions checks = new SoftAssertions();
        for (String text : TEXTS) {
            Caller caller = People.again(owner);
            try {
                Callers.as(caller, () -> requests.ask("Reader", team, text));
                // Half a character is none, and becomes a question mark.
                checks.assertThat(Callers.as(caller, requests::mine).getFirst().reason())
                        .isEqualTo(text.strip().replace('\ud83d', '?'));
            } catch (RuntimeException refused) {
                checks.assertThat(Problem.among(refused).map(Problem::code).orElse(ProblemCode.Internal))
                        .as(shown(text))
                        .isIn(ProblemCode.RequestWordsMissing, ProblemCode.TextNotStorable);
            }
        }
        checks.assertAll();
        assertThat(Callers.as(People.administrator(), () -> bean(AuditService.class)
                                .verify(number -> {}))
                        .whole())
                .as("the audit log holds all that")
                .isTrue();
    }

    @Test
    void nothingThatIsTypedBeginsALineOfALog() throws IOException {
        String forged = "nobody\r\n" + MARK + " signed in";
        bean(SignIn.class).verify(forged, "wrong", People.ADDRESS);
        Callers.as(People.administrator(), () -> bean(AccessService.class).createTeam(People.unique("Logged")));
        List<String> lines = logs();
        assertThat(lines).isNotEmpty();
        assertThat(lines).noneMatch(line -> line.startsWith(MARK));
    }

    private static List<String> logs() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(
                System.getProperty("wlp.user.dir"), "servers", System.getProperty("wlp.server.name"), "logs"))) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .flatMap(HostileTextIT::lines)
                    .toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Somebody who gets as far as the text. */
    private static Caller caller(PermissionTable.Row row) {
        boolean teams = row.expected().getFirst() == PermissionTable.Expected.ALLOWED;
        return teams ? People.again(PermissionTable.callers().getFirst()) : People.administrator();
    }

    private static Object outcome(Caller caller, RecordedCall call, int place, String text) throws Exception {
        return Container.undone(() -> {
            try {
                Object came = Callers.as(caller, () -> made(call.with(String.class, place, text)));
                bean(Flush.class).now();
                return came;
            } catch (RecordedCall.Impossible refused) {
                return null;
            } catch (RuntimeException thrown) {
                return Problem.among(thrown).<Object>map(Problem::code).orElse(thrown);
            }
        });
    }

    private static Object made(RecordedCall call) {
        try {
            return call.made();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String shown(String text) {
        return text.length() > 40 ? text.length() + " characters" : text.replaceAll("\\p{Cntrl}", "?");
    }
}
