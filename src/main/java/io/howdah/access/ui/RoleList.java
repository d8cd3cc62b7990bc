package io.howdah.access.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.howdah.access.AccessService;
import io.howdah.access.Permission;
import io.howdah.access.RoleService;
import io.howdah.access.RoleView;
import io.howdah.shell.Confirm;
import io.howdah.shell.Glyph;
import io.howdah.shell.Texts;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What each role may do, in words, with the actions' names as they stand in the audit log. */
class RoleList extends Div {

    private static final List<String> ORDER =
            Arrays.stream(Permission.values()).map(Permission::action).toList();

    private final AccessService access;
    private final RoleService roles;
    private final boolean mayChange;

    RoleList(AccessService access, RoleService roles, boolean mayChange) {
        this.access = access;
        this.roles = roles;
        this.mayChange = mayChange;
        addClassName("cards");
    }

    void refresh() {
        removeAll();
        access.roles().forEach(role -> add(card(role)));
    }

    void create() {
        new RoleDialog(roles).open(null, this::refresh);
    }

    private void delete(RoleView role) {
        Confirm.ask(
                Texts.t("ui.access.role.delete.title", role.name()),
                new Paragraph(Texts.t("ui.access.role.delete.what")),
                Texts.t("ui.access.role.delete"),
                () -> {
                    roles.delete(role.name());
                    refresh();
                });
    }

    private Div card(RoleView role) {
        UnorderedList actions = new UnorderedList();
        actions.addClassNames("plain-list", "role-actions");
        role.actions().stream()
                .sorted(Comparator.<String>comparingInt(ORDER::indexOf).thenComparing(Comparator.naturalOrder()))
                .forEach(action -> actions.add(new ListItem(new Span(RoleWords.action(action)), new Code(action))));
        Paragraph purpose = new Paragraph(RoleWords.purpose(role));
        purpose.setVisible(!purpose.getText().isEmpty());
        Span count =
                new Span(Texts.count("ui.access.actionCount", role.actions().size()));
        count.addClassName("quiet");
        Div head = new Div(new H2(role.name()), count);
        head.addClassName("card-head");
        Div card = new Div(head, purpose, actions);
        card.addClassName("card");
        if (mayChange && !role.readyMade()) {
            Button change = new Button(
                    Texts.t("ui.access.role.edit", role.name()), Glyph.PENCIL.icon(), event -> new RoleDialog(roles)
                            .open(role, this::refresh));
            Button delete = new Button(Texts.t("ui.access.role.delete"), event -> delete(role));
            Div acts = new Div(change, delete);
            acts.addClassName("row-actions");
            card.add(acts);
        }
        return card;
    }
}
