package io.howdah.access.ui;

import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.textfield.TextField;
import io.howdah.access.AccessService;
import io.howdah.access.Scope;
import io.howdah.approval.ui.SecondPerson;
import io.howdah.shell.Texts;

/** Invites a person: makes their account and the one-time link with which they set their password. */
class InviteDialog {

    private final Dialog dialog;
    private final TextField name = new TextField(Texts.t("ui.signIn.name"));

    InviteDialog(AccessService service, Runnable afterwards) {
        TextField displayName = new TextField(Texts.t("ui.welcome.displayName"));
        RoleAndPlace given = new RoleAndPlace(service, service.placesToGive()).withoutEnd();
        name.setHelperText(Texts.t("ui.welcome.name.help"));
        name.setWidthFull();
        displayName.setWidthFull();
        dialog = new FormDialog(
                Texts.t("ui.access.invite"),
                Texts.t("ui.access.invite.do"),
                () -> {
                    String wanted = name.getValue().strip();
                    String shown = displayName.getValue().strip();
                    String role = given.role();
                    Scope scope = given.scope();
                    SecondPerson.act(() -> service.invite(wanted, shown, role, scope), link -> {
                        afterwards.run();
                        LinkDialog.show(link);
                    });
                },
                name,
                displayName,
                given);
    }

    void open() {
        dialog.open();
        name.focus();
    }
}
