package io.howdah.access.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import io.howdah.access.AccessService;
import io.howdah.access.ClaimMapping;
import io.howdah.access.GroupService;
import io.howdah.access.PlaceView;
import io.howdah.access.RoleView;
import io.howdah.access.Scope;
import io.howdah.shell.Glyph;
import io.howdah.shell.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** What the values of a provider's groups claim come to, a line each. */
class MappingLines extends Div {

    private final List<Meaning> meanings;
    private final List<PlaceView> places;
    private final List<Line> lines = new ArrayList<>();
    private final Div all = new Div();

    /** A group, or a role. */
    private record Meaning(UUID groupId, String role, String title) {}

    MappingLines(GroupService groups, AccessService access, List<PlaceView> places) {
        this.places = places;
        meanings = Stream.concat(
                        groups.groups().stream()
                                .map(group -> new Meaning(
                                        group.id(), null, Texts.t("ui.provider.mapping.group", group.name()))),
                        access.roles().stream()
                                .map(RoleView::name)
                                .map(role -> new Meaning(null, role, Texts.t("ui.provider.mapping.role", role))))
                .toList();
        addClassName("form-fields");
        all.addClassName("form-fields");
        Button more =
                new Button(Texts.t("ui.provider.mapping.add"), Glyph.PLUS.icon(), click -> add((ClaimMapping) null));
        add(all, more);
    }

    void set(List<ClaimMapping> mappings) {
        mappings.forEach(this::add);
    }

    List<ClaimMapping> get() {
        return lines.stream().map(Line::mapping).toList();
    }

    private void add(ClaimMapping mapping) {
        Line line = new Line(mapping);
        lines.add(line);
        all.add(line);
    }

    private final class Line extends Div {

        private final TextField value = new TextField(Texts.t("ui.provider.mapping.value"));
        private final ComboBox<Meaning> meaning = new ComboBox<>(Texts.t("ui.provider.mapping.meaning"));
        private final ComboBox<PlaceView> place = new ComboBox<>(Texts.t("ui.provider.mapping.where"));

        private Line(ClaimMapping mapping) {
            addClassName("mapping-line");
            meaning.setItems(meanings);
            meaning.setItemLabelGenerator(Meaning::title);
            meaning.addValueChangeListener(event -> place.setVisible(
                    event.getValue() != null && event.getValue().role() != null));
            place.setItems(places);
            place.setItemLabelGenerator(RoleWords::place);
            place.setVisible(false);
            if (mapping != null) {
                value.setValue(mapping.value());
                meanings.stream()
                        .filter(each -> mapping.role() == null
                                ? mapping.groupId().equals(each.groupId())
                                : mapping.role().equals(each.role()))
                        .findFirst()
                        .ifPresent(meaning::setValue);
                places.stream()
                        .filter(each -> each.scope().equals(mapping.scope()))
                        .findFirst()
                        .ifPresent(place::setValue);
            }
            Button remove = new Button(Glyph.TRASH_2.icon(), click -> {
                lines.remove(this);
                all.remove(this);
            });
            remove.setAriaLabel(Texts.t("ui.provider.mapping.remove", value.getValue()));
            value.addValueChangeListener(
                    event -> remove.setAriaLabel(Texts.t("ui.provider.mapping.remove", event.getValue())));
            add(value, meaning, place, remove);
        }

        private ClaimMapping mapping() {
            Meaning chosen = meaning.getValue();
            Scope scope = place.getValue() == null ? null : place.getValue().scope();
            return chosen != null && chosen.role() == null
                    ? ClaimMapping.toGroup(value.getValue(), chosen.groupId())
                    : ClaimMapping.toRole(value.getValue(), chosen == null ? null : chosen.role(), scope);
        }
    }
}
