package io.howdah.access.ui;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import io.howdah.access.AccessService;
import io.howdah.access.PlaceView;
import io.howdah.access.RoleView;
import io.howdah.access.Scope;
import io.howdah.shell.Texts;
import java.time.Instant;
import java.util.List;

/** Chooses a role, where it holds (the installation, a team, a project or a server), and, if wanted, its last day. */
class RoleAndPlace extends Div {

    private static final String USUAL = "Reader";

    private final Select<RoleView> role = new Select<>();
    private final ComboBox<PlaceView> place = new ComboBox<>(Texts.t("ui.access.where"));
    private final DatePicker lastDay = new DatePicker(Texts.t("ui.access.endsAt"));

    RoleAndPlace(AccessService service, List<PlaceView> places) {
        addClassName("form-fields");
        role.setLabel(Texts.t("ui.access.role"));
        role.setItemLabelGenerator(RoleView::name);
        List<RoleView> roles = service.roles();
        role.setItems(roles);
        role.addValueChangeListener(event -> role.setHelperText(RoleWords.purpose(event.getValue())));
        roles.stream().filter(one -> one.name().equals(USUAL)).findFirst().ifPresent(role::setValue);
        place.setItemLabelGenerator(RoleWords::place);
        place.setItems(places);
        // Rather a team than the whole installation.
        place.setValue(places.stream()
                .filter(one -> one.scope().isTeam())
                .findFirst()
                .or(() -> places.stream().findFirst())
                .orElse(null));
        lastDay.setHelperText(Texts.t("ui.access.endsAt.help"));
        lastDay.setClearButtonVisible(true);
        role.setWidthFull();
        place.setWidthFull();
        lastDay.setWidthFull();
        add(role, place, lastDay);
    }

    RoleAndPlace withoutEnd() {
        lastDay.setVisible(false);
        return this;
    }

    /** For what must end, at most so many days from now. */
    RoleAndPlace withLastDayWithin(int longestDays) {
        LastDay.limit(lastDay, longestDays);
        return this;
    }

    String role() {
        return role.getValue().name();
    }

    /** Null when none is chosen. */
    Scope scope() {
        return place.getValue() == null ? null : place.getValue().scope();
    }

    /** Null for a role without an end. */
    Instant endsAt() {
        return LastDay.end(lastDay);
    }
}
