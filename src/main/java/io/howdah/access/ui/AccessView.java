package io.howdah.access.ui;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.howdah.access.Access;
import io.howdah.access.AccessService;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.shell.Address;
import io.howdah.shell.Glyph;
import io.howdah.shell.Page;
import io.howdah.shell.PageHeader;
import io.howdah.shell.Permitted;
import io.howdah.shell.Texts;
import jakarta.inject.Inject;
import java.util.Locale;

/** Who may do what: people with their roles, teams, and what the roles mean. Each part has an address of its own. */
@CdiComponent
@Route("access")
public class AccessView extends Page implements BeforeEnterObserver {

    private enum Part {
        PEOPLE,
        TEAMS,
        ROLES;

        private String inAddress() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final AccessService service;
    private final PeopleList people;
    private final TeamList teams;
    private final Nav parts = new Nav();
    private final Div content = new Div();

    @Inject
    public AccessView(AccessService service, Access access) {
        super("ui.page.access");
        this.service = service;
        people = new PeopleList(service, access.mayAnywhere(Permission.ACCESS_WRITE));
        teams = new TeamList(service);
        Button invite = new Button(Texts.t("ui.access.invite"), Glyph.USER_PLUS.icon(), event -> people.invite());
        invite.addThemeVariants(ButtonVariant.PRIMARY);
        Button create = new Button(Texts.t("ui.access.createTeam"), Glyph.PLUS.icon(), event -> teams.create());
        Permitted.requireAnywhere(invite, Permission.ACCESS_WRITE);
        Permitted.require(create, Permission.ACCESS_WRITE, Scope.INSTALLATION);
        parts.addClassName("page-parts");
        parts.getElement().setAttribute("aria-label", Texts.t("ui.page.access"));
        add(new PageHeader(Texts.t("ui.page.access"), create, invite), parts, content);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        Part shown = Address.value(event.getLocation(), "part", Part.class).orElse(Part.PEOPLE);
        parts.removeAll();
        for (Part part : Part.values()) {
            Anchor link = new Anchor("access?part=" + part.inAddress(), Texts.t("ui.access." + part.inAddress()));
            if (part == shown) {
                link.getElement().setAttribute("aria-current", "page");
            }
            parts.add(link);
        }
        content.removeAll();
        content.add(content(shown));
    }

    private Component content(Part part) {
        return switch (part) {
            case PEOPLE -> {
                people.refresh();
                yield people;
            }
            case TEAMS -> {
                teams.refresh();
                yield teams;
            }
            case ROLES -> new RoleList(service);
        };
    }
}
