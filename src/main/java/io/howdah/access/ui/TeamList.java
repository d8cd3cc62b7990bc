package io.howdah.access.ui;

import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import io.howdah.access.AccessService;
import io.howdah.access.TeamView;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.Texts;
import java.util.List;

/** The teams, and how many people and servers each has. */
class TeamList extends Div {

    private final AccessService service;
    private final Grid<TeamView> grid = new Grid<>();
    private final EmptyState empty =
            new EmptyState(Glyph.BUILDING_2, Texts.t("ui.access.noTeams"), Texts.t("ui.access.noTeams.what"), null);

    TeamList(AccessService service) {
        this.service = service;
        grid.setAllRowsVisible(true);
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.addComponentColumn(TeamList::name)
                .setHeader(Texts.t("ui.access.team"))
                .setFlexGrow(1);
        grid.addColumn(TeamView::people)
                .setHeader(Texts.t("ui.access.people"))
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("7rem")
                .setFlexGrow(0);
        grid.addColumn(TeamView::servers)
                .setHeader(Texts.t("ui.page.servers"))
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("7rem")
                .setFlexGrow(0);
        add(grid, empty);
    }

    void refresh() {
        List<TeamView> teams = service.teams();
        grid.setItems(teams);
        grid.setVisible(!teams.isEmpty());
        empty.setVisible(teams.isEmpty());
    }

    private static Anchor name(TeamView team) {
        Anchor name = new Anchor("access/teams/" + team.id(), team.name());
        name.addClassName("row-title");
        return name;
    }

    void create() {
        TextField name = new TextField(Texts.t("ui.access.team.name"));
        name.setWidthFull();
        Dialog dialog = new FormDialog(
                Texts.t("ui.access.createTeam"),
                Texts.t("ui.access.createTeam.do"),
                () -> {
                    service.createTeam(name.getValue().strip());
                    refresh();
                },
                name);
        dialog.open();
        name.focus();
    }
}
