package io.howdah.access.ui;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.howdah.access.IdentityService;
import io.howdah.access.PasskeyService;
import io.howdah.access.ProviderDoor;
import io.howdah.access.SecondFactorService;
import io.howdah.shell.Page;
import io.howdah.shell.PageHeader;
import io.howdah.shell.Texts;
import jakarta.inject.Inject;

/** What oneself signs in with. */
@CdiComponent
@Route("profile/sign-in")
public class SigningInView extends Page implements BeforeEnterObserver {

    private final SecondFactorService secondFactor;
    private final PasskeyService passkeys;
    private final IdentityService identities;
    private final ProviderDoor providers;

    @Inject
    public SigningInView(
            SecondFactorService secondFactor,
            PasskeyService passkeys,
            IdentityService identities,
            ProviderDoor providers) {
        super("ui.page.profile_sign-in");
        this.secondFactor = secondFactor;
        this.passkeys = passkeys;
        this.identities = identities;
        this.providers = providers;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        removeAll();
        Div cards = new Div(new SecondFactorCard(secondFactor), new PasskeyCard(passkeys));
        cards.addClassName("cards");
        IdentityCard linked = new IdentityCard(identities, providers);
        if (!linked.isEmpty()) {
            cards.add(linked);
        }
        add(new PageHeader(Texts.t("ui.page.profile")), new ProfileParts("profile/sign-in"), cards);
    }
}
