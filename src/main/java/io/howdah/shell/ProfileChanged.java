package io.howdah.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.shared.Registration;
import io.howdah.access.Profile;
import java.util.function.Consumer;

/** The person has changed their profile somewhere on the page: what shows a part of it shows it anew. */
public class ProfileChanged extends ComponentEvent<UI> {

    private final Profile profile;

    private ProfileChanged(UI page, Profile profile) {
        super(page, true);
        this.profile = profile;
    }

    public static void tell(Profile now) {
        UI page = UI.getCurrent();
        ComponentUtil.fireEvent(page, new ProfileChanged(page, now));
    }

    /** Calls {@code act} with each new profile while the component is on the page. */
    static void follow(Component component, Consumer<Profile> act) {
        component.addAttachListener(attached -> {
            Registration following = ComponentUtil.addListener(
                    attached.getUI(), ProfileChanged.class, changed -> act.accept(changed.profile));
            component.addDetachListener(detached -> {
                following.remove();
                detached.unregisterListener();
            });
        });
    }
}
