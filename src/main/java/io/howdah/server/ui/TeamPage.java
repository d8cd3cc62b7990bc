package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.howdah.access.ProjectService;
import io.howdah.access.Scope;
import io.howdah.server.LockService;
import io.howdah.server.QuotaService;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shell.Live;
import io.howdah.shell.Page;
import io.howdah.shell.PageHeader;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import java.util.UUID;

/** A team: what it may have and has, its projects, and the locks that hold for all of it. */
@CdiComponent
@PermitAll
@Route("access/teams/:team")
@StyleSheet("context://styles/servers.css")
public class TeamPage extends Page implements BeforeEnterObserver {

    private final QuotaService quotas;
    private final LockService locks;
    private final ProjectService projects;
    private final Live live;

    @Inject
    public TeamPage(QuotaService quotas, LockService locks, ProjectService projects, Live live) {
        super("team.page");
        this.quotas = quotas;
        this.locks = locks;
        this.projects = projects;
        this.live = live;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        UUID id = id(event.getRouteParameters().get("team").orElse(""));
        String name = quotas.of(id).teamName();
        setName(name);
        QuotaCard quota = new QuotaCard(quotas, id);
        live.servers(quota, quota::refresh);
        removeAll();
        add(
                new PageHeader(name).below(ServerAddress.link("access?part=teams", t("ui.access.teams"))),
                quota,
                projects(id),
                new PlaceLocks(locks, Scope.team(id), t("server.locks.text.team"), name));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException none) {
            throw Problem.of(ProblemCode.NotFound, "team", text).raise(none);
        }
    }

    private Section projects(UUID teamId) {
        UnorderedList list = new UnorderedList();
        list.addClassName("plain-list");
        projects.projects().stream()
                .filter(project -> project.teamId().equals(teamId))
                .forEach(project ->
                        list.add(new ListItem(new Anchor(ServerAddress.place(project.scope()), project.name()))));
        Section card = new Section(new H2(t("ui.access.projects")), new Div(list));
        card.addClassName("card");
        return card;
    }
}
