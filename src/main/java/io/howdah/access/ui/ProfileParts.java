package io.howdah.access.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Nav;
import io.howdah.shell.Texts;

/** The way between the pages about oneself. */
public class ProfileParts extends Nav {

    /** @param shown the address of the page it stands on */
    public ProfileParts(String shown) {
        addClassName("page-parts");
        getElement().setAttribute("aria-label", Texts.t("ui.page.profile"));
        part("profile", Texts.t("ui.profile.who"), shown);
        part("profile/permissions", Texts.t("ui.page.permissions"), shown);
        part("profile/tokens", Texts.t("ui.page.profile_tokens"), shown);
        part("profile/sign-in", Texts.t("ui.page.profile_sign-in"), shown);
        part("profile/sessions", Texts.t("ui.sessions"), shown);
        part("profile/notifications", Texts.t("ui.page.notifications"), shown);
        part("profile/webhooks", Texts.t("ui.webhooks"), shown);
        part("profile/all-permissions", Texts.t("ui.reference"), shown);
    }

    private void part(String address, String title, String shown) {
        Anchor link = new Anchor(address, title);
        if (address.equals(shown)) {
            link.getElement().setAttribute("aria-current", "page");
        }
        add(link);
    }
}
