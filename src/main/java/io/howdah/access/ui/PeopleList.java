package io.howdah.access.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.howdah.access.AccessService;
import io.howdah.access.Permission;
import io.howdah.access.PersonView;
import io.howdah.approval.ui.SecondPerson;
import io.howdah.shared.ProblemException;
import io.howdah.shell.ActionMenu;
import io.howdah.shell.Confirm;
import io.howdah.shell.Glyph;
import io.howdah.shell.Permitted;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.RelativeTime;
import io.howdah.shell.Texts;
import io.howdah.shell.WideColumns;

/** The people who may sign in, each with the roles they hold, and what can be done about it. */
class PeopleList extends Div {

    private final AccessService service;
    private final boolean mayChange;
    private final Grid<PersonView> grid = new Grid<>();

    PeopleList(AccessService service, boolean mayChange) {
        this.service = service;
        this.mayChange = mayChange;
        grid.setAllRowsVisible(true);
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.addComponentColumn(PeopleList::name)
                .setHeader(Texts.t("ui.access.person"))
                .setFlexGrow(2);
        grid.addComponentColumn(this::roles)
                .setHeader(Texts.t("ui.access.rolesHeld"))
                .setFlexGrow(4);
        Grid.Column<PersonView> state = grid.addColumn(PeopleList::state)
                .setHeader(Texts.t("ui.access.state"))
                .setWidth("7rem")
                .setFlexGrow(0);
        Grid.Column<PersonView> last = grid.addComponentColumn(PeopleList::lastSignIn)
                .setHeader(Texts.t("ui.access.lastSignIn"))
                .setWidth("9.5rem")
                .setFlexGrow(0);
        grid.addComponentColumn(this::menu)
                .setHeader(hidden(Texts.t("ui.access.actions")))
                .setWidth("4rem")
                .setFlexGrow(0);
        WideColumns.only(grid, 760, state, last);
        add(grid);
    }

    void refresh() {
        grid.setItems(service.people());
    }

    void invite() {
        new InviteDialog(service, this::refresh).open();
    }

    static Span hidden(String text) {
        Span span = new Span(text);
        span.addClassName("visually-hidden");
        return span;
    }

    private static Component name(PersonView person) {
        boolean named = person.displayName() != null && !person.displayName().isBlank();
        Span name = new Span(named ? person.displayName() : person.name());
        name.addClassName("row-title");
        Div cell = new Div(name);
        cell.addClassName("two-lines");
        if (named) {
            Span signInName = new Span(person.name());
            signInName.addClassName("quiet");
            cell.add(signInName);
        }
        return cell;
    }

    private static String state(PersonView person) {
        if (person.disabled()) {
            return Texts.t("ui.access.disabled");
        }
        return Texts.t(person.waiting() ? "ui.access.waiting" : "ui.access.active");
    }

    private static Component lastSignIn(PersonView person) {
        return person.lastSignInAt() == null
                ? new Span(Texts.t("ui.access.never"))
                : new RelativeTime(person.lastSignInAt());
    }

    private Component roles(PersonView person) {
        RoleChips chips = new RoleChips(service, person.name(), this::refresh);
        person.roles().forEach(role -> chips.add(role, mayChange && role.group() == null));
        if (person.roles().isEmpty()) {
            Span none = new Span(Texts.t("ui.access.noRole"));
            none.addClassName("quiet");
            chips.add(none);
        }
        return chips;
    }

    private Component menu(PersonView person) {
        ActionMenu menu = new ActionMenu(Glyph.ELLIPSIS.icon(), Texts.t("ui.access.actionsFor", person.name()));
        if (!mayChange) {
            Permitted.disable(menu.opener(), Permission.ACCESS_WRITE);
            return menu;
        }
        menu.addAction(Glyph.SHIELD, Texts.t("ui.access.assign"), () -> new AssignDialog(
                        service,
                        person.name(),
                        given -> service.assign(person.id(), given.role(), given.scope(), given.endsAt()),
                        this::refresh)
                .open());
        menu.addAction(Glyph.LINK, Texts.t("ui.access.newLink"), () -> newLink(person));
        menu.addAction(Glyph.KEY_ROUND, Texts.t("ui.access.removeSecond"), () -> removeSecond(person));
        menu.addAction(Glyph.LOG_OUT, Texts.t("ui.access.endSessions"), () -> endSessions(person));
        if (person.disabled()) {
            menu.addAction(Glyph.CIRCLE_CHECK, Texts.t("ui.access.enable"), () -> enable(person));
        } else {
            menu.addAction(Glyph.BAN, Texts.t("ui.access.disable"), () -> disable(person));
        }
        return menu;
    }

    private void newLink(PersonView person) {
        Confirm.ask(
                Texts.t("ui.access.newLink.title", person.name()),
                new Paragraph(Texts.t("ui.access.newLink.what")),
                Texts.t("ui.access.newLink.do"),
                () -> SecondPerson.act(() -> service.newLink(person.id()), link -> {
                    refresh();
                    LinkDialog.show(link);
                }));
    }

    private void removeSecond(PersonView person) {
        Confirm.ask(
                Texts.t("ui.access.removeSecond.title", person.name()),
                new Paragraph(Texts.t("ui.access.removeSecond.what")),
                Texts.t("ui.access.removeSecond.do"),
                () -> service.removeSecondFactor(person.id()));
    }

    private void endSessions(PersonView person) {
        Confirm.ask(
                Texts.t("ui.access.endSessions.title", person.name()),
                new Paragraph(Texts.t("ui.access.endSessions.what")),
                Texts.t("ui.access.endSessions.do"),
                () -> service.endSessions(person.id()));
    }

    private void disable(PersonView person) {
        Confirm.ask(
                Texts.t("ui.access.disable.title", person.name()),
                new Paragraph(Texts.t("ui.access.disable.what")),
                Texts.t("ui.access.disable"),
                () -> {
                    service.disable(person.id());
                    refresh();
                });
    }

    private void enable(PersonView person) {
        try {
            SecondPerson.act(() -> service.enable(person.id()), this::refresh);
        } catch (ProblemException refused) {
            ProblemNotice.show(refused.problem());
        }
    }
}
