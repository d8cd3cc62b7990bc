package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.howdah.access.ProjectService;
import io.howdah.access.ProjectView;
import io.howdah.access.Scope;
import io.howdah.server.LockService;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shell.Page;
import io.howdah.shell.PageHeader;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;

/** A project: where it lies, its servers, and the locks that hold for all of them. */
@CdiComponent
@PermitAll
@Route("access/projects/:project")
@StyleSheet("context://styles/servers.css")
public class ProjectPage extends Page implements BeforeEnterObserver {

    private final ProjectService projects;
    private final LockService locks;

    @Inject
    public ProjectPage(ProjectService projects, LockService locks) {
        super("project.page");
        this.projects = projects;
        this.locks = locks;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        String id = event.getRouteParameters().get("project").orElse("");
        ProjectView project = projects.projects().stream()
                .filter(one -> one.id().toString().equals(id))
                .findFirst()
                .orElseThrow(
                        () -> Problem.of(ProblemCode.NotFound, "project", id).raise());
        setName(project.name());
        Facts facts = new Facts();
        facts.add(
                t("project.team"),
                ServerAddress.link(ServerAddress.place(Scope.team(project.teamId())), project.teamName()));
        facts.add(
                t("team.servers"),
                ServerAddress.link("servers?project=" + project.id(), String.valueOf(project.servers())));
        Section card = new Section(facts);
        card.addClassName("card");
        removeAll();
        add(
                new PageHeader(project.name())
                        .below(ServerAddress.link("access?part=projects", t("ui.access.projects"))),
                card,
                new PlaceLocks(locks, project.scope(), t("server.locks.text.project"), project.name()));
    }
}
