package io.howdah.access.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import io.howdah.access.Access;
import io.howdah.access.AccessService;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.access.TeamView;
import io.howdah.approval.ApprovalPolicyService;
import io.howdah.approval.ApprovalPolicyView;
import io.howdah.approval.ui.PolicyDialog;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.Permitted;
import io.howdah.shell.Texts;
import io.howdah.shell.WideColumns;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The teams, and how many people and servers each has. */
class TeamList extends Div {

    private final AccessService service;
    private final ApprovalPolicyService policies;
    private final Access access;
    private Map<UUID, ApprovalPolicyView> protections = Map.of();
    private final Grid<TeamView> grid = new Grid<>();
    private final EmptyState empty =
            new EmptyState(Glyph.BUILDING_2, Texts.t("ui.access.noTeams"), Texts.t("ui.access.noTeams.what"), null);

    TeamList(AccessService service, ApprovalPolicyService policies, Access access) {
        this.service = service;
        this.policies = policies;
        this.access = access;
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
        grid.addComponentColumn(this::protection)
                .setHeader(Texts.t("approval.policy.column"))
                .setWidth("9rem")
                .setFlexGrow(0);
        WideColumns.only(grid, 600, grid.getColumns().get(1), grid.getColumns().get(2));
        add(grid, empty);
    }

    void refresh() {
        List<TeamView> teams = service.teams();
        protections =
                policies.policies().stream().collect(Collectors.toMap(ApprovalPolicyView::teamId, Function.identity()));
        grid.setItems(teams);
        grid.setVisible(!teams.isEmpty());
        empty.setVisible(teams.isEmpty());
    }

    private static Anchor name(TeamView team) {
        Anchor name = new Anchor("access/teams/" + team.id(), team.name());
        name.addClassName("row-title");
        return name;
    }

    /** What the team wants a second person for, in a number; pressed, all of it. */
    private Component protection(TeamView team) {
        ApprovalPolicyView policy = protections.get(team.id());
        if (policy == null) {
            return new Span();
        }
        int count = policy.policy().actions().size();
        Button open = new Button(
                count == 0 ? Texts.t("approval.policy.none") : Texts.count("approval.policy.some", count),
                event -> new PolicyDialog(policies, policy, this::refresh).open());
        open.addThemeVariants(ButtonVariant.SMALL);
        open.setAriaLabel(Texts.t("approval.policy.of", team.name()) + ": " + open.getText());
        return Permitted.require(open, Permission.APPROVALS_POLICY, Scope.team(team.id()));
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
