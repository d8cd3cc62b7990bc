package io.howdah.access.ui;

import com.vaadin.flow.component.dialog.Dialog;
import io.howdah.access.AccessService;
import io.howdah.access.Scope;
import io.howdah.approval.ui.SecondPerson;
import io.howdah.shell.Texts;
import java.time.Instant;
import java.util.function.Consumer;

/** Gives a person or a group one more role. */
class AssignDialog {

    private final Dialog dialog;

    /** What has been chosen. */
    record Given(String role, Scope scope, Instant endsAt) {}

    /** @param give gives what has been chosen, by one call of a service */
    AssignDialog(AccessService service, String holder, Consumer<Given> give, Runnable afterwards) {
        RoleAndPlace given = new RoleAndPlace(service, service.placesToGive());
        dialog = new FormDialog(
                Texts.t("ui.access.assign.title", holder),
                Texts.t("ui.access.assign.do"),
                () -> {
                    Given chosen = new Given(given.role(), given.scope(), given.endsAt());
                    SecondPerson.act(() -> give.accept(chosen), afterwards);
                },
                given);
    }

    void open() {
        dialog.open();
    }
}
