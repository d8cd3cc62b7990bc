package io.howdah.schedule.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import io.howdah.schedule.PersonChoice;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Who is told when a run fails. */
final class PeopleField extends MultiSelectComboBox<PersonChoice> {

    private final List<PersonChoice> offered;

    PeopleField(List<PersonChoice> offered, Runnable changed) {
        super(t("schedule.ui.tell"));
        this.offered = offered;
        setItems(offered);
        setItemLabelGenerator(PersonChoice::name);
        setHelperText(t("schedule.ui.tell.help"));
        setPlaceholder(t("schedule.ui.tell.nobody"));
        setClearButtonVisible(true);
        addClassName("people-field");
        addValueChangeListener(event -> {
            if (event.isFromClient()) {
                changed.run();
            }
        });
    }

    /** People who may no longer see the server are left out. */
    void setChosen(Set<UUID> people) {
        setValue(offered.stream().filter(each -> people.contains(each.id())).collect(Collectors.toSet()));
    }

    Set<UUID> chosen() {
        return getValue().stream().map(PersonChoice::id).collect(Collectors.toSet());
    }
}
