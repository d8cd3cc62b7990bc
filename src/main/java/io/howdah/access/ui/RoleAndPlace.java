package io.howdah.access.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import io.howdah.access.AccessService;
import io.howdah.access.RoleView;
import io.howdah.access.TeamView;
import io.howdah.shell.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Chooses a role and where it holds: one team, or the whole installation. */
class RoleAndPlace extends Div {

    /** Where a role can hold; the id is null for the whole installation. */
    private record Place(UUID teamId, String name) {}

    private final Select<RoleView> role = new Select<>();
    private final Select<Place> place = new Select<>();

    RoleAndPlace(AccessService service) {
        addClassName("form-fields");
        role.setLabel(Texts.t("ui.access.role"));
        role.setItemLabelGenerator(RoleView::name);
        List<RoleView> roles = service.roles();
        role.setItems(roles);
        role.addValueChangeListener(
                event -> role.setHelperText(RoleWords.purpose(event.getValue().name())));
        role.setValue(roles.getLast());
        place.setLabel(Texts.t("ui.access.where"));
        place.setItemLabelGenerator(Place::name);
        List<Place> places = new ArrayList<>();
        for (TeamView team : service.teams()) {
            places.add(new Place(team.id(), Texts.t("ui.access.inTeam", team.name())));
        }
        places.add(new Place(null, Texts.t("ui.access.everywhere")));
        place.setItems(places);
        place.setValue(places.getFirst());
        role.setWidthFull();
        place.setWidthFull();
        add(role, place);
    }

    String role() {
        return role.getValue().name();
    }

    /** Null for the whole installation. */
    UUID teamId() {
        return place.getValue().teamId();
    }
}
