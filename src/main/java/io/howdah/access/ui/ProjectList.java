package io.howdah.access.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import io.howdah.access.Access;
import io.howdah.access.AccessService;
import io.howdah.access.Permission;
import io.howdah.access.ProjectService;
import io.howdah.access.ProjectView;
import io.howdah.access.Scope;
import io.howdah.access.TeamView;
import io.howdah.shell.ActionMenu;
import io.howdah.shell.Confirm;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.Permitted;
import io.howdah.shell.Texts;
import java.util.List;

/** The projects of the teams, and how many servers lie in each. */
class ProjectList extends Div {

    private final ProjectService service;
    private final AccessService people;
    private final Access access;
    private final Grid<ProjectView> grid = new Grid<>();
    private final EmptyState empty =
            new EmptyState(Glyph.INBOX, Texts.t("ui.access.noProjects"), Texts.t("ui.access.noProjects.what"), null);

    ProjectList(ProjectService service, AccessService people, Access access) {
        this.service = service;
        this.people = people;
        this.access = access;
        grid.setAllRowsVisible(true);
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.addComponentColumn(ProjectList::name)
                .setHeader(Texts.t("ui.access.project"))
                .setFlexGrow(2);
        grid.addColumn(ProjectView::teamName)
                .setHeader(Texts.t("ui.access.team"))
                .setFlexGrow(1);
        grid.addComponentColumn(
                        project -> new Anchor("servers?project=" + project.id(), String.valueOf(project.servers())))
                .setHeader(Texts.t("ui.page.servers"))
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("6rem")
                .setFlexGrow(0);
        grid.addComponentColumn(this::menu)
                .setHeader(PeopleList.hidden(Texts.t("ui.access.actions")))
                .setWidth("4rem")
                .setFlexGrow(0);
        add(grid, empty);
    }

    void refresh() {
        List<ProjectView> projects = service.projects();
        grid.setItems(projects);
        grid.setVisible(!projects.isEmpty());
        empty.setVisible(projects.isEmpty());
    }

    void create() {
        List<TeamView> teams = people.myTeams().stream()
                .filter(team -> access.may(Permission.PROJECTS_WRITE, Scope.team(team.id())))
                .toList();
        Select<TeamView> team = new Select<>();
        team.setLabel(Texts.t("ui.access.team"));
        team.setItems(teams);
        team.setItemLabelGenerator(TeamView::name);
        teams.stream().findFirst().ifPresent(team::setValue);
        team.setWidthFull();
        TextField name = name("");
        new FormDialog(
                        Texts.t("ui.access.createProject"),
                        Texts.t("ui.access.createTeam.do"),
                        () -> {
                            service.create(
                                    team.getValue() == null
                                            ? null
                                            : team.getValue().id(),
                                    name.getValue());
                            refresh();
                        },
                        team,
                        name)
                .open();
        name.focus();
    }

    private static TextField name(String value) {
        TextField name = new TextField(Texts.t("ui.access.project.name"));
        name.setValue(value);
        name.setWidthFull();
        return name;
    }

    private static Component name(ProjectView project) {
        Anchor name = new Anchor("access/projects/" + project.id(), project.name());
        name.addClassName("row-title");
        Div cell = new Div(name);
        cell.addClassName("two-lines");
        if (project.standard()) {
            Span standard = new Span(Texts.t("ui.access.project.default"));
            standard.addClassNames("quiet", "small");
            cell.add(standard);
        }
        return cell;
    }

    private Component menu(ProjectView project) {
        ActionMenu menu = new ActionMenu(Glyph.ELLIPSIS.icon(), Texts.t("ui.access.actionsFor", project.name()));
        if (!access.may(Permission.PROJECTS_WRITE, project.scope())) {
            Permitted.disable(menu.opener(), Permission.PROJECTS_WRITE);
            return menu;
        }
        menu.addAction(Glyph.PENCIL, Texts.t("ui.access.project.rename"), () -> rename(project));
        if (!project.standard()) {
            menu.addAction(Glyph.TRASH_2, Texts.t("ui.access.project.delete"), () -> delete(project));
        }
        return menu;
    }

    private void rename(ProjectView project) {
        TextField name = name(project.name());
        new FormDialog(
                        Texts.t("ui.access.project.rename"),
                        Texts.t("ui.access.project.rename.do"),
                        () -> {
                            service.rename(project.id(), name.getValue());
                            refresh();
                        },
                        name)
                .open();
        name.focus();
    }

    private void delete(ProjectView project) {
        Confirm.ask(
                Texts.t("ui.access.project.delete.title", project.name()),
                new Paragraph(Texts.t("ui.access.project.delete.what")),
                Texts.t("ui.access.project.delete"),
                () -> {
                    service.delete(project.id());
                    refresh();
                });
    }
}
