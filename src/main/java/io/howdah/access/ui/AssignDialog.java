package io.howdah.access.ui;

import com.vaadin.flow.component.dialog.Dialog;
import io.howdah.access.AccessService;
import io.howdah.access.PersonView;
import io.howdah.shell.Texts;

/** Gives a person one more role. */
class AssignDialog {

    private final Dialog dialog;

    AssignDialog(AccessService service, PersonView person, Runnable afterwards) {
        RoleAndPlace given = new RoleAndPlace(service);
        dialog = new FormDialog(
                Texts.t("ui.access.assign.title", person.name()),
                Texts.t("ui.access.assign.do"),
                () -> {
                    service.assign(person.id(), given.role(), given.teamId());
                    afterwards.run();
                },
                given);
    }

    void open() {
        dialog.open();
    }
}
