package io.howdah.access.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import io.howdah.access.AccessService;
import io.howdah.access.GroupService;
import io.howdah.access.GroupView;
import io.howdah.access.Permission;
import io.howdah.access.PersonView;
import io.howdah.approval.ui.SecondPerson;
import io.howdah.shell.ActionMenu;
import io.howdah.shell.Confirm;
import io.howdah.shell.EmptyState;
import io.howdah.shell.Glyph;
import io.howdah.shell.Permitted;
import io.howdah.shell.Texts;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The groups, with their people and the roles these get by them. */
class GroupList extends Div {

    private final GroupService service;
    private final AccessService people;
    private final boolean mayChange;
    private final Grid<GroupView> grid = new Grid<>();
    private final EmptyState empty =
            new EmptyState(Glyph.USERS, Texts.t("ui.access.noGroups"), Texts.t("ui.access.noGroups.what"), null);

    GroupList(GroupService service, AccessService people, boolean mayChange) {
        this.service = service;
        this.people = people;
        this.mayChange = mayChange;
        grid.setAllRowsVisible(true);
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.addComponentColumn(GroupList::name)
                .setHeader(Texts.t("ui.access.group"))
                .setFlexGrow(2);
        grid.addComponentColumn(this::roles)
                .setHeader(Texts.t("ui.access.rolesHeld"))
                .setFlexGrow(3);
        grid.addComponentColumn(this::menu)
                .setHeader(PeopleList.hidden(Texts.t("ui.access.actions")))
                .setWidth("4rem")
                .setFlexGrow(0);
        add(grid, empty);
    }

    void refresh() {
        List<GroupView> groups = service.groups();
        grid.setItems(groups);
        grid.setVisible(!groups.isEmpty());
        empty.setVisible(groups.isEmpty());
    }

    void create() {
        TextField name = new TextField(Texts.t("ui.access.group.name"));
        name.setWidthFull();
        new FormDialog(
                        Texts.t("ui.access.createGroup"),
                        Texts.t("ui.access.createTeam.do"),
                        () -> {
                            service.create(name.getValue());
                            refresh();
                        },
                        name)
                .open();
        name.focus();
    }

    private static Component name(GroupView group) {
        Span name = new Span(group.name());
        name.addClassName("row-title");
        Span members = new Span(String.join(", ", group.names()));
        members.addClassNames("quiet", "small");
        Div cell = new Div(name, members);
        cell.addClassName("two-lines");
        return cell;
    }

    private Component roles(GroupView group) {
        RoleChips chips = new RoleChips(people, group.name(), this::refresh);
        group.roles().forEach(role -> chips.add(role, mayChange));
        return chips;
    }

    private Component menu(GroupView group) {
        ActionMenu menu = new ActionMenu(Glyph.ELLIPSIS.icon(), Texts.t("ui.access.actionsFor", group.name()));
        if (!mayChange) {
            Permitted.disable(menu.opener(), Permission.ACCESS_WRITE);
            return menu;
        }
        menu.addAction(Glyph.USERS, Texts.t("ui.access.group.members.edit"), () -> members(group));
        menu.addAction(Glyph.SHIELD, Texts.t("ui.access.assign"), () -> new AssignDialog(
                        people,
                        group.name(),
                        given -> service.assign(group.id(), given.role(), given.scope(), given.endsAt()),
                        this::refresh)
                .open());
        menu.addAction(Glyph.TRASH_2, Texts.t("ui.access.group.delete"), () -> delete(group));
        return menu;
    }

    private void members(GroupView group) {
        List<PersonView> all = people.people();
        MultiSelectComboBox<PersonView> chosen = new MultiSelectComboBox<>(Texts.t("ui.access.group.members"));
        chosen.setItems(all);
        chosen.setItemLabelGenerator(PersonView::name);
        chosen.setValue(all.stream()
                .filter(person -> group.members().contains(person.id()))
                .collect(Collectors.toSet()));
        chosen.setWidthFull();
        new FormDialog(
                        Texts.t("ui.access.group.members.title", group.name()),
                        Texts.t("ui.access.group.members.do"),
                        () -> {
                            Set<UUID> wanted = chosen.getValue().stream()
                                    .map(PersonView::id)
                                    .collect(Collectors.toSet());
                            SecondPerson.act(() -> service.setMembers(group.id(), wanted), this::refresh);
                        },
                        chosen)
                .open();
    }

    private void delete(GroupView group) {
        Confirm.ask(
                Texts.t("ui.access.group.delete.title", group.name()),
                new Paragraph(Texts.t("ui.access.group.delete.what")),
                Texts.t("ui.access.group.delete"),
                () -> {
                    service.delete(group.id());
                    refresh();
                });
    }
}
