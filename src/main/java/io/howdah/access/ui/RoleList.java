package io.howdah.access.ui;

import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.howdah.access.AccessService;
import io.howdah.access.Permission;
import io.howdah.access.RoleView;
import io.howdah.shell.Texts;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What each role may do, in words, with the actions' names as they stand in the audit log. */
class RoleList extends Div {

    private static final List<String> ORDER =
            Arrays.stream(Permission.values()).map(Permission::action).toList();

    RoleList(AccessService service) {
        addClassName("cards");
        service.roles().forEach(role -> add(card(role)));
    }

    private static Div card(RoleView role) {
        UnorderedList actions = new UnorderedList();
        actions.addClassNames("plain-list", "role-actions");
        role.actions().stream()
                .sorted(Comparator.<String>comparingInt(ORDER::indexOf).thenComparing(Comparator.naturalOrder()))
                .forEach(action -> actions.add(new ListItem(new Span(RoleWords.action(action)), new Code(action))));
        Paragraph purpose = new Paragraph(RoleWords.purpose(role.name()));
        purpose.setVisible(!purpose.getText().isEmpty());
        Span count =
                new Span(Texts.count("ui.access.actionCount", role.actions().size()));
        count.addClassName("quiet");
        Div head = new Div(new H2(role.name()), count);
        head.addClassName("card-head");
        Div card = new Div(head, purpose, actions);
        card.addClassName("card");
        return card;
    }
}
