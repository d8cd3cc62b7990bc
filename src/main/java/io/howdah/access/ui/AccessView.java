package io.howdah.access.ui;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.TabSheet;
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
import java.util.LinkedHashMap;
import java.util.Map;

/** Who may do what: people with their roles, teams, and what the roles mean. */
@CdiComponent
@Route("access")
public class AccessView extends Page implements BeforeEnterObserver {

    private final Map<String, Tab> tabs = new LinkedHashMap<>();
    private final TabSheet sheet = new TabSheet();
    private final PeopleList people;
    private final TeamList teams;

    @Inject
    public AccessView(AccessService service, Access access) {
        super("ui.page.access");
        boolean mayInvite = access.mayAnywhere(Permission.ACCESS_WRITE);
        people = new PeopleList(service, mayInvite);
        teams = new TeamList(service);
        Button invite = new Button(Texts.t("ui.access.invite"), Glyph.USER_PLUS.icon(), event -> people.invite());
        invite.addThemeVariants(ButtonVariant.PRIMARY);
        Button create = new Button(Texts.t("ui.access.createTeam"), Glyph.PLUS.icon(), event -> {
            teams.create();
            people.refresh();
        });
        Permitted.requireAnywhere(invite, Permission.ACCESS_WRITE);
        Permitted.require(create, Permission.ACCESS_WRITE, Scope.INSTALLATION);
        tabs.put("people", sheet.add(Texts.t("ui.access.people"), people));
        tabs.put("teams", sheet.add(Texts.t("ui.access.teams"), teams));
        tabs.put("roles", sheet.add(Texts.t("ui.access.roles"), new RoleList(service)));
        sheet.addSelectedChangeListener(event -> {
            if (event.isFromClient()) {
                tabs.forEach((name, tab) -> {
                    if (tab.equals(event.getSelectedTab())) {
                        Address.replace(Map.of("tab", name));
                    }
                });
            }
        });
        sheet.setWidthFull();
        add(new PageHeader(Texts.t("ui.page.access"), create, invite), sheet);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        people.refresh();
        teams.refresh();
        Address.value(event.getLocation(), "tab").map(tabs::get).ifPresent(sheet::setSelectedTab);
    }
}
