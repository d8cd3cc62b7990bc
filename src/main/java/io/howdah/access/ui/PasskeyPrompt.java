package io.howdah.access.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.server.VaadinServletRequest;
import io.howdah.access.PasskeyCeremony;
import io.howdah.access.Site;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.util.function.Consumer;

/** Lets the browser ask its person for a passkey, or for a new one. */
final class PasskeyPrompt {

    /** Answers 'left' when the person closed the prompt or has no passkey: browsers do not tell which. */
    private static final String ASK = """
            if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) { return 'impossible'; }
            const options = JSON.parse($0);
            try {
              const key = $1
                ? await navigator.credentials.create(
                    { publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
                : await navigator.credentials.get(
                    { publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
              return JSON.stringify(key.toJSON());
            } catch (error) {
              return error.name === 'NotAllowedError' || error.name === 'AbortError' ? 'left' : 'impossible';
            }""";

    private PasskeyPrompt() {}

    /** The portal as the browser of the request in hand sees it. */
    static Site site() {
        return Site.of(VaadinServletRequest.getCurrent().getHttpServletRequest());
    }

    static void use(
            Component place, PasskeyCeremony ceremony, Consumer<String> answered, Consumer<Problem> impossible) {
        ask(place, ceremony, false, answered, impossible);
    }

    static void make(
            Component place, PasskeyCeremony ceremony, Consumer<String> answered, Consumer<Problem> impossible) {
        ask(place, ceremony, true, answered, impossible);
    }

    private static void ask(
            Component place,
            PasskeyCeremony ceremony,
            boolean make,
            Consumer<String> answered,
            Consumer<Problem> impossible) {
        place.getElement().executeJs(ASK, ceremony.options(), make).then(String.class, answer -> {
            switch (answer) {
                case "left" -> impossible.accept(Problem.of(ProblemCode.PasskeyNotGiven));
                case "impossible" -> impossible.accept(Problem.of(ProblemCode.PasskeysNotPossible));
                default -> answered.accept(answer);
            }
        });
    }
}
