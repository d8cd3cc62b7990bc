package io.howdah.access.ui;

import com.vaadin.flow.component.dialog.Dialog;
import io.howdah.access.AccessService;
import io.howdah.shell.Texts;
import java.util.function.Consumer;

/** Gives a person or a group one more role. */
class AssignDialog {

    private final Dialog dialog;

    /** @param give gives what has been chosen */
    AssignDialog(AccessService service, String holder, Consumer<RoleAndPlace> give, Runnable afterwards) {
        RoleAndPlace given = new RoleAndPlace(service, service.placesToGive());
        dialog = new FormDialog(
                Texts.t("ui.access.assign.title", holder),
                Texts.t("ui.access.assign.do"),
                () -> {
                    give.accept(given);
                    afterwards.run();
                },
                given);
    }

    void open() {
        dialog.open();
    }
}
