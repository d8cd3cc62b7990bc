package io.howdah.access.ui;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.howdah.access.Permission;
import io.howdah.access.RoleService;
import io.howdah.access.RoleView;
import io.howdah.approval.ui.SecondPerson;
import io.howdah.shared.Messages;
import io.howdah.shell.Glyph;
import io.howdah.shell.Texts;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Makes a role, or changes one, by ticking actions. */
class RoleDialog {

    private final RoleService service;
    private final Map<String, Checkbox> boxes = new LinkedHashMap<>();
    private final Map<String, Div> groups = new LinkedHashMap<>();

    RoleDialog(RoleService service) {
        this.service = service;
    }

    /** @param role the one to change, or null for a new one */
    void open(RoleView role, Runnable afterwards) {
        TextField name = new TextField(Texts.t("ui.access.role.name"));
        name.setValue(role == null ? "" : role.name());
        name.setReadOnly(role != null);
        name.setWidthFull();
        TextArea description = new TextArea(Texts.t("ui.access.role.description"));
        description.setValue(role == null ? "" : role.description());
        description.setWidthFull();
        TextField find = new TextField(Texts.t("ui.access.role.find"));
        find.setPrefixComponent(Glyph.SEARCH.icon());
        find.setClearButtonVisible(true);
        find.setValueChangeMode(ValueChangeMode.LAZY);
        find.setWidthFull();
        Set<String> ticked = role == null ? Set.of() : role.actions();
        Div actions = actions(ticked);
        find.addValueChangeListener(event -> show(event.getValue()));
        FormDialog dialog = new FormDialog(
                role == null ? Texts.t("ui.access.createRole") : Texts.t("ui.access.role.edit", role.name()),
                Texts.t("ui.access.role.save"),
                () -> {
                    if (role == null) {
                        service.create(name.getValue(), description.getValue(), ticked());
                        afterwards.run();
                    } else {
                        String text = description.getValue();
                        Set<String> wanted = ticked();
                        SecondPerson.act(() -> service.change(role.name(), text, wanted), afterwards);
                    }
                },
                new Div(name),
                description,
                new Div(find),
                actions);
        dialog.setWidth("40rem");
        dialog.open();
    }

    private Div actions(Set<String> ticked) {
        Div all = new Div();
        for (Permission permission : Permission.values()) {
            String action = permission.action();
            String group = action.substring(0, action.indexOf('/'));
            Div boxesOfGroup = groups.computeIfAbsent(group, key -> {
                Div made = new Div(new H3(title(key)));
                made.getElement().setAttribute("role", "group");
                made.getElement().setAttribute("aria-label", title(key));
                all.add(made);
                return made;
            });
            Checkbox box = new Checkbox(RoleWords.action(action), ticked.contains(action));
            boxes.put(action, box);
            Div line = new Div(box, new Code(action));
            line.addClassName("words");
            boxesOfGroup.add(line);
        }
        return all;
    }

    private static String title(String group) {
        String key = "ui.actionGroup." + group;
        return Messages.has(key) ? Texts.t(key) : group;
    }

    private void show(String wanted) {
        String text = wanted.strip().toLowerCase(Locale.ROOT);
        groups.values().forEach(group -> group.setVisible(false));
        boxes.forEach((action, box) -> {
            boolean found = action.toLowerCase(Locale.ROOT).contains(text)
                    || box.getLabel().toLowerCase(Locale.ROOT).contains(text);
            box.getParent().orElseThrow().setVisible(found);
            if (found) {
                groups.get(action.substring(0, action.indexOf('/'))).setVisible(true);
            }
        });
    }

    private Set<String> ticked() {
        Set<String> actions = new TreeSet<>();
        boxes.forEach((action, box) -> {
            if (Boolean.TRUE.equals(box.getValue())) {
                actions.add(action);
            }
        });
        return actions;
    }
}
