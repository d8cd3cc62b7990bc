package io.howdah.access.ui;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinService;
import com.vaadin.flow.server.VaadinServletRequest;
import com.vaadin.flow.server.VaadinServletResponse;
import com.vaadin.flow.server.auth.NavigationAccessControl;
import io.howdah.access.Callers;
import io.howdah.access.PasskeyCeremony;
import io.howdah.access.PasskeyCredential;
import io.howdah.access.PasswordAndCode;
import io.howdah.access.ProviderCredential;
import io.howdah.access.ProviderDoor;
import io.howdah.access.SignIn;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.Texts;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import java.util.Optional;

/** Where people sign in; afterwards they are where they wanted to be. */
@CdiComponent
@Route(value = "sign-in", autoLayout = false)
public class SignInView extends EntrancePage implements BeforeEnterObserver {

    private final SignIn signIn;
    private final SecurityContext security;
    private final ProviderDoor providers;
    private final Div problems = new Div();
    private final TextField name = new TextField(Texts.t("ui.signIn.name"));
    private final PasswordField password = new PasswordField(Texts.t("ui.signIn.password"));
    private final TextField code = new TextField(Texts.t("ui.signIn.code"));

    @Inject
    public SignInView(SignIn signIn, SecurityContext security, ProviderDoor providers) {
        super(Texts.t("ui.signIn"));
        this.signIn = signIn;
        this.security = security;
        this.providers = providers;
        name.setAutocomplete(Autocomplete.USERNAME);
        name.getElement().setProperty("autocapitalize", "none");
        name.setRequiredIndicatorVisible(false);
        name.setAutofocus(true);
        password.setAutocomplete(Autocomplete.CURRENT_PASSWORD);
        code.setHelperText(Texts.t("ui.signIn.code.help"));
        code.getElement().setProperty("autocomplete", "one-time-code");
        code.getElement().setProperty("autocapitalize", "none");
        askPassword();
    }

    private void askPassword() {
        Button go = new Button(Texts.t("ui.signIn"), event -> signIn());
        go.addThemeVariants(ButtonVariant.PRIMARY);
        go.addClickShortcut(Key.ENTER).listenOn(name, password).resetFocusOnActiveElement();
        Button passkey = new Button(Texts.t("ui.signIn.passkey"), event -> askPasskey());
        show(
                Texts.t("ui.signIn.title"),
                problems,
                form(name, password, go),
                passkey,
                new ProviderButtons(providers, this::refuse));
    }

    private void askPasskey() {
        problems.removeAll();
        PasskeyCeremony ceremony = signIn.passkeyCeremony(PasskeyPrompt.site());
        PasskeyPrompt.use(this, ceremony, answer -> enter(new PasskeyCredential(ceremony, answer)), this::refuse);
    }

    private void askCode() {
        Button go = new Button(Texts.t("ui.signIn"), event -> signIn());
        go.addThemeVariants(ButtonVariant.PRIMARY);
        go.addClickShortcut(Key.ENTER).listenOn(code).resetFocusOnActiveElement();
        Button back = new Button(Texts.t("ui.signIn.back"), event -> startAgain());
        back.addThemeVariants(ButtonVariant.TERTIARY);
        show(Texts.t("ui.signIn.second"), problems, form(code, go, back));
        code.focus();
    }

    private void startAgain() {
        problems.removeAll();
        ProviderVisit.ofBrowser().forget();
        password.clear();
        code.clear();
        askPassword();
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        if (Callers.find().isPresent()) {
            event.forwardTo("");
        } else if (signIn.awaitsFirstAdministrator()) {
            show(
                    Texts.t("ui.signIn.first"),
                    new Paragraph(Texts.t("ui.signIn.first.what")),
                    new Paragraph(Texts.t("ui.signIn.first.how")));
        } else if (event.getLocation().getQueryParameters().getParameters().containsKey("ready")) {
            Paragraph ready = new Paragraph(Texts.t("ui.signIn.ready"));
            ready.getElement().setAttribute("role", "status");
            problems.removeAll();
            problems.add(ready);
        } else {
            ProviderVisit visit = ProviderVisit.ofBrowser();
            visit.takeRefusal().ifPresent(this::refuse);
            if (visit.waiting().isPresent()) {
                askCode();
            }
        }
    }

    private void signIn() {
        problems.removeAll();
        Optional<ProviderCredential> waiting = ProviderVisit.ofBrowser().waiting();
        if (waiting.isPresent() && code.isAttached()) {
            enter(waiting.get().with(code.getValue()));
            return;
        }
        if (name.isEmpty() || password.isEmpty()) {
            refuse(Problem.of(ProblemCode.SignInFailed));
            return;
        }
        enter(credential());
    }

    private void enter(Credential credential) {
        VaadinServletRequest request = VaadinServletRequest.getCurrent();
        AuthenticationStatus status = security.authenticate(
                request.getHttpServletRequest(),
                VaadinServletResponse.getCurrent().getHttpServletResponse(),
                AuthenticationParameters.withParams().credential(credential));
        if (status != AuthenticationStatus.SUCCESS) {
            refuse(signIn.refusal().orElseGet(() -> Problem.of(ProblemCode.SignInFailed)));
            return;
        }
        ProviderVisit.ofBrowser().forget();
        Object wanted = request.getWrappedSession().getAttribute(NavigationAccessControl.SESSION_STORED_REDIRECT);
        request.getWrappedSession().removeAttribute(NavigationAccessControl.SESSION_STORED_REDIRECT);
        // What was learnt of the session before signing in, its id and its CSRF token, is worth nothing from here on.
        VaadinService.reinitializeSession(request);
        // Home's own path is empty, and a browser told to go to an empty address stays where it is.
        UI.getCurrent()
                .getPage()
                .setLocation(wanted == null || wanted.toString().isEmpty() ? "." : wanted.toString());
    }

    private UsernamePasswordCredential credential() {
        String given = name.getValue().strip();
        return code.isEmpty()
                ? new UsernamePasswordCredential(given, password.getValue())
                : new PasswordAndCode(given, password.getValue(), code.getValue());
    }

    private void refuse(Problem problem) {
        if (problem.code() == ProblemCode.SecondFactorNeeded) {
            askCode();
            return;
        }
        problems.add(new ProblemNotice(problem, null));
        if (code.isAttached()) {
            code.clear();
            code.focus();
        } else {
            password.clear();
            password.focus();
        }
    }
}
