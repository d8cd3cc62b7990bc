package io.howdah.access.ui;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.Route;
import io.howdah.access.SignIn;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.Texts;
import jakarta.inject.Inject;

/**
 * Where a one-time link leads: the first administrator makes their account here, and an invited person sets a password.
 * The code stands in the address's fragment, which browsers never send; so it is in no log of any server between.
 */
@CdiComponent
@Route(value = "welcome", autoLayout = false)
public class WelcomeView extends EntrancePage {

    private final SignIn signIn;
    private final Div problems = new Div();

    @Inject
    public WelcomeView(SignIn signIn) {
        super(Texts.t("ui.welcome"));
        this.signIn = signIn;
        show(Texts.t("ui.welcome"));
    }

    @Override
    protected void onAttach(AttachEvent event) {
        event.getUI().getPage().fetchCurrentURL(address -> read(address.getRef()));
        // Another link pasted into the same window changes the fragment alone and loads nothing.
        getElement().executeJs("window.addEventListener('hashchange', () => location.reload(), { once: true })");
    }

    private void read(String code) {
        try {
            if (code == null || code.isBlank()) {
                throw Problem.of(ProblemCode.LinkNotValid).raise();
            }
            String person = signIn.personOf(code);
            if (person.isEmpty()) {
                askFirstAdministrator(code);
            } else {
                askPerson(code, person);
            }
        } catch (ProblemException refused) {
            show(
                    Texts.t("ui.welcome"),
                    new ProblemNotice(refused.problem(), null),
                    new Anchor("sign-in", Texts.t("ui.welcome.toSignIn")));
        }
    }

    private void askFirstAdministrator(String code) {
        TextField name = new TextField(Texts.t("ui.signIn.name"));
        name.setHelperText(Texts.t("ui.welcome.name.help"));
        name.setAutocomplete(Autocomplete.USERNAME);
        name.focus();
        TextField displayName = new TextField(Texts.t("ui.welcome.displayName"));
        displayName.setAutocomplete(Autocomplete.NAME);
        NewPassword password = new NewPassword(Texts.t("ui.signIn.password"), name::getValue);
        Button make = new Button(
                Texts.t("ui.welcome.make"),
                event -> accept(
                        code, name.getValue().strip(), displayName.getValue().strip(), password));
        make.addThemeVariants(ButtonVariant.PRIMARY);
        make.addClickShortcut(Key.ENTER).listenOn(name, displayName, password).resetFocusOnActiveElement();
        show(
                Texts.t("ui.welcome.first"),
                new Paragraph(Texts.t("ui.welcome.first.what")),
                problems,
                form(name, displayName, password, make));
    }

    private void askPerson(String code, String person) {
        TextField name = new TextField(Texts.t("ui.signIn.name"));
        name.setValue(person);
        name.setReadOnly(true);
        name.setAutocomplete(Autocomplete.USERNAME);
        NewPassword password = new NewPassword(Texts.t("ui.password.new"), () -> person);
        password.focus();
        Button set = new Button(Texts.t("ui.welcome.set"), event -> accept(code, person, null, password));
        set.addThemeVariants(ButtonVariant.PRIMARY);
        set.addClickShortcut(Key.ENTER).listenOn(password).resetFocusOnActiveElement();
        show(Texts.t("ui.welcome"), new Paragraph(Texts.t("ui.welcome.person")), problems, form(name, password, set));
    }

    private void accept(String code, String name, String displayName, NewPassword password) {
        problems.removeAll();
        try {
            signIn.acceptLink(code, name, displayName, password.value());
        } catch (ProblemException refused) {
            problems.add(new ProblemNotice(refused.problem(), null));
            return;
        }
        // A whole load, which also takes the used code out of the address.
        UI.getCurrent().getPage().executeJs("window.location.replace('sign-in?ready')");
    }
}
