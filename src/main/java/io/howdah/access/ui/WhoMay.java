package io.howdah.access.ui;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import io.howdah.access.Access;
import io.howdah.access.ExplanationService;
import io.howdah.access.GrantView;
import io.howdah.access.Permission;
import io.howdah.access.PlaceView;
import io.howdah.shell.Texts;
import java.util.List;

/** Who may do one thing at one place, and by which role each of them may. */
class WhoMay extends Div {

    private final ExplanationService service;
    private final ComboBox<Permission> action = new ComboBox<>(Texts.t("ui.access.who.action"));
    private final ComboBox<PlaceView> place = new ComboBox<>(Texts.t("ui.access.where"));
    private final Grid<GrantView> grid = new Grid<>();

    WhoMay(ExplanationService service, Access access) {
        this.service = service;
        List<PlaceView> places = service.places().stream()
                .filter(one -> access.may(Permission.ACCESS_READ, one.scope()))
                .toList();
        action.setItems(Permission.values());
        action.setItemLabelGenerator(one -> Texts.t("ui.access.who.of", RoleWords.action(one.action()), one.action()));
        action.setWidth("24rem");
        place.setItems(places);
        place.setItemLabelGenerator(RoleWords::place);
        place.setWidth("24rem");
        action.setValue(Permission.SERVERS_DELETE);
        places.stream().findFirst().ifPresent(place::setValue);
        action.addValueChangeListener(event -> refresh());
        place.addValueChangeListener(event -> refresh());
        Div question = new Div(action, place);
        question.addClassNames("filter-bar", "above-list");
        grid.setAllRowsVisible(true);
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.addColumn(GrantView::person).setHeader(Texts.t("ui.access.person")).setFlexGrow(1);
        grid.addColumn(RoleWords::grant).setHeader(Texts.t("ui.access.who.by")).setFlexGrow(2);
        add(question, grid);
    }

    void refresh() {
        grid.setItems(
                action.getValue() == null || place.getValue() == null
                        ? List.of()
                        : service.whoMay(action.getValue(), place.getValue().scope()));
    }
}
