package io.howdah.access.ui;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
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

    @Inject
    public SigningInView(SecondFactorService secondFactor) {
        super("ui.page.profile_sign-in");
        this.secondFactor = secondFactor;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        removeAll();
        Div cards = new Div(new SecondFactorCard(secondFactor));
        cards.addClassName("cards");
        add(new PageHeader(Texts.t("ui.page.profile")), new ProfileParts("profile/sign-in"), cards);
    }
}
