package io.howdah.access.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.server.VaadinServletRequest;
import com.vaadin.flow.server.auth.NavigationAccessControl;
import io.howdah.access.ProviderChoice;
import io.howdah.access.ProviderDoor;
import io.howdah.access.Site;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemException;
import io.howdah.shell.Texts;
import java.util.function.Consumer;

/** A button for each provider that people may sign in by. */
class ProviderButtons extends Div {

    private final ProviderDoor door;
    private final Consumer<Problem> refused;

    ProviderButtons(ProviderDoor door, Consumer<Problem> refused) {
        this.door = door;
        this.refused = refused;
        addClassName("form-fields");
        door.choices()
                .forEach(provider -> add(new Button(Texts.t("ui.signIn.by", provider.name()), click -> go(provider))));
    }

    private void go(ProviderChoice provider) {
        VaadinServletRequest request = VaadinServletRequest.getCurrent();
        try {
            Object wanted = request.getWrappedSession().getAttribute(NavigationAccessControl.SESSION_STORED_REDIRECT);
            ProviderVisit.ofBrowser()
                    .leave(door.begin(provider.id(), Site.of(request.getHttpServletRequest()))
                            .to(wanted == null ? null : wanted.toString()));
        } catch (ProblemException away) {
            refused.accept(away.problem());
        }
    }
}
