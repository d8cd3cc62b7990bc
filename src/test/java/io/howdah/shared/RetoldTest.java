package io.howdah.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetoldTest {

    private static String german(String said) throws Exception {
        return Messages.in(Language.GERMAN, () -> Retold.told(said));
    }

    @Test
    void aTextIsToldWithWhatWasFilledIn() throws Exception {
        String said = Messages.text("notification.error.status", 503);

        assertThat(german(said)).isEqualTo(Messages.text(Language.GERMAN, "notification.error.status", "503"));
        assertThat(Retold.told(said)).isSameAs(said);
    }

    @Test
    void aTextWithinATextAndSeveralSentencesAreToldToo() throws Exception {
        String inner = Messages.text("schedule.reason.cancelled");
        String said =
                Messages.text("schedule.reason.notStopped", inner) + " " + Messages.text("scaling.planned.gaveUp");

        assertThat(german(said))
                .isEqualTo(Messages.text(
                                Language.GERMAN,
                                "schedule.reason.notStopped",
                                Messages.text(Language.GERMAN, "schedule.reason.cancelled"))
                        + " " + Messages.text(Language.GERMAN, "scaling.planned.gaveUp"));
    }

    @Test
    void aShortTextThatIsKeptIsToldToo() throws Exception {
        String said = Messages.text("notice.operation.failed", Messages.text("operation.server-start"), "orders-db");

        assertThat(german(said))
                .isEqualTo(Messages.text(
                        Language.GERMAN,
                        "notice.operation.failed",
                        Messages.text(Language.GERMAN, "operation.server-start"),
                        "orders-db"));
    }

    @Test
    void peoplesOwnWordsStayAsTheyAre() throws Exception {
        for (String own :
                List.of("shop-db", "Nightly clean-up of orders", "relation \"orders\" does not exist", "", "a\nb")) {
            assertThat(german(own)).isEqualTo(own);
        }
        assertThat(Messages.in(Language.GERMAN, () -> Retold.told((String) null)))
                .isNull();
    }

    @Test
    void textsThatLookLikeManyAreNoTrouble() throws Exception {
        String said =
                "The size " + " needs vCores; of are promised to other servers or waiting".repeat(2_000) + "missing.";

        assertThat(german(said)).isEqualTo(said);
    }

    @Test
    void whatAServerIsCalledIsNotAWordToTranslate() throws Exception {
        Problem said = Problem.of(ProblemCode.NotFound, "server", "server").at("name");

        Problem told = Messages.in(Language.GERMAN, () -> Retold.told(said));

        assertThat(told.message())
                .isEqualTo(Messages.text(Language.GERMAN, "problem.NotFound.message", "Server", "server"));
        assertThat(told.code()).isEqualTo(ProblemCode.NotFound);
        assertThat(told.field()).isEqualTo("name");
    }

    @Test
    void everyProblemIsToldInGerman() throws Exception {
        ResourceBundle english = Messages.bundle(Language.ENGLISH);
        List<String> untold = new ArrayList<>();
        for (ProblemCode code : ProblemCode.values()) {
            Object[] arguments = IntStream.range(0, 9).mapToObj(i -> "n" + i).toArray();
            Problem said = Problem.of(code, arguments);
            Problem told = Messages.in(Language.GERMAN, () -> Retold.told(said));
            String message = Messages.text(Language.GERMAN, "problem." + code + ".message", arguments);
            String hint = Messages.text(Language.GERMAN, "problem." + code + ".hint", arguments);
            if (!told.message().equals(message) || !told.hint().equals(hint)) {
                untold.add(code + ": " + english.getString("problem." + code + ".message"));
            }
        }
        assertThat(untold).isEmpty();
    }
}
